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
# attributes that say nothing of ids, addresses or scripts: most of those on a page
_DULL = (
    r"(?:\s(?:class|scope|title|viewbox|width|height|d|[xy][12]?|c[xy]|r|text-anchor|preserveaspectratio|lang|dir|hreflang"
    r"|rel|type|name|datetime|tabindex|role|aria-(?:label|hidden)|data-(?:label|sort))=\"(?!\.\./)[^\"]*\")*+"
)
_LEADING = re.compile(rf"{_DULL}(?:\shref=\"(?P<to>[^\"]*)\"{_DULL})?", re.IGNORECASE)
_SPEAKING = frozenset(("html", "body", "meta"))  # what their attributes say is of the whole page
_ATTRIBUTE = re.compile(r"\s+([a-z][\w:.-]*)(?:=\"([^\"]*)\")?", re.IGNORECASE)
# as attributes must be written: what is otherwise, browsers read in a way of their own
_ATTRIBUTES = re.compile(r"(?:\s+[a-z][\w:.-]*+(?:=\"[^\"]*\")?(?=\s|$))*+\s*", re.IGNORECASE)
_VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
_LOADS = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("form", "action")}
_LOADING = frozenset(("stylesheet", "icon", "manifest", "preload", "modulepreload"))
_ABROAD = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_UNFILLED = re.compile(r"<!-- hiwar:[^>]*>")  # what comes by the data holds no `<`
_DATA = re.compile(r'type="application/(?:ld\+)?json"')
_INLINE = ("'unsafe-eval'", "'unsafe-inline'", "'wasm-unsafe-eval'", "'unsafe-hashes'")

_REMEMBERED = 20_000
# tags that say nothing but where they lead → what they open or close, and where they lead
_plain: dict[str, tuple[str, str]] = {}

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
        plain = _plain.get(tag) if closed else None
        if plain is None:
            token = _TOKEN.match(text, start)
            assert token is not None  # at least a stray `<`
            done, plain = token.end(), _alike(token)
            if plain is None:
                plain = _heed(held, token), ""
            elif done == start + len(tag) + 2:
                _remember(tag, plain)
        known, address = plain
        if address:
            held.links.setdefault(address, start)
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


def _alike(token: re.Match[str]) -> tuple[str, str] | None:
    """What a tag opens or closes, and the address inside the site that it leads to, if any; None where it says more
    than that, or something of the page it is on. Most tags are the same wherever they stand, and are looked into once.
    """
    if token.lastgroup == "end":
        return _paired(token), ""
    if token.lastgroup != "itself" or (name := token["name"].lower()) in _SPEAKING:
        return None
    found = _LEADING.fullmatch(token["attributes"])
    address = unescape(found["to"] or "") if found else ""
    if found is None or (found["to"] is not None and (name != "a" or _ABROAD.match(address))):
        return None
    return _paired(token), address


def _remember(tag: str, plain: tuple[str, str]) -> None:
    if len(_plain) >= _REMEMBERED:
        _plain.clear()
    _plain[tag] = plain


def _paired(token: re.Match[str]) -> str:
    """What a tag opens, as `p`, or closes, as `/p`; nothing where it stands alone."""
    if token.lastgroup == "end":
        return f"/{token['end'].lower()}"
    name = token["name"].lower()
    return "" if token["itself"] or name in _VOID else name


def _heed(held: Held, token: re.Match[str]) -> str:
    """Note what a tag, or an element that holds no markup, says; tell what it opens."""
    kind, at = token.lastgroup, token.start()  # the last part of what was found says which it is
    if kind == "itself":
        _open(held, token["name"].lower(), token["attributes"], at)
        return _paired(token)
    if kind == "text":
        _raw(held, token["raw"].lower(), token["about"], token["text"], at)
    elif kind == "stray":
        held.fault(messages.MARKUP, at, token.string[at : at + 40])
    return ""


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
    named = [(key.lower(), value) for key, value in _ATTRIBUTE.findall(text)]
    attributes = dict(named)
    if len(attributes) < len(named) or not _ATTRIBUTES.fullmatch(text):
        held.fault(messages.MARKUP, at, f"<{name}{text}>"[:80])  # browsers would read it otherwise
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
