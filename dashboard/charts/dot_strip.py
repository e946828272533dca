"""How schools spread within each county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, hovers, numbers, one_or_all, raw_words, words
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

SCHOOL = "#2073BC"
ROW_HEIGHT = 54
# Steps of the golden ratio spread any number of dots evenly, and always in the same places.
GOLDEN = 0.618033988749895
SPREAD = 0.6


def dot_strip_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Return a strip per county, a dot per school, the county's own value as an upright mark.

    Frame, one row per school: `row_id`, `row` (the county, in order of appearance), `id`, `label`
    (of the school), `value`; optional `mean` and `text` (the county's value and how it reads, the
    same in all its rows; the text stands at the right edge), `hover`. Schools without a value
    have no dot. `highlight` lists row ids. `series_text` and `mean_text` name the two marks.
    """
    row_ids = raw_words(frame, "row_id")
    values, means = numbers(frame, "value"), numbers(frame, "mean")
    rows = read_rows(_county_rows(frame), options)
    position = {row_id: i for i, row_id in enumerate(rows.ids)}
    county_means = [means[row_ids.index(row_id)] for row_id in rows.ids]
    shown = [i for i, value in enumerate(values) if value is not None]
    places = [position[row_ids[i]] for i in shown]
    identifiers = raw_words(frame, "id")
    hover = hovers(frame, "hover", words(frame, "label"))
    lines = axes.references(options)
    span = axes.value_span(
        [*values, *means, *(line.value for line in lines)], options.value_range, from_zero=False
    )
    shapes, labels, label_height = axes.vertical_lines(lines, span, len(rows.ids))
    chosen = set(options.highlight or rows.ids)
    colours = [SCHOOL if row_ids[i] in chosen else theme.CONTEXT for i in shown]
    schools = {
        "type": "scatter",
        "mode": "markers",
        "name": plain_text(options.series_text),
        "x": [values[i] for i in shown],
        "y": _scattered(places),
        "marker": {"size": 7, "opacity": 0.6, "color": one_or_all(colours)},
        "customdata": customdata([identifiers[i] for i in shown]),
        "hovertext": [hover[i] for i in shown],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1, "size": 11}},
        "unselected": {"marker": {"opacity": 0.45}},
    }
    counties = {
        "type": "scatter",
        "mode": "markers",
        "name": plain_text(options.mean_text),
        "x": county_means,
        "y": rows.places,
        "marker": {
            "symbol": "line-ns-open",
            "size": 30,
            "color": theme.INK,
            "line": {"width": 3},
        },
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.SELECTION,
    }
    top, bottom = 10 + label_height, 30 + (theme.NOTE_ROW if options.axis_note else 0)
    layout = theme.base_layout(
        height=options.height or top + bottom + rows.height(ROW_HEIGHT),
        top=top,
        bottom=bottom,
        key=[
            theme.KeyEntry("●", SCHOOL, plain_text(options.series_text)),
            theme.KeyEntry("┃", theme.INK, plain_text(options.mean_text)),
        ],
        uirevision=options.uirevision,
    )
    axis = axes.value_axis(span, options)
    layout |= rows.axes() | {
        "xaxis": axes.titled(axis, options.axis_note),
        "shapes": shapes,
        "annotations": labels,
    }
    return theme.DrawnFigure([text_axis_anchor(), schools, counties], layout)


def _county_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the counties' own rows: the first of each, with the county's value."""
    own = frame.drop_duplicates("row_id").drop(
        columns=["id", "label", "value", "hover"], errors="ignore"
    )
    return own.rename(columns={"row_id": "id", "row": "label", "mean": "value"})


def _scattered(rows: Sequence[int]) -> list[float]:
    """Each dot's row, moved up or down a little so that equal values do not hide each other."""
    seen: Counter[int] = Counter()
    places = []
    for row in rows:
        seen[row] += 1
        places.append(row + (seen[row] * GOLDEN % 1 - 0.5) * SPREAD)
    return places
