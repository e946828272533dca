"""The exports of a folder, read: from bytes in whatever encoding to tables of text in schema `raw`.

``folder``    a folder into DuckDB, the plain files by its own reader
``text``      bytes to records, the careful way
``problems``  what can be wrong with a file, in words
"""

from dashboard.loading.folder import Source, count_rows, create_empty, load_sources

__all__ = ["Source", "count_rows", "create_empty", "load_sources"]
