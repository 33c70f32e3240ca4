"""The schedule that asks addresses: what it tells apart, whom it does not ask, and how its report stays text."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import check_addresses
import pytest
import yaml
from addresses import ask
from addresses.ask import Answer, Asker, NotPublic, public
from addresses.report import BOX, Page, report
from addresses.rounds import ALONE, UNASKED, Rounds
from addresses.turns import Turns

from scoring.model import Dataset

ROOT = Path(__file__).resolve().parents[2]
AGENT = "https://github.example/hiwar"
REDIRECTS = {
    "/moved": (301, "/fine"), "/moved-308": (308, "http://other.example/fine"), "/today": (302, "/fine"),
    "/then-today": (301, "/today"), "/today-then": (302, "/moved"), "/round": (301, "/round"),
    "/www": (301, "http://www.x.example/www"), "/inside": (302, "http://10.0.0.1/admin"), "/slash": (301, "/slash/"),
    "/hidden": (302, "http://inside.example/"), "/file": (301, "file:///etc/passwd"), "/broken": (301, "http://[::1"),
    "/port": (302, "http://x.example:6379/"),
    "/arabic": (301, "/خدمة?q=رد".encode().decode("latin-1")), "/to-gone": (301, "/gone"), "/nowhere": (301, ""),
}  # fmt: skip
STATUS = {"/gone": 404, "/gone-for-good": 410, "/error": 500, "/login": 403, "/busy": 503, "/busy-day": 429}


class Site(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []
    waits: ClassVar[dict[str, list[str]]] = {}

    def answer(self) -> None:
        path = self.path.partition("?")[0]
        Site.asked.append(f"{self.command} {self.headers['Host']}{self.path}")
        if path == "/drip":
            return self.drip()
        if path == "/hang":
            time.sleep(1)
        status, location = REDIRECTS.get(path, (STATUS.get(path, 200), ""))
        if path == "/www" and self.headers["Host"].startswith("www."):
            status, location = 200, ""
        if path == "/no-head" and self.command == "HEAD":
            status = 405
        wait = Site.waits[path].pop(0) if Site.waits.get(path) else None
        self.send_response(200 if path in Site.waits and wait is None else status)
        for name, value in (("Location", location), ("Retry-After", wait), ("X-Agent", self.headers["User-Agent"])):
            if value:
                self.send_header(name, value)
        self.end_headers()

    do_GET = do_HEAD = answer

    def drip(self) -> None:
        """Never silent for long, and never done."""
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200:
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def asker() -> Iterator[Asker]:
    """Every host is this machine, but for one that is in a private network."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Site.asked.clear()
    Site.waits.clear()

    def resolve(host: str, port: int) -> list[tuple[str, int]]:
        if host == "inside.example":
            raise NotPublic("no public address")
        return [("127.0.0.1", server.server_port)]

    yield Asker(AGENT, 0.4, Turns(0), resolve)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state", "to"),
    [
        ("/fine", "fine", None),
        ("/gone", "gone", None),
        ("/gone-for-good", "gone", None),
        ("/to-gone", "gone", None),
        ("/error", "silent", None),
        ("/login", "closed", None),
        ("/no-head", "fine", None),
        ("/moved", "moved", "http://x.example/fine"),
        ("/moved-308", "moved", "http://other.example/fine"),
        ("/then-today", "moved", "http://x.example/today"),
        ("/today", "fine", None),
        ("/today-then", "fine", None),
        ("/slash", "fine", None),
        ("/www", "fine", None),
        ("/arabic", "moved", "http://x.example/%D8%AE%D8%AF%D9%85%D8%A9?q=%D8%B1%D8%AF"),
        ("/nowhere", "fine", None),
        ("/round", "silent", None),
        ("/broken", "silent", None),
        ("/hang", "silent", None),
        ("/inside", "refused", None),
        ("/hidden", "refused", None),
        ("/port", "refused", None),
        ("/file", "refused", None),
    ],
)
def test_states_are_told_apart(asker: Asker, path: str, state: str, to: str | None) -> None:
    found = asker.ask(f"http://x.example{path}")
    assert (found.state, found.to) == (state, to)


def test_head_comes_first_and_get_only_where_it_is_needed(asker: Asker) -> None:
    asker.ask("http://x.example/fine?a=1#part")
    asker.ask("http://x.example/no-head")
    assert Site.asked == ["HEAD x.example/fine?a=1", "HEAD x.example/no-head", "GET x.example/no-head"]


def test_it_says_who_asks(asker: Asker) -> None:
    with asker._connected("x.example", False) as connection:
        connection.request("HEAD", "/fine", headers={"User-Agent": f"HiwarAddressCheck/1 (+{AGENT})"})
        assert AGENT in str(connection.getresponse().getheader("X-Agent"))
    assert check_addresses.REPOSITORY in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_addresses_in_arabic_are_asked_in_the_webs_own_spelling(asker: Asker) -> None:
    assert asker.ask("http://وزارة.example/سياسة").state == "fine"
    assert Site.asked == ["HEAD xn--mgbexc3i.example/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9"]


def test_who_talks_without_end_is_cut_off(asker: Asker) -> None:
    start = time.monotonic()
    assert asker.ask("http://x.example/drip").state == "silent"
    assert time.monotonic() - start < 2


def test_no_answer_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = Asker(AGENT, 0.4, Turns(0), lambda host, port: [("127.0.0.1", 9)])
    assert closed.ask("http://x.example/").state == "silent"
    assert closed.ask("https://x.example/").state == "silent"


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1%eth0",
     "fd00::1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_a_name_with_any_private_number_is_not_asked(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", (number, 80))]
    monkeypatch.setattr(ask.socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(NotPublic):
        public("x.example", 80)
    assert Asker(AGENT).ask("http://x.example/").state == "refused"
    monkeypatch.setattr(ask.socket, "getaddrinfo", lambda *_, **__: rows[:1])
    assert public("x.example", 80) == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    "address", ["http://localhost/", "http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd", "x"]
)
def test_what_is_no_public_address_is_not_even_looked_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask.socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    assert Asker(AGENT).ask(address).state == "refused"


# --- rounds -----------------------------------------------------------------------------------------------


def rounds(asker: Asker, seconds: float = 60) -> tuple[Rounds, list[float]]:
    slept: list[float] = []
    return Rounds(asker, seconds, slept.append), slept


def test_a_server_that_asks_to_wait_is_waited_for(asker: Asker) -> None:
    Site.waits["/busy"] = ["7"]
    asking, slept = rounds(asker)
    assert asking.ask(["http://x.example/busy"]) == {"http://x.example/busy": Answer("fine")} and slept == [7]
    Site.waits["/busy"] = [format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)]
    asking, slept = rounds(asker)
    assert asking.ask(["http://x.example/busy"])["http://x.example/busy"].state == "fine" and 25 < slept[0] <= 30


def test_one_that_asks_for_long_is_left_alone_with_all_its_pages(asker: Asker) -> None:
    Site.waits["/busy-day"] = ["86400"]
    asking, slept = rounds(asker)
    found = asking.ask(["http://x.example/busy-day", "http://x.example/fine", "http://y.example/fine"])
    assert not slept and found["http://x.example/fine"] == ALONE and found["http://y.example/fine"].state == "fine"
    assert found["http://x.example/busy-day"].state == "silent"


def test_what_there_is_no_time_for_is_told(asker: Asker) -> None:
    asking, _ = rounds(asker, 0)
    assert asking.ask(["http://x.example/fine"]) == {"http://x.example/fine": UNASKED} and not Site.asked


def test_one_at_a_time_to_a_host_with_a_pause_also_by_redirects() -> None:
    slept: list[float] = []
    turns, inside, most = Turns(5, slept.append), [0], [0]

    def turn() -> None:
        with turns.of("x.example"):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.01)
            inside[0] -= 1

    threads = [threading.Thread(target=turn) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] and len(slept) == 5 and slept[0] == 0 and all(4 < pause <= 5 for pause in slept[1:])


# --- the report -------------------------------------------------------------------------------------------

DAY = date(2026, 11, 23)


def test_the_report_is_by_agency_and_its_text_is_text() -> None:
    hostile = "http://x.example/`@everyone`<script>\u202e#1"
    pages = [Page("qa-b", "qa-b.one", hostile), Page("qa-b", "qa-b.two", hostile), Page("qa-a", "qa-a.one", "http://y.example/"),
             Page("qa-c", "qa-c.one", "http://z.example/")]  # fmt: skip
    moved = Answer("moved", "301", "http://w.example/`x`")
    text = report(
        pages, {hostile: Answer("gone", "404"), "http://y.example/": moved, "http://z.example/": Answer("fine")}, DAY
    )
    assert text.startswith("<!-- found: 2 -->\n") and text.index("### qa-a") < text.index("### qa-b")
    assert "qa-c" not in text and "| fine · سليم | 1 |" in text
    assert "- `http://x.example/'@everyone'<script>\\u{202E}#1` (404): `qa-b.one`, `qa-b.two`\n" in text
    assert "- `http://y.example/` → `http://w.example/'x'` (301): `qa-a.one`\n" in text


def test_the_report_fits_into_an_issue() -> None:
    pages = [Page("qa-a", f"qa-a.{n}", f"http://x.example/{n}/{'x' * 100}") for n in range(2000)]
    text = report(pages, {page.address: Answer("gone", "404") for page in pages}, DAY)
    assert len(text) < BOX + 100 and "more lines · سطور أخرى" in text.splitlines()[-1]


def test_every_address_of_the_data_is_asked(dataset: Dataset) -> None:
    pages = check_addresses.pages_of(dataset)
    sources = {item.source.url for agency in dataset.agencies.values() for item in agency.evidence}
    assert len(sources) > 500 and sources <= {page.address for page in pages}


def test_from_data_to_report(asker: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_addresses, "Asker", lambda *_: asker)
    small = ROOT / "tests/fixtures/small"
    assert check_addresses.main(["--data", str(small), "--report", str(tmp_path / "report.md"), "--pause", "0"]) == 0
    assert (
        (tmp_path / "report.md").read_text(encoding="utf-8").startswith("<!-- found: 4 -->")
    )  # nothing speaks TLS here
    assert check_addresses.main(["--data", str(tmp_path), "--report", str(tmp_path / "none.md")]) == 2


def test_the_schedule_may_not_write_code_nor_block_a_merge() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/addresses.yml").read_text(encoding="utf-8"))
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}, "`on` is read as true by YAML 1.1"
    job = workflow["jobs"]["ask"]
    assert workflow["permissions"] == {"contents": "read"}
    assert job["permissions"] == {"contents": "read", "issues": "write"}
    steps = job["steps"]
    assert all("@" in s["uses"] and len(s["uses"].split("@")[1]) == 40 for s in steps if "uses" in s)
