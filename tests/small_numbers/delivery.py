"""A delivery made to be attacked: four counties, few schools, numbers chosen to tell on each other.

County N has one small cell, which the city less the others would give away; S has a small number
of people not counted; E has small schools only; W reports too late for the last autumn.
"""

from __future__ import annotations

from pathlib import Path

from dashboard import settings
from dashboard.data import Database, Inputs
from tests.database.tiny_delivery import make_inputs, open_inputs, write

COUNTIES = """\
with final as (
    select * from (
        values
        ('330602', '北', 'North', '北', 'county', 1), ('330603', '南', 'South', '南', 'county', 2),
        ('330604', '东', 'East', '东', 'county', 3), ('330681', '西', 'West', '西', 'county', 4)
    ) as listed (county_id, name_zh, name_en, short_zh, unit_kind, sort_order)
)

select * from final
"""
COUNTY_TARGETS = """\
select 2024 as year, 'none' as indicator_id, '330602' as county_id, 1.0 as target where false
"""
SCHOOLS = """\
select
    unit_id as school_id,
    school_year,
    unit_id as school_name,
    county_id,
    'primary' as school_type
from (
    values
    ('N1', '330602'), ('N2', '330602'), ('N3', '330602'),
    ('S1', '330603'), ('S2', '330603'), ('S3', '330603'),
    ('E1', '330604'), ('E2', '330604'),
    ('W1', '330681'), ('W2', '330681')
) as listed (unit_id, county_id)
cross join (values (2023), (2024)) as years (school_year)
"""
# unit, county, year, helped, in need, trained, teachers, promoted, weak-sighted, examined
ROWS = """\
with numbers (
    unit_id, county_id, year, helped, needy, trained, staff, promoted, weak, examined
) as (
    values
    ('N1', '330602', 2023, 30, 40, 20, 30, 1, 50, 90),
    ('N2', '330602', 2023, 2, 20, 25, 28, 0, 40, 80),
    ('N3', '330602', 2023, 9, 30, 11, 18, 1, 30, 70),
    ('S1', '330603', 2023, 40, 43, 30, 30, 6, 60, 100),
    ('S2', '330603', 2023, 50, 60, 3, 3, 0, 3, 60),
    ('S3', '330603', 2023, 20, 20, 12, 16, 2, 50, 90),
    ('E1', '330604', 2023, 1, 4, 6, 9, 4, 2, 5),
    ('E2', '330604', 2023, 2, 3, 5, 7, 4, 2, 4),
    ('W1', '330681', 2023, 60, 80, 40, 50, 9, 60, 99),
    ('W2', '330681', 2023, 70, 90, 30, 41, 0, 55, 98),
    ('N1', '330602', 2024, 35, 40, 22, 30, 2, 48, 90),
    ('N2', '330602', 2024, 3, 20, 26, 28, 0, 39, 81),
    ('N3', '330602', 2024, 10, 30, 12, 18, 2, 29, 72),
    ('S1', '330603', 2024, 42, 43, 29, 30, 5, 58, 100),
    ('S2', '330603', 2024, 60, 60, 2, 3, 0, 20, 60),
    ('S3', '330603', 2024, 22, 22, 14, 16, 3, 48, 90),
    ('E1', '330604', 2024, 20, 40, 7, 9, 7, 1, 6),
    ('E2', '330604', 2024, 25, 30, 6, 7, 8, 3, 9)
)

select
    unnest(
        ['helped_share', 'trained_share', 'staff_ratio', 'promoted', 'weak_sight']
    ) as indicator_id,
    county_id,
    unit_id,
    year || '-09' as period,
    unnest([helped, trained, needy, promoted, weak])::double as numerator,
    unnest([needy, staff, staff, null, examined])::double as denominator
from numbers
"""


def _definition(indicator_id: str, **fields: object) -> str:
    texts = {
        f"{field}_{code}": indicator_id[:8]
        for field in ("name", "short", "counted", "formula", "caveats")
        for code in ("zh", "en")
    }
    values: dict[str, object] = {
        "indicator_id": indicator_id,
        **texts,
        "page": "health",
        "scope": "county",
        "kind": "directional",
        "measure": "level",
        "denominator": "base",
        "scale": 100,
        "unit_zh": '"%"',
        "unit_en": '"%"',
        "decimals": 1,
        "direction": "higher",
        "cadence": "yearly",
        "season": "[9]",
        "trajectory": "seasonal",
        "office": "basic",
        "sources": "[schools]",
        "certainty": "V",
        "people": "true",
        **fields,
    }
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in values.items()) + "\n"


DEFINITIONS = "subject: people\nindicators:\n" + "".join(
    (
        _definition("helped_share"),
        _definition("trained_share", shared_denominator="staff"),
        _definition("staff_ratio", scale=1, unit_zh='""', unit_en='""', shared_denominator="staff"),
        _definition("promoted", denominator="none", scale=1, unit_zh="人", unit_en="people"),
        _definition("weak_sight", kind="change", direction="lower"),
    )
)
SMALLEST = "suppressed_below_people:\n    value: "


def open_delivery(folder: Path, *, fewest: int = 5) -> Database:
    """The delivery as a data version; with `fewest` 1 nothing is withheld."""
    inputs = make_inputs(folder)
    queries = inputs.queries_dir
    write(queries / "staging" / "counties.sql", COUNTIES)
    write(queries / "staging" / "schools.sql", SCHOOLS)
    write(queries / "staging" / "county_targets.sql", COUNTY_TARGETS)
    (queries / "indicators" / "teachers.sql").unlink()
    (queries / "indicators" / "teachers.yml").unlink()
    write(queries / "indicators" / "people.sql", ROWS)
    write(queries / "indicators" / "people.yml", DEFINITIONS)
    common = (settings.QUERIES_DIR / "indicators" / "common.yml").read_text("utf-8")
    thresholds = common.replace(f"{SMALLEST}5", f"{SMALLEST}{fewest}")
    write(queries / "indicators" / "common.yml", thresholds)
    for path in inputs.plan_dir.rglob("*.csv"):
        write(path, path.read_text("utf-8").replace("pupil_teacher_ratio", "staff_ratio"))
    for path in (settings.QUERIES_DIR / "values").glob("*.sql"):
        write(queries / "values" / path.name, path.read_bytes())
    return open_inputs(inputs)


def open_sample_unsuppressed(folder: Path) -> Database:
    """The sample with nothing withheld: the truth that an attack is after."""
    return open_sample_with(folder, "common.yml", f"{SMALLEST}5", f"{SMALLEST}1")


def open_sample_with(folder: Path, name: str, old: str, new: str) -> Database:
    """The sample with a few words of one file under queries/ replaced."""
    for path in settings.QUERIES_DIR.rglob("*.*"):
        text = path.read_text("utf-8")
        if path.name == name:
            assert text.count(old) == 1
            text = text.replace(old, new)
        write(folder / path.relative_to(settings.QUERIES_DIR), text)
    inputs = Inputs(settings.SAMPLE_DIR, settings.PLAN_DIR, folder, settings.DATAPACKAGE)
    return open_inputs(inputs)
