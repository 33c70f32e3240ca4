"""How long the importer takes for posts, a post: what the page of arithmetic multiplies."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.bench.process import Command, run
from benchmarks.rows import tweets
from scoring.speed import Import

KIND, NAME = "posts", "tweets.js"


def imported(work: Path, mib: int, limit: float) -> Import | None:
    """One import of a synthetic archive of `mib` MiB as a whole process; None where it did not come to an end."""
    with tempfile.TemporaryDirectory(dir=work) as name:
        source, target = Path(name) / NAME, Path(name) / "out"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(tweets(mib))
        command: Command = (sys.executable, "-m", "scoring", "import", KIND, source, "--to", target)
        ran = run(command, work, limit)
        told = target / "import.json"
        if not told.is_file():
            return None
        return Import(
            rows=json.loads(told.read_text(encoding="utf-8"))["read"],
            bytes=source.stat().st_size,
            kept_bytes=(target / f"{KIND}.csv").stat().st_size,
            seconds=round(ran.seconds, 3),
            cpu=round(ran.cpu, 3),
            mib=round(ran.mib, 1),
        )
