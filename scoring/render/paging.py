"""Long lists as pages of their own addresses, so that every row can be reached without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from scoring.render.language import Language

SIZE = 50  # rows of a page
NEAR = 2  # neighbours of a page that it leads to, besides the first and the last
T = TypeVar("T")


@dataclass(frozen=True)
class Link:
    """A way to another page; without an address, a gap."""

    number: int
    href: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """Page `number` of a list's `of`: its address below the list's own, and the ways to the others. Where pages of
    other things stand beside, `prefix` goes before the number."""

    number: int
    of: int
    links: tuple[Link, ...]
    prefix: str = ""

    @property
    def path(self) -> str:
        return "" if self.number == 1 else f"{self.prefix}{self.number}/"


def sheets(rows: Sequence[T], lang: Language, size: int = SIZE, prefix: str = "") -> list[tuple[Sheet, Sequence[T]]]:
    """A list in pages; at least one, which may be empty."""
    of = max(1, -(-len(rows) // size))
    return [
        (Sheet(n, of, _links(n, of, len(rows), lang, size, prefix), prefix), rows[(n - 1) * size : n * size])
        for n in range(1, of + 1)
    ]


def root(sheet: Sheet, depth: int) -> str:
    """The way up from a page of a list that stands `depth` folders below the language's home."""
    return "../" * (depth + (sheet.number > 1))


def titled(lang: Language, title: str, sheet: Sheet) -> str:
    """A list's title on one of its pages."""
    return title if sheet.number == 1 else lang.t("page_of", title=title, n=sheet.number, of=sheet.of)


def _links(here: int, of: int, total: int, lang: Language, size: int, prefix: str) -> tuple[Link, ...]:
    shown = sorted({1, of, *range(max(1, here - NEAR), min(of, here + NEAR) + 1)})
    links: list[Link] = []
    for n in shown:
        if links and n > links[-1].number + 1:
            links.append(Link(n - 1, "", ""))
        links.append(Link(n, _way(here, n, prefix), _span(n, total, lang, size)))
    return tuple(links)


def _way(here: int, to: int, prefix: str) -> str:
    up = "./" if here == 1 else "../"
    return up if to == 1 else f"{up}{prefix}{to}/"


def _span(n: int, total: int, lang: Language, size: int) -> str:
    return lang.t("rows_span", first=(n - 1) * size + 1, last=min(total, n * size))
