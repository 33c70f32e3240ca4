"""A file's rows worked on in parts, each wherever there is room; what a part comes to is joined to the others.

Only the ends of parts are looked for here: a row may hold line breaks, so nobody can begin in the middle. A part comes
to its refused rows and the best row of each key. The best of the bests is the best of all, so the joined table gives
what one pass over the file would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import duckdb

from scoring.imports.chunk import Chunk, database
from scoring.imports.rows import Lines, Rows, opened, rows_of
from scoring.imports.shape import SHAPES, Shape, quoted

PART = 16 * 1024 * 1024  # characters of a part
_HALF = 18446744073709551616  # 2^64: Parquet has no whole numbers of 128 bits, so they go in halves


@dataclass(frozen=True)
class Source:
    """A file, and what it takes to work on its rows: its size in bytes, what kind of table it is, which rows are wanted
    (SQL), what parts its cells, where its columns are and how many, its number, and the rows in the files before it."""

    path: Path
    size: int
    kind: str
    wanted: str
    delimiter: str
    places: Mapping[str, int]
    width: int
    file: int
    before: int


@dataclass(frozen=True)
class Part:
    """Some rows of a file, from where its text stands at `at` (as `tell` says); `first` come before them."""

    source: Source
    at: int
    first: int
    rows: int


@dataclass(frozen=True)
class Worked:
    """What a part came to: how many rows were read, how many of them were left out as not wanted or as repeated, and
    the others as a Parquet file."""

    read: int
    filtered: int
    repeated: int
    table: bytes


def parts(source: Source, file: IO[str], lines: Lines, rows: Rows) -> Iterator[Part]:
    """Cut the rows below a head; the file is read once, in step with the parts that are taken."""
    at, first, number, taken = file.tell(), 0, 0, 0
    for number, _ in enumerate(rows, 1):
        taken += lines.taken
        if taken >= PART:
            yield Part(source, at, first, number - first)
            at, first, taken = file.tell(), number, 0
    if number > first:
        yield Part(source, at, first, number - first)


def work(part: Part) -> Worked:
    """Work on a part. Raises FileNotFoundError where its file is not seen, or another of its name."""
    source = part.source
    if not source.path.is_file() or source.path.stat().st_size != source.size:
        raise FileNotFoundError(source.path)
    shape = SHAPES[source.kind]
    with TemporaryDirectory(prefix="hiwar-") as folder, database(shape, Path(folder)) as db:
        chunk = Chunk(db, shape, source.places, source.width, source.file, source.before)
        with opened(source.path) as (file, _):
            file.seek(part.at)
            lines = Lines(file)
            rows = islice(rows_of(lines, lines, source.delimiter), part.rows)
            for number, row in enumerate(rows, part.first + 1):
                chunk.take(number, row, lines.start)
        chunk.flush()
        return _worked(db, shape, source.wanted, Path(folder) / "part.parquet", part.rows)


def _worked(db: duckdb.DuckDBPyConnection, shape: Shape, wanted: str, path: Path, read: int) -> Worked:
    good = f"reason IS NULL AND {wanted}"
    db.execute(f"CREATE TABLE best AS SELECT arg_max(n, better) AS n FROM rows WHERE {good} GROUP BY key")
    halves = ", ".join(
        f"({name} // {_HALF})::UBIGINT AS {name}_high, ({name} % {_HALF})::UBIGINT AS {name}_low"
        for name in ("key", "better")
    )
    left = f"SELECT {_columns(shape)}, {halves} FROM rows WHERE reason IS NOT NULL OR n IN (SELECT n FROM best)"
    db.execute(f"COPY ({left}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    counted = f"SELECT count(*) FILTER ({good}), count(*) FILTER (reason IS NULL AND NOT {wanted}) FROM rows"
    (found, filtered), (kept,) = (db.execute(sql).fetchall()[0] for sql in (counted, "SELECT count(*) FROM best"))
    return Worked(read, filtered, found - kept, path.read_bytes())


def join(db: duckdb.DuckDBPyConnection, shape: Shape, worked: Worked, scratch: Path) -> None:
    """Add what a part came to to the table `rows`."""
    path = scratch / "part.parquet"
    path.write_bytes(worked.table)
    whole = ", ".join(f"{name}_high::UHUGEINT * {_HALF} + {name}_low" for name in ("key", "better"))
    db.execute(f"INSERT INTO rows SELECT {_columns(shape)}, {whole} FROM read_parquet({quoted(str(path))})")
    path.unlink()


def _columns(shape: Shape) -> str:
    return ", ".join(("n", "file", "line", *shape.written, "reason", "raw"))
