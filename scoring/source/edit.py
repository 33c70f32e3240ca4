"""Sets keys of one item in a list of a data file, and leaves every other byte as it was.

Where an item ends cannot be told by looking at its lines alone: a text may hold lines that look like comments. So each
way to write them is read again, and only one that says exactly what was meant is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from scoring.source.document import Branch, Document
from scoring.source.scalars import resolve
from scoring.source.yaml_subset import read_yaml

_WAYS = 40
_PLAIN = re.compile(r"[\w./:?=&%+~,;@()-]*[\w/]")
# What follows a key: its value on the same line, perhaps a comment, and the end of the line.
_REST = re.compile(r"""(["']?\s*:\s+)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#|>&*!].*?)(\s+\#.*?|\s*?)(\r?)""")


def with_keys(data: bytes, index: int, values: Mapping[str, str]) -> bytes | None:
    """The file with these keys in the item at this place in the list, new ones at its end.

    None where that cannot be done without touching anything else: an item in braces, say.
    """
    before = read_yaml(data, "")
    items = before.value
    if not isinstance(items, list) or index >= len(items) or not isinstance(items[index], dict):
        return None
    wanted = [*items[:index], {**items[index], **values}, *items[index + 1 :]]
    for text in _ways(data.decode("utf-8-sig"), before, index, values):
        written = data[: 3 * data.startswith(b"\xef\xbb\xbf")] + text.encode()
        after = read_yaml(written, "")
        if after.value == wanted and _codes(after) == _codes(before):
            return written
    return None


def _codes(document: Document) -> Counter[str]:
    return Counter(problem.code for problem in document.problems)


def _ways(text: str, document: Document, index: int, values: Mapping[str, str]) -> Iterator[str]:
    rows = text.split("\n")
    old = document.value[index]
    for key in (key for key in values if key in old and old[key] != values[key]):
        line, column = document.position((index, key), of="key")
        row = rows[line - 1]
        rest = _REST.fullmatch(row, column - 1 + len(key) + (row[column - 1] in "\"'"))
        if rest is None:
            return
        rows[line - 1] = row[: rest.start()] + rest[1] + _quoted(values[key]) + rest[2] + rest[3]
    new = [f"{key}: {_quoted(values[key])}" for key in values if key not in old]
    if not new:
        yield "\n".join(rows)
        return
    indent = " " * (document.position((index, next(iter(old))), of="key")[1] - 1)
    for last in _ends(rows, document, index):
        yield "\n".join(_inserted(rows, last, [indent + line for line in new]))


def _inserted(rows: list[str], last: int, new: list[str]) -> list[str]:
    """The lines after one; the file's own line ends, and none at its end where it had none."""
    windows = (rows[last] if last + 1 < len(rows) else rows[0]).endswith("\r")
    here = [rows[last], *new]
    ended = [row if row.endswith("\r") or not windows else row + "\r" for row in here]
    if last + 1 == len(rows):
        ended[-1] = here[-1]
    return [*rows[:last], *ended, *rows[last + 1 :]]


def _ends(rows: list[str], document: Document, index: int) -> list[int]:
    """Lines that the item may end with, the likeliest first: the last that is neither empty nor a comment."""
    first, following = document.position((index,))[0] - 1, len(rows)
    if isinstance(document.root, Branch) and index + 1 < len(document.root.children):
        following = document.position((index + 1,))[0] - 1
    likely = [n for n in range(first, following) if rows[n].strip() and not rows[n].lstrip().startswith("#")]
    if not likely:
        return []
    return [likely[-1], *range(likely[-1] + 1, following), *reversed(likely[:-1])][:_WAYS]


def _quoted(value: str) -> str:
    """A text that YAML could take for something else, in quotes."""
    plain = _PLAIN.fullmatch(value) and resolve(value)[:2] == (value, None)
    return value if plain else "'" + value.replace("'", "''") + "'"
