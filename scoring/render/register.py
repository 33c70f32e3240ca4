"""The evidence register: every item, by country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.model import Evidence
from scoring.render.language import Language
from scoring.render.many import LONG, many
from scoring.render.page import Page, fill
from scoring.render.paging import root, sheets, titled
from scoring.render.view import View


def evidence(view: View, lang: Language) -> Markup:
    """The register's front page: how much there is, by country and by what was looked for."""
    items = Counter(p.country for p, _ in view.items)
    bodies = Counter(a.profile.country for a in view.dataset.agencies.values())
    countries = [
        Row(id=c.lower(), name=view.term(lang, "countries", c), agencies=bodies[c], items=n)
        for c, n in items.most_common()
    ]
    found = Counter(item.code for _, item in view.items)
    codes = [
        Row(name=view.code_name(lang, c), question=view.codes[c].question, items=n) for c, n in found.most_common()
    ]
    return fill("evidence", view, lang, "../", total=len(view.items), countries=countries, codes=codes)


def evidence_country(view: View, lang: Language, country: str) -> Iterator[Page]:
    """Every evidence item of a country, to filter, in pages that a phone can hold."""
    name = view.term(lang, "countries", country)
    title = lang.t("evidence_of", country=name)
    path = f"evidence/{country.lower()}/"
    items = [(p, item) for p, item in view.items if p.country == country]
    shown = items
    if many(view):  # all of them are on the profiles, and in the open data
        shown = sorted(items, key=lambda pair: (pair[1].observed, pair[1].id), reverse=True)[:LONG]
    for sheet, rows in sheets(shown, lang, LONG):
        named = titled(lang, title, sheet)
        options = _options(view, lang, [item for _, item in rows])
        body = fill(
            "evidence_country",
            view,
            lang,
            root(sheet, 2),
            rows=rows,
            title=named,
            options=options,
            page=sheet,
            whole=len(items),
        )
        above = ((lang.t("evidence_register"), "evidence/"),)
        trail = above if sheet.number == 1 else (*above, (title, path))
        yield Page(f"{path}{sheet.path}", named, named, body, trail, subject=("country", country))


def _options(view: View, lang: Language, items: Sequence[Evidence]) -> dict[str, list[tuple[str, str]]]:
    return {
        "code": sorted({(i.code, view.code_name(lang, i.code)) for i in items}, key=lambda pair: pair[1]),
        "strength": sorted({(i.strength, i.strength) for i in items}),
        "use": sorted({(view.use(i.id), lang.t(f"use_{view.use(i.id)}")) for i in items}),
    }
