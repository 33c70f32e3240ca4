"""What one page holds, read from its bytes in one pass: ids, addresses, its policy, and what is wrong with it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from scoring.checking import messages
from scoring.problems import Message
from scoring.render.policy import digest

_RAW = "script|style|textarea|title"  # what is in these is no markup
_TOKEN = re.compile(
    r"</(?P<end>[a-z][a-z0-9-]*+)>"
    rf"|<(?P<name>(?!(?:{_RAW})\b)[a-z][a-z0-9-]*+)(?P<attributes>(?>[^\"'<>/]+|\"[^\"]*\"|/(?!>))*+)(?P<itself>/?)>"
    r"|<!--.*?-->"
    rf"|<(?P<raw>{_RAW})(?P<about>(?>[^\"'<>]+|\"[^\"]*\")*+)>(?P<text>.*?)</(?P=raw)>"
    r"|<!doctype html>|(?P<stray><)",
    re.DOTALL | re.IGNORECASE,
)
# attributes that say nothing of ids, addresses, languages or scripts: most of those on a page
_DULL = re.compile(
    r"(?:\s(?:class|scope|title|viewbox|width|height|d|[xy][12]?|c[xy]|r|data-label)=\"[^\"]*\")*+", re.I
)
_ATTRIBUTE = re.compile(r"\s([a-zA-Z:-]+)(?:=\"([^\"]*)\"|(?=\s|$))")
_VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
_LOADS = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("form", "action")}
_LOADING = frozenset(("stylesheet", "icon", "manifest", "preload", "modulepreload"))
_ABROAD = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_UNFILLED = re.compile(r"<!-- hiwar:[^>]*>")  # what comes by the data holds no `<`
_DATA = re.compile(r'type="application/(?:ld\+)?json"')
_INLINE = ("'unsafe-eval'", "'unsafe-inline'", "'wasm-unsafe-eval'", "'unsafe-hashes'")

_REMEMBERED = 20_000
_plain: dict[str, str] = {}  # tags that say nothing of ids, addresses, languages or scripts → what they open or close

Fault = tuple[Message, int, str]  # what, at which character, what was found


@dataclass(slots=True)
class Held:
    """Of a page: its ids, the addresses inside the site that it names, each with the character it is named at first,
    its languages and directions, and its own faults."""

    ids: set[str] = field(default_factory=set)
    links: dict[str, int] = field(default_factory=dict)
    language: str = ""
    direction: str = ""
    policy: str = ""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, message: Message, at: int, found: object) -> None:
        self.faults.append((message, at, str(found)))


def read(text: str) -> Held:
    """A page as it is published; its addresses are those of files, not yet resolved."""
    held, stack = Held(), list[tuple[str, int]]()
    first, *pieces = text.split("<")
    at, done = len(first), 0
    for piece in pieces:
        start, at = at, at + 1 + len(piece)
        if start < done:
            continue  # inside what was looked at already
        tag, closed, _ = piece.partition(">")
        known = _plain.get(tag) if closed else None
        if known is None:
            token = _TOKEN.match(text, start)
            assert token is not None  # at least a stray `<`
            done, known = token.end(), _heed(held, token)
            if done == start + len(tag) + 2 and len(_plain) < _REMEMBERED and _says_nothing(token):
                _plain[tag] = known
        if not known:
            continue
        if known[0] != "/":
            stack.append((known, start))
        elif stack and stack[-1][0] == known[1:]:
            stack.pop()
        else:
            _unpaired(held, stack, known[1:], start)
    for name, start in stack:
        held.fault(messages.MARKUP, start, f"<{name}>")
    held.faults += [(messages.UNFILLED, found.start(), found[0]) for found in _UNFILLED.finditer(text)]
    if not held.policy:
        held.fault(messages.NO_POLICY, 0, "")
    return held


def _heed(held: Held, token: re.Match[str]) -> str:
    """Note what a tag, or an element that holds no markup, says; tell what it opens, as `p`, or closes, as `/p`."""
    kind, at = token.lastgroup, token.start()  # the last part of what was found says which it is
    if kind == "end":
        return f"/{token['end'].lower()}"
    if kind == "itself":
        name = token["name"].lower()
        _open(held, name, token["attributes"], at)
        return "" if token["itself"] or name in _VOID else name
    if kind == "text":
        _raw(held, token["raw"].lower(), token["about"], token["text"], at)
    elif kind == "stray":
        held.fault(messages.MARKUP, at, token.string[at : at + 40])
    return ""


def _says_nothing(token: re.Match[str]) -> bool:
    """Whether a tag is the same wherever it stands: most are, and are looked into once."""
    return token.lastgroup == "end" or (
        token.lastgroup == "itself" and _DULL.fullmatch(token["attributes"]) is not None
    )


def _unpaired(held: Held, stack: list[tuple[str, int]], name: str, at: int) -> None:
    held.fault(messages.MARKUP, at, f"<{stack[-1][0]}> … </{name}>" if stack else f"</{name}>")
    if any(name == one for one, _ in stack):
        while stack.pop()[0] != name:
            pass


def _raw(held: Held, name: str, about: str, text: str, at: int) -> None:
    """An element whose content is no markup: a script, a style sheet, words."""
    _open(held, name, about, at)
    if name in ("script", "style") and text and not _DATA.search(about) and f"'{digest(text)}'" not in held.policy:
        held.fault(messages.REFUSED, at, text.strip()[:60])


def _open(held: Held, name: str, text: str, at: int) -> None:
    if not text:
        return
    attributes = dict(_ATTRIBUTE.findall(text))
    for key, value in attributes.items():
        if key == "id":
            if value in held.ids:
                held.fault(messages.TWICE, at, value)
            held.ids.add(value)
        elif key in ("href", "src", "action") or (key[:5] == "data-" and value[:3] == "../" and value[-1] != "/"):
            _address(held, name, key, value, attributes, at)
        elif key == "style" or key[:2] == "on":
            held.fault(messages.REFUSED, at, f'{key}="{value}"')
    if name in ("html", "body"):
        held.language = held.language or attributes.get("lang", "")
        held.direction = held.direction or attributes.get("dir", "")
    elif name == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
        held.policy = unescape(attributes["content"])
        for found in _weak(held.policy):
            held.fault(messages.WEAK, at, found)


def _weak(policy: str) -> Iterator[str]:
    if not policy.startswith("default-src 'none';"):
        yield policy
    yield from (word for word in _INLINE if word in policy)


def _address(held: Held, name: str, key: str, value: str, attributes: dict[str, str], at: int) -> None:
    value = unescape(value)
    loads = (name, key) in _LOADS or (name == "link" and attributes.get("rel") in _LOADING)
    if loads and name in ("script", "link") and not held.policy:
        held.fault(messages.NO_POLICY, at, value)
    if not _ABROAD.match(value):
        held.links.setdefault(value, at)
    elif loads and not value.startswith("data:"):
        held.fault(messages.FOREIGN, at, value)
    elif value[:11].lower() == "javascript:":
        held.fault(messages.REFUSED, at, value)
