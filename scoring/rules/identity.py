"""Ids: each names one thing, and the folder's name says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.problems import Problem, Spot
from scoring.rules import messages as m
from scoring.rules.view import View
from scoring.source.dataset import ABOUT, CODEBOOK, METHODOLOGY, PEER_GROUPS, VOCABULARY


def ids_and_folders_agree(view: View) -> Iterator[Problem]:
    """Links to an agency are made from its id, links to its file from its folder: two names would be two agencies."""
    for id, agency in view.dataset.agencies.items():
        here = view.file(f"{agency.path}/profile.yml")
        if agency.profile.id != id:
            yield m.ID_DIFFERS.at(here("id"), agency.profile.id, folder=id)
        folder = agency.profile.country.lower()
        if agency.path.split("/")[1] != folder:
            yield m.COUNTRY_DIFFERS.at(here("country"), agency.profile.country, folder=folder)


def evidence_ids_are_unique(view: View) -> Iterator[Problem]:
    """Corrections, replies and archived copies point to an item by its id alone."""
    items = ((item.id, here("id")) for item, here in view.evidence())
    asked = ((enquiry.id, here("id")) for enquiry, here in view.enquiries())
    replies = ((reply.id, here("id")) for reply, here in view.replies())
    yield from twice([*items, *asked, *replies])


def method_ids_are_unique(view: View) -> Iterator[Problem]:
    """Indicators and branches share one tree, so they share one set of ids; each other list has its own."""
    method, file = view.methodology, view.file(METHODOLOGY)
    branches = ((branch.id, here("id")) for branch, here in view.branches())
    indicators = ((indicator.id, here("id")) for indicator, here in view.placed_indicators())
    yield from twice([*branches, *indicators])
    yield from twice((q.id, file("questions", i, "id")) for i, q in enumerate(method.questions))
    yield from twice((code.id, here("id")) for code, here in view.placed_codes())
    for code, here in view.placed_codes():
        yield from twice((c.id, here("choices", i, "id")) for i, c in enumerate(code.choices))
    for indicator, here in view.placed_indicators():
        yield from twice((e.id, here("elements", i, "id")) for i, e in enumerate(indicator.elements))


def terms_are_unique(view: View) -> Iterator[Problem]:
    """A term with two names would be shown under either."""
    file = view.file(VOCABULARY)
    for name in type(view.vocabulary).model_fields:
        terms = enumerate(getattr(view.vocabulary, name))
        yield from twice((term.id, file(name, index, "id")) for index, term in terms)
    if book := view.dataset.codebook:
        yield from twice((v.id, view.file(CODEBOOK)("variables", i, "id")) for i, v in enumerate(book.variables))
        for at, v in enumerate(book.variables):
            here = view.file(CODEBOOK).into("variables", at, "options")
            yield from twice((option.id, here(i, "id")) for i, option in enumerate(v.options))
    if about := view.dataset.about:
        yield from twice((e.id, view.file(ABOUT)("editions", i, "id")) for i, e in enumerate(about.editions))
    groups = enumerate(view.dataset.peer_groups)
    yield from twice((group.id, view.file(PEER_GROUPS)(index, "id")) for index, group in groups)


def twice(ids: Iterable[tuple[str, Spot]]) -> Iterator[Problem]:
    """Each id that was used before, whatever its case."""
    seen: dict[str, Spot] = {}
    for id, place in ids:
        spot = seen.setdefault(id.casefold(), place)
        if spot is not place:
            first = spot() if callable(spot) else spot
            yield m.DUPLICATE_ID.at(place, id, first=f"{first.path}:{first.line}")
