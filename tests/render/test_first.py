"""The page of good first contributions: every kind can be said, and leads to where the work is done."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from scoring import missing
from scoring.missing import gaps
from scoring.render.first import MINUTES, SHOWN, finding_form, first
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View

EDIT = "https://code.example/edit/main/data"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_kind_of_work_has_its_section_and_its_count(view: View, code: str) -> None:
    page = first(view, language(code), EDIT)
    found = gaps(view.results)
    assert set(re.findall(r'<section id="(\w+)"', page)) == {gap.kind for gap in found}
    for gap in found:
        section = page.split(f'<section id="{gap.kind}"')[1].split("</section>")[0]
        assert section.count("<li>") == min(SHOWN, len(gap.needs))
        assert f"{len(gap.needs)}" in section.split("</h3>")[0]


def test_no_kind_of_work_is_without_a_time_or_words() -> None:
    kinds = [kind for group in MINUTES.values() for kind in group]
    assert len(kinds) == len(set(kinds)) == len(missing._KINDS)
    for code in LANGUAGES:
        words = language(code).words
        assert all(f"first_{kind}" in words and f"first_{kind}_do" in words for kind in kinds)


def test_each_piece_of_work_leads_to_its_place(view: View) -> None:
    page = first(view, language("en"), EDIT)
    path = view.dataset.agencies[gaps(view.results)[0].needs[0].agency].path
    assert f'href="{EDIT}/{path}/profile.yml"' in page
    assert f'href="{EDIT}/{path}/evidence.yml"' in page
    assert f'href="../enquiries/?agency={path.removeprefix("agencies/")}#form"' in page


def test_the_form_is_told_the_agency_and_the_indicator() -> None:
    asked = parse_qs(urlsplit(finding_form("agencies/qa/qa-tides", "recourse")).query)
    assert asked == {"agency": ["qa/qa-tides"], "indicator": ["recourse"]}
    assert "indicator" not in finding_form("agencies/qa/qa-tides")


def test_it_fits_a_data_set_with_other_gaps(demo: View) -> None:
    page = first(demo, language("ar"), EDIT)
    assert "xs-elections-commission" in page.split('id="name_en"')[1].split("</section>")[0]
