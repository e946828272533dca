"""Processes that are killed while they publish. Long form: ``python -m tests.archive.kill``."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from dashboard.settings import ROOT

KILLS = 60
pytestmark = [pytest.mark.corpus, pytest.mark.slow]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed processes are forked")
def test_no_moment_to_kill_a_publishing_process_costs_anything() -> None:
    """A process of its own, because it forks: it asserts the invariant after each kill."""
    command = [sys.executable, "-m", "tests.archive.kill", "--times", str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["killed"] == KILLS
    # Kills on both sides of the moment at which a version comes into effect.
    assert figures["after"]["as before"] and figures["after"]["the new version"]
