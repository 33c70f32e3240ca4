"""Files that were read before, kept by their content: what a check has read, a score and a build need not read again.

Only what nothing was wrong with is kept, as JSON of the valid records, which is several times quicker to read than YAML
and comes to the same records. Deleting the file, or any damage to it, costs nothing but time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pydantic
from pydantic import BaseModel, TypeAdapter, ValidationError

from scoring.source.prints import contents

M = TypeVar("M", bound=BaseModel)
_READERS = (Path(__file__).parent, Path(__file__).parent.parent / "model")  # what decides how a file is read
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, records BLOB) WITHOUT ROWID"
_LEAST = 1000  # records of files that are no longer there, up to which they may stay


class Kept:
    """What is kept in a file (a SQLite database), while it is open."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._used: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}

    def known(self, model: type[M], data: bytes) -> list[M] | None:
        """The records that a file with this content holds; None where it has not been read before."""
        key = _key(model, data)
        with suppress(sqlite3.Error, ValidationError):
            if row := self._base.execute("SELECT records FROM kept WHERE key = ?", (key,)).fetchone():
                found = _adapter(model).validate_json(row[0])
                self._used.add(key)
                return found
        return None

    def keep(self, model: type[M], data: bytes, records: Sequence[M]) -> None:
        """Keep the records of a file in which nothing is wrong."""
        told = _adapter(model).dump_json(list(records), exclude_defaults=True)
        if b":null" not in told:  # nothing that JSON has no word for
            self._new[_key(model, data)] = told

    def write(self) -> None:
        """Keep what is new, and let go of what no file held any more, once it is much."""
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", self._new.items())
            (count,) = self._base.execute("SELECT count(*) FROM kept").fetchone()
            if count > 2 * len(self._used | self._new.keys()) + _LEAST:
                there = {key for (key,) in self._base.execute("SELECT key FROM kept")}
                gone = there - self._used - self._new.keys()
                self._base.executemany("DELETE FROM kept WHERE key = ?", [(key,) for key in gone])


@contextmanager
def kept_in(file: Path | None) -> Iterator[Kept | None]:
    """What is kept in a file, written at the end; None where nothing can be kept."""
    base = _opened(file) if file else None
    if base is None:
        yield None
        return
    try:
        kept = Kept(base)
        yield kept
        with suppress(sqlite3.Error):
            kept.write()
    finally:
        base.close()


def _opened(file: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(file)
            base.execute(_TABLE)
            return base
        except sqlite3.DatabaseError:  # damaged: begun anew
            with suppress(OSError):
                file.unlink()
        except OSError:
            return None
    return None


@cache
def _adapter(model: type[M]) -> TypeAdapter[list[M]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


@cache
def _how(model: type[BaseModel]) -> bytes:
    """The way that files of a kind are read: another version of the reader has its own records."""
    return f"{contents(*_READERS)} {pydantic.VERSION} {model.__name__} ".encode()


def _key(model: type[BaseModel], data: bytes) -> bytes:
    return sha256(_how(model) + data).digest()
