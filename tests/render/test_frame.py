"""What stands around a page: the way to it, structured data, long lists as pages, documents that say what pages say."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from markupsafe import Markup

from scoring.model import Profile
from scoring.render.cite import Provenance
from scoring.render.documents import documents
from scoring.render.editions import edition_pages
from scoring.render.frame import cite, crumbs, framed, standing, structured
from scoring.render.language import LANGUAGES, language
from scoring.render.page import Page
from scoring.render.paging import sheets
from scoring.render.view import View

EN = language("en")
HOSTILE = "</script><img src=x onerror=alert(1)>"


def page(**changes: Any) -> Page:
    base: dict[str, Any] = {"path": "rankings/x/2/", "title": HOSTILE, "description": "D", "body": Markup("<p>B</p>")}
    return Page(**base | {"trail": (("Rankings", "rankings/"), (HOSTILE, "rankings/x/"))} | changes)


def test_crumbs_lead_up_from_any_depth() -> None:
    made = crumbs(page(), EN)
    assert 'href="../../../"' in made and 'href="../../../rankings/x/"' in made and "<img" not in made


def test_structured_data_are_json_that_no_text_leaves(view: View) -> None:
    profile = Profile.model_validate(
        view.profile("ae-ministry-of-justice").model_dump(exclude_none=True) | {"name": {"en": HOSTILE, "ar": "وزارة"}}
    )
    made = framed(page(about=profile), view, EN, "https://x.example/en/")
    assert made.count("</script>") == 1 and "<img" not in made
    data = json.loads(made.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data == structured(page(about=profile), EN, "https://x.example/en/")
    assert data["about"]["alternateName"] == "وزارة" and data["breadcrumb"]["itemListElement"][-1]["position"] == 4


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_says_what_its_numbers_stand_at(view: View, demo: View, code: str) -> None:
    lang = language(code)
    none = standing(View(view.results), lang)
    assert lang.t("standing_no_edition") in none and lang.date(view.as_of) in none
    assert "2026-11" in standing(demo, lang)


def test_every_row_of_a_long_list_is_on_one_page_that_can_be_reached() -> None:
    made = sheets(list(range(1234)), EN)
    assert [row for _, rows in made for row in rows] == list(range(1234)) and len(made) == 25
    reached, ahead = {1}, [1]
    while ahead:
        sheet = made[ahead.pop() - 1][0]
        for link in sheet.links:
            if link.href and link.number not in reached:
                reached.add(link.number)
                ahead.append(link.number)
    assert reached == set(range(1, 26))
    assert [link.href for link in made[0][0].links if link.href][:2] == ["./", "./2/"]
    assert made[2][0].links[0].href == "../" and made[2][0].path == "3/"
    assert sheets([], EN)[0][0].of == 1


def test_documents_say_what_the_pages_say(demo: View) -> None:
    found = {path: json.loads(text) for path, text in documents(demo)}
    rows = found["leagues/overall.json"]
    places = demo.places["index"]
    assert rows["id"] == list(places) and rows["rank"] == [p.rank for p in places.values()]
    assert rows["whole"] == [demo.node(a, "index").score for a in places]
    one = found["agencies/xs-exampleton.json"]
    assert one["fictional"] is True
    assert one["nodes"]["response"][0] == float(f"{demo.node('xs-exampleton', 'response').score:.1f}")
    assert sum(one["points"]["index"].values()) == pytest.approx(demo.node("xs-exampleton", "index").score, abs=0.05)
    scores = found["scores.json"]
    at = scores["id"].index("xs-exampleton")
    for id, column in scores["indicators"].items():
        place = column["at"][at] if "at" in column else 0
        score = demo.node("xs-exampleton", id).score
        assert (place < 0) == (score is None) and (
            score is None or column["values"][place] == pytest.approx(score, abs=1e-6)
        )


def test_the_unobserved_are_no_zeros_in_what_browsers_compute_with(view: View) -> None:
    scores = json.loads(dict(documents(view))["scores.json"])
    gone = sum(column["at"].count(-1) for column in scores["indicators"].values() if "at" in column)
    frame = view.results.scores.score.loc[scores["id"], list(view.indicators)]
    assert gone == int(np.isnan(frame.to_numpy(float)).sum()) > 1000


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_edition_s_page_is_cited_by_its_own_day(demo: View, code: str) -> None:
    lang, source = language(code), Provenance("https://hiwar.example/", commit="c0ffee" * 6 + "c0ff")
    rescored = 0
    for page in edition_pages(demo, lang):
        edition = next(edition for edition, _ in demo.kept if edition.id == page.edition)
        said = cite(page, demo, lang, source)
        assert lang.date(edition.as_of) in said and str(edition.as_of) in said and f"({edition.as_of.year})" in said
        assert (lang.t("cite_rescored", id=lang.own_way(edition.id)) in said) == ("/rescored/" in page.path)
        assert ("rescored" in page.path) == (page.subject is None)
        rescored += page.rescored
    assert rescored
