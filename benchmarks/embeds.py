"""How soon an embedded chart is painted on a page of another origin, beside the same chart as a stock Plotly iframe.

    .venv/bin/python benchmarks/embeds.py --visits 5

Both are embedded once in the same host page, served compressed, on a processor four times slower and a network of
1.6 Mbit/s with 150 ms of latency (a phone's slow 4G). The time runs from the host page's start to the first frame in
which the chart's marks are painted. Budget: ten times sooner, and ten embeds within 300 KB. Exit code 1 where it is not
kept.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import plotly.graph_objects as go
from measure import ROOT
from pages import _packed, serve
from playwright.sync_api import sync_playwright

from scoring.publish import look_of
from scoring.render.cite import Provenance
from scoring.render.embeds import page as embed_page
from scoring.render.gallery import gallery
from scoring.render.language import language
from scoring.render.view import View
from scoring.results import compute, newest_reading
from scoring.source.dataset import read_dataset

SLOWER, LATENCY, BANDWIDTH = 4, 150, 1.6e6 / 8  # times; milliseconds; bytes a second
RATIO, BYTES = 10, 300_000
# tells the host when marks of a chart have been painted, by the clock that all frames share
WATCH = """(() => {
  const drawn = () => document.querySelector("svg circle, svg .points path, svg rect.b");
  const look = () => drawn() ? requestAnimationFrame(() => requestAnimationFrame(() =>
    { window.__painted = performance.timeOrigin + performance.now(); })) : requestAnimationFrame(look);
  if (window !== top) look();
})()"""


def made(folder: Path) -> tuple[dict[str, str], int]:
    """Host pages by name, each with one chart in an iframe; and the bytes of ten embeds, compressed."""
    dataset = read_dataset(ROOT / "data").dataset
    assert dataset is not None
    view, lang = View(compute(dataset, newest_reading(dataset))), language("en")
    source, look = Provenance("https://hiwar.example/"), look_of(ROOT)
    shown = [hung for hung in gallery(view, lang) if hung.picture.plot]
    league = next(hung for hung in shown if hung.picture.name.startswith("league/"))
    for number, hung in enumerate([league, *shown[:9]]):
        (folder / f"embed{number}.html").write_text(embed_page(hung, view, lang, source, look), encoding="utf-8")
    go.Figure(league.picture.plot).write_html(folder / "plotly.html")
    inner = 'width="640" height="900" sandbox="allow-scripts"'
    frame = f'<!doctype html><title>Host</title><iframe src="{{}}" {inner}></iframe>'
    for name, inside in (("own", "embed0.html"), ("plotly", "plotly.html")):
        (folder / f"{name}-host.html").write_text(frame.format(f"{{inside}}{inside}"), encoding="utf-8")
    return {"own": "embed0.html", "plotly": "plotly.html"}, sum(
        len(_packed(folder / f"embed{number}.html")) for number in range(10)
    )


def painted(browser: Any, host: str) -> float:
    """Milliseconds from the host page's start to the chart's first picture, at a first visit."""
    context = browser.new_context(viewport={"width": 700, "height": 950})
    context.add_init_script(WATCH)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    slow = {"offline": False, "latency": LATENCY, "downloadThroughput": BANDWIDTH, "uploadThroughput": BANDWIDTH}
    wire.send("Network.emulateNetworkConditions", slow)
    page.goto(host, wait_until="commit")
    inside = next(frame for frame in iter(lambda: _inner(page), None) if frame)
    while not (moment := inside.evaluate("() => window.__painted")):  # a function: the embed's policy allows no eval
        page.wait_for_timeout(20)
    found = float(moment) - float(page.evaluate("performance.timeOrigin"))
    context.close()
    return found


def _inner(page: Any) -> Any:
    page.wait_for_timeout(10)
    return next((f for f in page.frames if f != page.main_frame and f.url.endswith(".html")), False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=5)
    visits = parser.parse_args().visits
    chromium = next((p for name in ("chromium", "google-chrome") if (p := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        inside, bytes_ = made(folder)
        foreign, host = serve(folder), serve(folder)  # two ports: two origins
        for file in folder.glob("*-host.html"):
            file.write_text(file.read_text("utf-8").replace("{inside}", f"{foreign}/"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        times: dict[str, list[float]] = {one: [] for one in inside}
        for _ in range(visits):  # in turns, so that other work on the machine meets both
            for one in inside:
                times[one].append(painted(browser, f"{host}/{one}-host.html"))
        browser.close()
    own, peer = (median(times[one]) for one in ("own", "plotly"))
    print(f"own embed {own:.0f} ms, stock Plotly {peer:.0f} ms: {peer / own:.1f} times sooner ({visits} visits each)")
    print(f"ten embeds: {bytes_ / 1000:.0f} KB compressed")
    kept = peer / own >= RATIO and bytes_ <= BYTES
    print("within the budget" if kept else "beyond the budget")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
