"""Starting the server: what ``streamlit run app.py`` does, without its one mistake.

A folder called ``pages/`` beside the main script makes Streamlit look for its older kind of pages
until ``st.navigation`` has run once in the process: the first deep link after a start then gets a
"page not found" dialog over the right page (seen on 1.67.0). Saying beforehand that the folder is
not of that kind avoids it. See docs/adr/0005-own-start-command.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

from dashboard.settings import ROOT


def serve(port: int, options: Sequence[str] = ()) -> None:
    """Serve the dashboard until it is stopped; ``options`` are further ones of Streamlit's own."""
    PagesManager.uses_pages_directory = False
    cli.main(["run", str(ROOT / "app.py"), "--server.port", str(port), *options])
