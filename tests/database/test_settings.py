from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import settings


def test_shows_the_sample_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_DIR", raising=False)
    assert settings.data_dir() == settings.SAMPLE_DIR


def test_the_environment_names_another_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert settings.data_dir() == tmp_path


def test_shows_the_schematic_map_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("COUNTY_OUTLINES", raising=False)
    assert settings.county_outlines() == settings.SCHEMATIC_OUTLINES
    monkeypatch.setenv("COUNTY_OUTLINES", str(tmp_path / "survey.geojson"))
    assert settings.county_outlines() == tmp_path / "survey.geojson"


def test_nothing_depends_on_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings.DATAPACKAGE.is_file()
    assert settings.SAMPLE_DIR.is_absolute()
