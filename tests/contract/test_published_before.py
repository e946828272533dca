"""A version outlives its contract: what was published is shown, built upon and gone back to."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard import settings
from dashboard.__main__ import main
from dashboard.archive import Archive, Manifest
from dashboard.contract import load_package
from dashboard.data import Database, Inputs, UnusableData, open_inputs
from dashboard.deliveries.checking.publish import check_on, discard, publish_delivery
from dashboard.deliveries.checking.trace import trace
from dashboard.deliveries.model import Checked
from dashboard.deliveries.reading.delivery import read_delivery
from dashboard.indicators import values
from tests.contract.conftest import Contract, Edit
from tests.deliveries.delivering import upload

pytestmark = pytest.mark.slow

EXPORT = "校外培训机构月报.csv"
NEW = "年检合格机构数"
# Worked out by hand from the files of v0002: numerator and denominator at 2024-09.
BY_HAND = {
    ("tutoring_registration_rate", "330602"): (355, 367),
    ("it_training_coverage", "330681"): (674, 694),
    ("migrant_public_rate", "330681"): (610, 610),
    ("general_vocational_ratio", "330681"): (6267, 9076),
    ("vocational_training", "330681"): (13088, None),
}


def opened(archive: Archive, version: str) -> Database:
    return open_inputs(Inputs.configured(archive.folder(version), archive.manifest(version)))


def registered(database: Database) -> int:
    """Providers registered in 越城 in September 2024."""
    found = values(database, "2024-09", indicator_ids=["tutoring_registration_rate"])
    return int(found.set_index("county_id").at["330602", "numerator"])


def september(archive: Archive, version: str = "v0002") -> pd.DataFrame:
    """The rows of September 2024: five counties."""
    rows = pd.read_csv(archive.folder(version) / EXPORT, dtype=str, keep_default_na=False)
    return rows[rows["月份"] == "2024-09"].reset_index(drop=True)


def checked(archive: Archive, *frames: pd.DataFrame) -> Checked:
    package = load_package(settings.DATAPACKAGE)
    uploads = tuple(upload(frame, f"{number}.csv") for number, frame in enumerate(frames))
    return check_on(archive, read_delivery(uploads, package), package)


def published(archive: Archive, *frames: pd.DataFrame) -> Manifest:
    found = checked(archive, *frames)
    assert found.folder is not None, found.errors
    reasons = dict.fromkeys(found.warnings, "核对过")
    package = load_package(settings.DATAPACKAGE)
    manifest = publish_delivery(archive, found, "数据科", "更正", reasons, package)
    discard(found)
    return manifest


RULE = {
    "name": "inspected_within_providers",
    "rule": f'coalesce("{NEW}", 10000) <= "机构数"',
    "message_zh": "年检合格机构数必须填写，且不得超过机构数",
    "message_en": "Inspected providers are filled in and part of all providers",
}


def column(*, since: str | None = None, required: bool = False) -> Edit:
    """An edit of the contract: one column more, and with `since` a rule that asks for it."""

    def add(resource: dict[str, Any]) -> None:
        field: dict[str, Any] = {"name": NEW, "title": "inspected", "type": "integer"}
        if required:
            field["constraints"] = {"required": True}
        if since is not None:
            field["since"] = since
            resource["rules"].append(RULE)
        resource["schema"]["fields"].append(field)

    return add


def test_a_version_published_before_the_contract_had_versions_is_shown_as_it_was(
    archive: Archive,
) -> None:
    database = opened(archive, "v0002")
    found = values(database, "2024-09").set_index(["indicator_id", "county_id"])
    for key, (numerator, denominator) in BY_HAND.items():
        assert found.at[key, "numerator"] == numerator
        if denominator is not None:
            assert found.at[key, "denominator"] == denominator
    assert registered(opened(archive, "v0001")) == 353
    assert database.is_sample and database.published is not None
    rows = {source.file_name: source.rows for source in database.sources.values()}
    assert rows == {name: file.rows for name, file in database.published.files.items()}
    assert rows[EXPORT] == 125
    assert (database.published.contract, database.published.older) == ("1.0.0", {})
    assert archive.verify() == [] and archive.verify_audit().is_sound


def test_a_delivery_is_merged_onto_it_and_it_is_gone_back_to(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = september(archive)
    rows.loc[rows["区县代码"] == "330602", "已审核登记机构数"] = "356"
    found = checked(archive, rows)
    (changes,) = found.changes
    assert (changes.added, changes.changed, changes.removed, changes.same) == (0, 1, 0, 4)
    discard(found)
    manifest = published(archive, rows)
    assert (manifest.id, manifest.base, manifest.files[EXPORT].rows) == ("v0003", "v0002", 125)
    assert manifest.contract == load_package(settings.DATAPACKAGE).version > "1.0.0"
    assert manifest.older == dict.fromkeys(manifest.files, "1.0.0")
    assert registered(opened(archive, "v0003")) == 356
    assert main(["rollback", "v0002", "--who", "数据科", "--why", "误报"]) == 0
    assert capsys.readouterr().out == "现已显示 v0002。\n"
    assert registered(opened(archive, "v0002")) == 355
    assert archive.current() == archive.manifest("v0002")


@pytest.mark.parametrize("since", [None, "9.0.0"])
def test_a_new_column_that_is_not_required_reads_as_empty(
    archive: Archive, contract: Contract, since: str | None
) -> None:
    contract(column(since=since))
    assert registered(opened(archive, "v0002")) == 355
    rows = september(archive)
    if since is None:  # with it, the new rule asks for the column
        found = checked(archive, rows.iloc[:3])
        (table,) = found.reading.tables
        assert table.absent == (NEW,) and table.frame[NEW].isna().all()
        assert [(told.kind, told.column) for told in found.reading.normalised] == [
            ("absent_column", NEW)
        ]
        # Two counties that reported before are not in the file.
        assert (found.changes[0].removed, found.changes[0].same) == (2, 3)
        discard(found)
    manifest = published(archive, rows.assign(**{NEW: "1"}))
    whole = pd.read_csv(archive.folder(manifest.id) / EXPORT, dtype=str)
    assert len(whole) == 125 and whole[NEW].notna().sum() == 5
    assert registered(opened(archive, manifest.id)) == 355


def test_a_delivery_without_a_column_says_how_many_values_it_empties(
    archive: Archive, contract: Contract
) -> None:
    contract(column())
    rows = september(archive)
    published(archive, rows.assign(**{NEW: ["1", "2", "3", "4", ""]}))
    found = checked(archive, rows)
    (warning,) = found.warnings
    assert (warning.kind, warning.column) == ("emptied_column", NEW)
    assert "4 个值将清空" in warning.message_zh and "4 values" in warning.message_en
    assert (found.changes[0].changed, found.changes[0].same) == (4, 1)
    discard(found)
    # Nobody's file has to call the column as the contract does, but it is asked about.
    found = checked(archive, rows.assign(年检合格的机构数="1"))
    assert "是不是它" in {each.kind: each for each in found.warnings}["missing_column"].message_zh
    discard(found)


def test_a_new_required_column_is_asked_of_what_is_delivered_from_its_version_on(
    archive: Archive, contract: Contract
) -> None:
    contract(column(since="9.0.0", required=True))
    assert registered(opened(archive, "v0002")) == 355
    rows = september(archive)
    lacking = checked(archive, rows)
    assert [(each.kind, each.column) for each in lacking.errors] == [("missing_column", NEW)]
    partly = checked(archive, rows.assign(**{NEW: ["1", "1", "", "1", "999"]}))
    # Only the delivered rows are asked, also by the rule.
    assert sorted((each.kind, each.row) for each in partly.errors) == [
        ("required", 4),
        ("rule", 4),
        ("rule", 6),
    ]
    manifest = published(archive, rows.assign(**{NEW: "1"}))
    assert (manifest.contract, manifest.older[EXPORT]) == ("9.0.0", "1.0.0")
    assert registered(opened(archive, manifest.id)) == 355
    # It keeps being read, also when another export is delivered upon it.
    training = pd.read_csv(archive.folder("v0002") / "职业培训月报.csv", dtype=str)
    later = published(archive, training[training["月份"] == "2024-09"].assign(培训人次="7"))
    assert later.older[EXPORT] == "1.0.0"
    assert opened(archive, later.id).sources["tutoring_months"].rows == 125
    # What is delivered whole is of the new contract altogether.
    whole = pd.read_csv(archive.folder("v0002") / EXPORT, dtype=str)
    manifest = published(archive, whole.assign(**{NEW: "1"}))
    assert EXPORT not in manifest.older
    assert set(manifest.older) == set(manifest.files) - {EXPORT}
    assert main(["rollback", "v0001", "--who", "数据科", "--why", "试"]) == 0


def test_a_required_column_without_since_makes_nothing_vanish(
    archive: Archive, contract: Contract, capsys: pytest.CaptureFixture[str]
) -> None:
    contract(column(required=True))
    with pytest.raises(UnusableData) as unusable:
        opened(archive, "v0002")
    (problem,) = unusable.value.problems
    assert problem.column == NEW
    assert problem.message_zh == (
        f"{EXPORT} 缺少列「{NEW}」。该版本按数据说明 1.0.0 版发布，当时没有这一列。"
        "请在 datapackage.yaml 中写明该列的 since（加入该列的版本），或去掉 required。"
    )
    # The five rows of a month do not become the whole export.
    found = checked(archive, september(archive).assign(**{NEW: "1"}))
    (error,) = found.errors
    assert found.folder is None and error.base == "version"
    assert "其中 125 行无法保留" in error.message_zh and "Its 125 rows" in error.message_en
    # What cannot be shown is not gone back to.
    asked = ["rollback", "v0001", "--who", "数据科", "--why", "试"]
    assert main(asked) == 1
    assert f"v0001 现在无法显示，没有回退，当前版本不变：{EXPORT} 缺少列" in capsys.readouterr().err
    assert main([*asked, "--lang", "en"]) == 1
    assert "v0001 cannot be shown, so nothing was brought back" in capsys.readouterr().err
    assert archive.current() == archive.manifest("v0002")
    assert [entry.action for entry in archive.audit()] == ["adopt", "publish"]


def test_a_column_that_went_is_surplus_in_older_files(archive: Archive, contract: Contract) -> None:
    contract(column())
    manifest = published(archive, september(archive).assign(**{NEW: "1"}))
    contract(lambda resource: None, version="9.1.0")
    assert registered(opened(archive, manifest.id)) == 355
    rows = september(archive)
    rows.loc[0, "已审核登记机构数"] = "356"
    later = published(archive, rows)
    whole = pd.read_csv(archive.folder(later.id) / EXPORT, dtype=str)
    assert len(whole) == 125 and NEW not in whole
    assert registered(opened(archive, later.id)) == 356


def test_an_export_that_the_contract_no_longer_knows_stays_with_the_others(
    archive: Archive, contract: Contract
) -> None:
    contract(lambda resource: resource.update(name="renamed", path="另一个名字.csv", optional=True))
    training = pd.read_csv(archive.folder("v0002") / "职业培训月报.csv", dtype=str)
    found = checked(archive, training[training["月份"] == "2024-09"].assign(培训人次="7"))
    assert found.folder is not None, found.errors
    before = archive.folder("v0002") / EXPORT
    assert (found.folder / EXPORT).read_bytes() == before.read_bytes()
    assert found.written[EXPORT] == "1.0.0"
    discard(found)


def test_a_column_that_got_another_name_is_found_under_the_one_it_had(
    archive: Archive, contract: Contract
) -> None:
    contract(column())
    published(archive, september(archive).assign(**{NEW: "1"}))

    def rename(resource: dict[str, Any]) -> None:
        column()(resource)
        resource["schema"]["fields"][-1] |= {"name": "年检通过数", "aliases": [NEW]}

    contract(rename, version="9.1.0")
    training = pd.read_csv(archive.folder("v0002") / EXPORT, dtype=str)
    august = training[training["月份"] == "2024-08"].assign(年检通过数="2")
    later = published(archive, august)
    whole = pd.read_csv(archive.folder(later.id) / EXPORT, dtype=str)
    assert whole["年检通过数"].value_counts().to_dict() == {"2": 6, "1": 5}


def test_the_rows_behind_a_number_are_found_in_a_file_that_lacks_a_column(
    archive: Archive, contract: Contract
) -> None:
    contract(column(since="9.0.0", required=True))
    manifest = archive.manifest("v0002")
    database = open_inputs(Inputs.configured(archive.folder("v0002"), manifest))
    (export,) = trace(archive, database, "tutoring_registration_rate", (), "2024-09")
    assert export.rows[NEW].isna().all() and len(export.rows) > 0
