"""The lock pins what requirements.txt asks for, and everything in it by its hash."""

from __future__ import annotations

import re

from dashboard.settings import ROOT

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(file: str) -> dict[str, str]:
    """Versions by name, names as package indexes write them."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {name.lower().replace("_", "-"): version for name, version in PIN.findall(text)}


def test_the_lock_has_every_direct_dependency_in_its_version() -> None:
    direct, locked = pins("requirements.txt"), pins("requirements.lock")
    assert direct.items() <= locked.items(), "run: make lock"


def test_every_locked_package_has_a_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[a-z])", text) if PIN.match(entry)]
    assert len(entries) == len(pins("requirements.lock"))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_every_direct_dependency_says_why() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        groups = "\n".join(lines).split("\n#")[1:]
        named = {name for group in groups for name, _version in PIN.findall("#" + group)}
        assert named == set(dict(PIN.findall("\n".join(lines))))
