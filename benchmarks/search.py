"""How long the search takes to its first result among 10,000 agencies, what it fetches, and what it finds.

    .venv/bin/python benchmarks/search.py [--latency 20] [--agencies 10000]

The agencies, an account and four findings of each are made up with a seed. The index is served compressed on this
machine and asked in headless Chromium. Cold: a fresh browser that has only the page's scripts. Warm: the same page
after another query, with this one's files not fetched yet. Pagefind stands beside it on the same documents, a page
each, with its defaults, where it is installed (pip install 'pagefind[bin]').
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from measure import ROOT

from scoring.search import Document, index, initials

SEED = 1
KINDS = [
    ("Ministry of Health", "وزارة الصحة"), ("Ministry of Justice", "وزارة العدل"), ("Municipality", "بلدية"),
    ("Electricity and Water Authority", "هيئة الكهرباء والمياه"), ("University", "جامعة"), ("Police", "شرطة"),
    ("Governorate", "محافظة"), ("Ministry of Education", "وزارة التربية والتعليم"), ("Court", "محكمة"),
    ("General Directorate of Traffic", "الإدارة العامة للمرور"), ("Civil Registry", "السجل المدني"),
    ("Public Library", "المكتبة العامة"), ("Tax Authority", "مصلحة الضرائب"), ("Port Authority", "سلطة الموانئ"),
    ("Islamic Affairs Department", "دائرة الشؤون الإسلامية"), ("Digital Government Agency", "هيئة الحكومة الرقمية"),
]  # fmt: skip
SYLLABLES = [
    ("ba", "با"), ("ra", "را"), ("mi", "مي"), ("no", "نو"), ("sal", "سال"), ("dur", "دور"), ("kha", "خا"),
    ("tel", "تيل"), ("fa", "فا"), ("shi", "شي"), ("qa", "قا"), ("zan", "زان"), ("lu", "لو"), ("ha", "حا"),
]  # fmt: skip
FINDINGS = [
    ("{n} of {of} enquiries were answered within {h} hours.", "أُجيب عن {n} من {of} استفساراً خلال {h} ساعة."),
    ("A policy says who may post and how corrections are made.", "سياسة منشورة تبيّن من ينشر وكيف تُصحح الأخطاء."),
    ("The account has {n} followers and names {h} audiences.", "للحساب {n} متابعاً ويذكر {h} من فئات الجمهور."),
    ("Replies to complaints are promised within {h} working hours.", "التزام بالرد على الشكاوى خلال {h} ساعة عمل."),
]  # fmt: skip
Query = tuple[str, str, str | None]  # what sort it is, its words, and the address it should find


def made_up(agencies: int) -> list[Document]:
    """Every document of so many agencies, each with a place of its own, an account and four findings."""
    chance = random.Random(SEED)
    bodies, accounts, findings, places = [], [], [], set[str]()
    while len(bodies) < agencies:
        parts = [chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))]
        en, ar = "".join(p[0] for p in parts).capitalize(), "".join(p[1] for p in parts)
        if en in places:
            continue
        places.add(en)
        kind = chance.choice(KINDS)
        name, arabic = f"{kind[0]} of {en}", f"{kind[1]} في {ar}"
        address, handle = f"agencies/x-{len(bodies)}/", f"@{initials(kind[0] + ' X')[0]}_{en}{chance.randint(1, 99)}"
        names, headings = (name, arabic, handle, *initials(name)), (f"Country{len(bodies) % 20}", "وطني", "national")
        bodies.append(Document(address, "agency", arabic, "دولة · وطني", names, headings))
        accounts.append(Document(f"{address}#account-1", "account", handle, f"{arabic} · إكس", names=(handle,)))
        for number, (english, own) in enumerate(FINDINGS):
            values = {"n": chance.randint(2, 9999), "of": chance.randint(9, 9999), "h": chance.randint(1, 72)}
            text = f"{english.format(**values)} {own.format(**values)}"
            findings.append(Document(f"{address}#{number}", "evidence", own.format(**values), arabic, text=text))
    return bodies + accounts + findings


def queries(documents: list[Document], count: int = 12) -> list[Query]:
    """Names, accounts and slips, with and without what Arabic leaves open; the answer is known."""
    chance = random.Random(SEED + 1)
    bodies = [one for one in documents if one.kind == "agency"]
    articled = [one for one in bodies if " ال" in one.names[1]]
    made: list[Query] = []
    for number, one in enumerate(chance.sample(bodies, count)):
        english, arabic, handle = one.names[:3]
        place, last = english.split()[-1], arabic.split()[-1]
        at = chance.randrange(1, len(place) - 1)
        other = chance.choice(articled)
        plain = arabic.replace("ة", "ه").replace("إ", "ا").replace(" ال", " ")
        made += [
            ("name, Arabic, spelt plainly", plain, one.address),
            ("name, English", english, one.address),
            [
                ("one letter too few", f"{english.removesuffix(place)}{place[:at]}{place[at + 1 :]}", one.address),
                ("another letter in the article", other.names[1].replace(" ال", " اع"), other.address),
                ("two letters changed over", f"{last[0]}{last[2]}{last[1]}{last[3:]}", one.address),
                ("account", handle, one.address),
                ("account, part of it", handle.split("_")[1], one.address),
                ("words of a finding", "سياسه التصحيح", None),
            ][number % 6],
        ]
    return made


class Served(BaseHTTPRequestHandler):
    """A folder, compressed as hosts do it, with every byte of a body counted."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a host does not wait for more before it sends, nor should this one
    wbufsize = -1
    packed: dict[str, bytes]
    sent: list[int]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        body = self.packed.get(path, b"")
        self.sent.append(len(body))
        self.send_response(200 if body else 404)
        kind = {"js": "text/javascript", "html": "text/html", "json": "application/json"}.get(path.rsplit(".", 1)[-1])
        self.send_header("Content-Type", kind or "application/octet-stream")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


OURS = """async () => {
  const { open } = await import("/js/search-core.js");
  const read = async (name) => (await fetch(`/search/${name}`)).text();
  let index = null;
  window.ask = async (query) => {
    index ??= open(read);
    const { shown } = await (await index).find(query);
    return shown.map((one) => one.address);
  };
}"""
PAGEFIND = """async () => {
  const search = await import("/pagefind/pagefind.js");
  window.ask = async (query) => {
    const { results } = await search.search(query);
    return Promise.all(results.slice(0, 10).map(async (one) => (await one.data()).url.replace(/^\\//, "")));
  };
}"""
TIMED = """async (query) => {
  const before = performance.now();
  const found = await window.ask(query);
  return [performance.now() - before, found.slice(0, 3)];
}"""


def asked(browser: Any, address: str, start: str, asks: list[Query], latency: int, sent: list[int]) -> Iterator[Any]:
    """For each query: milliseconds cold and warm, bytes of the cold one, and whether it was right (None: not asked)."""

    def opened() -> tuple[Any, Any]:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/index.html")
        page.evaluate(start)
        if latency:
            wire = context.new_cdp_session(page)
            wire.send("Network.enable")
            speed = {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1}
            wire.send("Network.emulateNetworkConditions", speed)
        return context, page

    for number, (_, words, wanted) in enumerate(asks):
        context, page = opened()
        sent.clear()
        cold, found = page.evaluate(TIMED, words)
        fetched = sum(sent)
        context.close()
        context, page = opened()
        page.evaluate(TIMED, asks[number - 1][1])
        warm, _ = page.evaluate(TIMED, words)
        context.close()
        yield cold, warm, fetched, None if wanted is None else wanted in found


def measured(folder: Path, start: str, asks: list[Query], latency: int) -> list[Any]:
    from playwright.sync_api import sync_playwright

    sent: list[int] = []
    files = (p for p in folder.rglob("*") if p.is_file())
    packed = {f"/{p.relative_to(folder).as_posix()}": gzip.compress(p.read_bytes()) for p in files}
    handler = type("Handler", (Served,), {"packed": packed, "sent": sent})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = next(p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        found = list(asked(browser, f"http://127.0.0.1:{server.server_port}", start, asks, latency, sent))
        browser.close()
    server.shutdown()
    return found


def our_index(documents: list[Document], folder: Path) -> None:
    for name, text in index(documents).items():
        path = folder / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "theme" / "assets" / "js", folder / "js")


def pagefinds(documents: list[Document], folder: Path) -> None:
    """A page for each document with the same words, names as headings, indexed as Pagefind does by default."""
    site = folder / "site"
    for one in documents:
        names = "".join(f"<h1>{escape(name)}</h1>" for name in one.names or (one.title,))
        words = escape(" ".join((*one.headings, one.text)))
        path = site / one.address.replace("#", "") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html><html lang=ar><body>{names}<p>{words}</p></body></html>", encoding="utf-8")
    out = folder / "pagefind"
    subprocess.run([sys.executable, "-m", "pagefind", "--site", site, "--output-path", out, "--quiet"], check=True)
    shutil.rmtree(site)


def told(name: str, asks: list[Query], rows: list[Any], seconds: float, files: list[Path]) -> None:
    """The table of one search, a line for each sort of question."""
    size = sum(p.stat().st_size for p in files) / 2**20
    print(f"\n{name}: index of {len(files):,} files, {size:.1f} MiB, built in {seconds:.1f} s")
    print(f"{'':30}{'cold ms':>9}{'warm ms':>9}{'KB':>8}{'among the first 3':>20}")
    for sort in (*dict.fromkeys(ask[0] for ask in asks), "all, median", "all, highest"):
        chosen = [row for ask, row in zip(asks, rows, strict=True) if ask[0] == sort or sort.startswith("all")]
        middle: Callable[[list[float]], float] = max if sort == "all, highest" else statistics.median
        right = [row[3] for row in chosen if row[3] is not None]
        cold, warm, fetched = (middle([row[at] for row in chosen]) for at in range(3))
        found = f"{sum(right)} of {len(right)}" if right else ""
        print(f"{sort:30}{cold:>9.0f}{warm:>9.0f}{fetched / 1000:>8.0f}{found:>20}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=10_000)
    parser.add_argument("--latency", type=int, default=0, help="milliseconds added to each request")
    options = parser.parse_args()
    documents = made_up(options.agencies)
    asks = queries(documents)
    counts = f"{options.agencies:,} agencies, {len(documents):,} documents, {len(asks)} queries"
    print(f"{counts}, {options.latency} ms latency")
    searches = [("Hiwar", our_index, OURS, "search")]
    if importlib.util.find_spec("pagefind"):
        searches.append(("Pagefind", pagefinds, PAGEFIND, "pagefind"))
    else:
        print("Pagefind is not installed here, so it is not beside it")
    for name, build, start, beneath in searches:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "index.html").write_text("<!doctype html><html lang=ar><title>search</title>", encoding="utf-8")
            before = time.perf_counter()
            build(documents, folder)
            seconds = time.perf_counter() - before
            rows = measured(folder, start, asks, options.latency)
            told(name, asks, rows, seconds, [p for p in (folder / beneath).rglob("*") if p.is_file()])


if __name__ == "__main__":
    main()
