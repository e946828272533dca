"""Writes the synthetic exports the way the bureau's systems do: CSV with Chinese headers."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import yaml

from dashboard.settings import DATAPACKAGE, SYNTHETIC_MARK
from tools.sample import span
from tools.sample.city import LAST_MONTH, counties_table
from tools.sample.construction import make_project_months, make_projects
from tools.sample.events import make_accreditations, make_activities
from tools.sample.fulfilment import months_fulfilled
from tools.sample.health import make_fitness, make_health_schools, make_vision, make_vision_stations
from tools.sample.monthly import (
    make_after_school,
    make_city_figures,
    make_senior_intake,
    make_training,
    make_tutoring,
)
from tools.sample.pupils import enrolment_table, make_pupils
from tools.sample.register import make_register, register_table
from tools.sample.schools import make_schools
from tools.sample.targets import make_county_targets
from tools.sample.task_reports import make_task_reports
from tools.sample.teachers import make_conditions, make_teachers

YES, NO = "是", "否"
REPORTS = "task_reports"
NOTICE = "示例数据：全部为合成，不是真实结果。\nSynthetic sample: nothing here is real.\n"


def make_tables(seed: int, scale: int) -> dict[str, pd.DataFrame]:
    """Return every export by resource name, with Chinese headers and typed values.

    Without the monthly reports: they tell of what the data show, and are made when those are there.
    """
    schools = make_schools(seed, scale)
    pupils = make_pupils(seed, schools, scale)
    register = make_register(seed, schools, pupils)
    enrolment = enrolment_table(seed, schools, pupils)
    teachers = make_teachers(seed, schools, pupils, scale)
    projects = make_projects(seed, schools)
    return {
        "counties": counties_table(),
        "schools": register_table(seed, schools, register),
        "enrolment": enrolment,
        "teachers": teachers,
        "school_conditions": make_conditions(seed, schools, pupils, teachers),
        "fitness": make_fitness(seed, schools, pupils),
        "vision": make_vision(seed, schools, pupils),
        "health_schools": make_health_schools(seed, schools),
        "vision_stations": make_vision_stations(seed),
        "projects": projects,
        "project_months": make_project_months(seed, projects),
        "accreditations": make_accreditations(seed, schools, register),
        "activities": make_activities(seed),
        "training_months": make_training(seed),
        "tutoring_months": make_tutoring(seed),
        "after_school": make_after_school(schools),
        "senior_intake": make_senior_intake(schools, enrolment),
        "city_figures": make_city_figures(),
        "county_targets": make_county_targets(projects),
    }


def write_sample(out: Path, *, seed: int = 2024, scale: int = 1, until: str = LAST_MONTH) -> None:
    """Write all exports into the folder `out`: UTF-8 with BOM, LF, rows in the order of their key.

    `scale` multiplies the number of schools, `until` is the last month (YYYY-MM). The same
    arguments write the same bytes. A file is replaced whole, so a reader never sees half of one.
    Raises ValueError for a month too early.
    """
    span.require(until)
    package = yaml.safe_load(DATAPACKAGE.read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    tables = make_tables(seed, scale)
    # Offices report on one city, however many schools: only its data fit into memory.
    city = tables if scale == 1 else make_tables(seed, 1)
    with TemporaryDirectory() as folder:  # nothing else may lie where the data are read
        for name, table in city.items():
            _write(table, resources[name], Path(folder))
        tables[REPORTS] = make_task_reports(seed, months_fulfilled(Path(folder), LAST_MONTH))
    out.mkdir(parents=True, exist_ok=True)
    (out / SYNTHETIC_MARK).write_text(NOTICE, encoding="utf-8")
    for name, table in span.until(tables, seed, until).items():
        _write(table, resources[name], out)


def _write(table: pd.DataFrame, resource: dict[str, Any], folder: Path) -> None:
    """Write an export; a file that is there is replaced whole."""
    path = folder / resource["path"]
    part = path.with_suffix(".part")
    part.write_text(_csv_text(table, resource["schema"]), encoding="utf-8-sig", newline="")
    os.replace(part, path)


def _csv_text(table: pd.DataFrame, schema: dict[str, Any]) -> str:
    """Return a table as CSV with the schema's columns, in its order, sorted by its key."""
    headers = [field["name"] for field in schema["fields"]]
    booleans = [field["name"] for field in schema["fields"] if field["type"] == "boolean"]
    ordered = table[headers].sort_values(schema["primaryKey"], kind="stable")
    for header in booleans:
        ordered[header] = ordered[header].map({True: YES, False: NO})
    return ordered.to_csv(index=False, lineterminator="\n")
