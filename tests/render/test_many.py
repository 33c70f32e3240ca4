"""Large data sets: long lists go on on further pages, and no row is lost."""

from __future__ import annotations

import re

import pytest

from scoring.render.language import LANGUAGES, language
from scoring.render.leagues import agencies, agency_pages
from scoring.render.page import Page
from scoring.render.subjects import dimension, indicator
from scoring.render.view import View

FEW = 7


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("leagues", "subjects"):
        monkeypatch.setattr(f"scoring.render.{module}.LONG", FEW)


def _linked(pages: list[str]) -> list[list[str]]:
    """The agencies that the rows of each page lead to."""
    return [re.findall(r'<th scope="row"><a href="[./]*agencies/([^/"]+)/"', page) for page in pages]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_agency_is_on_one_page_of_the_list(demo: View, code: str) -> None:
    more = list(agency_pages(demo, language(code)))
    found = _linked([agencies(demo, language(code)), *(page.body for page in more)])
    assert sorted(id for page in found for id in page) == sorted(demo.dataset.agencies)
    assert {len(page) for page in found[:-1]} == {FEW}
    assert [page.path for page in more] == [f"agencies/{n}/" for n in range(2, len(found) + 1)]
    assert 'href="../2/"' in more[1].body and 'href="../../agencies/' in more[0].body


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_observed_agency_is_on_one_page_of_an_indicator_and_a_dimension(demo: View, code: str) -> None:
    lang = language(code)
    branch = demo.methodology.dimensions[0]
    id = max(demo.indicators, key=demo.observed_count)
    for made, expected in (
        (list(indicator(demo, lang, id)), list(demo.indicator_places(id))),
        (list(dimension(demo, lang, branch)), [a for a in demo.dataset.agencies if demo.node(a, branch.id).score]),
    ):
        found = _linked([page.body for page in made])
        assert len(made) > 2 and sorted(id for page in found for id in page) == sorted(expected)
        assert _said_once(made)


def _said_once(pages: list[Page]) -> bool:
    """Pages have titles of their own, and the chart stands on the first."""
    titles = {page.title for page in pages}
    return len(titles) == len(pages) and ["hw-chart" in page.body for page in pages] == [True] + [False] * (
        len(pages) - 1
    )
