"""What holds for every test."""

from __future__ import annotations

import atexit
import os
import tempfile

# The tests look at the sample, whatever the shell they are started from points at.
for _variable in ("DATA_DIR", "PLAN_DIR"):
    os.environ.pop(_variable, None)

# Decks that tests save and versions that they publish are theirs alone.
for _variable in ("DECKS_DIR", "DELIVERIES_DIR"):
    _folder = tempfile.TemporaryDirectory(prefix=f"{_variable.lower()}-")
    atexit.register(_folder.cleanup)
    os.environ[_variable] = _folder.name
