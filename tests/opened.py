"""What is costly to open, opened once in a process: the sample, and its pages without a browser."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from functools import cache

import duckdb
from streamlit.testing.v1 import AppTest

from dashboard.data import Database, Inputs, build, open_database
from dashboard.settings import ROOT, SAMPLE_DIR
from dashboard.ui.data import hand_over

TIMEOUT_SECONDS = 120


@cache
def sample() -> Database:
    """The committed sample. It is everybody's: whoever changes one opens another."""
    return open_database(SAMPLE_DIR)


def open_page(
    script: str, data: Database | None = None, **address: str | list[str] | tuple[str, ...]
) -> AppTest:
    """Open a page by its address alone, with no page before it; it must not raise.

    Where `data` (or else the sample) is what the page is to show, it is not built anew.
    """
    hand_over(data or sample())
    app = AppTest.from_file(ROOT / "app.py", default_timeout=TIMEOUT_SECONDS)
    app.query_params.update({name: asked for name, asked in address.items() if asked})
    return sound(app.switch_page(script).run())


def sound(app: AppTest) -> AppTest:
    """The same page, which must not have raised."""
    assert [exception.message for exception in app.exception] == []
    return app


_build = build._build
_BUILT: OrderedDict[Hashable, Database] = OrderedDict()
_KEPT = 6


def build_once(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> Database:
    """Build the data version of files that were not built lately; a test may put it for `_build`.

    Commands and pages about deliveries build the same few versions over and over.
    """
    key = (build._content_hash(inputs), frozenset(inputs.written.items()))
    if key not in _BUILT:
        _BUILT[key] = _build(connection, inputs)
        if len(_BUILT) > _KEPT:
            _BUILT.popitem(last=False)
    return _BUILT[key].published_as(inputs.published)
