"""What holds for every test."""

from __future__ import annotations

import atexit
import os
import tempfile

# The tests look at the sample, whatever the shell they are started from points at.
os.environ.pop("DATA_DIR", None)

# Decks that tests save are theirs alone.
_decks = tempfile.TemporaryDirectory(prefix="decks-")
atexit.register(_decks.cleanup)
os.environ["DECKS_DIR"] = _decks.name
