"""Embeds on a page of another origin, in real Chromium: readable, sized, light and alone, with scripts and without."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.serving import served, until

pytestmark = [pytest.mark.browser, pytest.mark.site]

TEN = (
    "embed/en/league/commitments/",
    "embed/ar/league/commitments/",
    "embed/en/readiness/",
    "embed/ar/coverage/",
    "embed/en/distribution/commitments/",
    "demo/embed/ar/card/xs-exampleton/",
    "demo/embed/en/trend/xs-exampleton/",
    "demo/embed/ar/scores/xs-exampleton/",
    "demo/embed/en/league/overall/",
    "demo/embed/ar/scatter/response/listening/",
)
Host = Callable[[str], str]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serves a page of another origin and gives its address."""
    folder = tmp_path_factory.mktemp("host")

    def serve(body: str) -> str:
        (folder / "index.html").write_text(f"<!doctype html><title>Host</title><body style='margin:0'>{body}", "utf-8")
        return f"{address}/"

    with served(folder) as address:
        yield serve


def frames(site: Path, address: str, sandbox: str, width: int, script: bool) -> str:
    """What the dialog gives for ten charts."""
    made = []
    for path in TEN:
        told = json.loads((site / path / "chart.json").read_text("utf-8"))
        tall = told["heights"][str(width)]
        made.append(
            f'<iframe src="{address}/{path}" title="x" width="{width}" height="{tall}" {sandbox} '
            'style="border:0;display:block" data-hiwar></iframe>'
        )
    return "".join(made) + (f'<script async src="{address}/embed/resize.js"></script>' if script else "")


def visit(browser: Any, address: str, host: Host, body: str, width: int) -> tuple[Any, list[str], list[int]]:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    sizes: list[int] = []
    faults: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"]))
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("response", lambda r: faults.append(r.url) if r.status > 399 and "favicon" not in r.url else None)
    own = host(body)
    page.goto(own, wait_until="networkidle")
    page.wait_for_timeout(300)
    assert not faults
    foreign = [url for url in asked if not url.startswith((f"{address}/", own))]
    assert not foreign
    return page, [url for url in asked if url.startswith(address)], sizes


@pytest.mark.parametrize("sandbox", ['sandbox="allow-scripts allow-popups"', 'sandbox=""', ""])
@pytest.mark.parametrize("width", [320, 640])
def test_ten_charts_on_a_foreign_page(
    browser: Any, site: Path, address: str, host: Host, sandbox: str, width: int
) -> None:
    scripts = sandbox != 'sandbox=""'
    page, asked, sizes = visit(browser, address, host, frames(site, address, sandbox, width, scripts), width)
    assert len(asked) == len(TEN) + scripts  # one request for each chart, and the script that fits heights
    assert sum(sizes) < 300_000  # as served here, not even compressed
    heights = page.eval_on_selector_all("iframe", "all => all.map(one => one.getBoundingClientRect().height)")
    shown = [frame for frame in page.frames if frame != page.main_frame]
    assert len(shown) == len(TEN)
    for frame, tall in zip(shown, heights, strict=True):
        needs = frame.evaluate("document.body.getBoundingClientRect().height")
        assert needs <= tall + 1, (frame.url, needs, tall)
        assert abs(needs - tall) < (2 if scripts else 190), (frame.url, needs, tall)
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), frame.url
        assert frame.locator("h1").inner_text() and frame.locator("footer a").count() >= 2
    page.context.close()


def test_heights_are_believed_only_from_the_frame_itself(browser: Any, site: Path, address: str, host: Host) -> None:
    liar = "<iframe srcdoc=\"<script>parent.postMessage({type:'hiwar:height',height:2500},'*')</script>\"></iframe>"
    body = f'<iframe data-hiwar id="a" src="{address}/embed/en/readiness/" height="300" sandbox=""></iframe>{liar}'
    page, *_ = visit(browser, address, host, body + f'<script src="{address}/embed/resize.js"></script>', 640)
    page.evaluate("postMessage({type: 'hiwar:height', height: 2600}, '*')")
    page.wait_for_timeout(200)
    assert page.eval_on_selector("#a", "one => one.getBoundingClientRect().height") < 310
    page.context.close()


@pytest.mark.parametrize(("height", "kept"), [(1e9, 3000), (1, 120), (-5, 120)])
def test_heights_are_clamped(browser: Any, address: str, host: Host, height: float, kept: int) -> None:
    inside = f"<script>parent.postMessage({{type:'hiwar:height',height:{height}}},'*')</script>"
    script = f'<script src="{address}/embed/resize.js"></script>'
    body = f'{script}<iframe data-hiwar id=a style="border:0" sandbox="allow-scripts" srcdoc="{inside}"></iframe>'
    page = browser.new_context().new_page()
    page.goto(host(body), wait_until="networkidle")
    page.wait_for_timeout(200)
    assert page.eval_on_selector("#a", "one => one.clientHeight") == kept
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wish", ["", "#light", "#dark"])
def test_light_dark_and_auto(browser: Any, address: str, scheme: str, wish: str) -> None:
    page = browser.new_context(color_scheme=scheme, java_script_enabled=False).new_page()
    page.goto(f"{address}/embed/ar/readiness/{wish}")
    dark = (wish or f"#{scheme}") == "#dark"
    found = page.screenshot(clip={"x": 2, "y": 2, "width": 1, "height": 1})
    assert (sum(Image.open(io.BytesIO(found)).convert("RGB").getpixel((0, 0))) < 300) == dark
    page.context.close()


OVER = """() => {
  const shown = [...document.querySelectorAll("svg text")].filter(one => getComputedStyle(one).display !== "none");
  const boxes = shown.map(one => one.getBoundingClientRect());
  return boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b, j) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 1 && tall > 15 ? [shown[i].textContent + " | " + shown[i + j + 1].textContent] : [];
  }));
}"""  # texts on one line of a chart that run into each other
FULL = ("embed/ar/readiness/", "embed/ar/sensitivity/commitments/", "demo/embed/en/sensitivity/transparency/")


@pytest.mark.parametrize("path", TEN + FULL)
def test_embeds_are_readable_at_280_pixels(browser: Any, address: str, path: str) -> None:
    page = browser.new_context(viewport={"width": 280, "height": 700}).new_page()
    page.goto(f"{address}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 280
    assert not page.evaluate(OVER)
    cut = page.eval_on_selector_all(
        "svg text",
        """all => all.filter(one => getComputedStyle(one).display !== "none").filter(one => {
          const box = one.getBoundingClientRect();
          return box.width && (box.left < -1 || box.right > innerWidth + 1);
        }).map(one => one.textContent)""",
    )
    assert not cut
    page.context.close()


@pytest.mark.parametrize("path", ["embed/ar/coverage/", "embed/en/coverage/", "demo/embed/ar/coverage/"])
@pytest.mark.parametrize("width", [320, 480, 640])
def test_heat_maps_are_as_high_as_told_and_fade_where_they_go_on(
    browser: Any, site: Path, address: str, path: str, width: int
) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{address}/{path}")
    told = json.loads((site / path / "chart.json").read_text("utf-8"))["heights"][str(width)]
    assert page.evaluate("document.body.getBoundingClientRect().height") <= told
    box = page.locator(".hw-heatbox")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth && getComputedStyle(one).maskImage !== 'none'")
    box.evaluate("one => { one.scrollLeft = getComputedStyle(one).direction === 'rtl' ? -9999 : 9999; }")
    ends = box.evaluate("""one => { const last = one.querySelector("tr").lastElementChild.getBoundingClientRect(),
      own = one.getBoundingClientRect(); return Math.max(last.left - own.left, own.right - last.right); }""")
    assert ends > 20, "nothing that is told lies under the fade once all of it was scrolled"
    page.context.close()


def test_an_answer_that_comes_late_replaces_nothing(address: str, open_page: Any) -> None:
    page = open_page("en/rankings/commitments/")
    page.locator("[data-share]").first.click()
    page.wait_for_selector("dialog[open]")
    held: list[Any] = []
    page.route("**/embed/ar/league/commitments/chart.json", lambda route: held.append(route))
    page.locator("[name=language]").select_option("ar")
    page.locator("[name=language]").select_option("en")
    page.locator("[name=size]").select_option("320")
    until(page, "document.querySelector('[data-slot=code]').value.includes('width=\"320\"')")
    held[0].continue_()
    page.wait_for_timeout(300)
    assert "/embed/en/" in page.locator("[data-slot=code]").input_value()


def test_where_the_dialog_cannot_be_had_the_link_leads_to_the_embed(address: str, open_page: Any) -> None:
    page = open_page("en/rankings/commitments/")
    page.route("**/chart.json", lambda route: route.abort())
    page.locator("[data-share]").first.click()
    page.wait_for_url("**/embed/en/league/commitments/")
    assert page.locator("h1").inner_text()


def test_the_dialog_gives_what_works(browser: Any, address: str, open_page: Any, faults: list[str]) -> None:
    page = open_page("en/rankings/commitments/", width=390)
    page.locator("[data-share]").first.click()
    page.wait_for_selector("dialog[open]")
    code = page.locator("[data-slot=code]")
    assert "/embed/en/league/commitments/" in code.input_value() and "<script" not in code.input_value()
    page.locator("[name=fits]").check()
    page.locator("[name=language]").select_option("ar")
    page.locator("[name=scheme]").select_option("dark")
    page.locator("[name=size]").select_option("320")
    until(page, "document.querySelector('[data-slot=code]').value.includes('/ar/')")
    assert '/embed/ar/league/commitments/#dark"' in code.input_value() and "embed/resize.js" in code.input_value()
    for kind in ("csv", "json", "svg", "png", "@2x.png"):
        link = page.locator(f"[data-file='{kind}']")
        assert page.request.get(link.evaluate("one => one.href")).ok, kind
    page.locator("[name=edition]").select_option("2026-11")
    until(page, "document.querySelector('[data-slot=code]').value.includes('/editions/')")
    assert '/editions/2026-11/embed/ar/league/commitments/#dark"' in code.input_value()
    assert page.locator("[data-file=png]").is_hidden() and page.locator("[data-file=svg]").is_visible()
    assert "@misc{" in page.locator("[data-slot=bibtex]").input_value()
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.matches('[data-share]')")
    assert not faults


def test_without_scripts_the_link_leads_to_the_embed(open_page: Any) -> None:
    page = open_page("ar/rankings/commitments/", scripts=False)
    page.locator("[data-share]").first.click()
    assert page.url.endswith("/embed/ar/league/commitments/")
    assert page.locator("h1").inner_text()
