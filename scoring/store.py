"""What was worked out before, kept by what it was worked out from, in one file (a SQLite database).

Deleting the file, or any damage to it, costs nothing but time.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

_TABLE = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, records BLOB) WITHOUT ROWID"
SEAL = 16  # bytes before each record that tell whether it is whole
_LEAST = 1000  # records that nobody asked for any more, up to which they may stay


class Store:
    """Records by their keys, while the file is open."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._used: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}

    def known(self, key: bytes) -> bytes | None:
        """The record kept under a key."""
        with suppress(sqlite3.Error):
            if row := self._base.execute("SELECT records FROM kept WHERE key = ?", (key,)).fetchone():
                self.used(key)
                return _unsealed(row[0])
        return None

    def used(self, key: bytes) -> None:
        """Say that a record is still of use."""
        self._used.add(key)

    def keep(self, key: bytes, record: bytes) -> None:
        self._new[key] = _seal(record) + record

    def write(self) -> None:
        """Keep what is new, and let go of what was not asked for, once it is much."""
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", self._new.items())
            (count,) = self._base.execute("SELECT count(*) FROM kept").fetchone()
            if count > 2 * len(self._used | self._new.keys()) + _LEAST:
                there = {key for (key,) in self._base.execute("SELECT key FROM kept")}
                gone = there - self._used - self._new.keys()
                self._base.executemany("DELETE FROM kept WHERE key = ?", [(key,) for key in gone])


@contextmanager
def stored_in(file: Path | None) -> Iterator[Store | None]:
    """What is kept in a file, written at the end; None where nothing can be kept."""
    base = _opened(file) if file else None
    if base is None:
        yield None
        return
    try:
        store = Store(base)
        yield store
        with suppress(sqlite3.Error):
            store.write()
    finally:
        base.close()


def looked_up(file: Path, key: bytes) -> bytes | None:
    """The record under a key of a store that another process writes: each process has a connection of its own."""
    with suppress(sqlite3.Error):
        row = _reading(file, os.getpid()).execute("SELECT records FROM kept WHERE key = ?", (key,)).fetchone()
        return _unsealed(row[0]) if row else None
    return None


def _seal(record: bytes) -> bytes:
    return blake2b(record, digest_size=SEAL).digest()


def _unsealed(kept: bytes) -> bytes | None:
    """A record as it was kept; None where it is damaged."""
    return kept[SEAL:] if _seal(kept[SEAL:]) == kept[:SEAL] else None


@lru_cache(1)
def _reading(file: Path, _process: int) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _opened(file: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(file)
            base.execute(_TABLE)
            return base
        except (OSError, sqlite3.OperationalError):  # not ours to write, or at work for somebody else
            return None
        except sqlite3.DatabaseError:  # damaged: begun anew
            with suppress(OSError):
                file.unlink()
    return None
