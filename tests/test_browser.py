"""The pages as a person meets them, in Chromium: phone and desktop, both languages, light and dark."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from scoring.render.language import language
from scoring.rules import check_dataset
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parent.parent

pytestmark = [pytest.mark.browser, pytest.mark.site]
PAGES = [
    "",
    "rankings/",
    "rankings/commitments/",
    "rankings/overall/",
    "agencies/",
    "agencies/ae-ministry-of-justice/",
    "indicators/accessible_media/",
    "dimensions/commitments/",
    "questions/",
    "questions/q8/",
    "evidence/",
    "evidence/ie/",
    "method/",
    "about/",
    "contribute/",
    "first/",
    "enquiries/?agency=ae/ae-ministry-of-justice",
    "replies/",
    "dimensions/",
]


@pytest.mark.parametrize("code", ["ar", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_fit_and_run_without_fault(open_page: Any, faults: list[str], code: str, width: int, scheme: str) -> None:
    page = open_page(f"{code}/", width, scheme)
    too_wide = []
    for path in PAGES:
        page.goto(page.url.split(f"/{code}/")[0] + f"/{code}/{path}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(path)
        assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if code == "ar" else "ltr")
    assert not too_wide and not faults


def test_the_language_switch_keeps_the_page(open_page: Any) -> None:
    page = open_page("en/rankings/commitments/", scripts=False)
    page.click(".hw-language__link")
    assert page.url.endswith("/ar/rankings/commitments/")
    page.click(".hw-language__link")
    assert page.url.endswith("/en/rankings/commitments/")


def test_every_page_of_a_ranking_can_be_reached_without_scripts(open_page: Any) -> None:
    page = open_page("en/rankings/commitments/", scripts=False)
    assert page.locator("#table-commitments tbody tr").count() > 10
    assert not page.locator("form[data-ranking]").first.is_visible()
    page.get_by_role("link", name="51 to 100").click()
    assert page.url.endswith("/rankings/commitments/2/")
    assert page.locator("#table-commitments tbody tr").count() == 50


def test_a_chart_becomes_interactive_on_request_only(open_page: Any, faults: list[str]) -> None:
    page = open_page("ar/agencies/ae-ministry-of-justice/")
    assert page.evaluate("typeof window.Plotly") == "undefined"
    page.locator("[data-chart]").first.click()
    page.wait_for_selector(".hw-plot .main-svg", timeout=20_000)
    assert not faults
    # Plotly measures text far to the left of the page, where a right-to-left page could scroll.
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.locator(".hw-plot").first.bounding_box()["x"] >= 0


def test_the_entrance_leads_to_the_readers_language(browser: Any, address: str) -> None:
    for locale, expected in (("ar-QA", "/ar/"), ("en-GB", "/en/"), ("fr-FR", "/en/")):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(f"{address}/")
        page.wait_for_url(f"**{expected}")
        context.close()


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_demonstration_fits_a_phone_and_runs_without_fault(open_page: Any, faults: list[str], code: str) -> None:
    pages = ("", "rankings/overall/", "agencies/xs-exampleton/", "editions/", "replies/", "exhibits/sample-first-day/")
    page = open_page(f"demo/{code}/", 360)
    for path in pages:
        page.goto(page.url.split("/demo/")[0] + f"/demo/{code}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert page.locator(".hw-fictional--foot").is_visible(), "in sight wherever one looks"
    page.get_by_role("link", name=language(code).t("fictional_back")).click()
    assert "/demo/" not in page.url
    assert faults == []


@pytest.mark.parametrize("code", ["ar", "en"])
def test_questions_asked_become_a_valid_file(open_page: Any, faults: list[str], code: str, tmp_path: Path) -> None:
    """Twelve questions through the form, to the address that opens the pull request and a file the checks accept."""
    page = open_page(f"{code}/agencies/ae-ministry-of-justice/")
    page.get_by_role("link", name=language(code).t("test_enquiries")).click()
    page.fill("[name=tester]", "tester-1")
    for number in range(12):
        if number:
            page.click("#enquiry-add")
        row = page.locator("#enquiry-rows fieldset").nth(number)
        row.locator("[name=asked]").fill(f"2026-10-{number + 1:02d}T09:30")
        if number % 3:
            row.locator("[name=answered]").fill(f"2026-10-{number + 2:02d}T14:05")
            row.locator("[name=gave]").select_option("next_step")
        row.locator("[name=kind]").select_option("critical" if number % 4 == 0 else "neutral")
        row.locator("[name=segment]").fill('a "quoted": segment')
    assert "12" in page.inner_text("#enquiry-count") and "8" in page.inner_text("#enquiry-count")
    text = page.input_value("#enquiry-yaml")
    send = urlsplit(page.get_attribute("#enquiry-send", "href"))
    assert send.path.endswith("/new/main/data/agencies/ae/ae-ministry-of-justice")
    assert parse_qs(send.query) == {"filename": ["enquiries.yml"], "value": [text]}
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder, ignore=lambda path, names: [n for n in names if len(n) == 2 and n != "ae"])
    (folder / "agencies/ae/ae-ministry-of-justice/enquiries.yml").write_text(text, encoding="utf-8")
    reading = read_dataset(folder, only=[folder / "agencies/ae/ae-ministry-of-justice"])
    assert check_dataset(reading, date(2026, 11, 23)) == ()
    assert len(reading.dataset.agencies["ae-ministry-of-justice"].enquiries) == 12 if reading.dataset else False
    page.locator("#enquiry-rows fieldset").first.locator("[name=answered]").fill("2026-09-30T10:00")
    assert page.locator("#enquiry-send").is_hidden(), "a faulty question is not sent"
    assert faults == []
