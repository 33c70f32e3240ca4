"""Plain values → YAML text as the project's reader takes it: block style, short lists and intervals in one line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scoring.source.scalars import resolve

LABEL = (
    "# Fictional: part of the example “Republic of Sample”. No such agency, person or page exists."
    " · متخيَّل: لا وجود لهذه الجهة ولا لصفحاتها.\n"
)
_INLINE = frozenset(("period", "coders", "searches", "named", "counts", "verified"))
_SPECIAL = re.compile(r"""^[-?:,\[\]{}#&*!|>'"%@`]|: |:$| #|[{}\[\],]|^\s|\s$""")
_WIDTH = 110


def listed(kind: str, items: Sequence[Mapping[str, Any]], close: bool = False) -> str:
    """A whole file of an agency that is a list; `close`: no blank lines between items."""
    return heading(kind) + ("" if close else "\n").join("\n".join(_item(item)) + "\n" for item in items)


def mapped(kind: str, content: Mapping[str, Any]) -> str:
    """A whole file of an agency that is one mapping."""
    return heading(kind) + block(content)


def heading(kind: str) -> str:
    return f"{LABEL}# yaml-language-server: $schema=../../../../../../schema/{kind}.json\n"


def block(content: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    lines = _mapping(content) if isinstance(content, Mapping) else (line for item in content for line in _item(item))
    return "\n".join(lines) + "\n"


def _mapping(content: Mapping[str, Any]) -> Iterator[str]:
    for key, value in content.items():
        yield from _entry(key, value)


def _entry(key: str, value: Any) -> Iterator[str]:
    if key in _INLINE:
        yield f"{key}: {_flow(value)}"
    elif isinstance(value, Mapping):
        yield f"{key}:"
        yield from ("  " + line for line in _mapping(value))
    elif isinstance(value, list | tuple):
        yield f"{key}:"
        for item in value:
            yield from ("  " + line for line in _item(item))
    else:
        yield from _text(key, value)


def _text(key: str, value: Any) -> Iterator[str]:
    """A scalar, folded where it is long."""
    if isinstance(value, str) and len(value) > _WIDTH and " " in value:
        yield f"{key}: >-"
        lines = textwrap.wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from ("  " + line for line in lines)
    else:
        yield f"{key}: {_scalar(value)}"


def _item(item: Any) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"- {_scalar(item)}"
        return
    for number, line in enumerate(_mapping(item)):
        yield ("  " if number else "- ") + line


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_scalar(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(_scalar, value)) + "]"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    plain = not _SPECIAL.search(value) and resolve(value) == (value, None, "")
    return value if plain else "'" + value.replace("'", "''") + "'"
