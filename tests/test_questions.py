"""Five questions of somebody new, answered within four clicks from the home page, in both languages, on the fictional
example, where there is something to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scoring.render.groups import fastest
from scoring.render.language import LANGUAGES, Language, language
from scoring.render.view import View

pytestmark = [pytest.mark.browser, pytest.mark.site]
MOST = 4


class Clicks:
    """A person at a page, whose every click counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def __call__(self, locator: Any) -> None:
        locator.first.click()
        self.count += 1
        self.page.wait_for_load_state("networkidle")


def who_answers_fastest(click: Clicks, demo: View, lang: Language) -> str:
    page, group = click.page, "xs-national"
    click(page.locator(".hw-nav a[href$='agencies/']"))
    click(page.locator("#groups summary"))
    click(page.locator(f"a[href$='groups/{group}/']"))
    assert fastest(demo, lang, demo.members(group)) in page.inner_text("main")
    return lang.pick(demo.profile("xs-ministry-of-education").name)


def why_one_is_below_another(click: Clicks, demo: View, lang: Language) -> str:
    page = click.page
    below, above = "xs-ministry-of-finance", "xs-ministry-of-education"
    click(page.locator(".hw-nav a[href$='rankings/']"))
    click(page.locator(".hw-nav--within a[href$='compare/']"))
    for agency in (below, above):
        name = lang.pick(demo.profile(agency).name)
        page.fill("#compare-find", name)
        option = page.locator("#compare-names option").first
        option.wait_for(state="attached")
        page.fill("#compare-find", str(option.get_attribute("value")))  # as choosing it from the list does
        click.count += 1
    page.wait_for_selector("#compare-why li")
    said = page.inner_text("#compare-why h2")
    assert said.index(lang.pick(demo.profile(above).name)) < said.index(lang.pick(demo.profile(below).name))
    return demo.node_name(lang, "cost_disclosed")


def if_only_transparency_counts(click: Clicks, demo: View, lang: Language) -> str:
    click(click.page.locator(".hw-nav a[href$='rankings/']"))
    click(click.page.locator(".hw-leagues a[href$='rankings/transparency/']"))
    first = next(iter(demo.places["transparency"]))
    assert lang.pick(demo.profile(first).name) in click.page.locator(".hw-ranking tbody tr").first.inner_text()
    return lang.pick(demo.profile(first).name)


def what_changed_since_the_last_edition(click: Clicks, demo: View, lang: Language) -> str:
    click(click.page.locator("a[href$='editions/']").get_by_text(lang.t("since_more")))
    assert click.page.locator("#edition-table [data-slot=moved]").count() > 20
    return lang.t("cause_evidence")


def where_a_number_comes_from(click: Clicks, demo: View, lang: Language) -> str:
    page = click.page
    click(page.locator(".hw-table tbody th a"))
    click(page.locator(".hw-contributions .hw-ref:not([href$='.enquiries'])"))
    item = page.locator(f"[id='{page.url.split('#')[1]}']")
    assert item.is_visible() and str(item.locator(".hw-source a").first.get_attribute("href")).startswith("https://")
    return lang.t("read_full")


QUESTIONS: list[Callable[[Clicks, View, Language], str]] = [
    who_answers_fastest,
    why_one_is_below_another,
    if_only_transparency_counts,
    what_changed_since_the_last_edition,
    where_a_number_comes_from,
]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.__name__)
def test_answered_within_four_clicks(
    open_page: Any, demo: View, code: str, question: Callable[[Clicks, View, Language], str]
) -> None:
    click = Clicks(open_page(f"demo/{code}/", 390))
    answer = question(click, demo, language(code))
    assert answer in click.page.inner_text("main")
    assert click.count <= MOST
