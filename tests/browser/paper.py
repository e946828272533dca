"""A page on A4 across: what is cut off, and how many sheets it takes."""

from __future__ import annotations

import re

from playwright.sync_api import Page

# 297 × 210 mm less margins of 8 mm, in CSS pixels.
WIDTH, HEIGHT = 1062, 733

# To run before a page loads: a printer lays the page out anew, but no script runs that would draw
# charts anew.
FREEZE = """
window.ResizeObserver = class extends ResizeObserver {
  constructor(callback) { super((...news) => window.printing || callback(...news)); }
};
"""
_STOP_DRAWING = "window.printing = true"
_LAY_OUT = "width => { document.body.style.width = width + 'px'; }"
_BACK_ON_SCREEN = "() => { window.printing = false; document.body.style.width = ''; }"
_CUT = """
([width, height]) => {
  const cut = [];
  const name = part => (part.closest('[class*="st-key-chart-"]') ?? part).className;
  for (const svg of document.querySelectorAll('.stPlotlyChart .main-svg')) {
    const room = svg.closest('.stPlotlyChart').getBoundingClientRect();
    const box = svg.getBoundingClientRect();
    if (box.right > room.right + 1 || box.bottom > room.bottom + 1 || box.height > height)
      cut.push(`${name(svg)}: ${box.width}×${box.height} in ${room.width}×${room.height}`);
  }
  for (const part of document.querySelectorAll('[class*="st-key-card-"], table'))
    if (part.getBoundingClientRect().right > width + 1) cut.push(name(part));
  return cut;
}
"""


def cut_on_paper(page: Page) -> list[str]:
    """One line for each chart, card and table that is cut when the page is printed as it is now.

    The page must have been loaded with `FREEZE`.
    """
    page.evaluate(_STOP_DRAWING)
    page.emulate_media(media="print")
    page.evaluate(_LAY_OUT, WIDTH)
    cut: list[str] = page.evaluate(_CUT, [WIDTH, HEIGHT])
    page.emulate_media(media="screen")
    page.evaluate(_BACK_ON_SCREEN)
    return cut


def sheets(page: Page) -> int:
    """How many sheets the page takes when it is printed as it is now."""
    pdf = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
