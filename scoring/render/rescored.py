"""Old evidence by the method of today: who would have stood where, labelled as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace as Row

from scoring.method.compare import CAUSES, Change
from scoring.model import Edition
from scoring.render.edition import league_pages, leagues_of
from scoring.render.language import Language
from scoring.render.page import Page
from scoring.render.view import View


def rescored_pages(view: View, lang: Language) -> Iterator[Page]:
    """Each ranking of each edition whose method is not today's."""
    for (edition, past), again in zip(view.kept, view.rescored, strict=True):
        if again is not None:
            for node in leagues_of(again):
                yield from _league(view, lang, edition, past, again, node)


def _league(view: View, lang: Language, edition: Edition, past: View, again: View, node: str) -> Iterator[Page]:
    id = lang.own_way(edition.id)
    return league_pages(
        view,
        again,
        lang,
        f"editions/{edition.id}/rescored/",
        node,
        lang.t("rescored_title", id=id, league=again.node_name(lang, node)),
        lang.t("rescored_description", id=id, version=again.methodology.version),
        ((lang.t("editions"), "editions/"), (f"{lang.t('edition')} {id}", f"editions/{edition.id}/")),
        [_row(view, past, again, agency, node) for agency in again.places[node]],
        edition=edition,
        rescored=Row(old=past.methodology.version, new=again.methodology.version),
    )


def _row(view: View, past: View, again: View, agency: str, node: str) -> Row:
    """A place by today's method, with the change from the one that was published; the method alone made it."""
    there = node in past.places and agency in past.dataset.agencies
    old, before = (past.node(agency, node).score, past.place(agency, node)) if there else (None, None)
    new, place = again.node(agency, node).score, again.places[node][agency]
    parts = None if old is None or new is None else dict.fromkeys(CAUSES, 0.0) | {"method": new - old}
    return Row(
        profile=again.profile(agency),
        linked=agency in view.dataset.agencies,
        place=place,
        node=again.node(agency, node),
        score=Change(old, new, parts),
        rank=Change(float(before.rank) if before else None, float(place.rank), None),
    )
