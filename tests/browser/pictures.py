"""``python -m tests.browser.pictures``: a picture of every page, language and screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.settings import ROOT, SAMPLE_DIR
from tests.app_pages import discover_pages
from tests.browser.chromium import SCREENS, Watch, chromium, settle
from tests.server import serve


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "pictures", help="folder to write to")
    parser.add_argument("--data-dir", type=Path, default=SAMPLE_DIR, help="exports to show")
    parser.add_argument("--pages", nargs="+", metavar="PAGE", help="names; all by default")
    parser.add_argument("--languages", nargs="+", default=["zh", "en"], metavar="LANGUAGE")
    parser.add_argument("--screens", nargs="+", default=list(SCREENS), choices=SCREENS)
    parser.add_argument("--query", nargs="+", default=[], metavar="NAME=VALUE", help="filters")
    parser.add_argument("--whole", action="store_true", help="the whole page, not the first screen")
    options = parser.parse_args()

    options.out.mkdir(parents=True, exist_ok=True)
    filters = dict(part.split("=", 1) for part in options.query)
    pages = [p for p in discover_pages() if not options.pages or p.name in options.pages]
    with serve(options.data_dir) as server, chromium() as browser:
        for screen in options.screens:
            for language in options.languages:
                for page in pages:
                    path = options.out / f"{page.name}-{language}-{screen}.png"
                    with browser.new_context(viewport=SCREENS[screen]) as context:
                        watch = Watch.over(context)
                        tab = context.new_page()
                        if options.whole:  # the page scrolls inside the window: make it fit
                            tab.set_viewport_size({**SCREENS[screen], "height": 6000})
                        tab.goto(server.url + page.url(lang=language, **filters))
                        settle(tab)
                        tab.screenshot(path=path)
                        print(path, *watch.complaints(), sep="\n  ", flush=True)


if __name__ == "__main__":
    main()
