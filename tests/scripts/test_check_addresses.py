"""The schedule that asks addresses: what it tells apart, whom it does not ask, and how its report stays text."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import check_addresses
import pytest
import yaml
from check_addresses import Found, addresses, ask, ask_all, report

ROOT = Path(__file__).resolve().parents[2]


class Site(BaseHTTPRequestHandler):
    seen: ClassVar[list[str]] = []
    busy: ClassVar[bool] = True

    def answer(self) -> None:
        path = self.path.split("?")[0]
        Site.seen.append(f"{self.command} {path} {self.headers['User-Agent']}")
        status = {"/fine": 200, "/gone": 404, "/gone-for-good": 410, "/error": 500, "/no-head": 200}.get(path, 404)
        headers = {}
        if path == "/no-head" and self.command == "HEAD":
            status = 405
        for start, code, target in (("/moved", 301, "/fine"), ("/today", 302, "/fine"), ("/round", 301, "/round"),
                                    ("/slash", 301, "/slash/"), ("/secret", 301, "http://10.0.0.1/")):  # fmt: skip
            if path == start:
                status, headers["Location"] = code, target
        if path == "/slash/":
            status = 200
        if path == "/busy":
            status, Site.busy = (503, False) if Site.busy else (200, False)
            headers["Retry-After"] = "0"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def here() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "state"),
    [("fine", "fine"), ("fine?q=معالي", "fine"), ("gone", "gone"), ("gone-for-good", "gone"), ("error", "silent"),
     ("no-head", "fine"), ("moved", "moved"), ("today", "fine"), ("round", "silent"), ("slash", "fine"),
     ("busy", "fine")],
)  # fmt: skip
def test_states_are_told_apart(here: str, path: str, state: str) -> None:
    assert ask(f"{here}/{path}", local=True).state == state


def test_it_says_who_asks(here: str) -> None:
    Site.seen.clear()
    ask(f"{here}/fine", local=True)
    assert Site.seen == [f"HEAD /fine {check_addresses.AGENT}"] and "github.com/hiwar" in check_addresses.AGENT


def test_private_hosts_are_not_asked(here: str) -> None:
    Site.seen.clear()
    assert ask(f"{here}/fine").state == "unasked" and not Site.seen
    for url in (
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
    ):
        assert ask(url).state in ("unasked", "silent"), url


def test_nobody_listening_is_silence() -> None:
    assert ask("http://127.0.0.1:9/", local=True).state == "silent"


def test_one_at_a_time_for_each_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_addresses, "PAUSE", 0.01)
    running: dict[str, int] = {}
    most: list[int] = []

    def asking(url: str) -> Found:
        host = url.split("/")[2]
        running[host] = running.get(host, 0) + 1
        most.append(running[host])
        time.sleep(0.01)
        running[host] -= 1
        return Found("fine")

    urls = [f"http://{host}.example/{n}" for host in "abc" for n in range(5)]
    assert set(ask_all(urls, 1, asking)) == set(urls) and max(most) == 1


def test_what_there_is_no_time_for_is_told() -> None:
    found = ask_all(["http://a.example/1"], 0, partial(ask, local=True))
    assert found["http://a.example/1"] == Found("unasked", "no time left")


def test_the_report_is_text() -> None:
    url = "http://x.example/`@everyone`<script>#1"
    text = report({url: Found("gone", "404"), "http://y.example/": Found("fine")}, {url: ["qa-x.one"]})
    line = next(row for row in text.splitlines() if "x.example" in row)
    assert line == "- `http://x.example/%60@everyone%60<script>#1` (`404`): `qa-x.one`"
    assert "Of 2 addresses, 1 answered" in text and "y.example" not in text


def test_every_source_of_the_data_is_asked() -> None:
    found = addresses(ROOT / "data")
    assert len(found) > 500 and all(ids for ids in found.values())


def test_the_schedule_may_not_write_code_nor_block_a_merge() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/addresses.yml").read_text(encoding="utf-8"))
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}, "`on` is read as true by YAML 1.1"
    assert workflow["permissions"] == {"contents": "read", "issues": "write"}
    steps = workflow["jobs"]["ask"]["steps"]
    assert all("@" in s["uses"] and len(s["uses"].split("@")[1]) == 40 for s in steps if "uses" in s)
