"""Exports as files: from bytes to tables of text in schema ``raw``."""
