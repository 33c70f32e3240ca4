"""Tables as Parquet, with the types that they are declared with."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from scoring.render.api.tables import Column, Row, Table, Texts

AT_ONCE = 5000  # rows handed over together, to bound memory
TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}


def parquet(table: Table, rows: Sequence[Row], told: Texts, about: Mapping[str, str]) -> bytes:
    """The rows in their order, `told` being their texts, `about` in the file's metadata. One thread, so that the bytes
    are always the same."""
    columns = table.columns.items()
    made = ", ".join(f'"{name}" {_type(column)}' for name, column in columns)
    chosen = ", ".join(f"unnest(CAST(? AS {_type(column)}[]))" for _, column in columns)
    said = ", ".join(f"{key}: {_quoted(value)}" for key, value in about.items())
    with duckdb.connect(config={"threads": 1}) as base, tempfile.TemporaryDirectory(prefix="hiwar-") as folder:
        path = Path(folder) / "table.parquet"
        base.execute(f"CREATE TABLE made ({made})")
        for start in range(0, len(rows), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            typed = {name: [row[name] for row in rows[some]] for name, column in columns if column.type in TYPES}
            values = [typed.get(name) or told[name][some] for name, _ in columns]
            base.execute(f"INSERT INTO made SELECT {chosen}", values)
        base.execute(f"COPY made TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{said}}})")
        return path.read_bytes()


def _type(column: Column) -> str:
    return TYPES.get(column.type, "VARCHAR")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
