"""The bureau's colours: charts on screen and charts in slides and workbooks share them."""

from __future__ import annotations

# In the order in which series take them; the first is the focus colour.
SERIES_COLOURS = (
    "#12436D",
    "#28A197",
    "#801650",
    "#F46A25",
    "#3D3D3D",
    "#A285D1",
    "#2073BC",
    "#5B7F1D",
    "#8A5A00",
    "#6B6F8A",
)
STATUS_COLOURS = {
    "met": "#1E8A81",
    "on_track": "#12436D",
    "near": "#8A6A00",
    "behind": "#D1490C",
    "not_due": "#767676",
    "missing": "#595959",
    "withheld": "#595959",
    "provisional": "#595959",
}
STATUS_GLYPHS = {
    "met": "●",
    "on_track": "▲",
    "near": "◆",
    "behind": "▼",
    "not_due": "○",
    "missing": "×",
    "withheld": "◇",
    "provisional": "□",
}
INK = "#1F1F1F"
QUIET_INK = "#595959"
CONTEXT = "#BFBFBF"
CITY = "#3D3D3D"
PALE_FOCUS = "#6BACE6"  # the focus colour, light enough for dark letters
PACE = "#F46A25"
# On these, letters are dark.
LIGHT_COLOURS = frozenset({"#28A197", "#F46A25", "#A285D1", "#6BACE6", "#BFBFBF"})
