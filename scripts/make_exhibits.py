"""Counts the exhibits "what behaviour looks like in open data" anew, from the files that their sources name.

scripts/make_exhibits.py --boston all_channels_timing.csv.gz --potus tweets_potus44.csv --flotus tweets_flotus44.csv

writes data/exhibits.yml; --check says whether it is fresh. The files are imported as anybody's are (`hiwar import`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from exhibits import closing, pages
from exhibits.answering import replies

from scoring.cli import main as hiwar
from scoring.sheets import digest, plain_yaml

TARGET = Path(__file__).resolve().parents[1] / "data" / "exhibits.yml"
HEAD = """# yaml-language-server: $schema=../schema/exhibits.json
# Counted by scripts/make_exhibits.py from the files named under `sources`. Do not edit by hand.
"""
WINDOW = 72.0


def main(arguments: Sequence[str] | None = None) -> int:
    """0 written or fresh, 1 stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("boston", "potus", "flotus"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args(arguments)
    exhibits = [_boston(args.boston), _white_house({"POTUS44": args.potus, "FLOTUS44": args.flotus})]
    text = HEAD + plain_yaml(exhibits)
    if args.check:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


def _imported(kind: str, file: Path) -> pd.DataFrame:
    """A file as the importer reads it."""
    with tempfile.TemporaryDirectory() as folder:
        if hiwar(["import", kind, str(file), "--to", folder]) > 1:
            raise SystemExit(f"{file} cannot be imported")
        return pd.read_csv(Path(folder) / f"{kind}.csv", dtype=str, keep_default_na=True, encoding="utf-8-sig")


def _boston(file: Path) -> dict[str, Any]:
    requests = _imported("requests", file)
    rows = sum(len(part) for part in pd.read_csv(file, chunksize=50_000, usecols=[0]))
    table = closing.times_to_close(requests)
    channels = closing.by_channel(table, list(pages.CHANNELS), WINDOW)
    raw, alike = (closing.difference(table, "x", "phone", alike=alike) for alike in (False, True))
    return pages.closing(channels, raw, alike, rows, len(table), pages.source("boston", file.name, digest(file), rows))


def _white_house(files: dict[str, Path]) -> dict[str, Any]:
    posts = {name: _imported("posts", file) for name, file in files.items()}
    counted = {name: replies(table) for name, table in posts.items()}
    sources = [
        pages.source("archive", file.name, digest(file), len(posts[name]), account=name) for name, file in files.items()
    ]
    return pages.answering(counted, sources)


if __name__ == "__main__":
    sys.exit(main())
