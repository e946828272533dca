"""From files that somebody hands in to a published version: read, check, preview, publish."""
