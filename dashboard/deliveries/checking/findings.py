"""What is wrong with a candidate, said of the files that somebody delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.contract import Package, Problem, Resource, Words, duplicate_wording
from dashboard.deliveries.checking.cross_checks import Check, Hit
from dashboard.deliveries.checking.origins import Origins, RowOrigin
from dashboard.deliveries.model import (
    MISSING_EXPORT,
    ROW,
    Base,
    DeliveredTable,
    Finding,
    Location,
    RowRange,
)
from dashboard.deliveries.refusal import finding, place_en, place_zh

# Of one export: nobody mends more by hand, and a column that is wrong throughout stays readable.
LISTED_PER_EXPORT = 2_000
# Of rows that were not delivered, for each export and cause.
LISTED_OF_PUBLISHED = 10


class Findings:
    """Problems of the candidate as findings about what was delivered."""

    def __init__(
        self,
        package: Package,
        base: Base,
        tables: Sequence[DeliveredTable],
        runs: Sequence[RowRange],
    ) -> None:
        self._package = package
        self._base = base
        self._by_file = {resource.file_name: resource for resource in package.resources}
        self._origins = Origins(runs)
        self._tables: dict[str, list[DeliveredTable]] = {}
        for table in tables:
            self._tables.setdefault(table.resource, []).append(table)
        # One sheet may hold several tables of an export.
        self._originals: dict[tuple[str, Location], list[pd.DataFrame]] = {}
        for table in tables:
            original = table.original.set_index(table.frame[ROW])
            self._originals.setdefault((table.resource, table.place), []).append(original)

    def of_base(self, problem: Problem, lost: Mapping[str, int]) -> list[Finding]:
        """Return a file of the base that is not there or cannot be read: nothing to keep rows of.

        `lost` are the rows it has, by file, where they can be counted. What was published is never
        left behind. What lies in the data folder is, when the export is delivered: that is told.
        """
        is_delivered = self._by_file[problem.file].name in self._tables
        if problem.kind == MISSING_EXPORT:
            return [] if is_delivered else [self._lacking(self._by_file[problem.file])]
        rows = lost.get(problem.file)
        if self._base == "version":
            before, after = Words("已发布的数据", "The published data"), _none_kept(rows)
        else:
            before = Words("数据目录", "The data folder")
            after = _none_taken_up(rows) if is_delivered else Words()
        return [
            Finding(
                file=problem.file,
                kind=problem.kind,
                row=problem.row,
                column=problem.column,
                value=problem.value,
                severity="warning" if is_delivered and self._base == "data_folder" else "error",
                base=self._base,
                message_zh=f"{before.zh}：{problem.message_zh}{after.zh}",
                message_en=f"{before.en}: {problem.message_en}{after.en}",
            )
        ]

    def of_emptied(self, emptied: Sequence[tuple[DeliveredTable, str, int]]) -> list[Finding]:
        """Columns that a delivered table does not have, although the rows it replaces did."""
        return [
            finding(
                table.place,
                "emptied_column",
                f"没有这一列，按空读取，被替换的行中原有的 {count} 个值将清空。"
                "如非本意，请补上该列。",
                f"the column is not there and reads as empty: {count} values of the rows that are"
                " replaced go. Unless that is meant, add it.",
                column=header,
                severity="warning",
            )
            for table, header, count in emptied
        ]

    def _lacking(self, resource: Resource) -> Finding:
        return finding(
            Location(resource.file_name),
            MISSING_EXPORT,
            f"还缺这份数据。请导出{resource.title}，与其他文件一并交付。",
            "is still lacking. Export it and hand it in together with the others.",
        )

    def of_problems(self, found: Sequence[Problem]) -> list[Finding]:
        """Breaches of the contract, those in delivered rows first."""
        delivered: list[Finding] = []
        published: dict[tuple[str, str, str | None], list[Finding]] = {}
        for problem in found:
            resource = self._by_file[problem.file].name
            if problem.row is None:
                delivered.append(self._of_export(resource, problem))
                continue
            origin = self._origins.of(resource, problem.row)
            if origin.place is not None:
                delivered.append(self._of_delivered(resource, problem, origin.place, origin.row))
            else:
                key = (problem.file, problem.kind, problem.target)
                published.setdefault(key, []).append(self._of_published(problem, origin))
        for group in published.values():
            delivered += _first(group)
        return delivered

    def of_plan(self, found: Sequence[Problem]) -> list[Finding]:
        """Return what is wrong with the plan, which nobody delivers.

        Nothing can be shown beside it.
        """
        return [
            Finding(
                file=problem.file,
                kind=problem.kind,
                row=problem.row,
                column=problem.column,
                value=problem.value,
                message_zh=f"工作要点 {problem.message_zh}",
                message_en=f"The plan, {problem.message_en}",
                wrong_zh=problem.wrong_zh,
                wrong_en=problem.wrong_en,
                severity="error",
            )
            for problem in found
        ]

    def of_hits(self, check: Check, answers: Sequence[Hit]) -> list[Finding]:
        """Answers of a check across rows and files."""
        delivered: list[Finding] = []
        published: list[Finding] = []
        for hit in answers:
            if hit.row is None:
                delivered.append(self._of_hit(hit, self._place(hit.resource), None))
                continue
            origin = self._origins.of(hit.resource, hit.row)
            (delivered if origin.place is not None else published).append(
                self._of_hit(hit, origin.place, origin.row)
            )
        return delivered[:LISTED_PER_EXPORT] + _first(published)

    def _of_delivered(self, resource: str, problem: Problem, place: Location, row: int) -> Finding:
        wrong = Words(problem.wrong_zh, problem.wrong_en)
        value = problem.value
        if problem.other_row is not None:
            other = self._origins.of(resource, problem.other_row)
            wrong = duplicate_wording(value or "", self._row_words(other, place, resource)).wrong
        elif problem.column is not None:
            value = self._as_it_came(resource, place, row, problem.column) or value
        return finding(
            place,
            problem.kind,
            wrong.zh,
            wrong.en,
            expected=(problem.expected_zh, problem.expected_en),
            row=row,
            column=problem.column,
            value=value,
        )

    def _of_published(self, problem: Problem, origin: RowOrigin) -> Finding:
        causes = self._tables.get(problem.target or "", [])
        names = "、".join(dict.fromkeys(place_zh(table.place) for table in causes))
        zh = f"（本次交付的 {names} 引起）" if causes else ""
        en = f" (brought about by {names}, which is delivered)" if causes else ""
        return finding(
            Location(problem.file),
            problem.kind,
            problem.wrong_zh + zh,
            problem.wrong_en + en,
            expected=(problem.expected_zh, problem.expected_en),
            row=origin.row,
            column=problem.column,
            value=problem.value,
            base=self._base,
        )

    def _of_export(self, resource: str, problem: Problem) -> Finding:
        """Return what is said of a whole export, such as how much is not listed."""
        place = self._place(resource)
        return finding(
            place or Location(problem.file),
            problem.kind,
            problem.wrong_zh,
            problem.wrong_en,
            expected=(problem.expected_zh, problem.expected_en),
            value=problem.value,
            base=self._base if place is None else None,
        )

    def _of_hit(self, hit: Hit, place: Location | None, row: int | None) -> Finding:
        zh = en = ""
        if place is None:
            names = self._causes(hit.check, hit.resource)
            zh = f"（本次交付的 {names} 引起）"
            en = f" (brought about by {names}, which is delivered)"
        return finding(
            place or Location(self._package.resource(hit.resource).file_name),
            hit.check.id,
            hit.wrong_zh + zh,
            hit.wrong_en + en,
            expected=(hit.expected_zh, hit.expected_en),
            row=row,
            column=hit.column,
            value=hit.value,
            severity=hit.check.severity,
            base=self._base if place is None else None,
        )

    def _place(self, resource: str) -> Location | None:
        """Return the first place from which an export was delivered."""
        tables = self._tables.get(resource)
        return tables[0].place if tables else None

    def _causes(self, check: Check, resource: str) -> str:
        """Return the delivered files of the other exports that a check reads."""
        places = [
            place_zh(table.place)
            for name in check.resources
            if name != resource
            for table in self._tables.get(name, ())
        ]
        return "、".join(dict.fromkeys(places))

    def _row_words(self, other: RowOrigin, here: Location, resource: str) -> Words:
        """Where another row stands, seen from a place."""
        if other.place == here:
            return Words(f"第 {other.row} 行", f"row {other.row}")
        if other.place is None:
            file = self._package.resource(resource).file_name
            of_version = self._base == "version"
            return Words(
                f"{'已发布的' if of_version else '数据目录的'} {file} 第 {other.row} 行",
                f"row {other.row} of {file}, {'published' if of_version else 'in the data folder'}",
            )
        return Words(place_zh(other.place, other.row), place_en(other.place, other.row))

    def _as_it_came(self, resource: str, place: Location, row: int, column: str) -> str | None:
        """Return text of the source's cell; None where the problem is one of several columns."""
        for original in self._originals[resource, place]:
            if row in original.index and column in original.columns:
                text = original.at[row, column]
                return text if isinstance(text, str) else None
        return None


def _none_kept(rows: int | None) -> Words:
    """Why nothing is delivered upon a version of which an export cannot be read."""
    zh, en = (f"其中 {rows} 行", f"Its {rows} rows") if rows else ("其中的行", "Its rows")
    return Words(
        f"{zh}无法保留，所以不能在该版本上交付。",
        f" {en} could not be kept, so nothing can be delivered upon this version.",
    )


def _none_taken_up(rows: int | None) -> Words:
    """Say what becomes of an export in the data folder that cannot be read, once delivered."""
    zh, en = (f"，原有的 {rows} 行不再保留", f"; {rows} rows go") if rows else ("", "")
    return Words(
        f"新版本只含本次交付的行{zh}。", f" The new version has the delivered rows alone{en}."
    )


def _first(findings: Sequence[Finding]) -> list[Finding]:
    """Return the first findings about published rows, and how many more there are."""
    first = list(findings[:LISTED_OF_PUBLISHED])
    more = len(findings) - len(first)
    if more:
        last = first[-1]
        first.append(
            finding(
                Location(last.file),
                last.kind,
                f"另有 {more} 行有同样的问题。",
                f"{more} more rows have the same problem.",
                expected=(last.expected_zh, last.expected_en),
                column=last.column,
                severity=last.severity,
                base=last.base,
            )
        )
    return first
