"""Imports the observed open data: Boston's cases by Twitter (2015), New York's account counts (2011–2012).

scripts/import_open_data.py --boston twitter_cases.csv --nyc NYC_Social_Media_Usage.csv --into data
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from importers.open_data import boston_agencies, nyc_agencies, read_open_data, rows_of
from importers.records import ImportProblem
from importers.store import store

_DECISIONS = Path(__file__).parent / "importers" / "open_data.yml"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything was imported, 1 when something must be mended first."""
    options = _options(arguments)
    decided = read_open_data(_DECISIONS)
    agencies = [
        *(boston_agencies(rows_of(options.boston), decided.boston) if options.boston else ()),
        *(nyc_agencies(rows_of(options.nyc), decided.nyc) if options.nyc else ()),
    ]
    try:
        changed = sum(store(options.into, profile, items) for profile, items in agencies)
    except ImportProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    items = sum(len(items) for _, items in agencies)
    print(f"{len(agencies)} agencies, {items} evidence items; {changed} agencies changed")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boston", type=Path, help="CSV of 311 cases whose source is Twitter")
    parser.add_argument("--nyc", type=Path, help="CSV of accounts and their counts")
    parser.add_argument("--into", type=Path, required=True, help="the data folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
