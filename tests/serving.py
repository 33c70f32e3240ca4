"""Folders served on a free port of this machine, as a static host serves them, and waiting for what pages do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scoring.serve import Handler


class _Quiet(Handler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, ahead: Path | None = None) -> Iterator[str]:
    """The address of a folder, without a slash at its end, while it is served; what is in `ahead` goes before."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder), ahead=ahead))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def until(page: Any, expression: str, seconds: float = 10) -> None:
    """Wait until a JavaScript expression holds. Playwright's own waiting evaluates strings inside the page, which the
    pages' policy forbids after the first try."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came true in {seconds} s: {expression}"
        page.wait_for_timeout(50)
