"""Files that were read before, kept by their content: what a check has read, a score and a build need not read again.

Only what nothing was wrong with is kept, as JSON of the valid records, which is several times quicker to read than YAML
and comes to the same records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pydantic
from pydantic import BaseModel, TypeAdapter, ValidationError

from scoring.source.prints import contents
from scoring.store import Store, stored_in

M = TypeVar("M", bound=BaseModel)
_READERS = (Path(__file__).parent, Path(__file__).parent.parent / "model")  # what decides how a file is read


class Kept:
    """The records of files, in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, model: type[M], data: bytes) -> list[M] | None:
        """The records that a file with this content holds; None where it has not been read before."""
        told = self._store.known(_key(model, data))
        try:
            return None if told is None else _adapter(model).validate_json(told)
        except ValidationError:
            return None

    def keep(self, model: type[M], data: bytes, records: Sequence[M]) -> None:
        """Keep the records of a file in which nothing is wrong."""
        told = _adapter(model).dump_json(list(records), exclude_defaults=True)
        if b":null" not in told:  # nothing that JSON has no word for
            self._store.keep(_key(model, data), told)


@contextmanager
def kept_in(file: Path | None) -> Iterator[Kept | None]:
    """What is kept in a file, written at the end; None where nothing can be kept."""
    with stored_in(file) as store:
        yield Kept(store) if store else None


@cache
def _adapter(model: type[M]) -> TypeAdapter[list[M]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


@cache
def _how(model: type[BaseModel]) -> bytes:
    """The way that files of a kind are read: another version of the reader has its own records."""
    return f"{contents(*_READERS)} {pydantic.VERSION} {model.__name__} ".encode()


def _key(model: type[BaseModel], data: bytes) -> bytes:
    return sha256(_how(model) + data).digest()
