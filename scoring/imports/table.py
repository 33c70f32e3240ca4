"""Runs a shape over files: Python reads the rows, DuckDB works on them in chunks and keeps them on disk, so that memory
stays constant and every row is accounted for. (DuckDB's own reader keeps all of a file that it refuses a row of.)"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from scoring.imports.chunk import Chunk
from scoring.imports.rows import Lines, fields, header, opened
from scoring.imports.shape import Shape, named, quoted
from scoring.sheets import SheetError

MEMORY = "180MB"
_FORMULA = "('=', '+', '-', '@', chr(9), chr(13))"  # what a spreadsheet takes for the beginning of one (OWASP)
Told = Callable[[float], None]  # how far a file is read, in percent


@dataclass
class Account:
    """What became of the rows that were read; the parts add up to `read`."""

    read: int = 0
    kept: int = 0
    repeated: int = 0
    filtered: int = 0
    rejected: dict[str, int] = field(default_factory=dict)

    def adds_up(self) -> bool:
        return self.read == self.kept + self.repeated + self.filtered + sum(self.rejected.values())


@dataclass(frozen=True)
class Wanted:
    """Which rows are wanted: channels by any of their names, and days of `time`; empty: all."""

    channels: Sequence[str] = ()
    since: str = ""
    until: str = ""

    def condition(self, shape: Shape) -> str:
        """In SQL; false, never unknown, where a row does not tell. Raises SheetError where a table has no channels."""
        parts = []
        if self.channels and not shape.channel:
            raise SheetError(f"{shape.kind} have no channel: leave --channel out", "لا قنوات هنا: احذف ‎--channel")
        if self.channels:
            wanted = (quoted(named(name, shape.names)) for name in self.channels)
            parts.append(f"{shape.channel} IN ({', '.join(wanted)})")
        if self.since:
            parts.append(f"left({shape.time}, 10) >= {quoted(self.since)}")
        if self.until:
            parts.append(f"left({shape.time}, 10) <= {quoted(self.until)}")
        return f"coalesce({' AND '.join(parts) or 'true'}, false)"


class Table:
    """A table of one shape, gathered from files in a scratch folder."""

    def __init__(self, shape: Shape, scratch: Path, wanted: Wanted) -> None:
        self.shape, self._wanted = shape, wanted.condition(shape)
        self._db = duckdb.connect(str(scratch / "rows.duckdb"))
        settings = {
            "memory_limit": MEMORY,
            "threads": "1",
            "preserve_insertion_order": "false",
            "temp_directory": str(scratch),
            "TimeZone": "UTC",
        }
        for name, value in settings.items():
            self._db.execute(f"SET {name} = {quoted(value)}")
        columns = ", ".join(f"{name} {'BIGINT' if name == 'followers' else 'VARCHAR'}" for name in shape.written)
        told = "reason VARCHAR, raw VARCHAR, better UHUGEINT"
        self._db.execute(f"CREATE TABLE rows (n BIGINT, file INT, line BIGINT, {columns}, {told})")
        self._db.execute("CREATE SEQUENCE numbers")
        self._files: list[str] = []

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, path: Path, name: str, told: Told) -> None:
        """Read one CSV file; `name` is what it is called in reports. Raises SheetError where its columns do not fit."""
        self._files.append(name)
        size = max(1, path.stat().st_size)
        with opened(path) as (file, below):
            lines = Lines(file)
            names, rows = header(lines, path)
            chunk = Chunk(self._db, self.shape, fields(names, self.shape, name), len(names), len(self._files) - 1)
            for number, row in enumerate(rows, 1):
                if chunk.take(number, row, lines.start):
                    told(min(99.0, 100 * below.tell() / size))
            chunk.flush()
        told(100.0)

    def account(self) -> Account:
        """Mark what is repeated, and count. Of rows with one key the better is kept, in whatever order they came."""
        good, key = f"reason IS NULL AND {self._wanted}", f"({self.shape.key})"
        short = f"CASE WHEN length{key} <= 40 THEN {key} ELSE sha256{key} END"
        self._db.execute(
            f"CREATE TABLE first AS SELECT arg_max(n, better) AS n FROM rows WHERE {good} GROUP BY {short}"
        )
        # Joined before it is sorted, and with a narrow tie-breaker: each step alone fits into memory or spills to disk.
        self._db.execute(
            f"CREATE TABLE kept AS SELECT {', '.join(self.shape.written)}, "
            "(better % 18446744073709551616)::UBIGINT AS tie FROM rows SEMI JOIN first USING (n)"
        )
        count = self._one
        account = Account(read=count("SELECT count(*) FROM rows"), kept=count("SELECT count(*) FROM first"))
        account.filtered = count(f"SELECT count(*) FROM rows WHERE reason IS NULL AND NOT {self._wanted}")
        found = self._db.execute("SELECT reason, count(*) FROM rows WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1")
        account.rejected = dict(found.fetchall())
        account.repeated = count(f"SELECT count(*) FROM rows WHERE {good}") - account.kept
        return account

    def _one(self, sql: str) -> int:
        found = self._db.execute(sql).fetchone()
        return int(found[0]) if found else 0

    def write(self, path: Path) -> None:
        """What is kept, sorted by time and key; a cell that would start a formula begins with an apostrophe."""
        cells = (
            name if name == "followers" else f"if(left({name}, 1) IN {_FORMULA}, chr(39) || {name}, {name}) AS {name}"
            for name in self.shape.written
        )
        order = ", ".join(f"kept.{name}" for name in (self.shape.time, next(iter(self.shape.written)), "tie"))
        self._db.execute(
            f"COPY (SELECT {', '.join(cells)} FROM kept ORDER BY {order}) TO {quoted(str(path))} "
            "(HEADER, DELIMITER ',')"
        )

    def rejected(self) -> Iterator[tuple[str, int, str, str]]:
        """File, record, code and shortened text of every refused row, in order."""
        rows = self.query("SELECT file, line, reason, raw FROM rows WHERE reason IS NOT NULL ORDER BY 1, 2, 3, 4")
        return ((self._files[file], line, reason, raw or "") for file, line, reason, raw in rows)

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Rows of a question to what is kept (`kept`), a few at a time."""
        self._db.execute(sql)
        while some := self._db.fetchmany(1000):
            yield from some
