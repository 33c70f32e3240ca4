"""Serve the built site on this machine and build it again when something it is made of is saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from scoring.headers import said
from scoring.render.policy import HEADERS

WATCHED = ("docs", "theme", "scoring/render", "mkdocs.yml", "mkdocs.ar.yml")
PAUSE = 0.5  # seconds between two looks
FEW = 25  # files saved at once whose pages somebody waits for; another branch brings more


class Build(Protocol):
    """A build at work."""

    def ended(self) -> bool: ...

    def stop(self) -> None:
        """End it at once, wherever it is; nothing of it is left."""


Begin = Callable[[list[Path]], Build]  # from the files that were just saved, if they are few


def when(places: list[Path]) -> dict[Path, float]:
    """When each of the files and folders there was changed last."""
    found = {}
    for file in (f for place in places for f in ([place] if place.is_file() else place.rglob("*"))):
        with suppress(FileNotFoundError):  # an editor's, gone already
            found[file] = file.stat().st_mtime
    return found


class Watch:
    """Files that are looked at, and the build at work. What is saved while it works is in none of its pages: it is
    stopped, and another begins with all that was saved since the last one that ended."""

    def __init__(self, places: list[Path], begin: Begin) -> None:
        self._places, self._begin = places, begin
        self._seen = when(places)
        self._saved: set[Path] = set()
        self._build: Build | None = None

    def look(self) -> None:
        """Begin a build where anything was changed since the last look. One that fails prints why, and what is served
        stays as it was."""
        if self._build and self._build.ended():
            self._build = None
            self._saved.clear()
        now = when(self._places)
        if now == self._seen:
            return
        self.stop()
        self._saved |= {place for place, changed in now.items() if self._seen.get(place) != changed and place.is_file()}
        self._seen = now
        self._build = self._begin(sorted(self._saved) if len(self._saved) <= FEW else [])

    def stop(self) -> None:
        if self._build:
            self._build.stop()
            self._build = None


def _watching(watch: Watch) -> None:
    while True:
        time.sleep(PAUSE)
        watch.look()


class Handler(SimpleHTTPRequestHandler):
    """Sends each file with what the site's `_headers` says of it, so that what is tried here is what will be served.
    What is ahead of the site, if a folder is said for that, is sent in its stead."""

    def __init__(self, *args: Any, ahead: Path | None = None, **more: Any) -> None:
        self.ahead = ahead
        super().__init__(*args, **more)

    def translate_path(self, path: str) -> str:
        found = super().translate_path(path)
        if self.ahead is None:
            return found
        newer = self.ahead / Path(found).relative_to(self.directory)
        return f"{newer}/" if (newer / "index.html").is_file() else str(newer) if newer.is_file() else found

    def end_headers(self) -> None:
        table = Path(self.directory) / HEADERS
        if table.is_file():
            for name, value in said(urlsplit(self.path).path, table.read_text(encoding="utf-8")).items():
                self.send_header(name, value)
        super().end_headers()


def serve_site(site: Path, ahead: Path, root: Path, data: Path, host: str, port: int, begin: Begin) -> int:
    """Serve `site`, and before its files those in `ahead`, until interrupted."""
    watch = Watch([data, *(root / name for name in WATCHED)], begin)
    threading.Thread(target=_watching, args=(watch,), daemon=True).start()
    handler = partial(Handler, directory=str(site), ahead=ahead)
    with ThreadingHTTPServer((host, port), handler) as server:
        print(f"http://{host}:{port}/ – stop with Ctrl+C", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
        finally:
            watch.stop()
    return 0
