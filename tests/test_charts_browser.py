"""The charts as they are drawn: no text cut or over another, and the scatter's other pairs and keyboard path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scoring.render.language import language
from scoring.render.pairs import Pairs
from scoring.render.picture import table
from scoring.render.scatter import grid
from scoring.render.view import View
from tests.serving import until

pytestmark = [pytest.mark.browser, pytest.mark.site]

# Each visible text of each chart as a box relative to its drawing: as high as ink is, not as fonts say a line is.
TEXTS = """() => [...document.querySelectorAll("figure.hw-chart > svg")].map((svg) => {
  const [frame, figure] = [svg, svg.parentElement].map((one) => one.getBoundingClientRect());
  const shown = [...svg.querySelectorAll("text")].filter((one) => getComputedStyle(one).display !== "none");
  const texts = shown.map((one) => {
    const [box, line, size] = [one.getBBox(), +one.getAttribute("y"), parseFloat(getComputedStyle(one).fontSize)];
    return [one.textContent, box.x, line - 0.8 * size, box.x + box.width, line + 0.3 * size];
  });
  const [left, right] = [figure.left - frame.left, figure.right - frame.left];
  const tracks = svg.querySelectorAll(".t").length; // charts of rows have one for each; others none
  const labels = tracks && shown.filter((one) => one.matches(".l")).length - tracks;
  return { id: svg.parentElement.id, labels, wide: frame.width, tall: frame.height, left, right, texts };
})"""


# Where the texts of both median lines stand; names of agencies are placed by other rules.
PLACES = """all => all.filter((one) => !/ (n|w|name)\\b/.test(one.getAttribute("class"))).map((one) => [one.textContent,
  one.getAttribute("text-anchor"), ...["x", "y"].map((key) => parseFloat(one.getAttribute(key)))])"""


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    """Opens a page of the demonstration at a width; errors of scripts fail the test."""
    contexts, faults = [], []

    def opened(path: str, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: faults.append(f"{path}: {e}"))
        page.goto(f"{address}/demo/{path}")
        page.evaluate("document.fonts.ready.then(() => null)")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def faults_of(chart: dict[str, Any]) -> list[str]:
    """Texts of a chart that its drawing or figure cuts, or that lie over one another."""
    texts, faults = chart["texts"], [f"{chart['id']}: rows without a label, or with two"] if chart["labels"] else []
    for text, left, top, right, bottom in texts:
        sides = (max(0, chart["left"]), min(chart["wide"], chart["right"]))
        if left < sides[0] - 1 or right > sides[1] + 1 or top < -1 or bottom > chart["tall"] + 1:
            faults.append(f"{chart['id']}: {text!r} is cut")
    for i, (text, left, top, right, bottom) in enumerate(texts):
        for other, l2, t2, r2, b2 in texts[i + 1 :]:
            if min(right, r2) - max(left, l2) > 0.5 and min(bottom, b2) - max(top, t2) > 0.5:
                faults.append(f"{chart['id']}: {text!r} over {other!r}")
    return faults


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("code", ["ar", "en"])
def test_no_text_of_a_chart_is_cut_or_over_another(open_page: Any, code: str, width: int) -> None:
    pages = {
        "explore/": 10,
        "rankings/overall/": 1,
        "agencies/xs-exampleton/": 2,
        "groups/xs-national/": 1,
        "sensitivity/": 8,
    }
    for path, least in pages.items():
        charts = open_page(f"{code}/{path}", width).evaluate(TEXTS)
        assert len(charts) >= least and all(len(chart["texts"]) > 6 for chart in charts), path
        assert [fault for chart in charts for fault in faults_of(chart)] == [], path


def test_the_check_finds_texts_that_are_cut_or_over_another() -> None:
    chart = {"id": "c", "labels": 0, "wide": 100, "tall": 50, "left": 0, "right": 100}
    assert len(faults_of(chart | {"texts": [["a", 90, 0, 120, 10], ["b", 80, 5, 95, 15]]})) == 2
    assert len(faults_of(chart | {"texts": [], "labels": -1})) == 1
    assert faults_of(chart | {"texts": [["a", 0, 0, 50, 10], ["b", 50, 0, 100, 10]]}) == []


@pytest.mark.parametrize("code", ["ar", "en"])
def test_every_pair_fits_a_phone_and_a_wide_screen(open_page: Any, code: str) -> None:
    page = open_page(f"{code}/explore/", 320)
    nodes = page.eval_on_selector_all("select[name=x] option", "all => all.map((one) => one.value)")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for x, y in zip(nodes, [*nodes[1:], nodes[0]], strict=True):
            page.goto(f"{page.url.split('?')[0].split('#')[0]}?x={x}&y={y}#scatter")
            page.evaluate("document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(done)))")
            chart = next(one for one in page.evaluate(TEXTS) if one["id"] == "scatter")
            assert faults_of(chart) == [], (x, y)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_without_scripts_the_first_pair_is_complete_and_with_them_the_same(
    open_page: Any, demo: View, code: str
) -> None:
    expected, medians = table(grid(*_first(demo, code))), []
    for scripts in (False, True):
        page = open_page(f"{code}/explore/", java_script_enabled=scripts)
        rows = page.locator("#scatter details tbody tr")
        assert rows.count() == expected.count("<tr>") - 1
        assert page.locator("#scatter circle").count() == rows.count()
        assert page.locator("[data-choose]").is_visible() is scripts
        medians.append(page.locator("#scatter text.k").evaluate_all(PLACES))
    assert len(medians[0]) == 2, "the browser draws what the page came with"
    for built, drawn in zip(*medians, strict=True):
        assert built[:2] == drawn[:2] and built[2:] == pytest.approx(drawn[2:], abs=0.1)
    read = "one => [...one.rows].map((row) => [...row.cells].map((cell) => cell.textContent))"
    redrawn = page.locator("#scatter table").evaluate(read)
    page = page.context.new_page()
    page.set_content(str(expected))
    assert redrawn == page.locator("table").evaluate(read)


def _first(demo: View, code: str) -> tuple[Any, Any]:
    pairs = Pairs(demo, language(code))
    return pairs.chart(*pairs.possible[0]), language(code)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_another_pair_is_chosen_told_and_has_its_address(open_page: Any, demo: View, code: str) -> None:
    chart = Pairs(demo, language(code)).chart("response", "outcomes")
    page = open_page(f"{code}/explore/")
    page.select_option("select[name=x]", "response")
    page.select_option("select[name=y]", "outcomes")
    assert page.url.endswith("/explore/?x=response&y=outcomes#scatter")
    for visit in range(2):
        assert page.inner_text("#scatter figcaption strong") == chart.title
        assert page.inner_text("#scatter .hw-says") == chart.sentence
        heads = page.locator("#scatter thead th").all_text_contents()
        assert (heads[1], heads[3]) == (chart.x_title, chart.y_title)
        assert page.locator("#scatter tbody tr").count() == len(chart.points)
        if not visit:
            page.reload()
    page.select_option("select[name=y]", "listening")
    page.select_option("select[name=x]", "listening")
    assert page.input_value("select[name=y]") != "listening", "a dimension is not set against itself"


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_points_are_stepped_through_by_keyboard(open_page: Any, demo: View, code: str) -> None:
    chart, _ = _first(demo, code)
    page = open_page(f"{code}/explore/")
    page.focus("#scatter > svg")
    forth, back = ("ArrowLeft", "ArrowRight") if code == "ar" else ("ArrowRight", "ArrowLeft")
    told = []
    for press in ("Home", forth, forth, back, "End"):
        page.keyboard.press(press)
        told.append(page.inner_text("#scatter [data-told]"))
    points = chart.ordered
    for text, point in zip(told, [points[0], points[1], points[2], points[1], points[-1]], strict=True):
        assert point.label in text and f"{point.x:.1f}" in text and f"{point.y:.1f}" in text
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/agencies/{points[-1].id}/")


def test_an_open_interactive_chart_follows_the_choice(open_page: Any, demo: View) -> None:
    page = open_page("en/explore/")
    page.locator("#scatter [data-chart]").click()
    page.wait_for_selector("#scatter .hw-plot .main-svg", timeout=20_000)
    page.select_option("select[name=x]", "outcomes")
    until(page, "document.querySelector('#scatter .hw-plot').layout.xaxis.title.text.startsWith('Satis')")
    chart = Pairs(demo, language("en")).chart("outcomes", page.input_value("select[name=y]"))
    shown = page.evaluate("document.querySelector('#scatter .hw-plot').data[0].x")
    assert shown == [p.x for p in chart.ordered]


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_heat_map_scrolls_in_its_own_box(open_page: Any, code: str) -> None:
    page = open_page(f"{code}/explore/", 320)
    box = page.locator(".hw-heatbox")
    box.focus()
    before = box.evaluate("one => one.scrollLeft")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    page.keyboard.press("ArrowLeft" if code == "ar" else "ArrowRight")
    until(page, f"document.querySelector('.hw-heatbox').scrollLeft !== {before}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_marks_stay_visible_where_colours_are_forced(open_page: Any) -> None:
    page = open_page("en/rankings/overall/", forced_colors="active")
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    styles = page.evaluate(
        "['d', 'i', 'c', 't'].map((c) => getComputedStyle(document.querySelector(`.hw-svg .${c}`)))"
        ".map((s, i) => i ? s.stroke : s.fill)"
    )
    assert len(styles) == 4 and back not in styles and styles[0] != styles[1]
