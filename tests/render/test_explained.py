"""The explanation as sentences, in both languages, for the page, the terminal and programs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scoring.model import Enquiry, EnquiryMeasures, Name
from scoring.render.explained import explained, explained_json, explained_text
from scoring.render.language import language
from scoring.render.pages import fragments, pages
from scoring.render.tables import scores_json
from scoring.render.view import View
from scoring.results import compute
from tests.town import TODAY, town


@pytest.fixture(scope="module")
def view() -> View:
    return View(compute(town(20, 100, 380, 24, 390, 104), TODAY))


@pytest.mark.parametrize("code", ["en", "ar"])
def test_points_add_up_to_the_score_and_lead_to_evidence(view: View, code: str) -> None:
    for agency in view.dataset.agencies:
        why = explained(view, language(code), agency, "rules")
        score = view.node(agency, "rules").score
        assert score is not None and sum(one.points for one in why.contributions) == pytest.approx(score, abs=1e-9)
        ids = {item.id for item in view.dataset.agencies[agency].evidence}
        assert all(one.evidence and set(one.evidence) <= ids for one in why.contributions)


def test_what_would_reach_the_next_tier_is_said(view: View) -> None:
    why = explained(view, language("en"), "qa-agency-00", "rules")
    assert any(text.startswith("The fewest steps into tier") for text in why.raises)
    best = explained(view, language("en"), "qa-agency-04", "rules")
    assert "It is in the first tier already." in best.raises


@pytest.mark.parametrize("code", ["en", "ar"])
def test_pages_say_why_with_links_to_evidence(view: View, code: str) -> None:
    made = {page.path: page.body for page in pages(view, language(code), "https://edit.example")}
    body = made["agencies/qa-agency-04/"]
    assert 'id="why-rules"' in body and 'href="#qa-agency-04.measured_response"' in body
    assert 'id="worthwhile"' in body
    parts = fragments(view, language(code), "https://repo.example/edit/main/data")
    assert 'id="sensitivity-rules"' in parts["sensitivity"] and 'id="flags"' in parts["health"]


def test_json_says_the_same_in_numbers(view: View) -> None:
    data = json.loads(explained_json(view, language("ar"), "qa-agency-04"))
    league = next(one for one in data["leagues"] if one["node"] == "rules")
    total = sum(one["points"] for one in league["contributions"])
    assert total == pytest.approx(view.node("qa-agency-04", "rules").score)
    assert data["verdict"]["code"] == "cannot_say"
    place = json.loads(scores_json(view))["agencies"]["qa-agency-04"]["nodes"]["rules"]["place"]
    assert place["likely_best"] <= place["rank"] <= place["likely_worst"] and place["tier"] == 1


def test_a_name_cannot_move_the_cursor() -> None:
    data = town(20, 380, 100)
    agency = data.agencies["qa-agency-01"]
    evil = agency.profile.model_copy(update={"name": Name(en="\x1b[2J\u202eevil")})
    changed = replace(data, agencies=data.agencies | {"qa-agency-01": replace(agency, profile=evil)})
    text = explained_text(View(compute(changed, TODAY)), language("en"), "qa-agency-01")
    assert "\x1b" not in text and "\u202e" not in text and "evil" in text


@pytest.mark.parametrize("code", ["en", "ar"])
def test_test_enquiries_are_shown_and_linked(code: str) -> None:
    data = town(210, 220, 230)
    agency = data.agencies["qa-agency-01"]
    asked = Enquiry(
        id="e1", asked="2026-11-02T09:00+03:00", channel="x", language="ar", segment="<b>fishers</b>", tester="t1",
        answered="2026-11-02T12:30+03:00", gave="link",
    )  # fmt: skip
    wanted = data.methodology.model_copy(update={"enquiries": EnquiryMeasures(answered="answered")})
    more = replace(
        data, methodology=wanted, agencies=data.agencies | {agency.profile.id: replace(agency, enquiries=(asked,))}
    )
    made = {p.path: p.body for p in pages(View(compute(more, TODAY)), language(code), "https://edit.example")}
    body = made["agencies/qa-agency-01/"]
    assert 'id="qa-agency-01.enquiries"' in body and 'href="#qa-agency-01.enquiries"' in body
    assert "3.5" in body and "&lt;b&gt;fishers" in body and "<b>fishers" not in body
