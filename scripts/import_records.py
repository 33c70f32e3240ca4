"""Imports evidence records in bulk: records and decisions in, `profile.yml` and `evidence.yml` out.

    scripts/import_records.py RECORDS.yml… --into data [--decisions FILE] [--translations FILE]

Run it as often as you like: what others added or translated in the data stays.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml
from importers.agencies import group_by_agency
from importers.codes import Mapping, evidence_of
from importers.decisions import read_decisions
from importers.phrases import Both
from importers.records import ImportProblem, read_records
from importers.sources import Translate
from importers.store import store

_DECISIONS = Path(__file__).parent / "importers" / "decisions.yml"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything was imported, 1 when something must be mended first."""
    options = _options(arguments)
    try:
        print(import_records(options.records, options.decisions, options.into, options.translations))
    except ImportProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def import_records(records: Sequence[Path], decisions: Path, into: Path, translations: Path | None) -> str:
    """Import and say what was done. Nothing is written unless every record is in order."""
    decided = read_decisions(decisions)
    mapping = Mapping(decided, _translator(translations))
    groups = group_by_agency(read_records(records), decided)
    agencies = [
        (group.profile, [item for record in group.records for item in evidence_of(record, mapping)]) for group in groups
    ]
    changed = sum(store(into, profile, items) for profile, items in agencies)
    items = sum(len(items) for _, items in agencies)
    return f"{len(agencies)} agencies, {items} evidence items; {changed} agencies changed"


def _translator(path: Path | None) -> Translate:
    """English → both languages by a JSON or YAML mapping; Arabic stays absent where it has none."""
    known: dict[str, str] = {}
    if path is not None:
        known = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(known, dict) or not all(isinstance(v, str) for v in known.values()):
            raise ImportProblem(f"{path}: must map each English text to its Arabic")
    return lambda english: Both(english, known.get(english))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path, help="YAML lists of records")
    parser.add_argument("--decisions", type=Path, default=_DECISIONS, help="what people decided")
    parser.add_argument("--into", type=Path, required=True, help="the data folder")
    parser.add_argument("--translations", type=Path, help="JSON or YAML: English text → Arabic")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
