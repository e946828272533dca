"""From files that were handed in to recognised tables. Nothing is guessed and nothing is lost.

Every file ends as tables, as a finding that refuses it, as a question, or as one that was said to
be left out; and every row of a recognised sheet ends in its table, among what was left out, or
under a finding. No bytes make this raise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from dashboard.contract import Package
from dashboard.deliveries.model import (
    Answers,
    DeliveredTable,
    Finding,
    Location,
    Normalised,
    Question,
    ReadDelivery,
    Upload,
)
from dashboard.deliveries.reading.assembly import assemble
from dashboard.deliveries.reading.blocks import Block, find_blocks, known_cells
from dashboard.deliveries.reading.grid import Grid
from dashboard.deliveries.reading.headers import Headers
from dashboard.deliveries.reading.normalisations import normalised
from dashboard.deliveries.reading.overlap import without_overlap
from dashboard.deliveries.reading.recognition import header_findings, recognise
from dashboard.deliveries.reading.sources import (
    Leaf,
    clean_name,
    grids_of,
    leaves_of,
    unused_name,
    upload_of,
)
from dashboard.deliveries.refusal import RefusedError, finding

__all__ = ["RefusedError", "read_delivery", "upload_of"]

# A row above a header with so many cells is no title.
_TITLE_CELLS = 3


def read_delivery(
    uploads: Sequence[Upload], package: Package, answers: Answers | None = None
) -> ReadDelivery:
    """Read everything that was handed in, as one delivery.

    `answers` say which export a table is where two fit (see Question); an answer that is none of
    the choices is ignored. The uploads of the reading bear cleaned names, each once.
    """
    named = _named(uploads)
    reader = _Reader(package, answers or {})
    for upload in named:
        reader.read(upload)
    tables, findings, told = without_overlap(reader.tables, package)
    return ReadDelivery(
        uploads=named,
        tables=tuple(tables),
        findings=(*reader.findings, *findings),
        normalised=(*reader.normalised, *told),
        questions=tuple(reader.questions),
    )


class _Reader:
    """Reads one file after another and gathers what comes of them."""

    def __init__(self, package: Package, answers: Answers) -> None:
        self._package = package
        self._answers = answers
        self._exports = [Headers(resource) for resource in package.resources]
        self._known = {key for headers in self._exports for key in headers.keys}
        self._seen: dict[str, Location] = {}
        self.tables: list[DeliveredTable] = []
        self.findings: list[Finding] = []
        self.normalised: list[Normalised] = []
        self.questions: list[Question] = []

    def read(self, upload: Upload) -> None:
        found = leaves_of(upload)
        self.findings += found.findings
        self.normalised += found.normalised
        for leaf in found.leaves:
            sha256 = hashlib.sha256(leaf.content).hexdigest()
            first = self._seen.setdefault(sha256, leaf.place)
            if first is not leaf.place:
                self.normalised.append(normalised(leaf.place, "same_file", 1, before=first.file))
                continue
            try:
                self._read_leaf(leaf, sha256)
            except RefusedError as error:
                self.findings.append(error.finding)

    def _read_leaf(self, leaf: Leaf, sha256: str) -> None:
        unknown: list[Grid] = []
        said = len(self.findings) + len(self.tables) + len(self.questions)
        for grid in grids_of(leaf, self._known):
            if isinstance(grid, Finding):
                self.findings.append(grid)
            elif isinstance(grid, Normalised):
                self.normalised.append(grid)
            elif grid.filled().any():
                blocks = find_blocks(grid, self._exports)
                if not blocks:
                    unknown.append(grid)
                for number, block in enumerate(blocks):
                    self._read_block(grid, block, sha256, first=number == 0)
        if said == len(self.findings) + len(self.tables) + len(self.questions):
            self.findings.append(self._unknown(leaf.place, unknown))
        else:
            self._leave_out(unknown)

    def _read_block(self, grid: Grid, block: Block, sha256: str, *, first: bool) -> None:
        self._above(grid, block, first=first)
        fits = recognise(grid, block, self._exports)
        if len(fits) > 1:
            answer = self._answers.get(grid.place)
            chosen = [fit for fit in fits if fit.headers.resource.name == answer]
            if not chosen:
                choices = tuple(fit.headers.resource.name for fit in fits)
                question = Question(place=grid.place, choices=choices)
                if question not in self.questions:
                    self.questions.append(question)
                return
            fits = chosen
        row = int(grid.numbers[block.bottom])
        wrong = header_findings(grid.place, row, fits[0], block.names)
        if wrong:
            self.findings += wrong
            return
        assembled = assemble(grid, block, fits[0], sha256)
        self.findings += assembled.findings
        self.normalised += assembled.normalised
        if assembled.table is not None:
            self.tables.append(assembled.table)

    def _above(self, grid: Grid, block: Block, *, first: bool) -> None:
        """Take what stands above the first header for titles, unless it looks like data."""
        if block.bottom > block.top:
            self.normalised.append(
                normalised(
                    grid.place,
                    "header_row",
                    block.bottom - block.top + 1,
                    row=int(grid.numbers[block.top]),
                )
            )
        if not first or not block.top:
            return
        filled = grid.filled()[: block.top]
        if int(filled.max()) > max(_TITLE_CELLS, len(block.names) // 2):
            row = int(filled.argmax())
            self.findings.append(_above_header(grid, row, block))
        for kind, rows in (("title_row", filled > 0), ("blank_row", filled == 0)):
            if rows.any():
                index = int(rows.argmax())
                texts = (column.text(index).strip() for column in grid.columns)
                self.normalised.append(
                    normalised(
                        grid.place,
                        kind,
                        int(rows.sum()),
                        row=int(grid.numbers[index]),
                        before=" ".join(filter(None, texts)) or None,
                    )
                )

    def _leave_out(self, grids: Collection[Grid]) -> None:
        """Sheets without a table, beside others with one; a column name in them is suspicious."""
        for grid in grids:
            if known_cells(grid, self._exports) and grid.height > 1:
                self.findings.append(self._unknown(grid.place, [grid]))
            else:
                self.normalised.append(normalised(grid.place, "ignored_sheet", grid.height))

    def _unknown(self, place: Location, grids: Collection[Grid]) -> Finding:
        if not grids:
            return finding(
                place, "empty_file", "文件里没有数据。请重新导出。", "no data. Export it again."
            )
        titles = "、".join(resource.title for resource in self._package.resources)
        read_as_zh = read_as_en = ""
        for grid in grids:
            if grid.delimiter is not None:
                read_as_zh = f"（按 {grid.encoding} 编码读取）"
                read_as_en = f" (read as {grid.encoding})"
        return finding(
            place,
            "unknown_table",
            f"没有找到任何一种数据的表头{read_as_zh}。可提交的数据：{titles}。"
            "请核对列名，或下载模板。",
            f"no header of any export was found{read_as_en}. Exports: {titles}."
            " Check the column names, or start from the template.",
        )


def _named(uploads: Sequence[Upload]) -> tuple[Upload, ...]:
    """Return the uploads under cleaned names, each once: places are told apart by them."""
    names: set[str] = set()
    named: list[Upload] = []
    for upload in uploads:
        name = unused_name(clean_name(upload.name), names)
        named.append(Upload(name, upload.content))
    return tuple(named)


def _above_header(grid: Grid, row: int, block: Block) -> Finding:
    return finding(
        grid.place,
        "rows_above_header",
        f"表头在第 {grid.numbers[block.top]} 行，它上面还有像数据的行。请把表头放在数据之上。",
        f"the header is in row {grid.numbers[block.top]}, and rows above it look like data."
        " Put the header above the data.",
        row=int(grid.numbers[row]),
    )
