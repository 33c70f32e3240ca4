"""Rankings, own weights, comparisons, editions and steps to try, as a person plays with them in Chromium."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from scoring.model import Profile
from scoring.render.language import LANGUAGES, language
from scoring.render.pages import agency as agency_page
from scoring.render.view import View
from scoring.results import compute
from tests.serving import until

pytestmark = [pytest.mark.browser, pytest.mark.site]
ROWS = "[...document.querySelectorAll('.hw-ranking tbody tr')].map(r => r.innerText.replace(/\\s+/g, ' '))"


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_script_draws_is_what_the_page_said(open_page: Any, faults: list[str], code: str) -> None:
    page = open_page(f"{code}/rankings/commitments/")
    before, links = (
        page.evaluate(ROWS),
        page.evaluate("[...document.querySelectorAll('.hw-ranking a')].map(a => a.href)"),
    )
    assert len(before) == 50
    page.locator("th[data-key=rank] button").click()
    page.wait_for_url("**sort=rank")
    assert page.evaluate(ROWS) == before
    assert page.evaluate("[...document.querySelectorAll('.hw-ranking a')].map(a => a.href)") == links
    page.get_by_role("button", name=language(code).t("show_next", n=50)).click()
    assert page.locator(".hw-ranking tbody tr").count() == 100
    assert not faults


def test_filters_sorting_and_columns_stand_in_the_address(open_page: Any, view: View) -> None:
    page = open_page("ar/rankings/commitments/")
    page.select_option("select[name=country]", "AE")
    page.fill("form[data-ranking] [name=q]", "العدل")
    until(page, "document.querySelectorAll('.hw-ranking tbody tr').length < 10")
    rows = page.locator(".hw-ranking tbody tr")
    assert 0 < rows.count() < 10 and page.locator(".hw-pager").is_hidden()
    page.locator("th[data-key=name] button").click()
    page.locator(".hw-choice summary").click()
    page.uncheck("input[name=column][value=tier]")
    shown = page.evaluate(ROWS)
    again = open_page(page.url.split("/", 3)[3])
    until(again, f"document.querySelectorAll('.hw-ranking tbody tr').length === {len(shown)}")
    assert again.evaluate(ROWS) == shown
    assert again.locator("th[data-column=tier]").is_hidden()
    assert again.locator("th[data-key=name]").get_attribute("aria-sort") == "ascending"


def test_shading_shows_whom_an_agency_cannot_be_told_apart_from(open_page: Any, demo: View) -> None:
    page = open_page("demo/en/rankings/overall/")
    places, tiers = demo.places["index"], demo.tiers["index"]
    third = list(places)[2]
    page.locator(".hw-ranking tbody tr").nth(2).locator(".hw-alike").click()
    page.wait_for_url(f"**like={third}")
    shaded = page.locator("tr.hw-shaded").count()
    assert shaded == sum(tiers[third].best <= place.rank <= tiers[third].worst for place in places.values())
    assert demo.profile(third).name.en in page.locator(".hw-like").inner_text()
    page.locator(".hw-like button").click()
    assert page.locator("tr.hw-shaded").count() == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_published_weights_give_the_published_scores(
    open_page: Any, faults: list[str], demo: View, code: str
) -> None:
    page = open_page(f"demo/{code}/own/")
    page.wait_for_selector("#own-table tbody tr")
    rows = "[...document.querySelectorAll('#own-table tbody tr')]"
    cells = "r => [r.querySelector('a').href.split('/').at(-2), r.querySelector('[data-slot=score]').textContent]"
    for agency, score in page.evaluate(f"{rows}.map({cells})"):
        assert score == f"{demo.node(agency, 'index').score:.1f}", agency
    assert page.locator("[data-slot=moved].hw-moved--up, [data-slot=moved].hw-moved--down").count() == 0
    assert not faults


def test_an_own_ranking_is_kept_by_its_address(open_page: Any, demo: View) -> None:
    page = open_page("demo/en/own/")
    page.wait_for_selector(".hw-own__controls:not([inert])")
    page.select_option("select[data-preset=only]", "transparency")
    page.wait_for_url("**transparency=100**")
    order = "[...document.querySelectorAll('#own-table tbody a')].map(a => a.href.split('/').at(-2))"
    league = list(demo.places["transparency"])
    assert page.evaluate(order)[:10] == league[:10], "only one dimension is that dimension's own ranking"
    page.locator('[data-switch="corrections"]').first.evaluate("box => box.closest('details').open = true")
    page.uncheck('[data-switch="corrections"]')
    page.wait_for_url("**corrections=0**")
    again = open_page(page.url.split("/", 3)[3])
    again.wait_for_selector("#own-table tbody tr")
    assert again.evaluate(order) == page.evaluate(order)
    assert again.locator(".hw-moved--up").count() > 0
    again.locator("[data-preset=published]").click()
    again.wait_for_url("**/own/")


def test_nobody_is_ranked_by_weights_that_nobody_was_observed_for(open_page: Any) -> None:
    page = open_page("en/own/")
    page.wait_for_selector("#own-known:not([hidden])")
    assert page.locator("#own-table tbody tr").count() == 0
    page.locator("#own-known a").click()
    page.wait_for_selector("#own-table tbody tr")


@pytest.mark.parametrize("code", LANGUAGES)
def test_agencies_side_by_side(open_page: Any, faults: list[str], demo: View, code: str) -> None:
    page = open_page(f"demo/{code}/compare/?a=xs-exampleton&a=nobody-at-all")
    page.wait_for_selector(".hw-sides td")
    assert "nobody-at-all" in page.inner_text("#compare-status")
    faults.clear()  # the browser tells of the file that is not there
    name = demo.profile("xs-ministry-of-finance").name
    page.fill("#compare-find", str(getattr(name, code)))
    option = page.locator("#compare-names option").first
    option.wait_for(state="attached")
    page.fill("#compare-find", str(option.get_attribute("value")))
    page.wait_for_url("**a=xs-ministry-of-finance")
    page.check("[name=peers]")
    until(page, "document.querySelectorAll('.hw-sides thead th').length === 4")
    cells = page.locator('.hw-sides tr[data-node="response"] td strong').all_inner_texts()
    expected = [demo.node(a, "response").score for a in ("xs-exampleton", "xs-ministry-of-finance")]
    expected.append(demo.peer_median("xs-exampleton", "response"))
    assert cells == [f"{score:.1f}" for score in expected]
    why = page.locator("#compare-why")
    assert why.is_visible() and 1 <= why.locator("li").count() <= 5
    assert not faults


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_slider_shows_each_edition(open_page: Any, faults: list[str], demo: View, code: str) -> None:
    page = open_page(f"demo/{code}/editions/")
    page.wait_for_timeout(300)
    newest = page.evaluate(ROWS)
    page.focus("#time-slider")
    page.keyboard.press("Home")
    page.wait_for_url("**edition=2024-11")
    first, past = demo.kept[0]
    names = page.evaluate("[...document.querySelectorAll('#edition-table tbody a')].map(a => a.href.split('/').at(-2))")
    assert names == list(past.places["index"]) and first.id in page.inner_text("#time output")
    page.select_option("#time select", "response")
    page.wait_for_url("**league=response")
    page.keyboard.press("End")
    page.goto(page.url.split("?")[0])
    page.wait_for_timeout(300)
    assert page.evaluate(ROWS) == newest
    assert not faults


def test_every_edition_has_pages_without_scripts(open_page: Any, demo: View) -> None:
    page = open_page("demo/en/editions/", scripts=False)
    page.get_by_role("link", name="2025-11").click()
    assert page.locator("#edition-table tbody tr").count() == len(demo.kept[1][1].places["index"])
    assert "The method changed" in page.inner_text("main")
    page.get_by_role("link", name="Two-way response").click()
    assert page.url.endswith("/editions/2025-11/response/")


def test_steps_tried_together_add_up_as_the_method_says(open_page: Any, demo: View) -> None:
    page = open_page("demo/en/agencies/xs-ministry-of-finance/")
    form = page.locator("[data-raise]").first
    form.locator("input").first.check()
    until(page, "document.querySelector('[data-raise] output').textContent.includes('position')")
    alone = form.locator("li").first.inner_text()  # … would give 12.3 (+1.2), position 4.
    said = form.locator("output").inner_text()
    assert alone.split("would give ")[1].split(", ")[0] in said
    assert alone.rstrip(".").split("position ")[1] == said.split("position ")[1].split(" ")[0]


def test_an_address_opens_what_is_folded_around_it(open_page: Any) -> None:
    page = open_page("demo/en/agencies/xs-exampleton/")
    folded = page.locator("details.hw-rest article").last
    assert not folded.is_visible()
    id = str(folded.get_attribute("id"))
    page.goto(f"{page.url}#{id}")
    page.locator(f"[id='{id}']").wait_for(state="visible")


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_agency_of_little_or_of_too_much_still_fits_a_phone(open_page: Any, demo: View, code: str) -> None:
    """One item; a name of 120 characters without a space; forty accounts, poured into a page of the site."""
    lang, id = language(code), "xs-maritime-registry"
    old = demo.dataset.agencies[id]
    assert len(old.evidence) == 1
    accounts = [{"platform": "x", "handle": f"@{'long_handle_' * 8}{n:02d}"} for n in range(40)]
    name = {"en": "W" * 120, "ar": "و" * 120}
    profile = Profile.model_validate(old.profile.model_dump(exclude_none=True) | {"name": name, "accounts": accounts})
    dataset = replace(demo.dataset, agencies=dict(demo.dataset.agencies) | {id: replace(old, profile=profile)})
    made = agency_page(View(compute(dataset, demo.as_of)), lang, id, "https://repository.example/edit")
    page = open_page(f"demo/{code}/agencies/{id}/", 320)
    page.evaluate("html => { document.querySelector('article').innerHTML = html; }", str(made.body))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("#accounts li:visible").count() == 8
    page.locator("#accounts summary").click()
    assert page.locator("#accounts li:visible").count() == 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".hw-evidence").count() == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_lost_at_four_times_the_size(open_page: Any, code: str) -> None:
    """A screen of 1280 pixels at 400 % is one of 320: every control is there, and no text runs out of it."""
    page = open_page(f"{code}/rankings/commitments/", 320)
    for name in (
        "position_short",
        "agency",
        "score",
        "column_places",
        "tier",
        "column_alike",
        "coverage",
        "peer_group",
    ):
        head = page.locator(".hw-ranking thead th", has_text=language(code).t(name)).first
        head.scroll_into_view_if_needed()
        assert head.is_visible()
    cut = """[...document.querySelectorAll('main p, main h1, main h2, main a, main button, main label')]
      .filter((e) => e.checkVisibility() && !e.closest('.hw-wide, .hw-scroll, .hw-hidden, svg'))
      .filter((e) => { const b = e.getBoundingClientRect(); return b.left < -1 || b.right > 321; })
      .map((e) => e.textContent)"""
    assert page.evaluate(cut) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_focus_follows_the_order_of_reading(open_page: Any, code: str) -> None:
    page = open_page(f"{code}/rankings/commitments/", 1280)
    places = []
    for _ in range(40):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate(
                "(() => { const b = document.activeElement.getBoundingClientRect();"
                " return [b.top + scrollY, b.left]; })()"
            )
        )
    back = [(a, b) for a, b in pairwise(places) if b[0] < a[0] - 40]
    assert not back, "focus never leaps upwards"


HOSTILE = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
ACTS = {
    "rankings/overall/": "document.querySelector('th[data-key=coverage] button').click()",
    "own/": "document.querySelector('[data-preset=equal]').click()",
    "compare/?a=xs-exampleton&a=xs-ministry-of-finance": "document.querySelector('[name=peers]').click()",
    "editions/": "document.querySelector('#time-slider').dispatchEvent(new Event('input', {bubbles: true}))",
}


@pytest.mark.parametrize("path", ACTS)
def test_what_scripts_fetch_stays_text(open_page: Any, path: str) -> None:
    """Names that would act as markup, in every document that a page fetches."""

    def poisoned(route: Any) -> None:
        text = route.fetch().text().replace("Ministry of", HOSTILE.replace('"', "")).replace("Municipality of", HOSTILE)
        route.fulfill(body=text, content_type="application/json")

    page = open_page("demo/en/about/")
    page.route("**/demo/data/**", poisoned)
    page.goto(f"{page.url.removesuffix('about/')}{path}")
    page.wait_for_load_state("networkidle")
    page.evaluate(f"() => {{ {ACTS[path]} }}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    assert "onerror" in page.inner_text("main"), "it was there to be shown"
    assert page.evaluate("window.hacked") is None and page.locator("main img").count() == 0
