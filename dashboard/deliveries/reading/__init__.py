"""Step 1, Read: from bytes that were handed in to tables."""
