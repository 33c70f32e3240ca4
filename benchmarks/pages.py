"""What pages cost a phone: bytes compressed, long tasks on a processor four times slower, layout shift; and how fast a
ranking of 10,000 rows filters and sorts. Beside each, the same body in the theme's own frame.

    .venv/bin/python benchmarks/pages.py --agencies 1000

Budget: ranking at most 150 KB, profile at most 60 KB, no task over 100 ms, no shift; filter and sort within 100 ms.
Exit code 1 where it is not kept. The agencies are copies of real ones under other ids: they measure, they say nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from measure import BODY, copies, timed
from playwright.sync_api import sync_playwright

SLOWER, ROWS, LIMIT = 4, 10_000, 100  # times slower; rows of the great ranking; milliseconds
BUDGET = {"ranking": 150, "profile": 60, "own ranking": 150}  # KB compressed
WATCH = """() => { window.__tasks = []; window.__shift = 0;
  const watch = (type, note) =>
    new PerformanceObserver((l) => l.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("longtask", (e) => __tasks.push(e.duration));
  watch("layout-shift", (e) => { if (!e.hadRecentInput) __shift += e.value; }); }"""
FRAMES = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
ACT = f"async (act) => {{ const start = performance.now(); act(); {FRAMES} return performance.now() - start; }}"


@dataclass(frozen=True)
class Cost:
    """Of one page: bytes as sent, the longest task in milliseconds, the shift of its layout."""

    bytes: int
    task: float
    shift: float


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class Packing(SimpleHTTPRequestHandler):
    """Serves as a static host does: text compressed."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body = _packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def serve(folder: Path) -> str:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def peer(site: Path, pages: dict[str, str], folder: Path) -> Path:
    """The same bodies in the theme's own frame, as MkDocs builds it."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Start\n", encoding="utf-8")
    for name, path in pages.items():
        body = BODY.search((site / path / "index.html").read_text(encoding="utf-8"))
        (docs / f"{name.replace(' ', '-')}.md").write_text(body[1] if body else "", encoding="utf-8")
    settings = "site_name: peer\ntheme: {name: material, font: false}\nvalidation: {omitted_files: ignore}\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    timed([sys.executable, "-m", "mkdocs", "build", "-q", "-f", folder / "mkdocs.yml", "-d", folder / "out"])
    return folder / "out"


def cost(browser: Any, address: str) -> Cost:
    """A page as a phone opens it for the first time."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sent: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"])))
    page.add_init_script(f"({WATCH})()")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    found = Cost(sum(sent), max(page.evaluate("__tasks"), default=0), page.evaluate("__shift"))
    context.close()
    return found


def usual(browser: Any, address: str) -> Cost:
    """The middle of three visits by their longest task: other work on the machine lengthens some."""
    return sorted((cost(browser, address) for _ in range(3)), key=lambda one: one.task)[1]


def great(rows: dict[str, list[Any]], count: int) -> str:
    """A league of `count` rows: those that are there, over and over, each at a position of its own."""
    size = len(rows["id"])
    made = {key: [column[i % size] for i in range(count)] for key, column in rows.items()}
    made |= {"id": [f"{id}-{i}" for i, id in enumerate(made["id"])], "rank": list(range(1, count + 1))}
    return json.dumps(made)


def quickness(browser: Any, address: str, rows: str) -> dict[str, float]:
    """Milliseconds from an act to the picture that shows it, in a ranking of many rows; not slowed down."""
    page = browser.new_page()
    page.route("**/data/leagues/*.json", lambda route: route.fulfill(body=rows, content_type="application/json"))
    page.goto(address)
    page.locator("form[data-ranking] [name=q]").focus()
    page.wait_for_load_state("networkidle")
    page.locator("th[data-key=coverage] button").click()  # what is read once has been read
    page.wait_for_timeout(500)
    field = "document.querySelector('form[data-ranking] [name=q]')"
    typed = "() => {{ {0}.value = '{1}'; {0}.dispatchEvent(new Event('input', {{bubbles: true}})); }}"
    acts = {
        "filter by name": typed.format(field, "council"),
        "filter away": typed.format(field, ""),
        "sort by name": "() => document.querySelector('th[data-key=name] button').click()",
        "sort by tier": "() => document.querySelector('th[data-key=tier] button').click()",
    }
    found = {name: float(page.evaluate(f"({ACT})({act})")) for name, act in acts.items()}
    page.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=1000)
    count = parser.parse_args().agencies
    chromium = next((p for name in ("chromium", "google-chrome") if (p := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "data").mkdir()
        copies(folder / "data", count)
        site = folder / "site"
        build = [sys.executable, "-m", "scoring", "build", "--without-demo", "--without-pictures"]
        timed([*build, "--data", folder / "data", "--to", site])
        league = max((site / "data" / "leagues").glob("*.json"), key=lambda path: path.stat().st_size)
        longest = max((site / "en" / "agencies").glob("*/index.html"), key=lambda path: path.stat().st_size)
        pages = {
            "ranking": f"en/rankings/{league.stem}/",
            "profile": f"en/agencies/{longest.parent.name}/",
            "own ranking": "en/own/",
        }
        ours, theirs = serve(site), serve(peer(site, pages, folder / "peer"))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        kept = report(browser, ours, theirs, pages, count)
        times = quickness(browser, f"{ours}/{pages['ranking']}", great(json.loads(league.read_text("utf-8")), ROWS))
        for act, time in times.items():
            kept &= time <= LIMIT
            print(f"{act} among {ROWS:,} rows: {time:.0f} ms")
        browser.close()
    print("within the budget" if kept else "beyond the budget")
    return 0 if kept else 1


def report(browser: Any, ours: str, theirs: str, pages: dict[str, str], count: int) -> bool:
    """Print each page's cost beside the peer's; tell whether ours keep the budget."""
    kept = True
    print(f"{count} agencies; processor {SLOWER} times slower, 390 px")
    for name, path in pages.items():
        own, other = usual(browser, f"{ours}/{path}"), usual(browser, f"{theirs}/{name.replace(' ', '-')}/")
        kept &= own.bytes <= BUDGET[name] * 1000 and own.task <= LIMIT and own.shift < 0.001
        for label, one in (("", own), (" in the theme's frame", other)):
            told = f"{one.bytes / 1000:6.1f} KB, longest task {one.task:4.0f} ms, shift {one.shift:.4f}"
            print(f"{name + label:32} {told}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
