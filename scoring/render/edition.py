"""The pages of one edition's rankings, page by page, for readers without scripts and for links that stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace as Row
from typing import Any

from scoring.render.language import Language
from scoring.render.page import Page, fill
from scoring.render.paging import sheets
from scoring.render.view import View


def leagues_of(past: View) -> list[str]:
    """The rankings that have a page: the leading one, and every other that ranks anybody."""
    nodes = [past.methodology.id, *(d.id for d in past.methodology.dimensions)]
    return [past.lead, *(node for node in nodes if node != past.lead and past.places[node])]


def address(past: View, home: str, node: str) -> str:
    """A ranking's address; the leading one is the home of them all."""
    return home if node == past.lead else f"{home}{past.league_id(node)}/"


def league_pages(
    view: View,
    past: View,
    lang: Language,
    home: str,
    node: str,
    title: str,
    description: str,
    trail: Sequence[tuple[str, str]],
    rows: Sequence[Row],
    **values: Any,
) -> Iterator[Page]:
    """One ranking of `past`, the pages of which lie below `home`; `values` are for the template."""
    base = address(past, home, node)
    others = [Row(name=past.node_name(lang, n), path=address(past, home, n)) for n in leagues_of(past) if n != node]
    for sheet, part in sheets(rows, lang):
        titled = title if sheet.number == 1 else lang.t("page_of", title=title, n=sheet.number, of=sheet.of)
        root = "../" * (base.count("/") + (sheet.number > 1))
        shown = {"title": titled, "past": past, "rows": part, "page": sheet, "others": others} | values
        body = fill("edition", view, lang, root, **shown)
        edition, rescored = values["edition"].id, bool(values.get("rescored"))
        about = None if rescored else ("edition", edition)  # the card of an edition tells what was published
        path = base + sheet.path
        yield Page(path, titled, description, body, trail, edition=edition, rescored=rescored, subject=about)
