"""Versions that were published before the contract had versions, and contracts of later days."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard import settings
from dashboard.archive import Archive, configured_archive

PUBLISHED = Path(__file__).parent / "published"

Edit = Callable[[dict[str, Any]], None]
Contract = Callable[..., None]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An installation with versions of before, and without a data folder."""
    monkeypatch.setenv("DELIVERIES_DIR", str(shutil.copytree(PUBLISHED, tmp_path / "deliveries")))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "nowhere"))
    return configured_archive()


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Contract:
    """Put a contract of another version in force, in which 校外培训机构月报 was edited."""
    in_use = yaml.safe_load(settings.DATAPACKAGE.read_text(encoding="utf-8"))

    def put_in_force(edit: Edit, version: str = "9.0.0") -> None:
        content = yaml.safe_load(yaml.safe_dump(in_use)) | {"version": version}
        edit(next(each for each in content["resources"] if each["name"] == "tutoring_months"))
        path = tmp_path / "datapackage.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        monkeypatch.setattr(settings, "DATAPACKAGE", path)

    return put_in_force
