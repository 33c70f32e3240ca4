"""Tables as Parquet, with the types that they are declared with."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from scoring.render.api.tables import Column, Row, Table, text

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}


def parquet(table: Table, rows: Sequence[Row], about: Mapping[str, str]) -> bytes:
    """The rows in their order, `about` in the file's metadata. One thread, so that the bytes are always the same."""
    columns = table.columns.items()
    chosen = ", ".join(f'unnest(CAST(? AS {_type(column)}[])) AS "{name}"' for name, column in columns)
    values = [[_value(row, name, column) for row in rows] for name, column in columns]
    told = ", ".join(f"{key}: {_quoted(value)}" for key, value in about.items())
    with duckdb.connect(config={"threads": 1}) as base, tempfile.TemporaryDirectory(prefix="hiwar-") as folder:
        path = Path(folder) / "table.parquet"
        base.execute(f"CREATE TABLE made AS SELECT {chosen}", values)
        base.execute(f"COPY made TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{told}}})")
        return path.read_bytes()


def _type(column: Column) -> str:
    return TYPES.get(column.type, "VARCHAR")


def _value(row: Row, name: str, column: Column) -> object:
    return row[name] if column.type in TYPES else text(row[name], column)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
