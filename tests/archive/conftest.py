"""An archive of tiny exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.archive import Archive
from tests.archive.tiny import write_exports


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write_exports(folder, 0)
    return folder


@pytest.fixture
def archive(tmp_path: Path, data_dir: Path) -> Archive:
    return Archive(tmp_path / "deliveries", data_dir)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where `archive` keeps everything."""
    return tmp_path / "deliveries"
