"""Server times of every page, measured through the protocol a browser speaks."""
