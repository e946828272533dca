"""A browser session without a browser: speaks Streamlit's WebSocket protocol.

What Streamlit's own client does, this does: it keeps the query string, sends back the state of the
widgets it has changed, and names the large messages it still holds, which the server then need not
send again.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Subprotocol

RUN_TIMEOUT_SECONDS = 120.0


@dataclass(frozen=True)
class Run:
    """One run of the script: from the request to the last message, and the bytes in between."""

    seconds: float
    received_bytes: int


@dataclass
class _Known:
    """What the client remembers from run to run."""

    query_string: str = ""
    page_script_hash: str = ""
    pages: dict[str, str] = field(default_factory=dict)  # URL path to page_script_hash
    pills: dict[str, ButtonGroup] = field(default_factory=dict)  # user key to element
    changed: dict[str, WidgetState] = field(default_factory=dict)  # widget id to state
    held_messages: set[str] = field(default_factory=set)


class Session:
    """One open tab. Used as a context manager; ``Session(port)`` connects."""

    def __init__(self, port: int) -> None:
        self._known = _Known()
        self._connection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            compression=None,
            max_size=None,
        )

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    @property
    def page_names(self) -> list[str]:
        """URL paths of all pages, known after the first run; the first page's is empty."""
        return list(self._known.pages)

    def open(self, page_name: str) -> Run:
        """Run the page with this URL path, as a deep link does."""
        self._known.page_script_hash = ""
        return self._run(page_name)

    def rerun(self) -> Run:
        """Run the open page again with nothing changed."""
        return self._run()

    def offers(self, key: str) -> bool:
        """Whether the open page has pills with this key."""
        return key in self._known.pills

    def options(self, key: str) -> list[str]:
        """Return the labels of the pills whose key is ``key``, in their order."""
        return [option.content for option in self._known.pills[key].options]

    def choose(self, key: str, labels: Sequence[str]) -> Run:
        """Choose these pills and run the page, as a click does."""
        pills = self._known.pills[key]
        state = WidgetState(id=pills.id)
        state.string_array_value.data.extend(labels)
        self._known.changed[pills.id] = state
        if pills.query_param_key:
            self._bind(pills.query_param_key, labels)
        return self._run()

    def _bind(self, parameter: str, values: Sequence[str]) -> None:
        kept = [(k, v) for k, v in parse_qsl(self._known.query_string) if k != parameter]
        self._known.query_string = urlencode(kept + [(parameter, value) for value in values])

    def _run(self, page_name: str = "") -> Run:
        request = BackMsg()
        state = request.rerun_script
        state.query_string = self._known.query_string
        state.page_script_hash = self._known.page_script_hash
        state.page_name = page_name
        state.widget_states.widgets.extend(self._known.changed.values())
        state.cached_message_hashes.extend(self._known.held_messages)
        state.context_info.timezone = "Asia/Shanghai"
        state.context_info.locale = "zh-CN"
        payload = request.SerializeToString()

        received_bytes = 0
        started_at = time.perf_counter()
        self._connection.send(payload)
        while True:
            self._acknowledge_at_once()
            answer = self._connection.recv(timeout=RUN_TIMEOUT_SECONDS, decode=False)
            arrived_at = time.perf_counter()
            received_bytes += len(answer)
            message = ForwardMsg.FromString(answer)
            if self._ends_the_run(message):
                return Run(arrived_at - started_at, received_bytes)
            self._remember(message)

    def _acknowledge_at_once(self) -> None:
        """Keep Linux from delaying its acknowledgement, as no browser was seen to do here.

        The server's socket waits for it (Nagle's algorithm), which would add 40 ms to every run.
        The option lasts only until the next packets.
        """
        if hasattr(socket, "TCP_QUICKACK"):
            self._connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    @staticmethod
    def _ends_the_run(message: ForwardMsg) -> bool:
        """Whether this was the last message; a run that st.rerun() cut short goes on."""
        if message.WhichOneof("type") != "script_finished":
            return False
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise RuntimeError("the script does not compile")
        return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _remember(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._known.held_messages.add(message.hash)
        match message.WhichOneof("type"):
            case "new_session":
                self._known.page_script_hash = message.new_session.page_script_hash
            case "navigation":
                self._known.page_script_hash = message.navigation.page_script_hash
                for page in message.navigation.app_pages:
                    name = "" if page.is_default else page.url_pathname
                    self._known.pages[name] = page.page_script_hash
            case "page_info_changed":
                self._known.query_string = message.page_info_changed.query_string
            case "delta":
                self._remember_element(message)

    def _remember_element(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                raise RuntimeError(f"the page raised {element.exception.message}")
            case "button_group":
                key = element.button_group.id.rsplit("-", 1)[-1]
                self._known.pills[key] = element.button_group
