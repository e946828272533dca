"""The catalogue is read whole, or the error names the file, the indicator and the field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard import settings
from dashboard.catalogue import Catalogue, CatalogueError, load_catalogue

DEFINITION: dict[str, Any] = {
    "indicator_id": "sports_schools",
    "name_zh": "体育传统特色学校",
    "name_en": "Traditional-sport schools",
    "short_zh": "体育特色学校",
    "short_en": "Sport schools",
    "page": "quality",
    "scope": "county",
    "kind": "count",
    "measure": "flow",
    "denominator": "none",
    "scale": 1,
    "unit_zh": "所",
    "unit_en": "schools",
    "decimals": 0,
    "direction": "higher",
    "cadence": "continuous",
    "season": [],
    "trajectory": "linear",
    "counted_zh": "所学校",
    "counted_en": "schools",
    "formula_zh": "本年度新选树的学校数",
    "formula_en": "Schools named in the year",
    "office": "sports_health_arts",
    "sources": ["accreditations"],
    "certainty": "R",
    "caveats_zh": "待确认",
    "caveats_en": "To be confirmed",
    "people": False,
}
YEARLY_RATE = {
    "kind": "rate",
    "measure": "level",
    "denominator": "base",
    "cadence": "yearly",
    "season": [9],
    "trajectory": "seasonal",
}
FLAG = {"value": 1, "note_zh": "开关", "note_en": "A flag"}


def write(
    folder: Path,
    subject: str,
    *definitions: dict[str, Any],
    thresholds: dict[str, Any] | None = None,
    common: dict[str, Any] | None = None,
) -> Path:
    content = {
        "subject": subject,
        "definitions": {"common": common or {}},
        "thresholds": thresholds or {},
        "indicators": list(definitions),
    }
    path = folder / f"{subject}.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    path.with_suffix(".sql").write_text("select 1\n", encoding="utf-8")
    return folder


def refused(folder: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as error:
        load_catalogue(folder)
    return error.value


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(settings.QUERIES_DIR / "indicators")


def test_indicators_keep_the_order_of_files_and_lines(tmp_path: Path) -> None:
    first, second = ({**DEFINITION, "indicator_id": name} for name in ("zebra", "ant"))
    write(tmp_path, "sport", first, second)
    write(tmp_path, "arts", {**DEFINITION, "indicator_id": "choir"})
    assert list(load_catalogue(tmp_path).indicators) == ["choir", "zebra", "ant"]


def test_what_indicators_have_in_common_stands_once_and_gives_way_to_their_own(
    tmp_path: Path,
) -> None:
    own = {"indicator_id": "choir", "certainty": "M"}
    rest = {name: value for name, value in DEFINITION.items() if name != "indicator_id"}
    second = {"indicator_id": "zebra"}
    found = load_catalogue(write(tmp_path, "sport", own, second, common=rest)).indicators
    assert [found["choir"].certainty, found["zebra"].certainty] == ["M", "R"]
    assert found["zebra"].name_zh == DEFINITION["name_zh"]


def test_a_file_defines_nothing_else_in_common(tmp_path: Path) -> None:
    path = write(tmp_path, "sport", DEFINITION) / "sport.yml"
    path.write_text(path.read_text("utf-8").replace("common:", "shared:"), "utf-8")
    assert refused(tmp_path).field == "common"


def test_a_definition_is_found_by_id_page_and_subject(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path, "sport", DEFINITION))
    indicator = catalogue.indicator("sports_schools")
    assert indicator.subject == "sport"
    assert catalogue.by_page("quality") == [indicator]
    assert catalogue.by_page("health") == []
    assert catalogue.by_subject("sport") == [indicator]
    assert catalogue.subjects == {"sport": tmp_path / "sport.sql"}


def test_text_comes_in_both_languages(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path, "sport", DEFINITION, thresholds={"flag": FLAG}))
    indicator = catalogue.indicator("sports_schools")
    assert indicator.text("name", "zh") == "体育传统特色学校"
    assert indicator.text("counted", "en") == "schools"
    assert catalogue.thresholds["flag"].text("note", "en") == "A flag"


def test_an_unknown_id_is_a_key_error(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path, "sport", DEFINITION))
    with pytest.raises(KeyError):
        catalogue.indicator("chess")


@pytest.mark.parametrize("field", sorted(DEFINITION.keys() - {"indicator_id"}))
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    definition = {key: value for key, value in DEFINITION.items() if key != field}
    error = refused(write(tmp_path, "sport", definition))
    assert (error.file, error.indicator, error.field) == ("sport.yml", "sports_schools", field)
    assert str(error) == f"sport.yml: sports_schools: {field}: missing"


def test_an_unknown_field_is_named(tmp_path: Path) -> None:
    error = refused(write(tmp_path, "sport", {**DEFINITION, "colour": "red"}))
    assert (error.indicator, error.field, error.problem) == ("sports_schools", "colour", "unknown")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("short_zh", "九个汉字就太长了呀"),
        ("short_en", "Twenty-seven letters or more"),
        ("name_en", " "),
        ("page", "sports"),
        ("kind", "ratio"),
        ("scale", 0),
        ("decimals", 1.5),
        ("season", [13]),
        ("sources", []),
        ("certainty", "X"),
        ("people", "no"),
        ("indicator_id", "Sports schools"),
    ],
)
def test_a_value_out_of_bounds_names_its_field(tmp_path: Path, field: str, value: Any) -> None:
    error = refused(write(tmp_path, "sport", {**DEFINITION, field: value}))
    assert (error.file, error.field) == ("sport.yml", field)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({**YEARLY_RATE, "season": []}, "season"),
        ({**YEARLY_RATE, "cadence": "half_yearly"}, "season"),
        ({**YEARLY_RATE, "cadence": "half_yearly", "season": [9, 5]}, "season"),
        ({"trajectory": "seasonal"}, "season"),
        ({"season": [9]}, "season"),
        ({"kind": "change"}, "denominator"),
        ({"kind": "milestone"}, "denominator"),
        ({"kind": "county_count", "denominator": "base"}, "denominator"),
        ({"denominator": "plan"}, "trajectory"),
        ({"trajectory": "planned"}, "trajectory"),
        ({"tolerance": 2}, "tolerance"),
        ({"direction": "stable"}, "tolerance"),
        ({"unit_zh": "人"}, "people"),
    ],
)
def test_fields_that_contradict_each_other_are_refused(
    tmp_path: Path, changes: dict[str, Any], field: str
) -> None:
    error = refused(write(tmp_path, "sport", {**DEFINITION, **changes}))
    assert (error.indicator, error.field) == ("sports_schools", field)


def test_an_indicator_is_defined_once(tmp_path: Path) -> None:
    write(tmp_path, "arts", DEFINITION)
    error = refused(write(tmp_path, "sport", DEFINITION))
    assert error.problem == "already in arts.yml"


def test_a_threshold_is_defined_once(tmp_path: Path) -> None:
    write(tmp_path, "arts", thresholds={"flag": FLAG})
    error = refused(write(tmp_path, "sport", thresholds={"flag": FLAG}))
    assert (error.file, error.field, error.problem) == ("sport.yml", "flag", "already in arts.yml")


def test_a_subject_is_called_like_its_file(tmp_path: Path) -> None:
    write(tmp_path, "sport", DEFINITION)
    (tmp_path / "sport.yml").rename(tmp_path / "games.yml")
    assert refused(tmp_path).field == "subject"


def test_indicators_need_a_query_and_thresholds_do_not(tmp_path: Path) -> None:
    write(tmp_path, "common", thresholds={"flag": FLAG})
    (tmp_path / "common.sql").unlink()
    assert load_catalogue(tmp_path).subjects == {}
    write(tmp_path, "sport", DEFINITION)
    (tmp_path / "sport.sql").unlink()
    assert refused(tmp_path).problem == "no sport.sql beside it"


@pytest.mark.parametrize("content", ["subject: [", "- a list", "subject: sport\nindicators: 3\n"])
def test_a_file_of_another_shape_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "sport.yml").write_text(content, encoding="utf-8")
    (tmp_path / "sport.sql").touch()
    assert refused(tmp_path).file == "sport.yml"


def test_frames_hold_every_field_and_threshold(shipped: Catalogue) -> None:
    frames = shipped.frames()
    definitions, thresholds = frames["indicator_definitions"], frames["thresholds"]
    assert list(definitions["indicator_id"]) == list(shipped.indicators)
    assert definitions.set_index("indicator_id").loc["myopia_decline", "season"] == "5,9"
    assert definitions["tolerance"].count() == 1
    lines = dict(zip(thresholds["name"], thresholds["value"], strict=True))
    assert lines["large_school_pupils"] == 2000
    assert lines["primary_above_degree_teachers_per_100_pupils"] == 4.2


def test_frames_of_an_empty_catalogue_have_their_columns(tmp_path: Path) -> None:
    frames = load_catalogue(tmp_path).frames()
    assert frames["indicator_definitions"].empty
    assert "tolerance" in frames["indicator_definitions"]
    assert list(frames["thresholds"]) == ["name", "value"]
