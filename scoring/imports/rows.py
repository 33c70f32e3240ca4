"""Rows of a CSV file that nobody vouches for: however it is broken, no more of it is held than one row's limit."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from scoring.imports.shape import Shape
from scoring.sheets import SheetError

SHOWN = 300  # characters of a refused row that are repeated
LONGEST = 1024 * 1024  # characters of one row
MOST_COLUMNS = 1000
_BAD_BYTES = re.compile("[\ud800-\udfff]")  # what is no UTF-8, as Python hands it on


class Lines:
    """Lines for the csv module. Remembers how the row being read begins; stops a row that has no end."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.begin()

    def begin(self) -> None:
        """A new row begins."""
        self._start, self._taken, self.is_text = "", 0, True

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if self._taken > LONGEST:
            raise csv.Error("too long")
        line = self._file.readline(LONGEST)
        if not line:
            raise StopIteration
        self._taken += len(line)
        self._start = (self._start + line[:SHOWN])[:SHOWN] if len(self._start) < SHOWN else self._start
        if len(line) == LONGEST and line[-1] not in "\r\n":
            self._skip()
        if not line.isascii() and _BAD_BYTES.search(line):
            self.is_text = False
        return line.replace("\x00", "\ufffd")

    def _skip(self) -> None:
        """Go past the rest of a line that is too long."""
        while (more := self._file.readline(LONGEST)) and more[-1] not in "\r\n":
            pass
        raise csv.Error("too long")

    @property
    def taken(self) -> int:
        """Characters of the row that was read last."""
        return self._taken

    @property
    def start(self) -> str:
        """How the row that was read last begins, as it stands in the file."""
        return _BAD_BYTES.sub("\ufffd", self._start).replace("\x00", "\ufffd").rstrip("\r\n")


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[str], BinaryIO]]:
    """A text, unpacked where it is compressed, and the bytes below it, which tell how far it is read."""
    try:
        with path.open("rb") as below:
            packed = gzip.GzipFile(fileobj=below) if path.suffix.lower() == ".gz" else below
            with io.TextIOWrapper(packed, "utf-8-sig", "surrogateescape", newline="") as file:
                yield file, below
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SheetError(f"{path} cannot be unpacked: {error}", f"{path} لا يُفك ضغطه: {error}") from None


Rows = Iterator[list[str] | None]  # None stands for a row that cannot be read


def header(lines: Lines, path: Path) -> tuple[list[str], str, Rows]:
    """The names of the columns, what stands between cells, and the rows below."""
    first = _first(lines, path)
    delimiter = max(",;\t", key=first.count)
    rows = rows_of(_Before(first, lines), lines, delimiter)
    names = next(rows, None) or []
    if len(names) > MOST_COLUMNS:
        raise SheetError(f"{path} has more than {MOST_COLUMNS} columns", f"في {path} أكثر من {MOST_COLUMNS} عمود")
    return names, delimiter, rows


def rows_of(text: Iterable[str], lines: Lines, delimiter: str) -> Rows:
    """The rows of a text that comes from `lines` and begins where a row does."""
    csv.field_size_limit(LONGEST)
    return _records(csv.reader(text, delimiter=delimiter), lines)


def _first(lines: Lines, path: Path) -> str:
    try:
        first = next(lines, "")
    except csv.Error:
        first = ""
        lines.is_text = False
    if not lines.is_text or "\ufffd" in first:
        raise SheetError(f"{path} is not UTF-8 text", f"{path} ليس نصاً بترميز UTF-8")
    return first


class _Before:
    """One line, and then the others. (A generator would be over after the first error.)"""

    def __init__(self, first: str, others: Lines) -> None:
        self._first, self._others = [first] if first else [], others

    def __iter__(self) -> _Before:
        return self

    def __next__(self) -> str:
        return self._first.pop() if self._first else next(self._others)


def _records(rows: Iterator[list[str]], lines: Lines) -> Rows:
    """Rows without the blank lines."""
    while True:
        lines.begin()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield None
            continue
        if row:
            yield row if lines.is_text else None


def fields(names: Sequence[str], shape: Shape, name: str) -> Mapping[str, int]:
    """Field → place of its column, by the spellings known. Raises SheetError where a needed one is missing."""
    places = {column.strip().casefold(): at for at, column in reversed(list(enumerate(names)))}
    found = {
        wanted: next(places[s] for s in spellings if s in places)
        for wanted, spellings in shape.columns.items()
        if places.keys() & set(spellings)
    }
    missing = [wanted for wanted in shape.required if wanted not in found]
    if missing:
        wanted = "; ".join(f"{one}: {', '.join(shape.columns[one])}" for one in missing)
        there = ", ".join(names)[:400]
        raise SheetError(
            f"{name}: a table of {shape.kind} needs these columns, by one of their names: {wanted}. Found: {there}",
            f"{name}: يحتاج الجدول إلى هذه الأعمدة بأحد أسمائها: {wanted}. والموجود: {there}",
        )
    return found
