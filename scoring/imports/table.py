"""Runs a shape over files: Python reads the rows, DuckDB works on them in chunks and keeps them on disk, so that memory
stays constant and every row is accounted for. (DuckDB's own reader keeps all of a file that it refuses a row of.)"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Any

import duckdb
import pandas as pd

from scoring.imports.shape import BROKEN, Shape, quoted
from scoring.sheets import SheetError

MEMORY = "180MB"
CHUNK = 5_000  # rows that are worked on at once
SHOWN = 300  # characters of a refused row that are repeated
LONGEST = 2 * 1024 * 1024  # bytes of one row
_BAD_BYTES = re.compile("[\ud800-\udfff]")  # what is no UTF-8, as Python hands it on
_REFUSE = "INSERT INTO rows (n, file, line, reason, raw) SELECT nextval('numbers'), * FROM refused"
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
    """Which rows are wanted: channels by name, and days of `time`; empty: all."""

    channels: Sequence[str] = ()
    since: str = ""
    until: str = ""

    def condition(self, shape: Shape) -> str:
        parts = []
        if self.channels:
            parts.append(f"channel IN ({', '.join(map(quoted, self.channels))})")
        if self.since:
            parts.append(f"left({shape.time}, 10) >= {quoted(self.since)}")
        if self.until:
            parts.append(f"left({shape.time}, 10) <= {quoted(self.until)}")
        return " AND ".join(parts) or "true"


class Table:
    """A table of one shape, gathered from files in a scratch folder."""

    def __init__(self, shape: Shape, scratch: Path, wanted: Wanted) -> None:
        self.shape, self.wanted = shape, wanted
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
        self._db.execute(f"CREATE TABLE rows (n BIGINT, file INT, line BIGINT, {columns}, reason VARCHAR, raw VARCHAR)")
        self._db.execute("CREATE SEQUENCE numbers")
        self._files: list[str] = []

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, path: Path, name: str, told: Told) -> None:
        """Read one CSV file; `name` is what it is called in reports. Raises SheetError where its columns do not fit."""
        self._files.append(name)
        number = len(self._files) - 1
        with closing(_open(path)) as file:
            reader = _reader(file, path)
            header = next(reader, [])
            insert = self._insert(header, _fields(header, self.shape, name), number)
            good: list[tuple[Any, ...]] = []
            broken: list[tuple[int, int, str, str]] = []
            for line, row in enumerate(_records(reader), 1):
                if row is not None and len(row) == len(header):
                    good.append((line, *row))
                else:
                    broken.append((number, line, BROKEN.code, ",".join(row or ())[:SHOWN]))
                if len(good) + len(broken) >= CHUNK:
                    self._flush(insert, len(header), good, broken)
                    told(_read_so_far(path, file))
            self._flush(insert, len(header), good, broken)
        told(100.0)

    def _flush(
        self, insert: str, width: int, good: list[tuple[Any, ...]], broken: list[tuple[int, int, str, str]]
    ) -> None:
        chunk = pd.DataFrame(good, columns=["line", *(f"c{at}" for at in range(width))], dtype=object)
        refused = pd.DataFrame(broken, columns=["file", "line", "reason", "raw"], dtype=object)
        for frame, name, sql in ((chunk, "chunk", insert), (refused, "refused", _REFUSE)):
            if len(frame):
                self._db.register(name, frame)
                self._db.execute(sql)
                self._db.unregister(name)
        good.clear()
        broken.clear()

    def _insert(self, header: Sequence[str], fields: Mapping[str, int], number: int) -> str:
        given = ", ".join(
            f'c{fields[name]} AS "{name}"' if name in fields else f'NULL::VARCHAR AS "{name}"'
            for name in self.shape.columns
        )
        everything = f"left(concat_ws(' | ', {', '.join(f'c{at}' for at in range(len(header)))}), {SHOWN})"
        written = ", ".join(f"{sql} AS {name}" for name, sql in self.shape.written.items())
        outputs = ", ".join(self.shape.written)
        kept = ", ".join(f'"{name}" AS {name}_given' for name in self.shape.columns)
        reason = " ".join(f"WHEN {r.when} THEN {quoted(r.code)}" for r in self.shape.reasons)
        return (
            f"INSERT INTO rows SELECT nextval('numbers'), {number}, line, {outputs}, "
            f"CASE {reason} END AS why, CASE WHEN why IS NOT NULL THEN raw END "
            f"FROM (SELECT {written}, {kept}, line, raw FROM "
            f"(SELECT {given}, line::BIGINT AS line, {everything} AS raw FROM chunk))"
        )

    def account(self) -> Account:
        """Mark what is repeated, and count."""
        key = ", ".join(f"coalesce({name}::VARCHAR, '')" for name in self.shape.key)
        wanted = self.wanted.condition(self.shape)
        self._db.execute(
            f"CREATE OR REPLACE TABLE first AS SELECT min(n) AS n FROM rows WHERE reason IS NULL AND {wanted} "
            f"GROUP BY hash({key}), sha256(concat_ws(chr(31), {key}))"
        )
        # Joined before it is sorted, and with a narrow tie-breaker: each step alone fits into memory or spills to disk.
        self._db.execute(
            f"CREATE OR REPLACE TABLE kept AS SELECT {', '.join(self.shape.written)}, "
            f"md5_number_lower(concat_ws(chr(31), {key})) AS tie FROM rows SEMI JOIN first USING (n)"
        )
        count = self._one
        account = Account(read=count("SELECT count(*) FROM rows"), kept=count("SELECT count(*) FROM first"))
        account.filtered = count(f"SELECT count(*) FROM rows WHERE reason IS NULL AND NOT ({wanted})")
        found = self._db.execute("SELECT reason, count(*) FROM rows WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1")
        account.rejected = dict(found.fetchall())
        unique = count(f"SELECT count(*) FROM rows WHERE reason IS NULL AND {wanted}")
        account.repeated = unique - account.kept
        return account

    def _one(self, sql: str) -> int:
        found = self._db.execute(sql).fetchone()
        return int(found[0]) if found else 0

    def write(self, path: Path) -> None:
        """What is kept, sorted by time and key; a cell that would start a formula begins with an apostrophe."""
        cells = ", ".join(
            name
            if name == "followers"
            else f"CASE WHEN {name} SIMILAR TO '[=+@\\t\\r-].*' THEN '''' || {name} ELSE {name} END AS {name}"
            for name in self.shape.written
        )
        order = f"{self.shape.time}, {self.shape.key[0]}, tie"
        self._db.execute(
            f"COPY (SELECT {cells} FROM kept ORDER BY {order}) TO {quoted(str(path))} (HEADER, DELIMITER ',')"
        )

    def rejected(self) -> Iterator[tuple[str, int, str, str]]:
        """File, record, code and shortened text of every refused row, in order."""
        self._db.execute("SELECT file, line, reason, raw FROM rows WHERE reason IS NOT NULL ORDER BY 1, 2, 3, 4")
        while some := self._db.fetchmany(1000):
            yield from ((self._files[file], line, reason, raw or "") for file, line, reason, raw in some)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a question to what is kept (`kept`)."""
        return self._db.execute(sql).fetchall()


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _reader(file: IO[str], path: Path) -> Iterator[list[str]]:
    """Rows of a table whose separator its first line tells."""
    line = file.readline(LONGEST)
    if _BAD_BYTES.search(line) or "\x00" in line:
        raise SheetError(f"{path} is not UTF-8 text", f"{path} ليس نصاً بترميز UTF-8")
    csv.field_size_limit(LONGEST)
    delimiter = max(",;\t", key=line.count)
    return csv.reader(chain([line], file), delimiter=delimiter)


def _records(rows: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """Rows without the blank lines; None for what cannot be read."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield None
            continue
        if row:
            text = "".join(row)
            yield row if text.isascii() or not _BAD_BYTES.search(text) else None


def _read_so_far(path: Path, file: IO[str]) -> float:
    """Percent of the file's bytes; of a compressed file nobody knows before its end."""
    raw = getattr(getattr(file, "buffer", None), "raw", None)
    return 100 * raw.tell() / max(1, path.stat().st_size) if raw and path.suffix != ".gz" else 0.0


def _fields(header: Sequence[str], shape: Shape, name: str) -> dict[str, int]:
    """Field → place of its column, by the spellings known."""
    places = {column.strip().casefold(): at for at, column in reversed(list(enumerate(header)))}
    found = {
        wanted: next(places[s] for s in spellings if s in places)
        for wanted, spellings in shape.columns.items()
        if places.keys() & set(spellings)
    }
    missing = [wanted for wanted in shape.required if wanted not in found]
    if missing:
        wanted = "; ".join(f"{one}: {', '.join(shape.columns[one])}" for one in missing)
        there = ", ".join(header)[:400]
        raise SheetError(
            f"{name}: a table of {shape.kind} needs these columns, by one of their names: {wanted}. Found: {there}",
            f"{name}: يحتاج الجدول إلى هذه الأعمدة بأحد أسمائها: {wanted}. والموجود: {there}",
        )
    return found
