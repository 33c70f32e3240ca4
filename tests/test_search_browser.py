"""The search page as a person meets it: what is typed is found, shown as text, kept in the address, and said aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scoring.render.view import View
from tests.serving import until

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    """Opens a page; errors of scripts fail the test."""
    contexts, faults = [], []

    def opened(path: str, scripts: bool = True, width: int = 1280, blocked: str = "") -> Any:
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: faults.append(f"{path}: {e}"))
        if blocked:
            page.route(blocked, lambda route: route.abort())
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def first(page: Any) -> Any:
    """The first result, once it is there."""
    link = page.locator("#search ol a").first
    link.wait_for()
    return link


@pytest.mark.parametrize(
    ("path", "query", "agency"),
    [
        ("ar/", "جامعه جـازان", "sa-jazan-university"),
        ("ar/", "محافضة بغداد", "iq-baghdad-governorate"),
        ("ar/", "dewa", "ae-dubai-electricity-and-water-authority"),
        ("en/", "Muharaq Municipality", "bh-muharraq-municipality"),
        ("en/", "منشات صغيرة", "sa-small-and-medium-enterprises-general-authority-monshaat"),
    ],
)
def test_from_the_header_of_any_page_to_an_agency(
    open_page: Any, address: str, path: str, query: str, agency: str
) -> None:
    page = open_page(path)
    page.fill("#hw-search", query)
    page.press("#hw-search", "Enter")
    link = first(page)
    assert page.locator("#search-field").input_value() == query
    link.click()
    page.wait_for_url(f"{address}/{path}agencies/{agency}/")


def test_typing_searches_and_the_address_keeps_it(open_page: Any) -> None:
    page = open_page("en/search/")
    assert page.locator("#search-status").inner_text() == "Type a name, an account or a word."
    page.locator("#search-field").press_sequentially("ministry")
    first(page)
    assert page.locator("#search ol li").count() == 10 and page.url.endswith("/en/search/?q=ministry")
    assert page.locator("#search-status").inner_text().endswith(" results")
    page.click("[data-next]")
    page.locator("#search ol li").nth(10).wait_for()
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#search li')[10]")
    page.fill("#search-field", "")
    until(page, "!document.querySelector('#search ol').children.length")
    assert page.url.endswith("/en/search/")


def test_an_account_of_the_demonstration_is_found(open_page: Any, demo: View) -> None:
    profile = next(a.profile for a in demo.dataset.agencies.values() if a.profile.accounts)
    page = open_page(f"demo/ar/search/?q={profile.accounts[0].handle}")
    assert f"agencies/{profile.id}/" in first(page).get_attribute("href")
    assert page.locator("#search ol .hw-tag").first.inner_text() == "جهة"
    account = page.locator("#search ol li", has=page.get_by_text("حساب", exact=True)).first.locator("a")
    assert account.inner_text() == profile.accounts[0].handle
    account.click()
    page.locator("[id^=account-]:target").wait_for()


def test_the_words_that_were_looked_for_are_marked(open_page: Any) -> None:
    page = open_page("ar/search/?q=محافضة بغداد")
    assert first(page).locator("mark").all_inner_texts() == ["محافظة", "بغداد"]


def test_nothing_found_helps_on_and_what_was_typed_stays_text(open_page: Any) -> None:
    page = open_page("en/search/?q=<img src=zzqqzz onerror=zzqqzy>")
    page.locator("[data-empty]").wait_for()
    assert page.locator("#search img").count() == 0
    assert "<img src=zzqqzz" in page.locator("#search-status").inner_text()
    assert page.locator("[data-empty] a").count() == 4


def test_a_failed_search_says_so_and_can_be_tried_again(open_page: Any) -> None:
    page = open_page("ar/search/?q=بغداد", blocked="**/search/index.json")
    page.locator("[data-again]").wait_for()
    assert "تعذّر" in page.locator("#search-status").inner_text() and page.locator("[data-empty]").is_visible()
    page.unroute("**/search/index.json")
    page.click("[data-again]")
    first(page)
    assert not page.locator("[data-again]").is_visible() and not page.locator("[data-empty]").is_visible()


def test_without_scripts_there_are_lists(open_page: Any) -> None:
    page = open_page("ar/search/?q=x", scripts=False)
    assert page.locator("main noscript a").count() == 4 and not page.locator("#search").is_visible()


@pytest.mark.parametrize("path", ["ar", "en"])
def test_the_page_fits_a_phone(open_page: Any, path: str) -> None:
    page = open_page(f"{path}/search/?q=2015", width=320)
    first(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
