"""Asks every address of the evidence whether it still answers, politely, and writes a report. It blocks nothing.

    scripts/check_addresses.py --report report.md [--minutes 60]

One request at a time for each host, with a pause; HEAD first, GET where that is refused. Hosts in private networks are
not asked: the addresses come from strangers.
"""

from __future__ import annotations

import argparse
import http.client
import ipaddress
import socket
import ssl
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parents[1]
AGENT = "hiwar-address-check (+https://github.com/hiwar-benchmark/hiwar)"
TIMEOUT, PAUSE, HOPS, WORKERS, PATIENCE = 20.0, 1.0, 5, 16, 60.0
GONE, MOVED = frozenset((404, 410)), frozenset((301, 308))
_PLAIN = "/?%:@!$&'()*+,;=~-._"  # characters of an address that stand as they are
HEAD = """# Addresses that no longer answer · عناوين لم تعد تستجيب

Of {total} addresses, {fine} answered. An address that is gone does not make a finding wrong: look for the page in a web
archive and add `archived`, or replace the source.

العناوين {total}، أجاب منها {fine}. ولا يعني ذهاب العنوان أن الدليل خطأ: ابحث عن الصفحة في محفوظات الويب وأضف
`archived`، أو استبدل المصدر.
"""
TITLES = {
    "gone": "Gone (404, 410) · لم تعد موجودة",
    "moved": "Moved for good · انتقلت نهائياً",
    "silent": "Did not answer today · لم تجب اليوم",
    "unasked": "Not asked · لم تُسأل",
}


@dataclass(frozen=True)
class Found:
    """What became of an address: fine, gone, moved, silent or unasked, and what is to be told of it."""

    state: str
    told: str = ""


def addresses(data: Path) -> dict[str, list[str]]:
    """Address → ids of the evidence items that rest on it, each in order."""
    dataset = read_dataset(data).dataset
    found: dict[str, list[str]] = defaultdict(list)
    for agency in dataset.agencies.values() if dataset else ():
        for item in agency.evidence:
            found[item.source.url].append(item.id)
    return dict(sorted(found.items()))


def ask(url: str, local: bool = False) -> Found:
    """Follow one address to where it leads. `local` lets private hosts be asked, for the tests."""
    here, lasting = url, True
    for _ in range(HOPS + 1):
        try:
            status, headers = _answer(here, local)
        except PermissionError as error:
            return Found("unasked", str(error))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Found("silent", type(error).__name__)
        if status in GONE:
            return Found("gone", str(status))
        if 300 <= status < 400 and "location" in headers:
            lasting = lasting and status in MOVED
            here = urljoin(here, headers["location"])
            continue
        if status >= 500 or status == 429:
            return Found("silent", str(status))
        return Found("moved", here) if here != url and lasting and _elsewhere(url, here) else Found("fine")
    return Found("silent", "redirects without end")


def _elsewhere(url: str, other: str) -> bool:
    """Whether a redirect leads to another page, not only to https, www or a slash."""
    first, second = (urlsplit(u) for u in (url, other))
    hosts = [(parts.hostname or "").removeprefix("www.") for parts in (first, second)]
    return hosts[0] != hosts[1] or first.path.rstrip("/") != second.path.rstrip("/")


def _answer(url: str, local: bool) -> tuple[int, Mapping[str, str]]:
    status, headers = _request("HEAD", url, local)
    if status in (403, 405, 501) or status in GONE:
        status, headers = _request("GET", url, local)  # some servers know no HEAD
    wait = headers.get("retry-after", "")
    if status in (429, 503) and wait.isdigit() and float(wait) <= PATIENCE:
        time.sleep(float(wait))
        status, headers = _request("GET", url, local)
    return status, headers


def _request(method: str, url: str, local: bool) -> tuple[int, Mapping[str, str]]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PermissionError("no address of the web")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _public(parts.hostname, port, local)
    name = parts.hostname.encode("idna").decode()
    connection = http.client.HTTPConnection(name, port, timeout=TIMEOUT)
    connection.sock = socket.create_connection((address, port), timeout=TIMEOUT)  # the address that was looked at
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=name)
    target = quote(parts.path or "/", safe=_PLAIN) + (f"?{quote(parts.query, safe=_PLAIN)}" if parts.query else "")
    try:
        connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def _public(host: str, port: int, local: bool) -> str:
    """An address of the host that is in the public internet. Raises PermissionError where it has none."""
    for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if local or ipaddress.ip_address(place[0]).is_global:
            return str(place[0])
    raise PermissionError("the host is in a private network")


def ask_all(urls: Iterable[str], minutes: float, asking: Callable[[str], Found] = ask) -> dict[str, Found]:
    """Every address, one at a time for each host; what there was no time for is told as such."""
    ends = time.monotonic() + minutes * 60
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).hostname or ""].append(url)

    def of_host(listed: Sequence[str]) -> dict[str, Found]:
        found = {}
        for number, url in enumerate(listed):
            if number:
                time.sleep(PAUSE)
            found[url] = asking(url) if time.monotonic() < ends else Found("unasked", "no time left")
        return found

    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(of_host, by_host.values()))
    return {url: one for part in parts for url, one in part.items()}


def report(found: Mapping[str, Found], items: Mapping[str, Sequence[str]]) -> str:
    """Markdown in which strangers' text is text: addresses stand in code spans, and nobody is called."""
    fine = sum(one.state == "fine" for one in found.values())
    parts = [HEAD.format(total=len(found), fine=fine)]
    for state, title in TITLES.items():
        listed = [(url, one) for url, one in sorted(found.items()) if one.state == state]
        if listed:
            parts.append(f"\n## {title}: {len(listed)}\n")
        for url, one in listed:
            parts.append(f"- {_code(url)} ({_code(one.told)}): {', '.join(_code(id) for id in items.get(url, ()))}")
    return "\n".join(parts) + "\n"


def _code(text: str) -> str:
    return f"`{text.replace('`', '%60')[:300]}`"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report; addresses that do not answer are no failure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--minutes", type=float, default=60.0, help="stop asking after so long")
    args = parser.parse_args(arguments)
    items = addresses(args.data)
    found = ask_all(items, args.minutes)
    args.report.write_text(report(found, items), encoding="utf-8")
    lost = sum(one.state in ("gone", "moved") for one in found.values())
    print(f"{len(found)} addresses asked, {lost} gone or moved: {args.report}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
