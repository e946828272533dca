"""``python -m bench.slides``: from the key press to the painted slide, in Chromium."""

from __future__ import annotations

import math

from tests.browser.chromium import SCREENS, chromium, settle
from tests.server import serve

BAR_MS = 250
SLIDES = 30
# The monthly review has a slide for every county: 24 of them for the city as a whole.
PATH = "/present?agenda=monthly&lang=zh"

# Painted: the frame after the key has been drawn, and the browser is free for the next task.
_TURN = """
async count => {
  const painted = () => new Promise(done =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  const times = [];
  for (let turn = 0; turn < count; turn++) {
    const key = turn % 20 === 19 ? 'Home' : 'PageDown';
    const pressed = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    times.push(await painted() - pressed);
    await new Promise(done => setTimeout(done, 150));
  }
  return times;
}
"""


def slide_times() -> list[float]:
    """Turn thirty slides on the sample; milliseconds each, in order."""
    with serve() as server, chromium() as browser, browser.new_context() as context:
        page = context.new_page()
        page.set_viewport_size(SCREENS["projector"])
        page.goto(server.url + PATH)
        settle(page)
        times: list[float] = page.evaluate(_TURN, SLIDES)
        return times


def slides_section() -> str:
    """Return the distribution as a section of the benchmarks."""
    times = sorted(slide_times())
    marks = {percent: times[math.ceil(SLIDES * percent / 100) - 1] for percent in (50, 95, 100)}
    verdict = "within" if marks[50] <= BAR_MS else "over"
    return f"""## Presentation

{SLIDES} slides of the monthly review, from the key press to the painted slide in Chromium at
1280×720: p50 {marks[50]:.0f} ms, p95 {marks[95]:.0f} ms, slowest {marks[100]:.0f} ms; {verdict} \
the bar of {BAR_MS} ms at the median.
"""


if __name__ == "__main__":
    print(slides_section())
