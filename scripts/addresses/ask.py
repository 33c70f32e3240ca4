"""One question to one server: does this address still answer? Follows redirects, and never to a private address."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from threading import Timer
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from addresses.turns import Turns
from scoring.rules.addresses import find_fault

State = Literal["fine", "gone", "moved", "silent", "closed", "refused", "unasked"]
Resolve = Callable[[str, int], list[tuple[str, int]]]
GONE, PERMANENT, REDIRECTS = (404, 410), (301, 308), (301, 302, 303, 307, 308)
CLOSED = (401, 403, 406, 451)  # it answers, and lets no program in
LATER = (429, 503)
HOPS = 6
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


class NotPublic(Exception):
    """A name that leads to no public address, or an address that nobody else could open."""


@dataclass(frozen=True)
class Answer:
    """What came of an address: `why` in words, `to` where it moved, `wait` in seconds where the server asked for it."""

    state: State
    why: str = ""
    to: str | None = None
    wait: float | None = None


def public(host: str, port: int) -> list[tuple[str, int]]:
    """The numbers of a host. Raises NotPublic where any of them is private, local or reserved."""
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or any(not ip_address(number.partition("%")[0]).is_global for number in found):
        raise NotPublic("no public address")
    return [(number, port) for number in sorted(found, key=lambda number: (":" in number, number))]


@dataclass(frozen=True)
class _Reply:
    status: int
    location: str | None
    wait: float | None


@dataclass(frozen=True)
class Asker:
    """Asks addresses one by one. The number that was looked at is the one that is connected to."""

    repository: str
    timeout: float = 20.0
    turns: Turns = field(default_factory=Turns)
    resolve: Resolve = public

    def ask(self, address: str) -> Answer:
        """What an address answers now, in words a person can use."""
        try:
            return self._follow(address)
        except NotPublic as error:
            return Answer("refused", str(error))
        except TimeoutError:
            return Answer("silent", "no answer in time")
        except ssl.SSLError as error:
            return Answer("silent", f"no secure connection ({error.reason or 'TLS'})")
        except socket.gaierror:
            return Answer("silent", "its name is unknown")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer("silent", type(error).__name__)

    def _follow(self, address: str) -> Answer:
        here, moved, lasting = address, None, True
        for _ in range(HOPS):
            reply = self._reply(here)
            if reply.status not in REDIRECTS or not reply.location:
                return _judged(reply, moved)
            here = _plain(urljoin(here, _readable(reply.location)))
            lasting = lasting and reply.status in PERMANENT
            moved = here if lasting and _elsewhere(address, here) else moved
        return Answer("silent", f"more than {HOPS} redirects")

    def _reply(self, address: str) -> _Reply:
        """HEAD; and GET where a server does not like that, or says what should not rest on HEAD alone."""
        if find_fault(address):
            raise NotPublic("leads to no public address")
        reply = self._send("HEAD", address)
        return self._send("GET", address) if reply.status >= 400 and reply.wait is None else reply

    def _send(self, method: str, address: str) -> _Reply:
        parts = urlsplit(_plain(address))
        host, target = _ascii(parts.hostname or ""), parts.path + (f"?{parts.query}" if parts.query else "")
        with self.turns.of(host), self._connected(host, parts.scheme == "https") as connection:
            headers = {"User-Agent": f"HiwarAddressCheck/1 (+{self.repository})", "Accept": "*/*"}
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            wait = _wait(response.getheader("Retry-After")) if response.status in LATER else None
            return _Reply(response.status, response.getheader("Location"), wait)

    @contextmanager
    def _connected(self, host: str, secure: bool) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut when its time is up, however slowly the other side goes on talking."""
        connection = http.client.HTTPConnection(host, timeout=self.timeout)
        connection.sock = self._socket(host, 443 if secure else 80)
        limit = Timer(self.timeout, lambda: _cut(connection))
        try:
            limit.start()
            if secure:
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(connection.sock, False, False, server_hostname=host)
                connection.sock.do_handshake()
            yield connection
        finally:
            limit.cancel()
            connection.close()

    def _socket(self, host: str, port: int) -> socket.socket:
        error: OSError = OSError("no number")
        for number in self.resolve(host, port):
            try:
                return socket.create_connection(number, self.timeout)
            except OSError as failed:
                error = failed
        raise error


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # perhaps it is closed already
        connection.sock.shutdown(socket.SHUT_RDWR)


def _judged(reply: _Reply, moved: str | None) -> Answer:
    if reply.status in GONE:
        return Answer("gone", str(reply.status))
    if reply.status < 400:
        return Answer("moved", str(reply.status), moved) if moved else Answer("fine")
    state: State = "closed" if reply.status in CLOSED else "silent"
    return Answer(state, f"status {reply.status}", wait=reply.wait)


def _elsewhere(address: str, other: str) -> bool:
    """Whether a redirect leads to another page, not only to https, www or a slash."""
    (host, path, query), found = (
        ((parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query)
        for parts in (urlsplit(_plain(address)), urlsplit(other))
    )
    return (host, path, query) != found


def _wait(text: str | None) -> float | None:
    """Seconds of a Retry-After: a number, or a moment."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _readable(location: str) -> str:
    """A header's text: http.client reads it as Latin-1, servers write UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _plain(address: str) -> str:
    """An address as it is asked: path and query in ASCII, no fragment. What is escaped already stays."""
    parts = urlsplit(address)
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return parts._replace(path=path, query=query, fragment="").geturl()


def host_of(address: str) -> str:
    """The host that an address is on, for taking turns; empty where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
