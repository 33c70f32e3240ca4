"""Serve the built site on this machine and build it again when something it is made of is saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from scoring.headers import said
from scoring.render.policy import HEADERS

WATCHED = ("docs", "theme", "scoring/render", "mkdocs.yml", "mkdocs.ar.yml")
PAUSE = 1.0  # seconds between two looks


def _newest(places: list[Path]) -> float:
    files = (f for place in places for f in ([place] if place.is_file() else place.rglob("*")))
    return max((f.stat().st_mtime for f in files), default=0.0)


def _watch(places: list[Path], rebuild: Callable[[], int]) -> None:
    seen = _newest(places)
    while True:
        time.sleep(PAUSE)
        now = _newest(places)
        if now != seen:
            seen = now
            rebuild()  # a failed build prints why; what is served stays as it was


class Handler(SimpleHTTPRequestHandler):
    """Sends each file with what the site's `_headers` says of it, so that what is tried here is what will be served."""

    def end_headers(self) -> None:
        table = Path(self.directory) / HEADERS
        if table.is_file():
            for name, value in said(urlsplit(self.path).path, table.read_text(encoding="utf-8")).items():
                self.send_header(name, value)
        super().end_headers()


def serve_site(site: Path, root: Path, data: Path, host: str, port: int, rebuild: Callable[[], int]) -> int:
    """Serve `site` until interrupted."""
    places = [data, *(root / name for name in WATCHED)]
    threading.Thread(target=_watch, args=(places, rebuild), daemon=True).start()
    handler = partial(Handler, directory=str(site))
    with ThreadingHTTPServer((host, port), handler) as server:
        print(f"http://{host}:{port}/ – stop with Ctrl+C", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
