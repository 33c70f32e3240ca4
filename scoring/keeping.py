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
from scoring.source.document import Branch
from scoring.source.yaml_subset import Limits, read_yaml

KEYS = ("archived", "sha256", "captured_at", "method")


@dataclass(frozen=True)
class Kept:
    """A capture as it was kept."""

    path: Path
    size: int
    sha256: str


def keep(data: bytes, folder: Path, item: str, kind: str) -> Kept:
    """Write a capture as `<item>.<kind>`; an older one of another kind goes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{item}.{kind}"
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)
    for other in _of(folder, item):
        if other != path:
            other.unlink()
    return Kept(path, len(data), hashlib.sha256(data).hexdigest())


def _of(folder: Path, item: str) -> list[Path]:
    """Captures of one item. An id may hold full stops, so the rest of the name must be a kind."""
    from scoring.capture import METHODS

    return [path for kind in METHODS if (path := folder / f"{item}.{kind}").is_file()]


def record(file: Path, index: int, lines: Mapping[str, str]) -> None:
    """Set the lines about a capture at the end of an item, by its place in the list. Written beside, then renamed."""
    text = file.read_bytes().decode("utf-8")
    new = file.with_name(file.name + ".new")
    new.write_bytes(_recorded(text, file, index, lines).encode())
    new.replace(file)


def _recorded(text: str, file: Path, index: int, lines: Mapping[str, str]) -> str:
    document = read_yaml(text.encode(), file.as_posix(), Limits())
    items = document.root.children if isinstance(document.root, Branch) else []
    starts = [one.at.line for one in items if isinstance(one, Branch)] if isinstance(items, list) else []
    item = items[index] if isinstance(items, list) and len(starts) == len(items) > index else None
    if not isinstance(item, Branch) or not isinstance(item.children, dict) or _is_flow(text, item):
        raise SheetError(
            f"{file}: item {index + 1} must be written in lines, each with its key, and not in braces",
            f"{file}: يجب أن يُكتب الدليل {index + 1} في أسطر لكل منها مفتاحه، لا بين قوسين معقوفين",
        )
    rows = text.splitlines(keepends=True)
    ends = [*starts, len(rows)][index + 1]
    gone = {mark.line for key, (mark, _) in item.children.items() if key in lines}
    last = max(n for n in range(item.at.line, ends) if rows[n].strip() and not rows[n].lstrip().startswith("#"))
    indent = " " * next(iter(item.children.values()))[0].column
    line_end = "\r\n" if rows[last].endswith("\r\n") else "\n"
    if not rows[last].endswith("\n"):
        rows[last] += line_end
    made = [f"{indent}{key}: {_quoted(lines[key])}{line_end}" for key in KEYS if key in lines]
    kept = [row for n, row in enumerate(rows[: last + 1]) if n not in gone]
    return "".join([*kept, *made, *rows[last + 1 :]])


def _is_flow(text: str, item: Branch) -> bool:
    return text.splitlines()[item.at.line][item.at.column :].startswith("{")


def _quoted(value: str) -> str:
    """Digits alone, and what YAML could take for something else, in quotes."""
    plain = not value.isdigit() and value[0].isalnum() and not any(c in value for c in "#'\"\\") and ": " not in value
    return value if plain else "'" + value.replace("'", "''") + "'"


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
