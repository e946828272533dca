"""One data version in memory, questions asked of it, and which one is shown."""
