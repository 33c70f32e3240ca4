"""Web addresses: plain, public, and what they seem to be. Nothing is fetched.

Domains in Arabic are as good as Latin ones; a label that mixes scripts is not, nor is a domain of letters that only
look Latin (Unicode Technical Standard 39, restriction level "highly restrictive", simplified).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from scoring.problems import Message, Problem, Spot
from scoring.rules import messages as m
from scoring.rules.view import View

_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]|&(?:#\w+|[a-zA-Z]+);")
_DOTS = "。．｡"
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_LOCAL = frozenset(("localhost", "local", "localdomain", "internal", "lan", "home", "intranet", "arpa"))
_LOOKALIKES = frozenset(("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"))
_JAPANESE = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}
_PORTS = {"http": 80, "https": 443}
# Numbers that founding records were read at, each a mirror flagged in its source's note. Add no further ones.
_KNOWN_MIRRORS = frozenset(("65.108.81.244",))

Fault = tuple[Message, dict[str, object]]


def sources_have_an_address(view: View) -> Iterator[Problem]:
    """Two clicks from a rank to its source: every source is a page that anybody can open."""
    for item, here in view.evidence():
        yield from check_address(item.source.url, here("source", "url"))
        for index, address in enumerate(item.source.also):
            yield from check_address(address, here("source", "also", index))


def websites_have_an_address(view: View) -> Iterator[Problem]:
    """A profile links to the agency's own site and to nothing that only looks like it."""
    for profile, here in view.profiles():
        if profile.website is not None:
            yield from check_address(profile.website, here("website"))


def check_address(address: str, place: Spot) -> Iterator[Problem]:
    """At most one problem: the first thing that is wrong with an address."""
    if fault := find_fault(address):
        yield fault[0].at(place, address, **fault[1])


def find_fault(address: str) -> Fault | None:
    """What is wrong with a web address; None where nothing is."""
    if _NOT_IN_ADDRESS.search(address) or _holds_controls(address):
        return m.ADDRESS_FORM, {}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return m.ADDRESS_FORM, {}
    if parts.scheme not in _PORTS or not address[len(parts.scheme) :].startswith("://"):
        return m.ADDRESS_SCHEME, {}
    if "@" in parts.netloc:
        return m.ADDRESS_USER, {}
    if port is not None and port != _PORTS[parts.scheme]:
        return m.ADDRESS_PORT, {"port": port}
    return _host_fault(parts.netloc)


def _holds_controls(address: str) -> bool:
    return not address.isprintable() and any(unicodedata.category(c)[0] == "C" for c in address)


@lru_cache(maxsize=100_000)  # many pages of few hosts
def _host_fault(netloc: str) -> Fault | None:
    parts = SplitResult("", netloc, "", "", "")
    host = (parts.hostname or "").removesuffix(".")
    if host in _KNOWN_MIRRORS:
        return None
    if unicodedata.normalize("NFKC", host) != host or any(dot in host for dot in _DOTS):
        return m.ADDRESS_FORM, {}
    labels = [_decoded(label) for label in host.split(".")]
    if "[" in parts.netloc or len(labels) < 2 or _NUMERIC.fullmatch(labels[-1]) or labels[-1] in _LOCAL:
        return m.ADDRESS_HOST, {}
    if not all(_is_label(label) for label in labels):
        return m.ADDRESS_FORM, {}
    if _mixes_scripts(labels):
        return m.ADDRESS_SCRIPTS, {"punycode": ".".join(_encoded(label) for label in labels)}
    return None


def _decoded(label: str) -> str:
    """`xn--…` as it will be shown; anything else as it is."""
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _encoded(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _is_label(label: str) -> bool:
    inside = all(unicodedata.category(c)[0] in "LM" or unicodedata.category(c) == "Nd" or c in "-_" for c in label)
    return 0 < len(label) <= 63 and inside and label[0] != "-" and label[-1] != "-"


def _mixes_scripts(labels: list[str]) -> bool:
    scripts = [{_script(c) for c in label if c.isalpha()} for label in labels]
    together = set().union(*scripts)
    return any(len(each) > 1 for each in scripts) or (len(together) > 1 and bool(together & _LOOKALIKES))


def _script(char: str) -> str:
    name = unicodedata.name(char, "?").split()[0]
    return _JAPANESE.get(name, name)
