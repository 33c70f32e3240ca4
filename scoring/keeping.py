"""Captures on disk, and the lines about them in the evidence files: every other byte of a file stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scoring.problems import Place, Problem
from scoring.rules.instrument_messages import CAPTURE_DIFFERS
from scoring.sheets import SheetError, digest
from scoring.source.dataset import Reading
from scoring.source.edit import with_keys

KEYS = ("archived", "sha256", "captured_at", "method")


@dataclass(frozen=True)
class Kept:
    """A capture as it was kept."""

    path: Path
    size: int
    sha256: str


def keep(data: bytes, folder: Path, item: str, kind: str) -> Kept:
    """Write a capture as `<item>.<kind>`. What it replaces moves to `older/`: older states of the data name it."""
    folder.mkdir(parents=True, exist_ok=True)
    path, sha256 = folder / f"{item}.{kind}", hashlib.sha256(data).hexdigest()
    for other in _of(folder, item):
        if (old := digest(other)) != sha256 or other != path:
            _move(other, folder / "older" / f"{item}.{old[:12]}{other.name.removeprefix(item)}")
    if not path.exists():
        _write(path, data)
    return Kept(path, len(data), sha256)


def _move(path: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    path.replace(to)


def _write(path: Path, data: bytes) -> None:
    """Beside, then renamed: never half a file."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)


def _of(folder: Path, item: str) -> list[Path]:
    """Captures of one item. An id may hold full stops, so the rest of the name must be a kind."""
    from scoring.capture import METHODS

    return [path for kind in METHODS if (path := folder / f"{item}.{kind}").is_file()]


def recorded(file: Path, index: int, lines: Mapping[str, str]) -> bytes:
    """The evidence file with the lines about a capture in an item, by its place in the list."""
    written = with_keys(file.read_bytes(), index, {key: lines[key] for key in KEYS if key in lines})
    if written is None:
        told = ", ".join(f"{key}: {value}" for key, value in lines.items())
        raise SheetError(
            f"{file}: item {index + 1} must be written in lines, each with its key, and not in braces; "
            f"or add by hand {told}",
            f"{file}: يجب أن يُكتب الدليل {index + 1} في أسطر لكل منها مفتاحه، لا بين قوسين معقوفين؛ أو أضف بيدك {told}",
        )
    return written


def record(file: Path, written: bytes) -> None:
    """Write an evidence file; one that says the same already isn't touched."""
    if file.read_bytes() != written:
        _write(file, written)


def captures_agree(reading: Reading, folder: Path) -> tuple[list[Problem], int, int]:
    """What differs from its checksum, how many captures agree, and how many are not here."""
    problems, agree, absent = [], 0, 0
    for place, item, sha256 in _recorded_captures(reading):
        found = _of(folder, item)
        if not found:
            absent += 1
        elif (actual := digest(found[0])) == sha256:
            agree += 1
        else:
            problems.append(CAPTURE_DIFFERS.at(place, actual, file=found[0].name))
    return problems, agree, absent


def _recorded_captures(reading: Reading) -> Iterator[tuple[Place, str, str]]:
    for path, items in reading.evidence.items():
        for index, item in items.items():
            if item.sha256:
                yield reading.documents[path].place(index, "sha256"), item.id, item.sha256
