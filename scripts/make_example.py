"""Writes the fictional example `examples/republic-of-sample/`, the same from the same seed on every machine.

    scripts/make_example.py [--check]

`--check` writes nothing and says whether the folder is what would be written (exit code 1 if not).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from example.agency import agency_files
from example.cast import DATA, cast
from example.exhibit import exhibit_file
from example.shared import shared_files

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "republic-of-sample"


def make() -> dict[str, str]:
    """The whole example, text by path; the method and the words are copied from `data/`."""
    files = shared_files(DATA)
    for body in cast():
        found = agency_files(body)
        files |= {f"agencies/xs/{body.id}/{name}": text for name, text in found.items()}
    return files | {"exhibits.yml": exhibit_file(files)}


def stale(files: Mapping[str, str], folder: Path) -> list[str]:
    """Paths that differ from what would be written, or should not be there."""
    present = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    wrong = {p for p, text in files.items() if p not in present or present[p].read_bytes() != text.encode()}
    return sorted(wrong | (present.keys() - files.keys()))


def write(files: Mapping[str, str], folder: Path) -> list[str]:
    """Bring the folder up to date; gives the paths that changed. Only what this program wrote lies there."""
    changed = stale(files, folder)
    for path in changed:
        target = folder / path
        if path not in files:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[path].encode())
    return changed


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    files = make()
    if options.check:
        differing = stale(files, EXAMPLE)
        for path in differing:
            print(f"differs: {path}", file=sys.stderr)
        return 1 if differing else 0
    changed = write(files, EXAMPLE)
    size = sum(len(text.encode()) for text in files.values())
    print(f"{len(files)} files, {size / 1e6:.2f} MB; {len(changed)} changed")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if the folder differs")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
