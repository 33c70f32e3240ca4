"""The tables of the open data, each defined once, in `text/tables.yml`: what its columns are called, hold and mean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import TypeAdapter

from scoring.model import Record, Seq, Slug, Text
from scoring.render.view import View

Row = dict[str, Any]  # by column; None where unknown
Rows = Mapping[str, list[Row]]  # by table
TABLES = "tables.yml"


class Column(Record):
    """One column; `empty` where a row may have nothing in it, `refers` to the table whose id it holds."""

    type: Literal["string", "integer", "number", "boolean", "date", "scalar", "ids", "words", "counts"]
    unit: Literal["points", "share"] | None = None
    empty: bool = False
    refers: Slug | None = None
    choices: Seq[str] = ()
    en: str
    ar: str


class Table(Record):
    """One table; `key` are the columns that tell its rows apart."""

    title: Text
    about: Text
    key: Seq[str]
    columns: dict[str, Column]


_FICTIONAL = Column(type="boolean", en="Always true: everything here is made up", ar="صحيح دائماً: كل ما هنا متخيَّل")


@cache
def defined() -> dict[str, Table]:
    """Every table by name, as it is written down."""
    text = files("scoring.render").joinpath("text", TABLES).read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Table]).validate_python(yaml.safe_load(text))


def tables(view: View) -> dict[str, Table]:
    """The tables of a data set; of a fictional one every row says so."""
    if not view.dataset.fictional:
        return defined()
    return {
        name: table.model_copy(update={"columns": table.columns | {"fictional": _FICTIONAL}})
        for name, table in defined().items()
    }


Texts = Mapping[str, Sequence[str | None]]  # by column, its cells from the first row to the last


def texts(table: Table, rows: Sequence[Row]) -> Texts:
    """A table's cells by column: exactly what they are, a list of ids parted by spaces; None where there is none, as
    where a list is empty, since readers of CSV cannot tell the two apart."""
    columns = {name: [row[name] for row in rows] for name in table.columns}
    return {name: _TEXTS.get(table.columns[name].type, _texts)(values) for name, values in columns.items()}


def _texts(values: Sequence[Any]) -> list[str | None]:
    known = {None: None, True: "true", False: "false"}
    return [known[value] if value is None or type(value) is bool else str(value) for value in values]


def _ids(values: Sequence[Any]) -> list[str | None]:
    return [" ".join(map(str, value)) if value else None for value in values]


def _lists(values: Sequence[Any]) -> list[str | None]:
    return [json.dumps(value, ensure_ascii=False) if value else None for value in values]


_TEXTS = {"ids": _ids, "words": _lists, "counts": _lists}


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    kind = type(value)
    if kind is str or kind is float or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    return list(map(plain, value)) if isinstance(value, tuple | list) else value
