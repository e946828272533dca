"""Steps 2 to 4: check, preview, publish; and back to the rows."""
