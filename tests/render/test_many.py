"""Large data sets: long lists go on on further pages, and no row is lost."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest

from scoring.render.language import LANGUAGES, language
from scoring.render.leagues import agencies, agency_pages
from scoring.render.register import evidence_country
from scoring.render.subjects import bearing, dimension, indicator
from scoring.render.subjects import question as question_page
from scoring.render.view import View

FEW = 7


def _linked(pages: list[str]) -> list[list[str]]:
    """The agencies that the rows of each page lead to."""
    return [re.findall(r'<th scope="row"><a href="[./]*agencies/([^/"]+)/"', page) for page in pages]


def _shown(page: str) -> set[str]:
    """The evidence items that a register's rows lead to."""
    return set(re.findall(r'agencies/[^/]+/#([^"]+)"', page))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_agency_is_on_one_page_of_the_list(demo: View, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.render.leagues.LONG", FEW)
    more = list(agency_pages(demo, language(code)))
    found = _linked([agencies(demo, language(code)), *(page.body for page in more)])
    assert sorted(id for page in found for id in page) == sorted(demo.dataset.agencies)
    assert {len(page) for page in found[:-1]} == {FEW}
    assert [page.path for page in more] == [f"agencies/page--{n}/" for n in range(2, len(found) + 1)]
    assert len({page.title for page in more}) == len(more)
    assert 'href="../page--2/"' in more[1].body and 'href="../../agencies/' in more[0].body


@pytest.mark.parametrize("code", LANGUAGES)
def test_of_a_large_data_set_lists_show_the_first_and_say_so(
    demo: View, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lang, branch = language(code), demo.methodology.dimensions[0]
    id = max(demo.indicators, key=demo.observed_count)
    question = demo.methodology.questions[0].id
    whole = [indicator(demo, lang, id).body, dimension(demo, lang, branch).body]
    register = list(evidence_country(demo, lang, demo.items[0][0].country))
    assert set().union(*(_shown(page.body) for page in register)) == {item.id for _, item in demo.items}
    monkeypatch.setattr("scoring.render.many.MANY", 1)
    monkeypatch.setattr("scoring.render.many.FIRST", FEW)
    monkeypatch.setattr("scoring.render.register.LONG", FEW)
    some = [indicator(demo, lang, id).body, dimension(demo, lang, branch).body]
    for before, now in zip(_linked(whole), _linked(some), strict=True):
        assert len(before) > FEW and now == before[:FEW]
    for before, now in zip(whole, some, strict=True):
        said = lang.t("first_of", n=FEW, of=len(_linked([before])[0]))
        assert said in unescape(str(now)) and said not in unescape(str(before))
    kinds = Counter(item.code for _, item in bearing(demo, question)).values()
    said = Counter(lang.t("question_more", n=n - FEW) for n in kinds if n > FEW)
    told = unescape(str(question_page(demo, lang, question).body))
    assert said and {one: told.count(f">{one}<") for one in said} == said
    (only,) = evidence_country(demo, lang, demo.items[0][0].country)
    newest = sorted((i.observed for _, i in demo.items), reverse=True)[:FEW]
    assert sorted((demo.item[id].observed for id in _shown(only.body)), reverse=True) == newest
    assert lang.t("newest_of", n=FEW, of=len(demo.items)) in unescape(str(only.body))
    assert "hw-pager" in register[0].body and "hw-pager" not in only.body
