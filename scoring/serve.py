"""Serve the built site on this machine and build it again when something it is made of is saved."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn, Protocol
from urllib.parse import urlsplit

from scoring.ahead import ahead_of, clear
from scoring.headers import said
from scoring.home import CONFIGS, OWN_LANGUAGES, SETTINGS
from scoring.render.policy import HEADERS

WATCHED = ("docs", "theme", "scoring/render", SETTINGS, OWN_LANGUAGES, *CONFIGS.values())
PAUSE = 0.5  # seconds between two looks
FEW = 25  # files saved at once whose pages somebody waits for; another branch brings more


class Build(Protocol):
    """A build at work."""

    def ended(self) -> bool: ...

    def stop(self) -> None:
        """End it at once, wherever it is, with all its processes."""


Begin = Callable[[list[Path]], Build]  # from the files that were just saved, if they are few


def changed_at(places: Sequence[Path]) -> dict[str, int]:
    """When each of the files there was changed last. What editors keep for themselves beside a file is none."""
    found = {}
    for place in places:
        for path in [str(place)] if place.is_file() else _files(place):
            with suppress(OSError):  # gone already
                found[path] = Path(path).stat().st_mtime_ns
    return found


def _files(place: Path) -> list[str]:
    found = []
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if name[0] != "." and name != "__pycache__"]
        found += [f"{folder}/{name}" for name in names if name[0] not in ".#" and name[-1] != "~"]
    return found


class Watch:
    """Files that are looked at, and the build at work. What is saved while it works is in none of its pages: it is
    stopped, and another begins with all that was saved since the last one that ended. `ahead` is where a build puts the
    pages that somebody waits for; they are gone when it has ended."""

    def __init__(self, places: Sequence[Path], ahead: Path, begin: Begin) -> None:
        self._places, self._ahead, self._begin = places, ahead, begin
        self._seen = changed_at(places)
        self._saved: set[str] = set()
        self._build: Build | None = None
        clear(ahead)  # what a server that was killed has left

    def look(self) -> None:
        """Begin a build where anything was changed since the last look. One that fails prints why, and what is served
        stays as it was."""
        if self._build and self._build.ended():
            clear(self._ahead)
            self._build = None
            self._saved.clear()
        now = changed_at(self._places)
        if now == self._seen:
            return
        self.stop()
        new = {path for path, at in now.items() if self._seen.get(path) != at}
        self._seen = now
        self._saved = self._few(self._saved | new) or self._few(new)
        if not self._saved:
            clear(self._ahead)
        self._build = self._begin([Path(path) for path in sorted(self._saved)])

    @staticmethod
    def _few(saved: set[str]) -> set[str]:
        return saved if len(saved) <= FEW else set()

    def stop(self) -> None:
        if self._build:
            self._build.stop()
            self._build = None


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
        if (newer / "index.html").is_file():
            return f"{newer}/"
        return str(newer) if newer.is_file() else found

    def send_head(self) -> Any:
        if self.ahead is not None:
            del self.headers["If-Modified-Since"]  # a page that was ahead and was withdrawn is newer than the site's
        return super().send_head()

    def end_headers(self) -> None:
        table = Path(self.directory) / HEADERS
        if table.is_file():
            for name, value in said(urlsplit(self.path).path, table.read_text(encoding="utf-8")).items():
                self.send_header(name, value)
        super().end_headers()


def watched(root: Path, data: Path, site: Path, begin: Begin) -> Watch:
    """What a benchmark's site is made of, as it lies there now."""
    return Watch([data, *(root / name for name in WATCHED)], ahead_of(site), begin)


def serve_site(site: Path, watch: Watch, host: str, port: int) -> int:
    """Serve `site`, and before its files those ahead of it, until this process is told to end."""
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, _interrupted)
    handler = partial(Handler, directory=str(site), ahead=ahead_of(site))
    over = threading.Event()
    watching = threading.Thread(target=_watching, args=(watch, over), daemon=True)
    with ThreadingHTTPServer((host, port), handler) as server:
        print(f"http://{host}:{port}/ – stop with Ctrl+C", flush=True)
        try:
            watching.start()
            server.serve_forever()
        except KeyboardInterrupt:
            print()
        finally:
            over.set()
            watching.join()
            watch.stop()  # nothing goes on behind a server that has ended
            clear(ahead_of(site))
    return 0


def _watching(watch: Watch, over: threading.Event) -> None:
    while not over.wait(PAUSE):
        watch.look()


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt
