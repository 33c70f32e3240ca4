"""Every kind of page under axe-core (WCAG 2.2 AA) and checks of our own: both languages, three widths, light, dark and
forced colours, with and without scripts."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from scoring.render.language import LANGUAGES

OURS = (Path(__file__).parent / "js" / "accessible.js").read_text("utf-8")

pytestmark = [pytest.mark.browser, pytest.mark.site]
WHOLE = bool(os.environ.get("WHOLE_MATRIX"))
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark", "forced")
REAL = """
/ rankings/ rankings/commitments/ rankings/commitments/2/ rankings/commitments/unranked/ rankings/overall/ own/
compare/ editions/ explore/ agencies/ agencies/ae-ministry-of-justice/ questions/ questions/q8/ dimensions/
dimensions/commitments/ indicators/accessible_media/ evidence/ evidence/kw/ exhibits/ method/ sensitivity/ health/
contribute/ first/ enquiries/ coding/ imports/ replies/ about/ groups/ae-federal/ data/ embed/ feeds/
finding/?agency=ae/ae-ministry-of-justice
"""
DEMO = """
/ rankings/overall/ own/?only=transparency compare/?a=xs-exampleton&a=xs-ministry-of-finance&peers=1 editions/
editions/2025-11/ explore/ agencies/xs-exampleton/ agencies/xs-archives-board/ groups/xs-national/ sensitivity/
exhibits/sample-first-day/ finding/?agency=xs/xs-exampleton
"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def faults_of(page: Any, axe: str) -> list[str]:
    """What axe and our own checks find on the page as it stands."""
    return [*page.evaluate(OURS), *violations(page, axe)]


def violations(page: Any, axe: str) -> list[str]:
    """What axe finds."""
    found = []
    page.evaluate(axe)
    run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    for violation in page.evaluate(run, TAGS)["violations"]:
        nodes = "; ".join(node["html"][:140] for node in violation["nodes"][:2])
        found.append(f"{violation['id']}: {nodes}")
    return found


SCRIPTS = re.compile(r"<script\b.*?</script>", re.S)


def without_scripts(route: Any) -> None:
    """A page as a browser without scripts has it; axe itself must run."""
    answer = route.fetch()
    text = SCRIPTS.sub("", answer.text()).replace("<noscript>", "<div>").replace("</noscript>", "</div>")
    route.fulfill(response=answer, body=text)


def paths(listed: str, at: int) -> list[str]:
    """Every sixth path, beginning with one of the first six; all of them where the whole matrix is asked for."""
    all_paths = [path.removeprefix("/") for path in listed.split()]
    return all_paths if WHOLE else all_paths[at % 6 :: 6]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page(open_page: Any, axe: str, code: str, width: int, scheme: str) -> None:
    """A sixth of the kinds in each combination, so that every kind is seen at every width and in every scheme, with
    scripts and, in a third of the combinations, without. `WHOLE_MATRIX=1` looks at every kind in every combination."""
    row, column = WIDTHS.index(width), SCHEMES.index(scheme)
    at = row + 2 * column + 3 * LANGUAGES.index(code)
    page = open_page("", width, scheme)
    if (row + 2 * column) % 3 == 0:
        page.route(lambda url: not re.search(r"\.\w+$", url.split("?")[0]), without_scripts)
    start, found = page.url, []
    for below in [f"{code}/{p}" for p in paths(REAL, at)] + [f"demo/{code}/{p}" for p in paths(DEMO, at)]:
        page.goto(f"{start.split('/en/')[0].split('/ar/')[0].rstrip('/')}/{below}")
        page.wait_for_load_state("networkidle" if "?" in below else "load")
        found += [f"{below} at {width} {scheme}: {fault}" for fault in faults_of(page, axe)]
    assert not found, "\n".join(found)


EMBEDS = (
    "card/xs-exampleton",
    "league/overall",
    "trend/xs-exampleton",
    "coverage",
    "scatter/response/listening",
    "readiness",
)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_embeds(open_page: Any, axe: str, code: str, scheme: str) -> None:
    page, found = open_page("", 320, scheme), []
    start = page.url
    for name in EMBEDS:
        page.goto(f"{start.rstrip('/').removesuffix('/ar').removesuffix('/en')}/demo/embed/{code}/{name}/")
        found += [f"{name}: {fault}" for fault in violations(page, axe)]
        for fold in page.locator("summary").all():
            fold.click()
        found += [f"{name}, unfolded: {fault}" for fault in violations(page, axe)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280), ("forced", 390)])
def test_the_dialog_of_a_chart(open_page: Any, axe: str, code: str, scheme: str, width: int) -> None:
    page = open_page(f"{code}/rankings/commitments/", width, scheme)
    page.locator("[data-share]").first.click()
    page.wait_for_selector("dialog[open]")
    found = violations(page, axe)
    assert page.eval_on_selector("dialog", "one => one.scrollWidth <= one.clientWidth")
    page.goto(page.url)
    page.locator(".hw-cite summary").click()
    assert not found + violations(page, axe)
