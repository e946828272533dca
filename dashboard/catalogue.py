"""The indicator catalogue: what every indicator counts, in both languages.

Each subject is a pair of files in `queries/indicators`: `<subject>.sql` computes the rows and
`<subject>.yml` says what they are. A file without indicators, and so without a query, holds the
thresholds that are no subject's own. `load_catalogue` reads the definitions whole or raises a
`CatalogueError` that names the file, the indicator and the field, so that everything after it may
rely on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import msgspec
import pandas as pd
import yaml
from msgspec import Meta, Struct

from dashboard.pages import subjects
from dashboard.plan import Certainty, Kind, Scope

_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast
_Definition = TypeVar("_Definition", "Threshold", "Indicator")

_Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
_Words = Annotated[str, Meta(pattern=r"\S")]
_Month = Annotated[int, Meta(ge=1, le=12)]

Measure = Literal["level", "flow", "stock"]
Denominator = Literal["none", "base", "plan"]
Direction = Literal["higher", "lower", "stable"]
Cadence = Literal["yearly", "half_yearly", "monthly", "continuous"]
Trajectory = Literal["linear", "batches", "planned", "seasonal", "none"]
Compared = Literal["same_schools", "whole"]

_TOP_LEVEL = ("subject", "definitions", "thresholds", "indicators")
_SEASONS_A_YEAR: Mapping[Cadence, int] = {
    "yearly": 1,
    "half_yearly": 2,
    "monthly": 0,
    "continuous": 0,
}
_DENOMINATORS: Mapping[Kind, frozenset[Denominator]] = {
    "count": frozenset({"none", "base", "plan"}),
    "rate": frozenset({"none", "base"}),
    "change": frozenset({"base"}),
    "milestone": frozenset({"plan"}),
    "directional": frozenset({"none", "base"}),
    "county_count": frozenset({"none"}),
}
"""What may stand under the line for each kind; a rate without one is entered as a percentage."""


SMALL_NUMBERS = "suppressed_below_people"
"""The threshold below which a number of people is withheld for a school or a county."""

_OPTIONAL_NUMBERS = {"tolerance": "float64", "near": "float64"}
_OPTIONAL_TEXTS = ("shared_numerator", "shared_denominator", "within", "compared")


class CatalogueError(Exception):
    """A definition that cannot be used. `indicator` and `field` are None where none is to blame."""

    def __init__(self, file: str, indicator: str | None, field: str | None, problem: str) -> None:
        self.file = file
        self.indicator = indicator
        self.field = field
        self.problem = problem
        super().__init__(": ".join(part for part in (file, indicator, field, problem) if part))


class Threshold(Struct, frozen=True):
    """A number that definitions rest on; flags are 1 or 0. Queries read it by its name."""

    subject: _Id
    name: _Id
    value: float
    note_zh: _Words
    note_en: _Words

    def text(self, field: str, code: str) -> str:
        """Return the field `note` in the language `zh` or `en`."""
        return str(getattr(self, f"{field}_{code}"))


class Indicator(Struct, frozen=True, kw_only=True):
    """One indicator: its names, how its rows add up to a value, and how far to trust it.

    value = sum of numerators [/ sum of denominators] * `scale`, in `unit_zh` / `unit_en`.

    - `measure`: level takes the latest period, flow the calendar year so far, stock everything so
      far.
    - `denominator`: none, base (a ratio of sums) or plan (what the units' own plans call for).
    - `season`: the months whose period carries a measurement; empty when there are no seasons.
    - `judged`: the months whose measurement decides the year, where not every season's does.
    - `tolerance`: in the value's unit, for stable indicators only.
    - `near`: how far from what was due is still near, in the value's unit; else as in common.yml.
    - `counted_zh`, `counted_en`: one unit of the numerator, with its measure word.
    - `certainty`: V read in an official text, M in a secondary copy, R to be confirmed.
    - `people`: the numerator counts persons, so small cells are suppressed.
    - `shared_numerator`, `shared_denominator`: the name of a number of people that other indicators
      are made of as well: what is withheld for it is withheld in all of them.
    - `school_level`: whether a single school can do what is asked; where it cannot, as a private
      kindergarten cannot be public, no school is named as lacking.
    - `within`: the indicator whose numerator contains this one's: who is in that one only are
      people, too.
    - `compared`: for what is measured at schools, what a change over time is taken over:
      same_schools (those measured at both moments) or whole (all there were: opening and closing is
      part of the change). None for anything else. See docs/adr/0019-comparable-changes.md.
    """

    subject: _Id
    indicator_id: _Id
    name_zh: _Words
    name_en: _Words
    short_zh: Annotated[_Words, Meta(max_length=8)]
    short_en: Annotated[_Words, Meta(max_length=26)]
    page: _Id
    scope: Scope
    kind: Kind
    measure: Measure
    denominator: Denominator
    scale: Annotated[float, Meta(gt=0)]
    unit_zh: str
    unit_en: str
    decimals: Annotated[int, Meta(ge=0, le=4)]
    direction: Direction
    tolerance: Annotated[float, Meta(gt=0)] | None = None
    near: Annotated[float, Meta(ge=0)] | None = None
    cadence: Cadence
    season: tuple[_Month, ...]
    judged: tuple[_Month, ...] = ()
    trajectory: Trajectory
    counted_zh: _Words
    counted_en: _Words
    formula_zh: _Words
    formula_en: _Words
    office: _Id
    sources: Annotated[tuple[_Id, ...], Meta(min_length=1)]
    certainty: Certainty
    caveats_zh: _Words
    caveats_en: _Words
    people: bool
    shared_numerator: _Id | None = None
    shared_denominator: _Id | None = None
    within: _Id | None = None
    compared: Compared | None = None
    school_level: bool = True

    def text(self, field: str, code: str) -> str:
        """Return a field that exists in both languages, `name` or `unit`, in `zh` or `en`."""
        return str(getattr(self, f"{field}_{code}"))

    @property
    def judging_months(self) -> tuple[int, ...]:
        """The months whose measurement decides the year; none where there are no seasons."""
        return self.judged or self.season


class Catalogue(Struct, frozen=True):
    """All definitions, in the order of the files' names and of their lines.

    `subjects` maps every subject to the query beside its definitions.
    """

    indicators: Mapping[str, Indicator]
    thresholds: Mapping[str, Threshold]
    subjects: Mapping[str, Path]

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id. Raises KeyError for an unknown one."""
        return self.indicators[indicator_id]

    def by_page(self, page: str) -> list[Indicator]:
        """Return the indicators that a page shows."""
        return [indicator for indicator in self.indicators.values() if indicator.page == page]

    def by_subject(self, subject: str) -> list[Indicator]:
        """Return the indicators that a subject's query computes."""
        return [indicator for indicator in self.indicators.values() if indicator.subject == subject]

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables that queries join.

        `indicator_definitions` with a column for every field of `Indicator` (lists as
        comma-separated text), and `thresholds` with name and value.
        """
        definitions = pd.DataFrame(
            [
                {
                    **msgspec.structs.asdict(indicator),
                    "season": _listed(indicator.season),
                    "judged": _listed(indicator.judged),
                    "sources": _listed(indicator.sources),
                }
                for indicator in self.indicators.values()
            ],
            columns=list(Indicator.__struct_fields__),
        ).astype({**_OPTIONAL_NUMBERS, **dict.fromkeys(_OPTIONAL_TEXTS, "str")})
        thresholds = pd.DataFrame(
            {
                "name": list(self.thresholds),
                "value": [threshold.value for threshold in self.thresholds.values()],
            }
        ).astype({"name": "str", "value": "float64"})
        return {"indicator_definitions": definitions, "thresholds": thresholds}


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check every `<subject>.yml` in a folder. Raises `CatalogueError`."""
    indicators: dict[str, Indicator] = {}
    thresholds: dict[str, Threshold] = {}
    subjects: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yml")):
        subject = _read_subject(path)
        if subject["indicators"]:
            subjects[path.stem] = path.with_suffix(".sql")
        for name, entry in subject["thresholds"].items():
            if name in thresholds:
                raise CatalogueError(
                    path.name, None, name, f"already in {thresholds[name].subject}.yml"
                )
            thresholds[name] = _threshold(path, name, entry)
        for entry in subject["indicators"]:
            indicator = _indicator(path, {**subject["definitions"]["common"], **entry})
            if indicator.indicator_id in indicators:
                first = indicators[indicator.indicator_id]
                raise CatalogueError(
                    path.name,
                    indicator.indicator_id,
                    "indicator_id",
                    f"already in {first.subject}.yml",
                )
            indicators[indicator.indicator_id] = indicator
    for indicator in indicators.values():
        if indicator.within is not None and indicator.within not in indicators:
            file = f"{indicator.subject}.yml"
            raise CatalogueError(file, indicator.indicator_id, "within", "no such indicator")
    return Catalogue(indicators, thresholds, subjects)


def _read_subject(path: Path) -> dict[str, Any]:
    """Return the top level of a file: subject, and thresholds or indicators or both.

    What most of a file's indicators have in common stands once, under `definitions: common`.
    """
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), _YAML_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(path.name, None, None, f"not readable as YAML: {error}") from error
    if not isinstance(found, dict):
        raise CatalogueError(path.name, None, None, "expected subject, thresholds, indicators")
    content = {"definitions": {"common": {}}, "thresholds": {}, "indicators": [], **found}
    _check_fields(path.name, None, content, _TOP_LEVEL)
    if content["subject"] != path.stem:
        raise CatalogueError(path.name, None, "subject", f"must be the file's name, {path.stem}")
    if content["indicators"] and not path.with_suffix(".sql").exists():
        raise CatalogueError(path.name, None, None, f"no {path.stem}.sql beside it")
    _convert(content["definitions"], dict[str, dict[str, Any]], path.name, None, "definitions")
    _check_fields(path.name, None, content["definitions"], ("common",))
    _convert(content["thresholds"], dict[str, dict[str, Any]], path.name, None, "thresholds")
    _convert(content["indicators"], list[dict[str, Any]], path.name, None, "indicators")
    return content


def _threshold(path: Path, name: str, entry: dict[str, Any]) -> Threshold:
    return _build(Threshold, {"subject": path.stem, "name": name, **entry}, path.name, name)


def _indicator(path: Path, entry: dict[str, Any]) -> Indicator:
    name = str(entry.get("indicator_id", "an indicator without an id"))
    indicator = _build(Indicator, {"subject": path.stem, **entry}, path.name, name)
    for field, problem in _contradictions(indicator):
        raise CatalogueError(path.name, name, field, problem)
    return indicator


def _contradictions(indicator: Indicator) -> Iterable[tuple[str, str]]:
    """Fields that do not go together, each with what is wrong."""
    if indicator.page not in subjects():
        yield "page", f"no subject of pages.yml: {indicator.page}"
    seasons = _SEASONS_A_YEAR[indicator.cadence]
    if len(indicator.season) != seasons:
        yield "season", f"a {indicator.cadence} indicator has {seasons} months of season"
    if list(indicator.season) != sorted(set(indicator.season)):
        yield "season", "months must be in order and differ"
    if indicator.judged and not indicator.season:
        yield "judged", "given where there are months of season, and only there"
    if indicator.trajectory == "seasonal" and not indicator.season:
        yield "season", "a seasonal trajectory needs the months that carry a measurement"
    if indicator.denominator not in _DENOMINATORS[indicator.kind]:
        yield "denominator", f"'{indicator.denominator}' makes no {indicator.kind}"
    if (indicator.denominator == "plan") != (indicator.trajectory == "planned"):
        yield "trajectory", "'planned' and the denominator 'plan' come together"
    if (indicator.tolerance is None) == (indicator.direction == "stable"):
        yield "tolerance", "given for the direction 'stable', and only there"
    if indicator.unit_zh == "人" and not indicator.people:
        yield "people", "a number of persons counts people"
    if indicator.compared is not None and indicator.measure == "flow":
        yield "compared", "events of a year are not measured at schools at two moments"
    if indicator.people and indicator.measure != "level":
        # the difference of two months would tell what a small month adds
        yield "people", "people are counted at a stock-taking: the measure must be level"


def _build(kind: type[_Definition], values: dict[str, Any], file: str, name: str) -> _Definition:
    fields = msgspec.structs.fields(kind)
    optional = [field.name for field in fields if not field.required]
    required = [field.name for field in fields if field.required]
    _check_fields(file, name, values, required, optional)
    types = get_type_hints(kind, include_extras=True)
    return kind(
        **{
            field: _convert(value, types[field], file, name, field)
            for field, value in values.items()
        }
    )


def _check_fields(
    file: str,
    name: str | None,
    values: Mapping[str, Any],
    required: Iterable[str],
    optional: Iterable[str] = (),
) -> None:
    required = list(required)
    for field in required:
        if field not in values:
            raise CatalogueError(file, name, field, "missing")
    for field in values:
        if field not in required and field not in optional:
            raise CatalogueError(file, name, str(field), "unknown")


def _convert(value: Any, kind: Any, file: str, name: str | None, field: str) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise CatalogueError(file, name, field, str(error)) from None


def _listed(items: Iterable[object]) -> str:
    return ",".join(str(item) for item in items)
