"""What an edition publishes for good: its pages, embeds and data, below `editions/<id>/`. Once frozen, nothing of it is
ever made a second time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.model import Edition
from scoring.render import api
from scoring.render.cite import Provenance, citation
from scoring.render.embeds import Look, embeds
from scoring.render.language import Language, language, languages
from scoring.render.page import templates
from scoring.render.view import View

Published = Iterator[tuple[str, bytes]]  # path below `editions/<id>/`, and content


def pinned(view: View, edition: Edition, source: Provenance, look: Look) -> Published:
    """Every file of an edition, made of its own results; `source` tells the commit it was made from."""
    source = replace(source, pinned=edition.id, frozen={}, checksum=None)
    spoken = [language(code) for code in languages()]
    yield "index.html", _entrance(edition, spoken, look).encode()
    for lang in spoken:
        yield f"{lang.code}/index.html", _page(view, lang, edition, source, look).encode()
        for path, text in embeds(view, lang, source, look):
            yield path, text.encode()
    yield from api.edition_files(view, edition, base=source.base, commit=source.commit)


def _page(view: View, lang: Language, edition: Edition, source: Provenance, look: Look) -> str:
    """Every ranking of an edition on one page that needs nothing else."""
    title = lang.t("pinned_title", id=lang.own_way(edition.id))
    nodes = [view.methodology.id, *(d.id for d in view.methodology.dimensions)]
    leagues = [
        Row(
            id=view.league_id(node),
            name=view.node_name(lang, node),
            rows=[Row(id=a, profile=view.profile(a), place=p, node=view.node(a, node)) for a, p in places.items()],
        )
        for node in nodes
        if (places := view.places[node])
    ]
    return (
        templates()
        .get_template("pinned.html")
        .render(
            lang=lang,
            view=view,
            title=title,
            edition=edition,
            leagues=leagues,
            unranked=[view.profile(a) for a in view.dataset.agencies if not any(view.place(a, node) for node in nodes)],
            source=source,
            cited=citation(view, lang, title, source.of(f"{lang.code}/"), source),
            tables=api.KEPT,
            style=Markup(look.style),
            style_hash=look.hash,
        )
    )


def _entrance(edition: Edition, languages: list[Language], look: Look) -> str:
    return (
        templates()
        .get_template("pinned_entrance.html")
        .render(edition=edition, languages=languages, style=Markup(look.style), style_hash=look.hash)
    )
