"""Tables as CSV: a faithful one, and one that no spreadsheet takes a formula from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from scoring.render.api.tables import Row, Table, Texts

# What a formula begins with, also full-width; and what spreadsheets skip before it or take for the end of a cell.
_FORMULA = r"[=+\-@＝＋－＠]"
_SKIPPED = r"[\s\x00-\x20\"'“”‘’«»\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_STARTS = re.compile(rf"(\A|[;\t\r\n])(?={_SKIPPED}{_FORMULA})")
_SUSPECT = re.compile(rf"\A{_SKIPPED}{_FORMULA}|[;\t\r\n]").search  # what most cells are not is not gone into
_HARMLESS = frozenset(("integer", "number", "boolean", "date"))  # types of columns that hold no text
_CONTROL = re.compile(r"\A(?=[\t\r\n])")


def faithful(told: Texts) -> bytes:
    """UTF-8 by RFC 4180: the values as they are, nothing where none is known."""
    return _written(told, "utf-8")


def safe(table: Table, rows: Sequence[Row], told: Texts) -> bytes:
    """The same for spreadsheets, which know UTF-8 by its mark and take for text what an apostrophe precedes."""
    cells_of = {
        name: cells
        if table.columns[name].type in _HARMLESS
        else [guarded(row[name], cell) for row, cell in zip(rows, cells, strict=True)]
        for name, cells in told.items()
    }
    return _written(cells_of, "utf-8-sig")


def _written(told: Texts, encoding: str) -> bytes:
    """Encoded as it is written: a large table's text need not be there as well."""
    made = io.BytesIO()
    out = io.TextIOWrapper(made, encoding, newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(told)
    writer.writerows(zip(*told.values(), strict=True))
    out.flush()
    return made.getvalue()


def guarded(value: Any, cell: str | None) -> str | None:
    """A cell with an apostrophe before whatever would be a formula, at its start or after what another separator
    would split it at. Numbers stay numbers."""
    if cell is None or isinstance(value, int | float) or not _SUSPECT(cell):
        return cell
    return _CONTROL.sub("'", _STARTS.sub(r"\1'", cell), count=1)
