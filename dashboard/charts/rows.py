"""What charts with one labelled row per county, school or project have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.columns import (
    Objects,
    customdata,
    flags,
    hovers,
    numbers,
    one_or_all,
    raw_words,
    words,
    wrapped_words,
)
from dashboard.charts.options import ChartOptions
from dashboard.charts.text import LINE_HEIGHT, plain_text

# Labels of rows are wrapped at this width where the shape does not say otherwise: on a phone it
# leaves more than half of the figure to the plot.
LABEL_EM = 10.0


@dataclass(frozen=True)
class Rows:
    """The rows of a frame as they are drawn, top to bottom: escaped, some of them bold."""

    ids: list[str]
    labels: list[str]
    texts: list[str]
    hovers: list[str]
    colours: str | Sequence[str]

    @property
    def places(self) -> list[int]:
        """The rows' positions on the row axis."""
        return list(range(len(self.ids)))

    @property
    def customdata(self) -> Objects:
        """Each row's id, as a click hands it back."""
        return customdata(self.ids)

    def height(self, least: int, size: int = theme.LABEL_SIZE) -> int:
        """Pixels all rows need: `least` each, more where labels of `size` take several lines."""
        lines = max(label.count("<br>") for label in self.labels) + 1
        return len(self.labels) * max(least, round(lines * size * LINE_HEIGHT) + 4)

    def axes(self, *, size: int = theme.LABEL_SIZE, grid: bool = False) -> dict[str, Any]:
        """Layout of the labels on the left and the value texts on the right."""
        return {
            "yaxis": row_axis(self.labels, size=size, grid=grid),
            "yaxis2": text_axis(self.texts, size=size),
        }


def read_rows(
    frame: pd.DataFrame,
    options: ChartOptions,
    *,
    label_em: float = LABEL_EM,
    has_values: bool = True,
) -> Rows:
    """Rows of `frame`; the city's total and the highlighted rows are bold.

    A row's colour: dark grey for the city, the focus colour, or grey where others are highlighted.
    """
    identifiers, totals = raw_words(frame, "id"), flags(frame, "is_total")
    labels = wrapped_words(frame, "label", label_em)
    texts = _value_texts(frame, options.missing_text, has_values=has_values)
    chosen = set(options.highlight or ())
    focus = [not chosen or identifier in chosen for identifier in identifiers]
    bold = [
        total or identifier in chosen for total, identifier in zip(totals, identifiers, strict=True)
    ]
    return Rows(
        ids=identifiers,
        labels=_emphasised(labels, bold),
        texts=_emphasised(texts, bold),
        hovers=hovers(frame, "hover", words(frame, "label"), texts),
        colours=one_or_all(
            [
                theme.CITY if total else theme.FOCUS if shown else theme.CONTEXT
                for total, shown in zip(totals, focus, strict=True)
            ]
        ),
    )


def _emphasised(texts: Sequence[str], bold: Sequence[bool]) -> list[str]:
    """Return the texts, bold where `bold` is true."""
    return [f"<b>{text}</b>" if b and text else text for text, b in zip(texts, bold, strict=True)]


def _value_texts(frame: pd.DataFrame, missing_text: str, *, has_values: bool) -> list[str]:
    """Return the ready-made value texts, each behind its status mark where the frame has `status`.

    Where there is neither value nor text stands `missing_text`; a value that is withheld keeps
    the text that says so. Rows of a chart without values (`has_values`) have no missing ones.
    """
    values = numbers(frame, "value") if has_values else [0.0] * len(frame)
    missing = plain_text(missing_text)
    marks = [theme.STATUS_MARKS.get(status) for status in raw_words(frame, "status")]
    texts = []
    for value, text, mark in zip(values, words(frame, "text"), marks, strict=True):
        if value is None and not text:
            texts.append(f'<span style="color:{theme.QUIET_INK}">{missing}</span>')
        elif mark:
            texts.append(f'<span style="color:{mark.colour}">{mark.glyph}</span> {text}')
        else:
            texts.append(text)
    return texts


def row_axis(
    labels: Sequence[str], *, size: int = theme.LABEL_SIZE, grid: bool = False
) -> dict[str, Any]:
    """Rows from top to bottom at 0, 1, …; `labels` are escaped. Equal names stay apart."""
    count = len(labels)
    return {
        "range": [count - 0.5, -0.5],
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": list(range(count)),
        "ticktext": list(labels),
        "tickfont": {"size": size, "color": theme.INK},
        "showgrid": grid,
        "gridcolor": theme.GRID,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
    }


def text_axis(texts: Sequence[str], *, size: int = theme.LABEL_SIZE) -> dict[str, Any]:
    """Return a second row axis at the right edge for ready-made texts, like a table column.

    Values written at the marks would be crossed by the target line just where it matters most:
    near the target. Needs a `text_axis_anchor`.
    """
    return {**row_axis(texts, size=size), "overlaying": "y", "side": "right"}


def text_axis_anchor() -> dict[str, Any]:
    """Return the empty trace without which plotly.js would not draw a `text_axis`."""
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "yaxis": "y2",
        "hoverinfo": "skip",
        "showlegend": False,
    }
