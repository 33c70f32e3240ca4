"""The door to MkDocs: hand-written pages, and an empty shell for each language that generated pages are poured into."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from scoring.home import Home
from scoring.site_source import mkdocs_settings
from scoring.source.prints import contents, libraries, listing

STAMP = "made-of"  # tells what stands in the folder, once it does


class Shells:
    """MkDocs at work in the background: all languages at once, while the scores are computed. What it built from the
    same before still stands."""

    def __init__(self, home: Home, as_of: date, folder: Path | None = None) -> None:
        self.folder = folder or home.root / "build" / "mkdocs"
        settings = mkdocs_settings(home)
        epoch = str(int(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).timestamp()))
        self._codes, self._made_of = tuple(settings), _made_of(home, settings.values(), epoch)
        self._jobs: list[subprocess.Popen[bytes]] = []
        if self._stands():
            return
        (self.folder / STAMP).unlink(missing_ok=True)
        environment = os.environ | {"SOURCE_DATE_EPOCH": epoch, "NO_MKDOCS_2_WARNING": "1"}
        command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict")
        self._jobs = [
            subprocess.Popen([*command, "-f", config, "-d", self.folder / code], cwd=home.root, env=environment)
            for code, config in settings.items()
        ]

    def wait(self) -> Path:
        """The folder with one built site for each language. Raises RuntimeError where MkDocs failed."""
        codes = [job.wait() for job in self._jobs]
        if any(codes):
            raise RuntimeError("MkDocs could not build the pages of docs/: see its message above")
        if self._jobs:
            (self.folder / STAMP).write_text(self._told(), encoding="utf-8")
        return self.folder

    def _stands(self) -> bool:
        try:
            return (self.folder / STAMP).read_text(encoding="utf-8") == self._told()
        except OSError:
            return False

    def _told(self) -> str:
        return "\n".join([self._made_of, *(listing(self.folder / code) for code in self._codes)])


def _made_of(home: Home, settings: Iterable[Path], epoch: str) -> str:
    """The fingerprint of everything that MkDocs reads."""
    places = (home.root / "docs", home.root / "build" / "docs", home.generator / "docs", home.generator / "theme")
    return sha256("\0".join([*libraries(), epoch, contents(*settings, *places)]).encode()).hexdigest()
