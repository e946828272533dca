"""The recipes of CONTRIBUTING.md, followed to the letter, each in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.settings import ROOT
from tests.mutants import copied

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^## Recipe: (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.name == "nt" or not shutil.which("git"), reason="the recipes are patches and a shell's"
    ),
]


def test_there_are_five() -> None:
    assert len(RECIPES) == 5


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_works(recipe: str, tmp_path: Path) -> None:
    project = copied(ROOT, tmp_path)
    for kind, block in BLOCK.findall(RECIPES[recipe]):
        command = {"diff": ["git", "apply", "-"], "sh": ["bash", "-eu", "-o", "pipefail"]}[kind]
        done = subprocess.run(
            command, cwd=project, env=_environment(), input=block, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"


def _environment() -> dict[str, str]:
    """The tools are those that run this test; what it was told to look at is not passed on."""
    tools = Path(sys.executable).parent
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**kept, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
