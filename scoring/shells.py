"""The door to MkDocs: hand-written pages, and an empty shell for each language that generated pages are poured into."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from scoring.home import Home
from scoring.site_source import mkdocs_settings


class Shells:
    """MkDocs at work in the background: all languages at once, while the scores are computed."""

    def __init__(self, home: Home, as_of: date, folder: Path | None = None) -> None:
        self.folder = folder or home.root / "build" / "mkdocs"
        epoch = str(int(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).timestamp()))
        environment = os.environ | {"SOURCE_DATE_EPOCH": epoch, "NO_MKDOCS_2_WARNING": "1"}
        self._jobs = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "mkdocs",
                    "build",
                    "--quiet",
                    "--strict",
                    "-f",
                    config,
                    "-d",
                    self.folder / code,
                ],
                cwd=home.root,
                env=environment,
            )
            for code, config in mkdocs_settings(home).items()
        ]

    def wait(self) -> Path:
        """The folder with one built site for each language. Raises RuntimeError where MkDocs failed."""
        codes = [job.wait() for job in self._jobs]
        if any(codes):
            raise RuntimeError("MkDocs could not build the pages of docs/: see its message above")
        return self.folder
