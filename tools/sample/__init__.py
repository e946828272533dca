"""Synthetic exports: what the repository shows until a bureau brings its own.

Schools, places and figures are invented. `city` holds the published orders of magnitude they are
calibrated with, `schools` and `pupils` the schools and their sizes; every other module makes a
group of exports from them, `span` ends them earlier or carries them on (`later`), and `write` puts
them on disk.
"""

from __future__ import annotations

from tools.sample.city import LAST_MONTH
from tools.sample.write import write_sample

__all__ = ["LAST_MONTH", "write_sample"]
