"""Cards for shared addresses: true numbers, both languages, nothing cut, nothing that needs a font."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from scoring.images import social
from scoring.images.raster import png
from scoring.images.social import social_card
from scoring.render import cards
from scoring.render.cards import Card
from scoring.render.language import LANGUAGES, Language, language
from scoring.render.view import View
from tests.render.test_heat import contrast

ROOT = Path(__file__).resolve().parents[2]
CARD = Card("Kicker", "Title", "63.4", "points", ("one", "two", "three"), "foot", False)


def every(view: View, lang: Language) -> Iterator[Card]:
    """A card of each kind; of agencies, a ranked one, one that is not, and the longest name."""
    agencies = list(view.dataset.agencies)
    unranked = [a for a in agencies if not any(view.place(a, node) for node in view.places)]
    longest = max(agencies, key=lambda a: len(lang.pick(view.profile(a).name)))
    for agency in (next(iter(view.places[view.lead])), unranked[0], longest):
        yield cards.agency_card(view, lang, agency)
    for node in view.places:
        yield cards.league_card(view, lang, node)
    yield cards.dimension_card(view, lang, view.methodology.dimensions[0].id)
    yield cards.indicator_card(view, lang, next(iter(view.indicators)))
    yield cards.question_card(view, lang, view.methodology.questions[0].id)
    yield cards.country_card(view, lang, view.items[0][0].country)
    yield cards.group_card(view, lang, view.dataset.peer_groups[0])
    for edition, past in view.kept[:1]:
        yield cards.edition_card(view, lang, edition, past, past.lead)
    yield cards.plain_card(view, lang, "حوار Hiwar")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("source", ["view", "demo"])
def test_every_card_is_whole_and_stays_inside(source: str, code: str, request: pytest.FixtureRequest) -> None:
    view, lang = request.getfixturevalue(source), language(code)
    for card in every(view, lang):
        assert card.fictional == view.dataset.fictional
        assert lang.date(view.as_of)[-4:] in card.foot or "2024" in card.foot
        assert 0 <= len(card.lines) <= 3
        assert re.fullmatch(r"[\d,]+(\.\d)?", card.number)
        file = social_card(card, lang)
        assert file == social_card(card, lang)
        root = ElementTree.fromstring(file)
        assert not {e.tag.rpartition("}")[2] for e in root.iter()} & {"text", "style", "script", "image"}
        assert not re.search(r"font|style=|url\(", file)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_leaves_the_margins(demo: View, code: str) -> None:
    lang = language(code)
    for card in every(demo, lang):
        picture = Image.open(io.BytesIO(png(social_card(card, lang)))).convert("RGB")
        assert picture.size == (1200, 630)
        ground = picture.getpixel((2, 2))
        for strip in ((0, 0, 60, 578), (1140, 0, 1200, 578), (0, 576, 1200, 578)):
            colours = picture.crop(strip).getcolors(1 << 16)
            assert colours is not None
            assert {colour for _, colour in colours} == {ground}, (card, strip)


def test_a_ranked_agency_shows_its_score_and_where_it_stands(demo: View) -> None:
    lang = language("en")
    agency, place = next(iter(demo.places[demo.methodology.id].items()))
    score = demo.node(agency, demo.methodology.id)
    card = cards.agency_card(demo, lang, agency)
    assert card.number == lang.number(score.score, 1)
    assert all(lang.number(end, 1) in card.label for end in score.shown)
    assert f"{place.rank} of {place.of}, likely {place.low} to {place.high}" in card.lines[0]


def test_without_a_rank_there_is_no_score_but_what_was_observed(view: View) -> None:
    lang = language("en")
    unranked = [a for a in view.dataset.agencies if not any(view.place(a, node) for node in view.places)]
    for agency in unranked:
        card = cards.agency_card(view, lang, agency)
        items = sum(item.observed <= view.as_of for item in view.dataset.agencies[agency].evidence)
        assert (card.number, card.label) == (lang.number(items), "Evidence items")
        assert "Not ranked" in card.lines[1]
        assert lang.percent(view.node(agency, view.methodology.id).coverage) in card.lines[0]


def test_a_group_says_why_it_is_not_ranked(demo: View) -> None:
    barred = next(a for a in demo.dataset.agencies if demo.unrankable(a))
    reason = language("en").t(f"reason_{demo.unrankable(barred)}")
    assert reason in cards.agency_card(demo, language("en"), barred).lines[1]


def test_counts_are_those_of_the_results(demo: View) -> None:
    lang = language("en")
    node = demo.methodology.dimensions[0].id
    assert cards.league_card(demo, lang, node).number == str(len(demo.places[node]))
    edition, past = demo.kept[0]
    card = cards.edition_card(demo, lang, edition, past, past.lead)
    assert card.number == str(len(past.places[past.lead]))
    assert edition.id in card.foot
    assert lang.date(past.as_of) in card.foot
    first = next(iter(past.places[past.lead]))
    assert lang.number(past.node(first, past.lead).score, 1) in card.lines[0]
    assert cards.plain_card(demo, lang, "x").number == str(len(demo.dataset.agencies))


def test_fiction_is_told_in_both_languages() -> None:
    real, made_up = (social_card(replace(CARD, fictional=flag), language("en")) for flag in (False, True))
    assert made_up.count(social.GOLD) == real.count(social.GOLD) + 1
    for code in LANGUAGES:
        assert language(code).t("fictional") in social._in_both("fictional", code == "ar")


def test_a_long_title_is_cut_after_three_lines() -> None:
    lang = language("en")
    long, longer = (social_card(replace(CARD, title="word " * n), lang) for n in (200, 300))
    assert long == longer
    assert len(re.findall(r"scale\(0\.046\)", long)) == 3


def test_the_logo_is_the_sites() -> None:
    logo = (ROOT / "theme/assets/logo.svg").read_text(encoding="utf-8")
    assert tuple(re.findall(r'<path fill="([^"]*)" d="([^"]*)"', logo)) == social.LOGO


def test_text_can_be_read_on_its_ground() -> None:
    pairs = [(social.WHITE, social.GROUND), (social.PALE, social.GROUND), (social.GOLD, social.GROUND)]
    for text, ground in [*pairs, (social.PALE, social.DEEP), (social.DARK, social.GOLD)]:
        assert contrast(text, ground) > 7
