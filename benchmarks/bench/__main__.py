"""How long checking, scoring, building and serving take at several sizes, beside other generators on the same profiles.

    scripts/bench [--agencies 100 1000 10000] [--quick]

Makes synthetic countries under build/bench/, runs every command as a whole process, one after the other, prints a table
and writes it as JSON and CSV. Quick: 100 and 300 agencies, written under build/bench/ only. What does not end within
the limit is stopped and told so; a peer that cannot be installed is told as not measured.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console

from benchmarks.bench.country import ROOT, Country
from benchmarks.bench.importing import imported
from benchmarks.bench.machine import machine
from benchmarks.bench.ours import builds, checks
from benchmarks.bench.peers import beside, installed
from benchmarks.bench.table import rows, table
from scoring.speed import FILE, Measure, Measured, Size, Stage

WORK = ROOT / "build" / "bench"


def measure(asked: argparse.Namespace, say: Console) -> Measured:
    """Everything that was asked for, size by size."""
    versions = {} if asked.without_peers else installed(WORK / "peers")
    found: list[Measure | Stage | Size] = []
    for agencies in asked.agencies:
        for one in _at(agencies, asked, versions):
            found.append(one)
            if isinstance(one, Measure):
                say.print(f"{agencies:,} agencies: {one.task} {one.outcome} {one.seconds} s {one.mib} MiB {one.note}")
    return Measured(
        on=asked.on.isoformat(),
        commit=_commit(),
        machine=machine(),
        versions=versions,
        sizes=tuple(one for one in found if isinstance(one, Size)),
        measures=tuple(one for one in found if isinstance(one, Measure)),
        stages=tuple(one for one in found if isinstance(one, Stage)),
        posts=imported(WORK, asked.posts, asked.limit),
    )


def _at(agencies: int, asked: argparse.Namespace, versions: dict[str, str]) -> Iterator[Measure | Stage | Size]:
    country = Country(WORK, agencies)
    country.lay()
    yield from checks(country, asked.limit)
    yield from builds(country, asked.limit)
    yield country.size()
    if country.site.is_dir() and not asked.without_peers:
        yield from beside(country, WORK / "peers", versions, asked.peer_limit)


def _commit() -> str:
    """The commit measured, with `-dirty` where files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def write(found: Measured, target: Path) -> None:
    """As JSON, and beside it as CSV."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    with target.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows(found))


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _asked(arguments)
    found = measure(asked, Console(stderr=True, highlight=False, soft_wrap=True))
    write(found, asked.to)
    Console(width=None if sys.stdout.isatty() else 160).print(table(found))
    print(f"{asked.to}")
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--agencies", type=int, nargs="+", metavar="N", help="sizes (default: 100 1000 10000)")
    parser.add_argument("--quick", action="store_true", help="100 and 300 agencies, and keep the published results")
    parser.add_argument("--limit", type=float, default=1800, metavar="SECONDS", help="for each command of ours")
    parser.add_argument("--peer-limit", type=float, default=1800, metavar="SECONDS", help="for each peer")
    parser.add_argument("--without-peers", action="store_true", help="measure nobody else")
    parser.add_argument("--posts", type=int, default=256, metavar="MIB", help="size of the archive of posts imported")
    today = datetime.now(UTC).date()
    parser.add_argument("--on", type=date.fromisoformat, default=today, metavar="DATE", help="the day told (today)")
    parser.add_argument("--to", type=Path, metavar="FILE", help=f"where the results go (default: {FILE})")
    asked = parser.parse_args(arguments)
    asked.agencies = sorted(asked.agencies or ((100, 300) if asked.quick else (100, 1000, 10000)))
    asked.to = asked.to or (WORK / "quick.json" if asked.quick else ROOT / FILE)
    return asked


if __name__ == "__main__":
    sys.exit(main())
