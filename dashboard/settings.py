"""Where things are and how much the engine may use. Nothing depends on the working directory."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
# `pip install` puts what stands beside the package in a checkout inside of it.
_SHIPPED = _PACKAGE / "shipped"
ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent
# Where readers' decks and published versions are kept unless the environment says otherwise.
_STATE_DIR = Path(platformdirs.user_data_dir("education-dashboard")) if ROOT == _SHIPPED else ROOT
SAMPLE_DIR = ROOT / "data" / "sample"
PLAN_DIR = ROOT / "data" / "plan"
PLAN_PACKAGE = PLAN_DIR / "datapackage.yaml"
QUERIES_DIR = ROOT / "queries"
AGENDAS_DIR = ROOT / "data" / "agendas"
DATAPACKAGE = ROOT / "data" / "datapackage.yaml"
CITY_FILE = ROOT / "data" / "city.yaml"
SCHEMATIC_OUTLINES = ROOT / "data" / "county_outlines.geojson"

# A file of this name in a data folder says that its exports are made up.
SYNTHETIC_MARK = "SYNTHETIC"

# Six years of the whole city take some 50 MB; the limit keeps one wild query from taking the host.
MEMORY_LIMIT = "1GB"
# A page's queries read a few ten thousand rows: more threads would only get in each other's way.
THREADS = 2

# ---- what a delivery may take: above these it is refused before it is read ----------------------

# As much as the browser's upload takes (server.maxUploadSize); a million rows take some 60 MB.
MAX_UPLOAD_BYTES = 200 * 1024**2
# What a zip or a workbook may unpack to: a sheet of a million rows is some 400 MB of XML.
MAX_UNPACKED_BYTES = 600 * 1024**2
# XML shrinks to a fiftieth at most; a thousandth is a bomb. Small files may be of any density.
MAX_UNPACKED_RATIO = 200
UNPACKED_BYTES_WITHOUT_RATIO = 10 * 1024**2
# Twenty exports, each in a few parts.
MAX_FILES_IN_ZIP = 200
# Excel ends at 1,048,576 rows; the widest export has 23 columns.
MAX_TABLE_ROWS = 2_000_000
MAX_TABLE_COLUMNS = 500
MAX_TABLE_CELLS = 50_000_000
# Excel's own limit of a cell.
MAX_CELL_LENGTH = 32_767


def data_dir() -> Path:
    """Return the folder of exports to show: the environment's DATA_DIR, else the committed sample.

    Read at every call, so that a test or a service unit can point elsewhere.
    """
    chosen = os.environ.get("DATA_DIR")
    return Path(chosen).expanduser().resolve() if chosen else SAMPLE_DIR


def plan_dir() -> Path:
    """Return the folder of plan years: the environment's PLAN_DIR, else the committed one.

    What a year's tables hold is always PLAN_PACKAGE: it belongs to the release, the plans do not.
    """
    chosen = os.environ.get("PLAN_DIR")
    return Path(chosen).expanduser().resolve() if chosen else PLAN_DIR


def city_file() -> Path:
    """Return the file that says which city this is: CITY_FILE of the environment, or Shaoxing's."""
    chosen = os.environ.get("CITY_FILE")
    return Path(chosen).expanduser().resolve() if chosen else CITY_FILE


def county_outlines() -> Path:
    """Return the GeoJSON of the map.

    The environment's COUNTY_OUTLINES, else the committed schematic.
    """
    chosen = os.environ.get("COUNTY_OUTLINES")
    return Path(chosen).expanduser().resolve() if chosen else SCHEMATIC_OUTLINES


def decks_dir() -> Path:
    """Return the folder that keeps readers' decks.

    The environment's DECKS_DIR, else ``decks/`` of the checkout, or of the user's data folder
    where the package is installed.

    It is written to, unlike the data folder, so it lies outside of it.
    """
    chosen = os.environ.get("DECKS_DIR")
    return Path(chosen).expanduser().resolve() if chosen else _STATE_DIR / "decks"


def deliveries_dir() -> Path:
    """Return the folder of published versions.

    The environment's DELIVERIES_DIR, else ``deliveries/`` beside the decks.

    While nothing was published the dashboard shows ``data_dir()``.
    """
    chosen = os.environ.get("DELIVERIES_DIR")
    return Path(chosen).expanduser().resolve() if chosen else _STATE_DIR / "deliveries"


def keep_versions() -> int | None:
    """How many versions keep their exports whatever their age: DELIVERIES_KEEP_VERSIONS, else 60.

    None for what is no whole number from 1 up: then nothing is deleted.
    """
    return _whole_number("DELIVERIES_KEEP_VERSIONS", 60)


def keep_months() -> int | None:
    """For how many months every version keeps its exports: DELIVERIES_KEEP_MONTHS, else 36.

    None for what is no whole number from 1 up: then nothing is deleted.
    """
    return _whole_number("DELIVERIES_KEEP_MONTHS", 36)


def _whole_number(variable: str, default: int) -> int | None:
    text = os.environ.get(variable, "").strip() or str(default)
    return int(text) if text.isdecimal() and int(text) > 0 else None


def takes_deliveries() -> bool:
    """Whether files may be handed in, published and rolled back in the browser.

    Not with DELIVERIES=off. The history shows in any case, and the command line does as ever.
    """
    return os.environ.get("DELIVERIES", "").strip().lower() != "off"


def user_header() -> str:
    """Return the header in which the proxy says who is signed in.

    DELIVERIES_USER_HEADER, else none.
    """
    return os.environ.get("DELIVERIES_USER_HEADER", "").strip()


def delivery_editors() -> frozenset[str]:
    """Who may deliver in the browser: the names in DELIVERIES_EDITORS, else everybody (empty)."""
    names = os.environ.get("DELIVERIES_EDITORS", "").split(",")
    return frozenset(name.strip() for name in names if name.strip())
