"""What holds for every test."""

from __future__ import annotations

import os

# The tests look at the sample, whatever the shell they are started from points at.
os.environ.pop("DATA_DIR", None)
