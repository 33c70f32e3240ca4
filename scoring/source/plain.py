"""The form that nearly every data file has, read line by line: several times quicker than by tokens.

A line is a comment, `key: value`, `key:`, or `- ` before one of these; a value is plain or quoted text on that line, or
a short list or mapping in brackets. Only what can mean one thing is taken. Whatever else turns up gives None, and the
whole reader (`yaml_subset`) looks at the file; the two agree on every file that this one takes (the tests hold them to
it).
"""

from __future__ import annotations

import re
from typing import Any, Final

from scoring.source.scalars import resolve

_LINE = re.compile(r"( *)(- )?(?:([a-z_][a-z0-9_]*):(?: |$))?(.*)")
_NOT_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_NEGATIVE = re.compile("-[0-9]")
_INNER = re.compile(r"""(?:[^\s\-?:,\[\]{}#&*!|>'"%@`]|-[0-9])[^,\[\]{}:#'"\\]*""")
_KEY = re.compile(r"[a-z_][a-z0-9_]*")
_NO_KEYS = frozenset(("true", "false", "null"))
_WORDS = frozenset(("true", "false", "null", "Null", "NULL"))  # letters that are no text
_LONGEST = 1000  # letters of a line; longer ones are measured in bytes by the whole reader
_DEEPEST = 30
_KEPT, _SHORT = 50_000, 48  # lines that are remembered: most short lines stand in many files

Line = tuple[int, bool, "str | None", Any]  # indent, whether an item begins, its key, its value


class _Sign:
    """A value that is no value."""


_OPEN: Final = _Sign()
_SKIP: Final = _Sign()
_ODD: Final = _Sign()
_known: dict[str, Line] = {}


def read_plain(text: str) -> Any | None:
    """The list or mapping that a text says, where it is written in the plainest form; None where it is not."""
    top: dict[str, Any] = {}
    indents, levels = [-1], list[Any]([top])  # what is still open; one loop without calls, for it runs for every line
    indent: int = -1
    level: Any = top
    inside: Any
    awaited: str | None = ""  # the root is what an invisible key opens
    for line in text.split("\n"):
        at, item, key, value = _known.get(line) or _remembered(line)
        if value is _SKIP:
            continue
        if awaited is not None:
            if at <= indent or at > _DEEPEST or (indent < 0 and at):
                return None
            inside = [] if item else {}
            level[awaited] = inside
            indents.append(at)
            levels.append(inside)
            indent, level, awaited = at, inside, None
        elif at != indent:
            while at < indents[-1]:
                indents.pop()
                levels.pop()
            indent, level = indents[-1], levels[-1]
        if value is _ODD or at != indent or item is not (type(level) is list):
            return None
        if item and key is None:
            level.append(value)
            continue
        if item:
            inside = {}
            level.append(inside)
            indent += 2
            indents.append(indent)
            levels.append(inside)
            level = inside
        elif key in level:
            return None
        if value is _OPEN:
            awaited = key
        else:
            level[key] = value
    return top.get("") if awaited is None else None


def _remembered(text: str) -> Line:
    line = _line(text)
    if (
        len(text) <= _SHORT and len(_known) < _KEPT and not isinstance(line[3], list | dict)
    ):  # what can be changed is nobody else's
        _known[text] = line
    return line


def _line(text: str) -> Line:
    if len(text) > _LONGEST:
        return 0, False, None, _ODD
    if not text or text.lstrip(" ").startswith("#"):
        return 0, False, None, _SKIP
    indent, item, key, rest = _LINE.fullmatch(text).groups()  # type: ignore[union-attr]  # it takes every line
    if key in _NO_KEYS or not (item or key):
        return 0, False, None, _ODD
    opens = key and not rest and text.endswith(":")
    return len(indent), bool(item), key, _OPEN if opens else _value(rest)


def _value(text: str) -> Any:
    """The value that a line ends with; _ODD where it takes more than a look."""
    first = text[:1]
    if first == "'":
        inside = text[1:-1].replace("''", "")
        return text[1:-1].replace("''", "'") if len(text) > 1 and text[-1] == "'" and "'" not in inside else _ODD
    if first == '"':
        inside = text[1:-1]
        return inside if len(text) > 1 and text[-1] == '"' and '"' not in inside and "\\" not in inside else _ODD
    if first == "[" and text.endswith("]"):
        return _list(text[1:-1])
    if first == "{" and text.endswith("}"):
        return _mapping(text[1:-1])
    if text[-1:] in ("", " ", ":") or ": " in text or " #" in text:
        return _ODD
    if first.isalpha() and text not in _WORDS:
        return text
    return _scalar(text) if first not in _NOT_FIRST or _NEGATIVE.match(text) else _ODD


def _scalar(text: str) -> Any:
    value, message, _ = resolve(text)
    return _ODD if message else value


def _inner(text: str) -> Any:
    return _scalar(text) if _INNER.fullmatch(text) and not text.endswith(" ") else _ODD


def _list(text: str) -> Any:
    values = [_inner(part) for part in text.split(", ")] if text else []
    return _ODD if _ODD in values else values


def _mapping(text: str) -> Any:
    found: dict[str, Any] = {}
    for part in text.split(", ") if text else ():
        key, _, written = part.partition(": ")
        value = _inner(written)
        if not _KEY.fullmatch(key) or key in _NO_KEYS or key in found or value is _ODD:
            return _ODD
        found[key] = value
    return found
