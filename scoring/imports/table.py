"""Runs a shape over files: Python reads the rows, DuckDB works on them in chunks and keeps them on disk, so that memory
stays constant and every row is accounted for. (DuckDB's own reader keeps all of a file that it refuses a row of.)"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.imports.chunk import Chunk, database
from scoring.imports.parts import Part, Source, join, parts, work
from scoring.imports.rows import Lines, Rows, fields, header, opened
from scoring.imports.shape import Shape, named, quoted
from scoring.pieces import Run, elsewhere
from scoring.sheets import SheetError

SLICE = 500_000  # rows whose keys are compared at once,
SLICE_TEXT = 32 * 1024 * 1024  # and characters that are sorted at once; what is more goes through in turns
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
        self._db, self._scratch = database(shape, scratch), scratch
        self._files: list[str] = []
        self._read = 0
        self._filtered = self._repeated = 0  # rows that were counted elsewhere and left there

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
            names, delimiter, rows = header(lines, path)
            places = fields(names, self.shape, name)
            source = Source(
                path.resolve(), path.stat().st_size, self.shape.kind, self._wanted, delimiter, places, len(names),
                len(self._files) - 1, self._read,
            )  # fmt: skip
            step = _step(told, below, size)
            run = elsewhere()
            if run is None:
                self._take(source, lines, rows, step)
            else:
                self._send(run, source, _told(parts(source, file, lines, rows), step))
        told(100.0)

    def _take(self, source: Source, lines: Lines, rows: Rows, step: Callable[[], None]) -> None:
        """Work on the rows of a file here."""
        chunk = Chunk(self._db, self.shape, source.places, source.width, source.file, source.before)
        number = 0
        for number, row in enumerate(rows, 1):
            if chunk.take(number, row, lines.start):
                step()
        chunk.flush()
        self._read += number

    def _send(self, run: Run, source: Source, cut: Iterable[Part]) -> None:
        """Have the rows of a file worked on elsewhere, part by part. Raises SheetError where it is not seen there."""
        try:
            for worked in run(work, cut):
                join(self._db, self.shape, worked, self._scratch)
                self._read += worked.read
                self._filtered += worked.filtered
                self._repeated += worked.repeated
        except FileNotFoundError:
            raise SheetError(
                f"a worker does not see {source.path}: what is imported, and the folder of --to, must be where every "
                "worker finds them under the same path",
                f"لا يرى أحد العمّال الملف {source.path}: يجب أن يجد كل عامل ما يُستورد ومجلد ‎--to‎ بالمسار نفسه",
            ) from None

    def account(self) -> Account:
        """Keep one row of each key, and count."""
        good, count = f"reason IS NULL AND {self._wanted}", self._one
        self._db.execute(
            f"CREATE TABLE kept AS SELECT {', '.join(self.shape.written)}, "
            "(better % 18446744073709551616)::UBIGINT AS tie FROM rows LIMIT 0"
        )
        self._keep(self._best(good))
        account = Account(read=self._read, kept=count("SELECT count(*) FROM kept"))
        filtered = count(f"SELECT count(*) FROM rows WHERE reason IS NULL AND NOT {self._wanted}")
        account.filtered = filtered + self._filtered
        found = self._db.execute("SELECT reason, count(*) FROM rows WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1")
        account.rejected = dict(found.fetchall())
        account.repeated = count(f"SELECT count(*) FROM rows WHERE {good}") - account.kept + self._repeated
        return account

    def _best(self, good: str) -> NDArray[np.bool_]:
        """For every row whether it is the best of its key, in whatever order they came."""
        best = np.zeros(self._read + 1, dtype=bool)
        turns = self._read // SLICE + 1
        for turn in range(turns):
            found = self._db.execute(
                f"SELECT arg_max(n, better) AS n FROM rows WHERE {good} AND key % {turns} = {turn} GROUP BY key"
            )
            best[np.asarray(found.fetchnumpy()["n"], dtype=np.int64)] = True
        return best

    def _keep(self, best: NDArray[np.bool_]) -> None:
        for start in range(0, len(best), SLICE):
            chosen = pd.DataFrame({"n": np.flatnonzero(best[start : start + SLICE]) + start})
            self._db.register("chosen", chosen)
            self._db.execute(
                f"INSERT INTO kept SELECT {', '.join(self.shape.written)}, (better % 18446744073709551616)::UBIGINT "
                f"FROM rows SEMI JOIN chosen USING (n) WHERE n >= {start} AND n < {start + SLICE}"
            )
            self._db.unregister("chosen")

    def _one(self, sql: str) -> int:
        found = self._db.execute(sql).fetchone()
        return int(found[0]) if found else 0

    def write(self, path: Path) -> None:
        """What is kept, sorted by time and key; a cell that would start a formula begins with an apostrophe."""
        cells = ", ".join(
            name if name == "followers" else f"if(left({name}, 1) IN {_FORMULA}, chr(39) || {name}, {name}) AS {name}"
            for name in self.shape.written
        )
        time, part = f"coalesce(kept.{self.shape.time}, '')", path.with_suffix(".part")
        order = f"{time}, kept.{next(iter(self.shape.written))}, kept.tie"
        with path.open("wb") as file:
            file.write(f"{','.join(self.shape.written)}\n".encode())
            for first, last in self._days():
                within = f"left({time}, 10) BETWEEN {quoted(first)} AND {quoted(last)}"
                rows = f"SELECT {cells} FROM kept WHERE {within} ORDER BY {order}"
                self._db.execute(f"COPY ({rows}) TO {quoted(str(part))} (FORMAT csv, HEADER false, DELIMITER ',')")
                with part.open("rb") as sorted_rows:
                    shutil.copyfileobj(sorted_rows, file)
                part.unlink()

    def _days(self) -> Iterator[tuple[str, str]]:
        """First and last days of what can be sorted at once."""
        length = " + ".join(f"coalesce(strlen({name}::VARCHAR), 0)" for name in self.shape.written)
        days = self._db.execute(
            f"SELECT left(coalesce({self.shape.time}, ''), 10), sum({length} + 100) FROM kept GROUP BY 1 ORDER BY 1"
        ).fetchall()
        first, size = 0, 0
        for at, (_, more) in enumerate(days):
            if size and size + more > SLICE_TEXT:
                yield days[first][0], days[at - 1][0]
                first, size = at, 0
            size += more
        if days:
            yield days[first][0], days[-1][0]

    def rejected(self) -> Iterator[tuple[str, int, str, str]]:
        """File, record, code and shortened text of every refused row, in order."""
        for start in range(0, self._read + 1, SLICE // 10):
            within = f"n >= {start} AND n < {start + SLICE // 10}"
            rows = self.query(
                f"SELECT file, line, reason, raw FROM rows WHERE {within} AND reason IS NOT NULL ORDER BY n"
            )
            yield from ((self._files[file], line, reason, raw or "") for file, line, reason, raw in rows)

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Rows of a question to what is kept (`kept`), a few at a time."""
        self._db.execute(sql)
        while some := self._db.fetchmany(1000):
            yield from some


def _step(told: Told, below: BinaryIO, size: int) -> Callable[[], None]:
    """Tells how far a file is read, by the bytes below it."""
    return lambda: told(min(99.0, 100 * below.tell() / size))


def _told(cut: Iterable[Part], step: Callable[[], None]) -> Iterator[Part]:
    for part in cut:
        step()
        yield part
