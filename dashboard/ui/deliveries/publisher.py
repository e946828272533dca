"""Who works on deliveries, and whether they may publish.

The proxy that admits readers knows who they are: it says so in a header that a setting names. Where
nobody says it, people write their name, and it is remembered as long as their page is open.
"""

from __future__ import annotations

from urllib.parse import unquote

import streamlit as st

from dashboard import settings
from dashboard.words.language import Language

_NAME, _FIELD = "deliverer", "deliverer_field"
_LONGEST_NAME = 60


def signed_in() -> str:
    """Return name that the proxy, or Streamlit's own sign-in, gives; empty when neither does."""
    header = settings.user_header()
    if header:
        return unquote(st.context.headers.get(header) or "").strip()[:_LONGEST_NAME]
    user = st.user.to_dict()
    return str(user.get("name") or user.get("email") or "").strip()[:_LONGEST_NAME]


def name() -> str:
    """Who is at work: the signed-in person, else whom the field names."""
    return signed_in() or str(st.session_state.get(_NAME, ""))


def may_publish() -> bool:
    """Whether this reader may hand in, publish and roll back; see docs/installation.md."""
    if not settings.takes_deliveries():
        return False
    editors = settings.delivery_editors()
    return not editors or signed_in() in editors


def name_field(language: Language, key: str) -> None:
    """Say who is signed in, or ask for a name."""
    _ = language
    if signed_in():
        st.markdown(_("Published by: {name}", name=f"**{signed_in()}**"))
        return
    field = f"{_FIELD}_{key}"
    st.session_state[field] = name()
    st.text_input(
        _("Your name"),
        max_chars=_LONGEST_NAME,
        key=field,
        on_change=_remember,
        args=(field,),
    )


def _remember(field: str) -> None:
    st.session_state[_NAME] = st.session_state[field].strip()
