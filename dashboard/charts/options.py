"""The options of every shape of chart: what is said on it and held fixed, never data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ChartOptions:
    """What a chart is told beside its frame; each shape says which of it it uses.

    Texts are in the reader's language and raw: charts escape them. Values are in the unit of the
    axis, heights in pixels, widths of labels in em. Nothing given means nothing shown, or what the
    shape does by itself.
    """

    # lines to hold values against
    target: float | None = None
    target_text: str = ""
    pace: float | None = None
    pace_text: str = ""
    # what marks mean
    series_text: str = ""
    comparison_text: str = ""
    mean_text: str = ""
    plan_text: str = ""
    planned_text: str = ""
    actual_text: str = ""
    down_text: str = ""
    up_text: str = ""
    status_texts: Mapping[str, str] = field(default_factory=dict)
    state_texts: Mapping[str, str] = field(default_factory=dict)
    level_texts: Sequence[str] = ()
    steps: Mapping[str, str] = field(default_factory=dict)
    milestones: Sequence[Mapping[str, str]] = ()
    # what is brought out, and in which colours
    highlight: Sequence[str] | None = None
    colours: Mapping[str, str] | None = None
    part_colours: Sequence[str] = ()
    dashed: Sequence[str] = ()
    # the axes
    value_range: Sequence[float | None] | None = None
    date_range: Sequence[str] | None = None
    from_zero: bool = False
    own_scales: bool = False
    tick_format: str = ""
    tick_suffix: str = ""
    tick_every: int | None = None
    axis_note: str = ""
    as_of: str = ""
    as_of_text: str = ""
    # what stands where there is nothing
    missing_text: str = ""
    empty_text: str = ""
    note_text: str = ""
    # the form
    horizontal: bool = True
    columns: int = 3
    height: int | None = None
    panel_height: int | None = None
    label_em: float | None = None
    outlines: Sequence[Mapping[str, Any]] = ()
    uirevision: str | None = None  # keeps what the reader did to the chart through reruns


DEFAULTS = ChartOptions()
