"""Copies of the sample's exports in which returns are missing that somebody owes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from dashboard import settings
from dashboard.contract import load_package
from dashboard.settings import SAMPLE_DIR

PACKAGE = load_package(settings.DATAPACKAGE)
ZHUJI = "330681"
CITY = "all"
OWED = tuple(resource.name for resource in PACKAGE.resources if resource.owed is not None)

# What names rows of an export cannot stay when they go: the contract would refuse them.
_DEPENDENTS = {
    "schools": (
        "enrolment",
        "teachers",
        "school_conditions",
        "fitness",
        "vision",
        "health_schools",
    ),
    "projects": ("project_months",),
}
Frames = Mapping[str, pd.DataFrame]


def export(name: str) -> pd.DataFrame:
    """An export of the sample as text."""
    path = SAMPLE_DIR / PACKAGE.resource(name).file_name
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def world(folder: Path, frames: Frames) -> Path:
    """Write the sample into a folder with some exports replaced."""
    shutil.copytree(SAMPLE_DIR, folder, dirs_exist_ok=True)
    for name, frame in frames.items():
        frame.to_csv(folder / PACKAGE.resource(name).file_name, index=False, encoding="utf-8")
    return folder


def without(name: str, gone: Callable[[pd.DataFrame], pd.Series]) -> Frames:
    """An export without some of its rows."""
    frame = export(name)
    return {name: frame[~gone(frame)]}


def without_county(name: str, county: str = ZHUJI) -> Frames:
    """An export in which a county has never appeared, and what cannot be without it."""
    frames = {each: _strip(each, county) for each in (name, *_DEPENDENTS.get(name, ()))}
    if name == "schools":
        register = frames["schools"]
        left = set(register["学校标识码"])
        is_led_from_there = ~register["集团牵头校标识码"].isin({*left, ""})
        register.loc[is_led_from_there, "集团牵头校标识码"] = ""
    return frames


def _strip(name: str, county: str) -> pd.DataFrame:
    frame = export(name)
    for key, register in (("项目编号", "projects"), ("学校标识码", "schools")):
        if "区县代码" not in frame and key in frame:
            owners = export(register)
            mine = owners.loc[owners["区县代码"] == county, key]
            return frame[~frame[key].isin(mine)]
    return frame[frame["区县代码"] != county].copy()
