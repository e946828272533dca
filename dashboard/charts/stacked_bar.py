"""Parts of a whole as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import palette
from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, hovers, numbers, raw_words, words
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import row_axis, text_axis, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 36
VERTICAL_HEIGHT = 320
# Black on the light colours of the palette, white on the others: always above 4.5 to 1.
PALE = 0.35  # on white even the darkest colour is then light enough for black letters
LIGHT_COLOURS = palette.LIGHT_COLOURS


def stacked_bar_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Bars of up to four parts, counts or shares; bars and parts as the frame first has them.

    Frame, one row per bar and part: `id` (of the bar), `label`, `series`, `value`; optional `text`
    (written inside where it fits), `total_text` (of the bar, at its end), `hover`. A bar whose
    parts are all missing shows `missing_text`. `colours` are the parts' colours in their order,
    or the statuses whose colours they have. `highlight` lists the ids of bars that stand out:
    their labels are bold, the other bars pale.
    """
    identifiers, labels = raw_words(frame, "id"), words(frame, "label")
    series, texts = words(frame, "series"), words(frame, "text")
    values, hover = numbers(frame, "value"), hovers(frame, "hover", labels, series, texts)
    bars = list(dict.fromkeys(zip(identifiers, labels, strict=True)))
    position = {bar: i for i, bar in enumerate(bars)}
    places = [position[bar] for bar in zip(identifiers, labels, strict=True)]
    sums, totals = _sums(places, values, words(frame, "total_text"))
    span = axes.value_span(sums, options.value_range, from_zero=True)

    chosen = set(options.highlight or identifiers)
    given = options.part_colours or theme.COLOURS
    shades = {
        name: theme.colour_of(given[i % len(given)]) for i, name in enumerate(dict.fromkeys(series))
    }
    traces = []
    for name, colour in shades.items():
        part = [i for i, other in enumerate(series) if other == name]
        pale = [identifiers[i] not in chosen for i in part]
        along, across = [values[i] for i in part], [places[i] for i in part]
        traces.append(
            {
                **_look(colour, pale),
                "orientation": "h" if options.horizontal else "v",
                "name": name,
                "x": along if options.horizontal else across,
                "y": across if options.horizontal else along,
                "text": [texts[i] for i in part],
                "customdata": customdata([identifiers[i] for i in part]),
                "hovertext": [hover[i] for i in part],
            }
        )
    key = [theme.KeyEntry("■", colour, name) for name, colour in shades.items()]
    bottom = 30 + (theme.NOTE_ROW if options.axis_note else 0)
    top = 10 if options.horizontal else 26
    layout = theme.base_layout(
        height=options.height
        or (top + bottom + ROW_HEIGHT * len(bars) if options.horizontal else VERTICAL_HEIGHT),
        top=top,
        bottom=bottom,
        key=key,
        uirevision=options.uirevision,
    )
    axis = axes.value_axis(span, options)
    bar_labels = [
        f"<b>{label}</b>" if options.highlight and identifier in chosen else label
        for identifier, label in bars
    ]
    ends = [
        text or (plain_text(options.missing_text) if total is None else "")
        for total, text in zip(sums, totals, strict=True)
    ]
    if options.horizontal:
        traces.append(text_axis_anchor())
        layout |= {
            "xaxis": axes.titled(axis, options.axis_note),
            "yaxis": row_axis(bar_labels),
            "yaxis2": text_axis(ends),
        }
    else:
        layout |= {
            "xaxis": axes.titled(axes.column_axis(bar_labels), options.axis_note),
            "yaxis": axis,
            "annotations": axes.column_texts(
                (place, total or 0.0, text)
                for place, (total, text) in enumerate(zip(sums, ends, strict=True))
            ),
        }
    # A text that does not fit its part is left out, never shrunk or turned.
    layout |= {"barmode": "stack", "uniformtext": {"minsize": theme.NOTE_SIZE, "mode": "hide"}}
    return theme.DrawnFigure(traces, layout)


def _sums(
    places: Sequence[int], values: Sequence[float | None], texts: Sequence[str]
) -> tuple[list[float | None], list[str]]:
    """Return each bar's sum, missing where all of its parts are, and its text."""
    sums: list[float | None] = [None] * (max(places) + 1)
    totals = [""] * len(sums)
    for place, value, text in zip(places, values, texts, strict=True):
        totals[place] = totals[place] or text
        if value is not None:
            sums[place] = (sums[place] or 0.0) + value
    return sums, totals


def _look(colour: str, is_pale: list[bool]) -> dict[str, Any]:
    """Return how the parts of one colour are drawn, some of them pale; text where it fits."""
    ink = "#000000" if colour in LIGHT_COLOURS else "#FFFFFF"
    return {
        "type": "bar",
        "width": 0.72,
        "marker": {
            "color": colour,
            "opacity": [PALE if pale else 1.0 for pale in is_pale],
            "line": {"color": "#FFFFFF", "width": 1},
        },
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {
            "color": ["#000000" if pale else ink for pale in is_pale],
            "size": theme.TICK_SIZE,
        },
        "hoverinfo": "text",
        **theme.SELECTION,
    }
