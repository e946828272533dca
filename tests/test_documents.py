"""What the documents name is there: links, words of the glossary, packages with their licences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.settings import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| ([^|]*)\| ?[^|]*\|$", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def glossary() -> Iterator[tuple[str, str]]:
    """Chinese words and what the code has for them."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    yield from (row for row in ROW.findall(text) if row[0] not in ("Chinese", "---"))


def words_in(*folders: str) -> str:
    """All text of the Chinese and of the code there is."""
    suffixes = {".py", ".sql", ".yml", ".yaml", ".csv", ".txt", ".po", ".md", ".geojson"}
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    kept = (p for p in paths if p.suffix in suffixes and "sample" not in p.parts)
    return "\n".join(p.read_text(encoding="utf-8") for p in kept if p.name != "glossary.md")


def test_the_glossary_s_words_are_used() -> None:
    text = words_in("dashboard", "queries", "data", "docs")
    rows = list(glossary())
    assert len(rows) > 50
    words = [word for chinese, _code in rows for word in re.findall(r"[一-鿿]+", chinese)]
    assert [word for word in words if word not in text] == []


def test_the_glossary_s_names_are_the_code_s() -> None:
    text = words_in("dashboard", "queries", "data")
    names = [name for _chinese, code in glossary() for name in re.findall(r"`([^`]+)`", code)]
    missing = [n for n in names if n.rstrip("*").removeprefix("Status.") not in text]
    assert [name for name in missing if not (ROOT / name).exists()] == []


def test_every_package_has_its_licence() -> None:
    locked = re.findall(
        r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").lower().replace("_", "-")
    assert [name for name in locked if f"| {name} " not in text] == [], "run: make sbom"
    assert "unknown" not in text
