"""The evidence register: every item, by country."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.render.language import Language
from scoring.render.page import Page, fill
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


def evidence_country(view: View, lang: Language, country: str) -> Page:
    """Every evidence item of a country, to filter."""
    rows = [(p, item) for p, item in view.items if p.country == country]
    name = view.term(lang, "countries", country)
    options = {
        "code": sorted({(i.code, view.code_name(lang, i.code)) for _, i in rows}, key=lambda pair: pair[1]),
        "strength": sorted({(i.strength, i.strength) for _, i in rows}),
        "use": sorted({(view.use(i.id), lang.t(f"use_{view.use(i.id)}")) for _, i in rows}),
    }
    title = lang.t("evidence_of", country=name)
    body = fill("evidence_country", view, lang, "../../", rows=rows, name=name, options=options)
    trail = ((lang.t("evidence_register"), "evidence/"),)
    return Page(f"evidence/{country.lower()}/", title, title, body, trail, subject=("country", country))
