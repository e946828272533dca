"""From a checked delivery to a version: preview, publish, conflict, lineage."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from dashboard import settings
from dashboard.archive import Archive, VersionConflictError
from dashboard.data import open_database
from dashboard.deliveries.checking.preview import Preview, preview
from dashboard.deliveries.checking.publish import (
    UnpublishableError,
    check_on,
    discard,
    publish_delivery,
    rebase,
)
from dashboard.deliveries.model import Upload
from dashboard.deliveries.reading.delivery import read_delivery
from dashboard.indicators import values
from tests.deliveries.delivering import PACKAGE, checked, corrected_month, export, upload

FITNESS = {"年度": "2023"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    data = tmp_path / "data"
    shutil.copytree(settings.SAMPLE_DIR, data)
    return Archive(tmp_path / "deliveries", data)


def better_fitness() -> Upload:
    """In 诸暨 half of those who passed in 2023 were good in truth."""
    frame = export("fitness", **FITNESS)
    mine = _counties(frame["学校标识码"], "2023") == "330681"
    passed, good = frame["及格人数"].astype(int), frame["良好人数"].astype(int)
    moved = (passed // 2).where(mine, 0)
    frame = frame.assign(及格人数=(passed - moved).astype(str), 良好人数=(good + moved).astype(str))
    return upload(frame, "体质健康2023.csv")


def _counties(school_ids: pd.Series, school_year: str) -> pd.Series:
    register = export("schools", 学年=school_year).set_index("学校标识码")
    return school_ids.map(register["区县代码"])


def _rate(frame: pd.DataFrame) -> float:
    """Excellent and good of those tested, in %, without the pupils of vocational schools."""
    frame = frame[frame["学段"] != "中职"]
    sums = frame[["优秀人数", "良好人数", "参评人数"]].astype(int).sum()
    return (sums["优秀人数"] + sums["良好人数"]) / sums["参评人数"] * 100


@pytest.fixture(scope="module")
def compared() -> Iterator[tuple[Preview, Path]]:
    found = checked([better_fitness()])
    assert found.folder is not None and not found.findings
    base, candidate = open_database(settings.SAMPLE_DIR), open_database(found.folder)
    yield preview(base, candidate, found, "2024-03"), found.folder
    discard(found)


def test_the_preview_counts_rows_as_pandas_does(compared: tuple[Preview, Path]) -> None:
    seen, folder = compared
    (rows,) = seen.exports
    before, after = export("fitness"), export("fitness", folder)
    key = list(PACKAGE.resource("fitness").primary_key)
    both = before.merge(after, on=key, how="outer", indicator=True, suffixes=("", "_after"))
    rest = [column for column in before if column not in key]
    differs = (both[rest].to_numpy() != both[[f"{c}_after" for c in rest]].to_numpy()).any(axis=1)
    assert (both["_merge"] == "both").all()
    assert (rows.added, rows.removed) == (0, 0)
    assert rows.changed == differs.sum() > 0
    assert rows.changed + rows.same == len(export("fitness", **FITNESS))
    first = rows.first_changed[0]
    theirs = before.set_index(key).loc[first.key, first.column]
    assert (first.before, first.after) == (
        theirs,
        after.set_index(key).loc[first.key, first.column],
    )


def test_the_preview_shows_the_indicators_that_change(compared: tuple[Preview, Path]) -> None:
    seen, folder = compared
    assert seen.months == ("2024-03", "2024-09")
    changed = {
        (change.as_of, change.indicator_id, change.county_id): change for change in seen.indicators
    }
    touched = {county for _, _, county in changed}
    assert touched == {"330681", "all"}
    for month in seen.months:
        for county in ("330681", "all"):
            change = changed[month, "fitness_good_rate", county]
            for standing, frame in (
                (change.before, export("fitness", **FITNESS)),
                (change.after, export("fitness", folder, **FITNESS)),
            ):
                mine = _counties(frame["学校标识码"], "2023") == "330681"
                rate = _rate(frame if county == "all" else frame[mine])
                assert standing.value == pytest.approx(rate)
    for flip in seen.flips:
        assert flip.before.status != flip.after.status


def test_what_does_not_change_is_not_in_the_preview(compared: tuple[Preview, Path]) -> None:
    seen, folder = compared
    named = {(change.indicator_id, change.county_id) for change in seen.indicators}
    before = values(open_database(settings.SAMPLE_DIR), "2024-09")
    after = values(open_database(folder), "2024-09")
    same = before["value"].eq(after["value"]) | (before["value"].isna() & after["value"].isna())
    for row in before[~same].itertuples():
        assert (row.indicator_id, row.county_id) in named
    assert same.sum() > 400


def test_the_preview_lists_the_schools_that_change_most(compared: tuple[Preview, Path]) -> None:
    seen, folder = compared
    top = seen.schools[0]
    assert top.county_id == "330681" and top.resource == "fitness"
    frames = export("fitness", **FITNESS), export("fitness", folder, **FITNESS)
    before, after = (
        frame.assign(n=frame[top.column].astype(int)).groupby("学校标识码")["n"].sum()
        for frame in frames
    )
    assert (top.before, top.after) == (before[top.school_id], after[top.school_id])
    assert (top.period_before, top.period) == ("2023", "2023")
    assert abs(top.after - top.before) == (after - before).abs().max()


def test_publishes_with_lineage_and_reasons(archive: Archive) -> None:
    # 诸暨 has not reported; somebody says why that may be.
    frame = export("tutoring_months", 月份="2024-06")
    late = upload(frame[frame["区县代码"] != "330681"], "六月.csv")
    found = check_on(archive, read_delivery([late], PACKAGE), PACKAGE)
    (warning,) = found.warnings
    for reasons in ({}, {warning: "  "}):
        with pytest.raises(UnpublishableError, match="needs a reason"):
            publish_delivery(archive, found, "王", "六月数据", reasons, PACKAGE)
    with pytest.raises(UnpublishableError, match="who publishes"):
        publish_delivery(archive, found, " ", "六月数据", {warning: "下月补"}, PACKAGE)
    assert archive.current() is None

    manifest = publish_delivery(archive, found, "王", "六月数据", {warning: "下月补"}, PACKAGE)
    discard(found)
    assert archive.current() == manifest and manifest.id == "v0002" and manifest.is_sample
    assert [(p.warning, p.reason) for p in manifest.passed] == [(warning.message_zh, "下月补")]
    assert "references" in manifest.checks and "county_missing" in manifest.checks
    (delivered,) = manifest.delivered
    assert (delivered.file, delivered.rows, delivered.periods) == ("六月.csv", 5, ("2024-06",))

    # A second one on top: the rows of the first keep their own origin.
    july = upload(corrected_month("2024-07"), "七月.csv")
    found = check_on(archive, read_delivery([july], PACKAGE), PACKAGE)
    manifest = publish_delivery(archive, found, "李", "七月数据", {}, PACKAGE)
    discard(found)
    rows = export("tutoring_months", archive.folder(manifest.id))
    sources = {
        ("v0001", "校外培训机构月报.csv"): export("tutoring_months"),
        ("v0002", "六月.csv"): frame[frame["区县代码"] != "330681"].reset_index(drop=True),
        ("v0003", "七月.csv"): corrected_month("2024-07"),
    }
    covered = []
    for segment in archive.segments(manifest.id):
        if segment.resource != "tutoring_months":
            continue
        source = sources[segment.version, segment.file]
        for row in range(segment.first, segment.last + 1):
            there = source.iloc[segment.source_first + row - segment.first - 2]
            assert there.tolist() == rows.iloc[row - 2].tolist()
            covered.append(row)
    assert sorted(covered) == list(range(2, len(rows) + 2))
    names = {segment.resource for segment in archive.segments(manifest.id)}
    assert names == {each.name for each in PACKAGE.resources}


def test_what_is_published_already_makes_no_version(archive: Archive) -> None:
    july = upload(corrected_month("2024-07"), "七月.csv")
    for is_new in (True, False):
        found = check_on(archive, read_delivery([july], PACKAGE), PACKAGE)
        assert found.changes_nothing is not is_new
        if is_new:
            publish_delivery(archive, found, "李", "七月数据", {}, PACKAGE)
        else:
            with pytest.raises(UnpublishableError, match="nothing to publish") as refused:
                publish_delivery(archive, found, "李", "七月数据", {}, PACKAGE)
            assert refused.value.message_zh == "交来的数据与当前版本 v0002 相同，无需发布。"
        discard(found)
    assert len(archive.manifests()) == 2


def test_of_two_publishers_one_is_told_and_can_rebase(archive: Archive) -> None:
    mine = check_on(archive, read_delivery([better_fitness()], PACKAGE), PACKAGE)
    july = upload(export("tutoring_months", 月份="2024-07").assign(机构数="999"), "七月.csv")
    theirs = check_on(archive, read_delivery([july], PACKAGE), PACKAGE)
    reasons = dict.fromkeys(theirs.warnings, "已核对")
    publish_delivery(archive, theirs, "李", "七月", reasons, PACKAGE)
    discard(theirs)
    with pytest.raises(VersionConflictError):
        publish_delivery(archive, mine, "王", "更正", {}, PACKAGE)
    again = rebase(archive, mine, PACKAGE)
    assert mine.folder is not None and not mine.folder.exists()
    assert again.base == "v0002"
    manifest = publish_delivery(archive, again, "王", "更正", {}, PACKAGE)
    discard(again)
    shown = archive.shown_folder()
    assert manifest.id == "v0003" and manifest.base == "v0002"
    assert set(export("tutoring_months", shown, 月份="2024-07")["机构数"]) == {"999"}
    assert not export("fitness", shown).equals(export("fitness"))


def test_a_candidate_that_changes_after_the_preview_is_looked_at_again(archive: Archive) -> None:
    found = check_on(archive, read_delivery([better_fitness()], PACKAGE), PACKAGE)
    assert found.folder is not None
    built = open_database(found.folder)
    counties = found.folder / "区县.csv"
    content = counties.read_bytes()
    counties.write_bytes(b"")
    with pytest.raises(UnpublishableError, match="cannot be built"):
        publish_delivery(archive, found, "王", "更正", {}, PACKAGE, built)
    counties.write_bytes(content)
    assert publish_delivery(archive, found, "王", "更正", {}, PACKAGE, built).id == "v0002"
    discard(found)


def test_errors_are_never_published(archive: Archive) -> None:
    frame = export("fitness", **FITNESS).assign(性别="其他")
    found = check_on(archive, read_delivery([upload(frame, "坏.csv")], PACKAGE), PACKAGE)
    reasons = dict.fromkeys(found.findings, "没关系")
    with pytest.raises(UnpublishableError, match="errors"):
        publish_delivery(archive, found, "王", "试试", reasons, PACKAGE)
    nothing = check_on(archive, read_delivery([], PACKAGE), PACKAGE)
    with pytest.raises(UnpublishableError):
        publish_delivery(archive, nothing, "王", "试试", {}, PACKAGE)
    assert archive.current() is None
