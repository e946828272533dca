"""A real server on a free port, for browser tests, pictures and benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from dashboard.settings import ROOT, SAMPLE_DIR

START_TIMEOUT_SECONDS = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and ``time.perf_counter()`` when it was launched."""

    port: int
    launched_at: float

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serve(data_dir: Path = SAMPLE_DIR, deliveries_dir: Path | None = None) -> Iterator[Server]:
    """Run the dashboard on the exports in ``data_dir``, by default the sample, in this block.

    What it publishes goes to ``deliveries_dir``, by default a folder that goes with the block.

    Raises:
        RuntimeError: the server ended or did not answer in time; the message holds its output.
    """
    port = _free_port()
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port), "--"]
    command += ["--server.address", "127.0.0.1"]
    command += ["--client.showErrorDetails", "full"]  # a failure should say what raised it
    with tempfile.TemporaryFile() as output, tempfile.TemporaryDirectory() as published:
        environment = os.environ | {
            "DATA_DIR": str(data_dir),
            "DELIVERIES_DIR": str(deliveries_dir or published),
        }
        launched_at = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            if not _is_healthy(process, port):
                output.seek(0)
                raise RuntimeError(f"no server:\n{output.read().decode(errors='replace')}")
            yield Server(port, launched_at)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _is_healthy(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.perf_counter() + START_TIMEOUT_SECONDS
    while process.poll() is None and time.perf_counter() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return True
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    return False
