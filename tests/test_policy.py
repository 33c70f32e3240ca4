"""Pages run under a strict policy, on every kind of page, whatever is clicked; nothing is stored but light or dark."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scoring.render.language import LANGUAGES
from scoring.render.policy import digest, guarded, headers, policy

HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE)
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
KINDS = [
    "", "rankings/", "rankings/commitments/", "own/", "compare/", "editions/", "editions/2026-11/", "explore/",
    "agencies/", "agencies/ae-ministry-of-justice/", "questions/", "questions/q8/", "dimensions/",
    "dimensions/commitments/", "indicators/accessible_media/", "evidence/", "evidence/ie/", "exhibits/", "method/",
    "sensitivity/", "health/", "contribute/", "enquiries/?agency=ae/ae-ministry-of-justice", "coding/", "imports/",
    "replies/", "run/", "data/", "embed/", "feeds/", "about/", "search/?q=wizara",
    "finding/?agency=ae/ae-ministry-of-justice",
]  # fmt: skip
TOLD = """
window.__told = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__told.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
CLICKED = "main button[type=button]:visible, main summary:visible, header button[type=button], [data-share]"


@pytest.mark.site
def test_every_page_states_its_policy_and_holds_no_handler(site: Path) -> None:
    wrong = []
    for page in site.rglob("*.html"):
        path, text = page.relative_to(site).as_posix(), page.read_text(encoding="utf-8")
        found, script = META.search(text), text.find("<script")
        if found is None and script < 0 and path.startswith("editions/"):
            continue  # frozen before there was a policy, and without any script
        if found is None or 0 <= script < text.index(found[0]):
            wrong.append(f"{path}: no policy before the first script")
        elif "unsafe-eval" in found[1] or "'unsafe-inline'" in found[1]:
            wrong.append(f"{path}: {found[1]}")
        if HANDLER.search(text):
            wrong.append(f"{path}: an event handler in an attribute")
    assert not wrong, wrong[:10]


@pytest.mark.site
def test_hosts_with_headers_let_embeds_be_framed_and_nothing_else(site: Path) -> None:
    rules = dict(block.split("\n", 1) for block in (site / "_headers").read_text("utf-8").strip().split("\n\n"))
    for code in LANGUAGES:
        assert "frame-ancestors 'none'" in rules[f"/{code}/*"] and "DENY" in rules[f"/{code}/*"]
    assert "frame-ancestors" not in rules["/embed/*"] + rules["/editions/*"] + rules["/*"]
    assert "nosniff" in rules["/*"] and "Access-Control-Allow-Origin: *" in rules["/api/*"]


@pytest.mark.site
@pytest.mark.browser
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("tree", ["", "demo/"])
def test_nothing_violates_the_policy_whatever_is_clicked(
    open_page: Any, faults: list[str], code: str, tree: str
) -> None:
    page = open_page(f"{tree}{code}/", width=390)
    page.context.add_init_script(TOLD)
    base, told = page.url.split(f"/{tree}{code}/")[0], []
    for path in KINDS:
        if page.goto(f"{base}/{tree}{code}/{path}").status == 404 and tree:
            continue  # what only the real data have
        page.wait_for_load_state("networkidle")
        for button in page.locator(CLICKED).element_handles()[:25]:
            if button.is_visible():  # a click before it may have put another in its place
                button.evaluate("button => button.click()")
            if page.locator("dialog[open]").count():
                page.wait_for_timeout(100)
                page.keyboard.press("Escape")
        told += [f"{path}: {one}" for one in page.evaluate("window.__told")]
        assert page.evaluate("document.cookie") == ""
        assert set(page.evaluate("Object.keys(localStorage)")) <= {"hiwar-scheme"}
        assert page.evaluate("sessionStorage.length") == 0
    assert not told, told[:10]
    assert not [one for one in faults if "404" not in one]


def test_only_what_stands_in_the_frame_is_let_in() -> None:
    frame = '<head><meta charset="utf-8"></head><script>a()</script><script type="application/json">{}</script>'
    page = guarded(frame)
    assert digest("a()") in policy(frame) and policy(frame).split("style-src")[0].count("sha256-") == 1
    assert page.index("Content-Security-Policy") < page.index("<script>")
    assert digest("evil()") not in policy(frame)


def test_headers_name_each_language_once() -> None:
    lines = [line for line in headers(("ar", "en"), "").splitlines() if line.startswith("/")]
    assert len(lines) == len(set(lines)) and {"/ar/*", "/en/*", "/demo/ar/*"} <= set(lines)
