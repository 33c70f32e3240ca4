"""A chart once it is drawn: what its frame on a page, its embed and its files are all made of.

The numbers of a chart are kept once, as they are shown: the table in the page, the CSV and the JSON come from the same
cells, so that none can disagree with another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scoring.render.language import Language
from scoring.render.markup import markup

Value = float | str | None


@dataclass(frozen=True)
class Column:
    """A column's head; `parts` name the numbers of its cells where each holds several."""

    head: str
    parts: Sequence[str] = ()
    code: bool = False  # such as the id of an edition: runs from left to right everywhere


@dataclass(frozen=True)
class Cell:
    """What a cell says, and the numbers in it, rounded as it says them (None: unknown)."""

    text: str
    values: tuple[Value, ...]
    href: str | None = None


@dataclass(frozen=True)
class Grid:
    """The numbers of a chart; the first cell of a row names it."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    def names(self) -> list[str]:
        """One name for each number of a row."""
        return [
            name
            for column in self.columns
            for name in ([f"{column.head}: {part}" for part in column.parts] or [column.head])
        ]

    def records(self) -> Iterator[list[Value]]:
        """The numbers of each row, in the order of `names`."""
        for row in self.rows:
            yield [value for cell in row for value in cell.values]


@dataclass(frozen=True)
class Picture:
    """A drawn chart. `name` is the chart's own in the whole site, such as `league/commitments`; `id` its place on a
    page. `drawn` is an SVG, or a table that is itself the picture (nothing on the card of an agency without scores)."""

    name: str
    id: str
    title: str
    sentence: str
    drawn: Markup
    grid: Grid
    marks: Markup | str = ""
    plot: Any = None  # the interactive figure as plain data
    wide: bool = False
    table_as: Markup | str = ""  # where `drawn` is a table: the same as an SVG, for files
    lead: Markup | str = ""  # what stands before all: the standing on a score card
    embed: str | None = None  # the name of the chart whose embed stands for it; none: ""; None: its own

    @property
    def tabular(self) -> bool:
        return bool(self.table_as)

    def path(self, language: str) -> str:
        """Where its embed stands, from the root of what is published at once."""
        return f"embed/{language}/{self.name}/"


def label(text: str, href: str | None = None) -> Cell:
    """A cell that names something."""
    return Cell(text, (text,), href)


def numbers(lang: Language, value: float | None, digits: int, text: str | None = None) -> Cell:
    """A cell of one number; `text` is said instead of it."""
    shown = lang.number(value, digits) if text is None else text
    return Cell(shown, (as_told(value, digits),))


def between(lang: Language, ends: tuple[float, float] | None, digits: int) -> Cell:
    """A cell of two numbers that something lies between."""
    if ends is None:
        return Cell("–", (None, None))
    low, high = (lang.number(end, digits) for end in ends)
    return Cell(lang.t("range", low=low, high=high), (as_told(ends[0], digits), as_told(ends[1], digits)))


def as_told(value: float | None, digits: int) -> float | None:
    """A number as exact as it is shown; no minus before a zero."""
    if value is None or value != value:
        return None
    told = float(f"{value:.{digits}f}") + 0.0
    return told if digits else int(told)


def table(grid: Grid, links: bool = True) -> Markup:
    """The numbers as a real table; `links` lead from the page that the chart stands on."""
    head = Markup("").join(_head(column) for column in grid.columns)
    body = Markup("").join(_row(row, links) for row in grid.rows)
    return markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)


def _head(column: Column) -> Markup:
    said = markup('<bdi dir="ltr">{}</bdi>', column.head) if column.code else column.head
    return markup('<th scope="col">{}</th>', said)


def _row(row: Sequence[Cell], links: bool) -> Markup:
    first, rest = row[0], row[1:]
    name = markup('<a href="{}">{}</a>', first.href, first.text) if links and first.href else first.text
    cells = Markup("").join(markup("<td>{}</td>", cell.text) for cell in rest)
    return markup('<tr><th scope="row">{}</th>{}</tr>', name, cells)
