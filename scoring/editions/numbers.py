"""The numbers of an edition as the rows of `results.csv`, and where two such tables differ."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoring.model import Published

LAST_DIGIT = 1.5e-6  # machines may round the sixth decimal apart, never more
Row = Mapping[str, str]
Table = dict[tuple[str, str], Row]  # by agency and node; an absent cell is empty


@dataclass(frozen=True)
class Apart:
    """One cell that differs; `line` is its line in the first table (1: it has no such row)."""

    agency: str
    node: str
    column: str
    line: int
    old: str
    new: str


def table(raw: bytes) -> Table:
    """The rows of a `results.csv`; what does not parse gives cells that equal nothing."""
    rows = csv.DictReader(io.StringIO(raw.decode("utf-8", "replace")), restkey="", restval="")
    return {(row.get("agency", ""), row.get("node", "")): row for row in rows}


def apart(old: Table, new: Table) -> Iterator[Apart]:
    """Every cell in which two tables differ by more than the rounding of the last digit."""
    lines = {key: line for line, key in enumerate(old, 2)}
    for key in [*old, *(key for key in new if key not in old)]:
        one, other = old.get(key, {}), new.get(key, {})
        for column in dict.fromkeys([*one, *other]):
            values = str(one.get(column, "")), str(other.get(column, ""))
            if column not in ("agency", "node") and not _same(*values):
                yield Apart(*key, column, lines.get(key, 1), *values)


def _same(old: str, new: str) -> bool:
    if old == new:
        return True
    try:
        return "." in old + new and alike(float(old), float(new))
    except ValueError:
        return False


def alike(old: float | None, new: float | None) -> bool:
    """Whether two numbers, or the lack of them, differ by no more than the rounding of the last digit."""
    return old is new if old is None or new is None else abs(old - new) < LAST_DIGIT


def published(row: Row) -> dict[Published, float | None]:
    """What pages and pictures show of a row: nothing without a score, and the likely range where there is one."""
    low, high = row.get("likely_low") or row.get("low"), row.get("likely_high") or row.get("high")
    cells: dict[Published, str | None] = {"score": row.get("score"), "low": low, "high": high, "rank": row.get("rank")}
    return {what: float(cell) if cell and row.get("score") else None for what, cell in cells.items()}
