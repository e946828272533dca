"""Parts of a whole as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard import palette
from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, hovers, numbers, raw_words, words
from dashboard.charts.rows import row_axis, text_axis, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 36
VERTICAL_HEIGHT = 320
# Black on the light colours of the palette, white on the others: always above 4.5 to 1.
PALE = 0.35  # on white even the darkest colour is then light enough for black letters
LIGHT_COLOURS = palette.LIGHT_COLOURS


def stacked_bar_chart(
    frame: pd.DataFrame,
    *,
    horizontal: bool = True,
    colours: Sequence[str] = theme.COLOURS,
    highlight: Sequence[str] | None = None,
    value_range: Sequence[float | None] | None = None,
    tick_format: str = "",
    tick_suffix: str = "",
    axis_note: str = "",
    missing_text: str = "",
    empty_text: str = "",
    height: int | None = None,
    uirevision: str | None = None,
    id_column: str = "id",
    label_column: str = "label",
    series_column: str = "series",
    value_column: str = "value",
    text_column: str = "text",
    total_text_column: str = "total_text",
    hover_column: str = "hover",
) -> go.Figure:
    """Bars of up to four parts, counts or shares; bars and parts as the frame first has them.

    Frame, one row per bar and part: `id` (of the bar), `label`, `series`, `value`; optional `text`
    (written inside where it fits), `total_text` (of the bar, at its end), `hover`. A bar whose
    parts are all missing shows `missing_text`. `colours` are the parts' colours in their order,
    or the statuses whose colours they have. `highlight` lists the ids of bars that stand out:
    their labels are bold, the other bars pale.
    """
    if frame.empty:
        return theme.empty_figure(empty_text, uirevision=uirevision)
    identifiers, labels = raw_words(frame, id_column), words(frame, label_column)
    series, texts = words(frame, series_column), words(frame, text_column)
    values, hover = numbers(frame, value_column), hovers(frame, hover_column, labels, series, texts)
    bars = list(dict.fromkeys(zip(identifiers, labels, strict=True)))
    position = {bar: i for i, bar in enumerate(bars)}
    places = [position[bar] for bar in zip(identifiers, labels, strict=True)]
    sums: list[float | None] = [None] * len(bars)
    totals = [""] * len(bars)
    for place, value, total in zip(places, values, words(frame, total_text_column), strict=True):
        totals[place] = totals[place] or total
        if value is not None:
            sums[place] = (sums[place] or 0.0) + value
    span = axes.value_span(sums, value_range, from_zero=True)

    chosen = set(highlight or identifiers)
    names = list(dict.fromkeys(series))
    shades = {name: theme.colour_of(colours[i % len(colours)]) for i, name in enumerate(names)}
    traces = []
    for name, colour in shades.items():
        part = [i for i, other in enumerate(series) if other == name]
        along, across = [values[i] for i in part], [places[i] for i in part]
        ink = "#000000" if colour in LIGHT_COLOURS else "#FFFFFF"
        is_pale = [identifiers[i] not in chosen for i in part]
        traces.append(
            {
                "type": "bar",
                "orientation": "h" if horizontal else "v",
                "name": name,
                "x": along if horizontal else across,
                "y": across if horizontal else along,
                "width": 0.72,
                "marker": {
                    "color": colour,
                    "opacity": [PALE if pale else 1.0 for pale in is_pale],
                    "line": {"color": "#FFFFFF", "width": 1},
                },
                "text": [texts[i] for i in part],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {
                    "color": ["#000000" if pale else ink for pale in is_pale],
                    "size": theme.TICK_SIZE,
                },
                "customdata": customdata([identifiers[i] for i in part]),
                "hovertext": [hover[i] for i in part],
                "hoverinfo": "text",
                **theme.SELECTION,
            }
        )
    key = [theme.KeyEntry("■", colour, name) for name, colour in shades.items()]
    bottom = 30 + (theme.NOTE_ROW if axis_note else 0)
    top = 10 if horizontal else 26
    layout = theme.base_layout(
        height=height or (top + bottom + ROW_HEIGHT * len(bars) if horizontal else VERTICAL_HEIGHT),
        top=top,
        bottom=bottom,
        key=key,
        uirevision=uirevision,
    )
    axis = axes.value_axis(span, tick_format=tick_format, tick_suffix=tick_suffix)
    bar_labels = [
        f"<b>{label}</b>" if highlight and identifier in chosen else label
        for identifier, label in bars
    ]
    ends = [
        text or (plain_text(missing_text) if total is None else "")
        for total, text in zip(sums, totals, strict=True)
    ]
    if horizontal:
        traces.append(text_axis_anchor())
        layout |= {
            "xaxis": axes.titled(axis, axis_note),
            "yaxis": row_axis(bar_labels),
            "yaxis2": text_axis(ends),
        }
    else:
        layout |= {
            "xaxis": axes.titled(axes.column_axis(bar_labels), axis_note),
            "yaxis": axis,
            "annotations": axes.column_texts(
                (place, total or 0.0, text)
                for place, (total, text) in enumerate(zip(sums, ends, strict=True))
            ),
        }
    # A text that does not fit its part is left out, never shrunk or turned.
    layout |= {"barmode": "stack", "uniformtext": {"minsize": theme.NOTE_SIZE, "mode": "hide"}}
    return theme.DrawnFigure(traces, layout)
