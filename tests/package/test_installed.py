"""`pip install .` gives a command that works in any folder, on what travels inside the package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from dashboard import __version__
from dashboard.settings import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed console script; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, system_site_packages=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    wheels = folder / "wheels"
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(wheels), "."]
    subprocess.run(build, cwd=ROOT, check=True)
    (wheel,) = wheels.glob("education_dashboard-*.whl")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    (packages,) = (folder / ("Lib" if os.name == "nt" else "lib")).rglob("site-packages")
    borrowed = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "dependencies.pth").write_text(borrowed, encoding="utf-8")
    return scripts / "education-dashboard"


def run(command: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [command, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def test_it_says_its_version(command: Path, tmp_path: Path) -> None:
    done = run(command, "--version", folder=tmp_path)
    assert done.stdout == f"education-dashboard {__version__}\n"


def test_it_reads_the_sample_from_any_folder(command: Path, tmp_path: Path) -> None:
    arguments = ("values", "--as-of", "2024-09", "--indicator", "vocational_training")
    done = run(command, *arguments, "--format", "json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {row["indicator_id"] for row in json.loads(done.stdout)} == {"vocational_training"}


def test_it_leaves_the_generator_of_exports_in_the_checkout(command: Path, tmp_path: Path) -> None:
    done = run(command, "sample", "--out", str(tmp_path / "sample"), folder=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        "sample needs a checkout: the package is without the generator\n",
    )
    (wheel,) = (command.parents[1] / "wheels").glob("*.whl")
    assert not [name for name in ZipFile(wheel).namelist() if "sample/write.py" in name]


@pytest.mark.skipif(os.name == "nt", reason="a shell's pipe")
def test_a_reader_that_has_enough_ends_it_quietly(command: Path, tmp_path: Path) -> None:
    shell = f"{command} values --as-of 2024-09 --format csv | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shell}"], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
