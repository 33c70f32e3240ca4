"""What is shown of a page where its address is shared: its name and one true number, as a picture of 1200 × 630."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from scoring.model import Edition, PeerGroup
from scoring.render.groups import fastest
from scoring.render.language import Language
from scoring.render.page import Page
from scoring.render.subjects import bearing
from scoring.render.view import View

FIRST = 3  # of a league, or of an agency's positions


@dataclass(frozen=True)
class Card:
    """What a card says: where the page belongs, its title, a number and what it counts, up to three more lines, and
    what the numbers stand at."""

    kicker: str
    title: str
    number: str
    label: str
    lines: Sequence[str]
    foot: str
    fictional: bool


def agency_card(view: View, lang: Language, id: str, edition: str = "") -> Card:
    """An agency's score where it is ranked, the overall one first; else how much has been observed of it. `edition` is
    what the numbers belong to, if not to the newest."""
    profile, index = view.profile(id), view.methodology.id
    kicker = f"{view.term(lang, 'countries', profile.country)} · {view.term(lang, 'sectors', profile.sector)}"
    foot = _foot(lang, view, edition) if edition else ""
    nodes = dict.fromkeys([index, view.lead, *(d.id for d in view.methodology.dimensions)])
    ranked = [node for node in nodes if view.place(id, node)]
    if not ranked:
        items = sum(profile.id == id for profile, _ in view.items)
        reason = view.unrankable(id)
        told = lang.t("not_ranked") + (f": {lang.t(f'reason_{reason}')}" if reason else "")
        share = lang.t("observed_of_weight", share=lang.percent(view.node(id, index).coverage))
        return _card(view, lang, kicker, lang.pick(profile.name), items, lang.t("evidence_items"), [share, told], foot)
    score = view.node(id, ranked[0])
    label = lang.t("card_points", name=view.node_name(lang, ranked[0]), highest=view.methodology.highest)
    low, high = (lang.number(end, 1) for end in score.shown)
    label += "" if low == high else lang.t("comma") + lang.t("rank_likely", low=low, high=high)
    lines = [_position(view, lang, id, node) for node in ranked[:FIRST]]
    return _card(view, lang, kicker, lang.pick(profile.name), lang.number(score.score, 1), label, lines, foot)


def _position(view: View, lang: Language, agency: str, node: str) -> str:
    place, name = view.places[node][agency], view.node_name(lang, node)
    return lang.t("card_place", name=name, rank=place.rank, of=place.of, low=place.low, high=place.high)


def league_card(view: View, lang: Language, node: str) -> Card:
    """How many are ranked in a league, and the first of them."""
    title, ranked = view.node_name(lang, node), len(view.places[node])
    return _card(view, lang, lang.t("rankings"), title, ranked, lang.t("card_ranked"), _leaders(view, lang, node))


def edition_card(view: View, lang: Language, edition: Edition, past: View, node: str) -> Card:
    """How many were ranked in a league of an edition, `past`, and the first of them; names are those of today."""
    kicker, title = lang.t("standing_edition", id=lang.own_way(edition.id)), view.node_name(lang, node)
    ranked, foot = len(past.places.get(node, {})), _foot(lang, past, kicker)
    return _card(view, lang, kicker, title, ranked, lang.t("card_ranked"), _leaders(past, lang, node), foot)


def _leaders(view: View, lang: Language, node: str) -> list[str]:
    return [
        f"{place.rank}. \u2068{lang.pick(view.profile(agency).name)}\u2069: "  # a name may run the other way
        f"{lang.number(view.node(agency, node).score, 1)}"
        for agency, place in list(view.places.get(node, {}).items())[:FIRST]
    ]


def dimension_card(view: View, lang: Language, id: str) -> Card:
    """How many agencies a dimension has been observed in, and how many are ranked in it."""
    seen = [agency for agency in view.dataset.agencies if view.node(agency, id).score is not None]
    lines = [*_median(view, lang, id, seen), f"{lang.t('card_ranked')}: {len(view.places[id])}"]
    title = view.node_name(lang, id)
    return _card(view, lang, lang.t("dimension"), title, len(seen), lang.t("card_observed"), lines)


def indicator_card(view: View, lang: Language, id: str) -> Card:
    """How many agencies an indicator has been observed in, and the median of their scores."""
    seen = list(view.indicator_places(id))
    kicker = f"{lang.t('indicator')} · {lang.pick(view.dimension_of[id].name)}"
    lines = _median(view, lang, id, seen)
    return _card(view, lang, kicker, view.node_name(lang, id), len(seen), lang.t("card_observed"), lines)


def _median(view: View, lang: Language, node: str, agencies: Sequence[str]) -> list[str]:
    scores = [score for agency in agencies if (score := view.node(agency, node).score) is not None]
    return [lang.t("card_median", value=lang.number(median(scores), 1))] if scores else []


def question_card(view: View, lang: Language, id: str) -> Card:
    """How many evidence items bear on a seed question, and about how many agencies."""
    question = next(q for q in view.methodology.questions if q.id == id)
    found = bearing(view, id)
    lines = [f"{lang.t('agencies')}: {lang.number(len({profile.id for profile, _ in found}))}"]
    return _card(view, lang, lang.t("question"), lang.pick(question.name), len(found), lang.t("evidence_items"), lines)


def country_card(view: View, lang: Language, country: str) -> Card:
    """How many evidence items there are of a country, and about how many agencies."""
    found = [profile.id for profile, _ in view.items if profile.country == country]
    lines = [f"{lang.t('agencies')}: {lang.number(len({*found}))}"]
    title = lang.t("evidence_of", country=view.term(lang, "countries", country))
    return _card(view, lang, lang.t("evidence_register"), title, len(found), lang.t("evidence_items"), lines)


def group_card(view: View, lang: Language, group: PeerGroup) -> Card:
    """How many agencies are peers, and who of them answers fastest."""
    members = view.members(group.id)
    lines = [fastest(view, lang, members)]
    return _card(view, lang, lang.t("peer_group"), lang.pick(group.name), len(members), lang.t("agencies"), lines)


def page_card(page: Page, view: View, lang: Language) -> Card:
    """The card of a page: of what it is about, else of its title."""
    kind, id = page.subject or ("", "")
    makers: dict[str, Callable[[View, Language, str], Card]] = {
        "agency": agency_card,
        "league": league_card,
        "dimension": dimension_card,
        "indicator": indicator_card,
        "question": question_card,
        "country": country_card,
        "group": lambda view, lang, id: group_card(view, lang, next(g for g in view.dataset.peer_groups if g.id == id)),
        "edition": _edition,
    }
    return makers[kind](view, lang, id) if kind else plain_card(view, lang, page.title)


def _edition(view: View, lang: Language, id: str) -> Card:
    edition, past = next((edition, past) for edition, past in view.kept if edition.id == id)
    return edition_card(view, lang, edition, past, past.lead)


def plain_card(view: View, lang: Language, title: str) -> Card:
    """A page of words: how much evidence the whole rests on."""
    lines = [f"{lang.t('evidence_items')}: {lang.number(len(view.items))}"]
    return _card(view, lang, "", title, len(view.dataset.agencies), lang.t("agencies"), lines)


def _card(
    view: View,
    lang: Language,
    kicker: str,
    title: str,
    number: str | int,
    label: str,
    lines: Sequence[str],
    foot: str = "",
) -> Card:
    shown = number if isinstance(number, str) else lang.number(number)
    newest = lang.t("standing_edition", id=lang.own_way(view.kept[-1][0].id)) if view.kept else ""
    standing = foot or _foot(lang, view, newest or lang.t("standing_no_edition"))
    return Card(kicker, title, shown, label, lines, standing, view.dataset.fictional)


def _foot(lang: Language, view: View, edition: str) -> str:
    return lang.t("card_foot", date=lang.date(view.as_of), edition=edition)
