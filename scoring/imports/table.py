"""Runs a shape over files in DuckDB: constant memory (what does not fit goes to disk), every row accounted for."""

from __future__ import annotations

import csv
import gzip
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import duckdb

from scoring.imports.shape import BROKEN, Shape, quoted
from scoring.sheets import SheetError

MEMORY = "130MB"
SHOWN = 300  # characters of a refused row that are repeated
LONGEST = 2 * 1024 * 1024  # bytes of one row
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
        header, delimiter = _head(path)
        fields = _fields(header, self.shape, name)
        self._files.append(name)
        number = len(self._files) - 1
        self._db.execute("DROP TABLE IF EXISTS errors_seen; DROP TABLE IF EXISTS scans_seen")
        self._run(f"INSERT INTO rows {self._select(path, header, delimiter, fields, number)}", told)
        self._db.execute(
            f"""INSERT INTO rows (n, file, line, reason, raw) SELECT nextval('numbers'), {number}, line,
            {quoted(BROKEN.code)}, left(min(csv_line), {SHOWN}) FROM errors_seen GROUP BY line ORDER BY line"""
        )

    def _select(self, path: Path, header: Sequence[str], delimiter: str, fields: Mapping[str, int], number: int) -> str:
        names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(header)))
        source = (
            f"read_csv({quoted(str(path))}, auto_detect=false, header=true, delim={quoted(delimiter)}, quote='\"', "
            f"escape='\"', columns={{{names}}}, store_rejects=true, rejects_table='errors_seen', "
            f"rejects_scan='scans_seen', max_line_size={LONGEST}, "
            f"buffer_size={4 * LONGEST}, nullstr='\\x00')"
        )
        given = ", ".join(
            f'c{fields[name]} AS "{name}"' if name in fields else f'NULL::VARCHAR AS "{name}"'
            for name in self.shape.columns
        )
        everything = "left(concat_ws(' | ', " + ", ".join(f"c{at}" for at in range(len(header))) + f"), {SHOWN})"
        written = ", ".join(f"{sql} AS {name}" for name, sql in self.shape.written.items())
        kept = ", ".join(f'"{name}" AS {name}_given' for name in self.shape.columns)
        reason = " ".join(f"WHEN {r.when} THEN {quoted(r.code)}" for r in self.shape.reasons)
        outputs = ", ".join(self.shape.written)
        return (
            f"SELECT nextval('numbers'), {number}, line, {outputs}, CASE {reason} END AS why, "
            f"CASE WHEN why IS NOT NULL THEN raw END FROM (SELECT {written}, {kept}, line, raw FROM "
            f"(SELECT {given}, row_number() OVER () AS line, {everything} AS raw FROM {source}))"
        )

    def _run(self, sql: str, told: Told) -> None:
        """Run a long statement, telling how far it is."""
        failed: list[BaseException] = []

        def work() -> None:
            try:
                self._db.execute(sql)
            except BaseException as error:  # handed on to the caller's thread
                failed.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        while thread.is_alive():
            thread.join(0.2)
            told(max(0.0, self._db.query_progress()))
        if failed:
            raise failed[0]
        told(100.0)

    def account(self) -> Account:
        """Mark what is repeated, and count."""
        key = ", ".join(f"coalesce({name}::VARCHAR, '')" for name in self.shape.key)
        wanted = self.wanted.condition(self.shape)
        self._db.execute(
            f"CREATE OR REPLACE TABLE first AS SELECT min(n) AS n FROM rows WHERE reason IS NULL AND {wanted} "
            f"GROUP BY hash({key}), sha256(concat_ws(chr(31), {key}))"
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
        order = ", ".join(dict.fromkeys([self.shape.time, *self.shape.written]))
        self._db.execute(
            f"COPY (SELECT {cells} FROM rows SEMI JOIN first USING (n) ORDER BY {order}) "
            f"TO {quoted(str(path))} (HEADER, DELIMITER ',')"
        )

    def rejected(self) -> Iterator[tuple[str, int, str, str]]:
        """File, record, code and shortened text of every refused row, in order."""
        self._db.execute("SELECT file, line, reason, raw FROM rows WHERE reason IS NOT NULL ORDER BY 1, 2, 3, 4")
        while some := self._db.fetchmany(1000):
            yield from ((self._files[file], line, reason, raw or "") for file, line, reason, raw in some)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a question to what is kept (`kept`)."""
        self._db.execute("CREATE OR REPLACE TEMP VIEW kept AS SELECT * FROM rows SEMI JOIN first USING (n)")
        return self._db.execute(sql).fetchall()


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _head(path: Path) -> tuple[list[str], str]:
    """The names of the columns, and what separates them."""
    try:
        with closing(_open(path)) as file:
            line = file.readline(LONGEST)
    except UnicodeDecodeError:
        raise SheetError(f"{path} is not UTF-8 text", f"{path} ليس نصاً بترميز UTF-8") from None
    delimiter = max(",;\t", key=line.count)
    return next(csv.reader([line], delimiter=delimiter), []), delimiter


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
