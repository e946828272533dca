"""``pages/pages.yml`` names every page, and a new one is a file and an entry."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from dashboard.pages import pages
from dashboard.settings import ROOT

COPIED = ("app.py", "dashboard", "data", "pages", "queries", ".streamlit")
ENTRY = "- {group: subjects, id: libraries, title: Health, kind: subject}\n"
SCRIPT = '''"""A page without a headline of its own."""

from dashboard.ui import Page

page = Page("libraries")
page.headline()
page.card("standing", indicator_id="fitness_good_rate")
page.more_targets()
'''
OPEN_IT = """
from streamlit.testing.v1 import AppTest

app = AppTest.from_file("app.py", default_timeout=60).run()
app.switch_page("pages/subjects/libraries.py").run()
assert not app.exception, app.exception
print(*(title.value for title in app.title))
app.query_params["counties"] = "330681"
app.switch_page("pages/overview/county.py").run()
assert not app.exception, app.exception
"""


def test_every_file_has_its_entry() -> None:
    scripts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*/*.py")}
    assert scripts == {page.script for page in pages().values()}


def test_a_new_page_is_one_file_and_one_entry(tmp_path: Path) -> None:
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    with (tmp_path / "pages" / "pages.yml").open("a", encoding="utf-8") as listed:
        listed.write(ENTRY)
    (tmp_path / "pages" / "subjects" / "libraries.py").write_text(SCRIPT, encoding="utf-8")

    opened = subprocess.run(
        [sys.executable, "-c", OPEN_IT],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )

    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.strip() == "健康"
