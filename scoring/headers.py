"""What a host sends with each file, by the site's own `_headers`, as Netlify and Cloudflare Pages read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

Rule = tuple[re.Pattern[str], Sequence[tuple[str, str]]]  # of paths, and what is said of them
_PART = re.compile(r"\*|:[A-Za-z]\w*")


@cache
def rules(text: str) -> Sequence[Rule]:
    """The rules of a `_headers` file: a path at the start of a line, below it `Name: value`, set in."""
    found: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line[:1] == "/":
            found.append((_pattern(line.strip()), []))
        elif ":" in line and found:
            name, _, value = line.partition(":")
            found[-1][1].append((name.strip(), value.strip()))
    return found


def said(path: str, text: str) -> Mapping[str, str]:
    """The headers of a path; of what several rules say under one name, all, with commas between."""
    headers: dict[str, str] = {}
    for pattern, values in rules(text):
        if pattern.fullmatch(path):
            for name, value in values:
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _pattern(path: str) -> re.Pattern[str]:
    """`*` stands for anything, `:name` for one folder or file."""
    literal = _PART.split(path)
    wild = [".*" if one == "*" else "[^/]+" for one in _PART.findall(path)]
    return re.compile("".join(f"{re.escape(a)}{b}" for a, b in zip(literal, [*wild, ""], strict=True)))
