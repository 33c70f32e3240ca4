"""The database of an import, and the rows of a file on their way into it, a few thousand at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from scoring.imports.shape import BROKEN, Shape, moment, quoted, read_moment

MOST = 4_000  # rows that are worked on at once,
MOST_TEXT = 4 * 1024 * 1024  # and characters
MEMORY = "150MB"
_REFUSE = "INSERT INTO rows (n, file, line, reason, raw) SELECT * FROM refused"


def database(shape: Shape, folder: Path) -> duckdb.DuckDBPyConnection:
    """An empty table `rows` of a shape, kept in a folder: what was written, why a row is refused and how it begins,
    what it is the same as, and how good it is."""
    db = duckdb.connect(str(folder / "rows.duckdb"))
    settings = {
        "memory_limit": MEMORY,
        "threads": "1",
        "preserve_insertion_order": "false",
        "temp_directory": str(folder),
        "TimeZone": "UTC",
    }
    for name, value in settings.items():
        db.execute(f"SET {name} = {quoted(value)}")
    columns = ", ".join(f"{name} {'BIGINT' if name == 'followers' else 'VARCHAR'}" for name in shape.written)
    told = "reason VARCHAR, raw VARCHAR, key UHUGEINT, better UHUGEINT"
    db.execute(f"CREATE TABLE rows (n BIGINT, file INT, line BIGINT, {columns}, {told})")
    return db


class Chunk:
    """Takes rows, and writes them to the table `rows` when there are enough of them."""

    def __init__(
        self, db: duckdb.DuckDBPyConnection, shape: Shape, places: Mapping[str, int], width: int, file: int, before: int
    ) -> None:
        self._db, self._width, self._file, self._before = db, width, file, before
        self._names, self._places = list(places), list(places.values())
        self._insert = _insert(shape, self._names, file, before)
        self._good: list[tuple[Any, ...]] = []
        self._broken: list[tuple[int, int, int, str, str]] = []
        self._text = 0

    def take(self, number: int, row: Sequence[str] | None, start: str) -> bool:
        """Take a row, by its number and how it begins; true where it filled the chunk, which is then empty again."""
        if row is not None and len(row) == self._width:
            cells = [row[at] for at in self._places]
            self._good.append((number, start, *cells))
            self._text += sum(map(len, cells))
        else:
            self._broken.append((self._before + number, self._file, number, BROKEN.code, start))
        full = len(self._good) + len(self._broken) >= MOST or self._text >= MOST_TEXT
        if full:
            self.flush()
        return full

    def flush(self) -> None:
        """Write what was taken."""
        good = pd.DataFrame(self._good, columns=["line", "raw", *(f"in_{name}" for name in self._names)], dtype=object)
        refused = pd.DataFrame(self._broken, columns=["n", "file", "line", "reason", "raw"], dtype=object)
        for frame, name, sql in ((good, "chunk", self._insert), (refused, "refused", _REFUSE)):
            if len(frame):
                self._db.register(name, frame)
                self._db.execute(sql)
                self._db.unregister(name)
        self._good.clear()
        self._broken.clear()
        self._text = 0


def _insert(shape: Shape, found: Sequence[str], file: int, before: int) -> str:
    """What turns a chunk into rows."""
    given = ", ".join(f"{f'in_{name}' if name in found else 'NULL::VARCHAR'} AS {name}" for name in shape.columns)
    written = ", ".join(f"{sql} AS {name}" for name, sql in shape.written.items())
    moments = ", ".join(map(moment, shape.moments))
    clocks = ", ".join(map(read_moment, shape.moments))
    kept = ", ".join(
        [*(f'"{name}" AS {name}_given' for name in shape.columns), *(f"{m}_moment" for m in shape.moments)]
    )
    reason = " ".join(f"WHEN {r.when} THEN {quoted(r.code)}" for r in shape.reasons)
    outputs = ", ".join(shape.written)
    whole = ", ".join(f"coalesce({name}::VARCHAR, '')" for name in shape.written)
    better = f"({shape.better})::UHUGEINT * 18446744073709551616 + md5_number_lower(concat_ws(chr(31), {whole}))"
    return (
        f"INSERT INTO rows SELECT {before} + line, {file}, line, {outputs}, CASE {reason} END AS why, "
        f"CASE WHEN why IS NOT NULL THEN raw END, md5_number({shape.key}), {better} "
        f"FROM (SELECT {written}, {kept}, line, raw FROM (SELECT *, {moments} FROM (SELECT *, {clocks} FROM "
        f"(SELECT {given}, line::BIGINT AS line, raw FROM chunk))))"
    )
