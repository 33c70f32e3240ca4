"""References: whatever an id points to exists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from scoring.problems import Problem, Spot
from scoring.rules import messages as m
from scoring.rules.view import Here, View
from scoring.source.dataset import METHODOLOGY, PEER_GROUPS
from scoring.source.document import Document

# What an id may point to, in both languages.
AGENCY = ("an agency", "جهة")
EVIDENCE = ("an evidence item", "دليل")
CODE = ("a code of methodology.yml", "رمز في methodology.yml")
INDICATOR = ("an indicator of methodology.yml", "مؤشر في methodology.yml")
ELEMENT = ("an element of this indicator", "عنصر في هذا المؤشر")
DIMENSION = ("a dimension of methodology.yml", "بُعد في methodology.yml")
QUESTION = ("a question of methodology.yml", "سؤال في methodology.yml")
_MONEY = re.compile(r"[A-Z]{3}")

Pair = tuple[str, str]


def profiles_point_somewhere(view: View) -> Iterator[Problem]:
    """A country, level, sector or platform outside the vocabulary has no name in either language."""
    for profile, here in view.profiles():
        yield from term(profile.country, view, "countries", here("country"))
        yield from term(profile.level, view, "levels", here("level"))
        yield from term(profile.sector, view, "sectors", here("sector"))
        for index, account in enumerate(profile.accounts):
            yield from term(account.platform, view, "platforms", here("accounts", index, "platform"))
        for key in ("parent", "successor"):
            yield from known(getattr(profile, key), view.agency_ids, AGENCY, here(key))


def families_have_no_circles(view: View) -> Iterator[Problem]:
    """A body that is its own parent or successor would send a reader round and round."""
    agencies = view.dataset.agencies
    for profile, here in view.profiles():
        for key in ("parent", "successor"):
            step, seen = getattr(profile, key), set[str]()
            while step in agencies and step not in seen:
                seen.add(step)
                if step == profile.id:
                    yield m.CIRCLE.at(here(key), getattr(profile, key), key=key)
                step = getattr(agencies[step].profile, key)


def evidence_points_somewhere(view: View) -> Iterator[Problem]:
    """An item whose code, channel, source kind or count is unknown can be neither scored nor named."""
    for item, here in view.evidence():
        yield from known(item.code, view.codes, CODE, here("code"))
        yield from term(item.channel, view, "channels", here("channel"))
        yield from term(item.source.kind, view, "source_kinds", here("source", "kind"))
        yield from term(item.source.language, view, "languages", here("source", "language"))
        if item.unit and not _MONEY.fullmatch(item.unit):
            yield from term(item.unit, view, "units", here("unit"))
        for name in item.counts:
            yield from term(name, view, "counts", here.key("counts", name))


def disputes_stay_within_the_agency(view: View) -> Iterator[Problem]:
    """A dispute sets two statements about one agency against each other."""
    for item, here in view.evidence():
        if item.disputes is None:
            continue
        yield from known(item.disputes, view.evidence_homes, EVIDENCE, here("disputes"))
        home = view.evidence_homes.get(item.disputes)
        if home and (_folder(view.reading.documents[home]) != _folder(here.document) or item.disputes == item.id):
            yield m.DISPUTE_ELSEWHERE.at(here("disputes"), item.disputes)


def _folder(document: Document) -> str:
    return document.path.rpartition("/")[0]


def indicators_point_somewhere(view: View) -> Iterator[Problem]:
    """Units, questions and conditions of an indicator are defined elsewhere in the method."""
    questions = {question.id for question in view.methodology.questions}
    for branch, here in view.branches():
        for index, question in enumerate(branch.answers):
            yield from known(question, questions, QUESTION, here("answers", index))
    for indicator, here in view.placed_indicators():
        yield from term(indicator.unit, view, "units", here("unit"))
        for index, question in enumerate(indicator.answers):
            yield from known(question, questions, QUESTION, here("answers", index))
        if condition := indicator.not_applicable_when:
            place = here("not_applicable_when", "indicator")
            yield from known(condition.indicator, view.indicators, INDICATOR, place)


def codes_point_somewhere(view: View) -> Iterator[Problem]:
    """A feed to an indicator or element that does not exist would lose evidence silently."""
    questions = {question.id for question in view.methodology.questions}
    for code, here in view.placed_codes():
        yield from term(code.unit, view, "units", here("unit"))
        yield from known(code.question, questions, QUESTION, here("question"))
        for index, feed in enumerate(code.feeds):
            inside = here.into("feeds", index)
            yield from known(feed.indicator, view.indicators, INDICATOR, inside("indicator"))
            if indicator := view.indicators.get(feed.indicator):
                elements = {element.id for element in indicator.elements}
                yield from known(feed.element, elements, ELEMENT, inside("element"))


def mandatory_dimensions_exist(view: View) -> Iterator[Problem]:
    """A mandatory dimension that does not exist would leave nobody eligible."""
    dimensions = {dimension.id for dimension in view.methodology.dimensions}
    here = view.file(METHODOLOGY).into("rules", "mandatory_dimensions")
    for index, dimension in enumerate(view.rules.mandatory_dimensions):
        yield from known(dimension, dimensions, DIMENSION, here(index))


def cost_ratios_exist(view: View) -> Iterator[Problem]:
    """A verdict on an indicator that does not exist could never be given."""
    here = view.file(METHODOLOGY).into("rules", "worthwhile", "indicators")
    for index, indicator in enumerate(view.rules.worthwhile.indicators):
        yield from known(indicator, view.indicators, INDICATOR, here(index))


def peer_groups_point_somewhere(view: View) -> Iterator[Problem]:
    """A group is a country and a level, both from the vocabulary, and no pair has two groups."""
    seen: dict[tuple[str, str], str] = {}
    for index, group in enumerate(view.dataset.peer_groups):
        here = view.file(PEER_GROUPS).into(index)
        yield from term(group.country, view, "countries", here("country"))
        yield from term(group.level, view, "levels", here("level"))
        other = seen.setdefault((group.country, group.level), group.id)
        if other != group.id:
            yield m.TWO_PEER_GROUPS.at(here("id"), group.id, other=other)


def ranked_agencies_have_peers(view: View) -> Iterator[Problem]:
    """Agencies are compared with their like first; without a group a profile has no median beside it."""
    groups = {(group.country, group.level) for group in view.dataset.peer_groups}
    for profile, here in view.profiles():
        ranked = profile.kind != "group" and not profile.historical
        if ranked and (profile.country, profile.level) not in groups:
            yield _without_peers(profile.country, profile.level, here)


def _without_peers(country: str, level: str, here: Here) -> Problem:
    return m.NO_PEER_GROUP.at(here("level"), f"{country}, {level}", country=country, level=level)


def term(id: str | None, view: View, name: str, place: Spot) -> Iterator[Problem]:
    if id is not None and id not in view.terms[name]:
        yield from known(id, view.terms[name], entry(name), place)


def entry(name: str) -> Pair:
    """What an id of a list of the vocabulary points to."""
    return f"an entry of `{name}` in vocabulary.yml", f"مدخل في `{name}` من vocabulary.yml"


def known(id: str | None, ids: Collection[str], what: Pair, place: Spot) -> Iterator[Problem]:
    if id is None or id in ids:
        return
    near = get_close_matches(id, ids, n=1, cutoff=0.7)
    if near:
        yield m.MISSPELT_REFERENCE.at(place, id, what=what, near=near[0])
    else:
        yield m.UNKNOWN_REFERENCE.at(place, id, what=what)
