"""Reports made by hand: frames with names that would break a careless writer."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.exports.documents import Annex, Report, SlidePage

HOSTILE_NAMES = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    '<b>甲 & "乙"</b>',
    "https://example.org/学校",
    "校😀名",
    "控制\x0b符\x00",
    "很" * 60,
)


def made_table(names: Sequence[str], values: Sequence[float | None]) -> Table:
    frame = pd.DataFrame({"label": list(names), "value": list(values)})
    return Table(frame, (Column("label", "=名称"), Column("value", "数值", 1)))


def made_report(
    names: Sequence[str] = HOSTILE_NAMES,
    values: Sequence[float | None] | None = None,
    shape: str = "county_dot",
    **options: object,
) -> Report:
    """A report of one slide: one chart and its table."""
    numbers = [float(n) for n in range(len(names))] if values is None else values
    table = made_table(names, numbers)
    frame = table.frame.assign(id=table.frame["label"], text="")
    named = {"series_text": "=今年", "missing_text": "x", "tick_suffix": "%", **options}
    card = Card(
        card_id="made",
        finding="=结论",
        subtitle="+指标 · 全市",
        table=table,
        charts=(Chart(shape, frame, named, alt='图<&"😀'),),
    )
    page = SlidePage(
        section="@部分",
        title=card.finding,
        card=card,
        facts=("-事实",),
        footer="=来源",
        geography="全市",
        language="zh",
        note="=备注",
        background=("口径", "筛选"),
    )
    annex = Annex("=表", table)
    return Report(
        title="=标题",
        subtitle="全市",
        issuer="教育局",
        language="zh",
        as_of="2024-09",
        data_version="abc",
        is_sample=True,
        pages=(page,),
        about=("数据版本abc", "示例数据（合成）"),
        targets=annex,
        definitions=annex,
        sources=annex,
    )
