"""From a number back to the rows of the files that were handed in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from dashboard import settings
from dashboard.archive import Archive
from dashboard.data import Database
from dashboard.data.live import open_shown
from dashboard.deliveries.checking.publish import check_on, discard, publish_delivery
from dashboard.deliveries.checking.trace import rows_behind, trace
from dashboard.deliveries.reading.delivery import read_delivery
from dashboard.indicators import months, values
from tests.deliveries.delivering import PACKAGE, export, workbook

ZHUJI = "330681"
NAME, SHEET = "体质健康（诸暨更正）.xlsx", "2023年"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Database, bytes]:
    """The fitness tests of 2023 delivered once more as a workbook, in another order."""
    archive = Archive(tmp_path_factory.mktemp("deliveries"), settings.SAMPLE_DIR)
    frame = export("fitness", 年度="2023").iloc[::-1]
    upload = workbook({SHEET: frame}, NAME)
    checked = check_on(archive, read_delivery([upload], PACKAGE), PACKAGE)
    reasons = dict.fromkeys(checked.warnings, "核对过")
    publish_delivery(archive, checked, "王芳", "更正", reasons, PACKAGE)
    discard(checked)
    database, troubles = open_shown(archive)
    assert not troubles
    return archive, database, upload.content


def test_the_rows_are_those_of_the_delivered_file_and_make_the_value(
    published: tuple[Archive, Database, bytes], tmp_path: Path
) -> None:
    archive, database, content = published
    as_of = months(database)[-1]
    _schools, fitness = rows_behind(archive, database, "fitness_good_rate", (ZHUJI,), as_of)

    (origin,) = fitness.origins
    assert (origin.version, origin.file, origin.sheet) == ("v0002", NAME, SHEET)
    assert origin.count == len(fitness.rows)
    path = tmp_path / "delivered.xlsx"
    path.write_bytes(content)
    sheet = openpyxl.load_workbook(path)[SHEET]
    headers = [cell.value for cell in sheet[1]]
    for row in fitness.rows.to_dict("records"):  # the very cells that stand there
        assert [row[name] for name in headers] == [c.value for c in sheet[row["row"]]]

    counts = fitness.rows[["参评人数", "优秀人数", "良好人数"]].astype(int).sum()
    shown = values(database, as_of, (ZHUJI,), ["fitness_good_rate"]).iloc[-1]
    assert counts["优秀人数"] + counts["良好人数"] == shown["numerator"]
    assert counts["参评人数"] == shown["denominator"]


def test_what_nobody_delivered_comes_from_the_exports_of_the_beginning(
    published: tuple[Archive, Database, bytes],
) -> None:
    archive, database, _content = published
    (found,) = trace(archive, database, "gold_health_schools", (), months(database)[-1])
    (origin,) = found.origins
    assert (origin.version, origin.file, origin.sheet) == ("v0001", "健康促进校.csv", None)
    lines = (settings.SAMPLE_DIR / "健康促进校.csv").read_text("utf-8-sig").splitlines()
    for row in found.rows.to_dict("records"):
        assert lines[row["row"] - 1].startswith(row["认定编号"])


def test_counts_are_as_many_rows_as_they_say(
    published: tuple[Archive, Database, bytes],
) -> None:
    archive, database, _content = published
    as_of = months(database)[-1]
    for indicator in database.catalogue.indicators.values():
        if indicator.sources in (("accreditations",), ("activities",)) and indicator.kind in (
            "count",
            "directional",
        ):
            for county in ((), (ZHUJI,)) if indicator.scope == "county" else ((),):
                (found,) = trace(archive, database, indicator.indicator_id, county, as_of)
                value = values(database, as_of, county, [indicator.indicator_id]).iloc[-1]
                assert len(found.rows) == value["numerator"], indicator.indicator_id


def test_every_indicator_leads_to_rows(published: tuple[Archive, Database, bytes]) -> None:
    archive, database, _content = published
    as_of = months(database)[-1]
    for indicator_id, indicator in database.catalogue.indicators.items():
        found = trace(archive, database, indicator_id, (), as_of)
        assert [each.resource for each in found] == list(indicator.sources), indicator_id
        assert all(len(each.rows) for each in found), indicator_id


def test_no_number_of_people_comes_out(published: tuple[Archive, Database, bytes]) -> None:
    archive, database, _content = published
    as_of = months(database)[-1]
    for indicator_id, indicator in database.catalogue.indicators.items():
        for found in trace(archive, database, indicator_id, (ZHUJI,), as_of):
            resource = database.package.resource(found.resource)
            persons = {field.header for field in resource.fields if field.unit == "人"}
            assert not persons & set(found.rows.columns), (indicator_id, found.resource)
            if indicator.people:
                numbers = {f.header for f in resource.fields if f.type in ("integer", "number")}
                left = numbers - set(resource.primary_key)
                assert not left & set(found.rows.columns), (indicator_id, found.resource)


def test_a_data_folder_is_its_own_source(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "deliveries", settings.SAMPLE_DIR)
    database, _troubles = open_shown(archive)
    (found,) = trace(archive, database, "tutoring_managed_rate", (ZHUJI,), months(database)[-1])
    (row,) = found.rows.to_dict("records")
    assert (row["version"], row["file"]) == (None, "校外培训机构月报.csv")
    lines = (settings.SAMPLE_DIR / row["file"]).read_text("utf-8-sig").splitlines()
    assert lines[row["row"] - 1].startswith(f"{ZHUJI},{row['月份']}")
