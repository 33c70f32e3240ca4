"""Bytes → text, and every character that has no place in a data file.

Arabic–Latin text with digits, brackets, joiners (ZWNJ, ZWJ), direction marks (LRM, RLM, ALM) and ligatures
such as ﷺ is legitimate. What hides, reorders or breaks text is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from scoring.problems import Message, Place, Problem
from scoring.source import messages as m

_MARK_RANGES = (
    "\u0300-\u034e\u0350-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
)
# What nearly every file is made of. Whatever else turns up is looked at one by one.
_ORDINARY = (
    "\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482"
    "\u060c\u061b\u061f\u0620-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u06d5\u06f0-\u06ff"
    "\u200c\u200e\u200f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf" + _MARK_RANGES
)
_ODD = re.compile(f"[^{_ORDINARY}]")
_STACKED = re.compile(f"[{_MARK_RANGES}]{{5}}")

_ALLOWED_FORMAT = frozenset("\u061c\u200c\u200d\u200e\u200f" + "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2\u070f")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e")
_OPENING, _CLOSING = frozenset("\u2066\u2067\u2068"), "\u2069"
_ISOLATES = _OPENING | {_CLOSING}
_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")  # fillers and the grapheme joiner
_PRESENTATION = re.compile("[\ufb1d-\ufd3d\ufd50-\ufdc7\ufdf0\ufdf1\ufdf3-\ufdf9\ufe70-\ufefc]+")
_TATWEEL = re.compile("\u0640+(?=[\u0621-\u065f])")  # inside a word; at its end it is an abbreviation, as in هـ
_MARKS_KEPT = 4


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None where it is not UTF-8; a byte-order mark is reported and dropped."""
    if _is_utf16(data):
        return None, [m.NOT_UTF8.at(Place(path), "UTF-16")]
    mark = data.startswith(b"\xef\xbb\xbf")
    problems = [m.BYTE_ORDER_MARK.at(Place(path), "U+FEFF")] if mark else []
    data = data[3:] if mark else data
    try:
        return data.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        return None, [
            *problems,
            m.NOT_UTF8.at(_place(path, before, len(before)), f"byte 0x{data[error.start]:02X}"),
        ]


def is_ordinary(text: str) -> bool:
    """Whether a quick look finds nothing that needs a closer one."""
    return not _ODD.search(text) and (text.isascii() or not _STACKED.search(text))


def _is_utf16(data: bytes) -> bool:
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or (len(data) > 3 and data[:64].count(0) * 4 > len(data[:64]))


def _place(path: str, text: str, index: int) -> Place:
    return Place(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def refusal(char: str) -> Message | None:
    """The message for a character that may never stand in a text, in whatever way it is written."""
    if char in _BIDI:
        return m.BIDI_CONTROL
    if char in _ISOLATES:
        return m.UNBALANCED_ISOLATE
    if char in _INVISIBLE_LETTERS or _is_variation_selector(char):
        return m.INVISIBLE_CHARACTER
    if char in "\r\x85\u2028\u2029":
        return m.LINE_BREAK
    category = unicodedata.category(char)
    if category == "Cc":
        return m.TAB if char == "\t" else None if char == "\n" else m.CONTROL_CHARACTER
    if category == "Cf":
        return None if char in _ALLOWED_FORMAT else m.INVISIBLE_CHARACTER
    if category == "Cs":
        return m.ESCAPE  # only an escape can stand for half a character
    return m.PRIVATE_CHARACTER if category == "Co" or _is_noncharacter(char) else None


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or char in "\u180b\u180c\u180d\u180f"


def _is_noncharacter(char: str) -> bool:
    return "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE


def named(char: str) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`"""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()


def check_characters(text: str, path: str) -> Iterator[Problem]:
    """Every character problem of a text, in order of lines."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not is_ordinary(line):
            yield from _check_line(line, path, number)


def _check_line(line: str, path: str, number: int) -> Iterator[Problem]:
    stray = set(_stray_isolates(line))
    for match in _ODD.finditer(line):
        message = refusal(match[0])
        if message and (match[0] not in _ISOLATES or match.start() in stray):
            yield message.at(Place(path, number, match.start() + 1), named(match[0]))
    for index in _excess_marks(line):
        yield m.STACKED_MARKS.at(Place(path, number, index + 1), named(line[index]))
    for match in _TATWEEL.finditer(line):
        yield m.TATWEEL.at(Place(path, number, match.start() + 1), named("\u0640"))
    for match in _PRESENTATION.finditer(line):
        plain = unicodedata.normalize("NFKC", match[0])
        yield m.PRESENTATION_FORM.at(Place(path, number, match.start() + 1), named(match[0][0]), plain=plain)


def _stray_isolates(line: str) -> Iterator[int]:
    """Isolates without a partner; a line is a paragraph, at whose end Unicode closes all isolates."""
    open_at: list[int] = []
    for index, char in enumerate(line):
        if char in _OPENING:
            open_at.append(index)
        elif char == _CLOSING and open_at:
            open_at.pop()
        elif char == _CLOSING:
            yield index
    yield from open_at


def _excess_marks(line: str) -> Iterator[int]:
    """The fifth mark on a letter, once per letter."""
    marks = 0
    for index, char in enumerate(line):
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") and refusal(char) is None else 0
        if marks == _MARKS_KEPT + 1:
            yield index


def stacks_marks(text: str) -> bool:
    """Whether some letter of a text carries more marks than writing needs."""
    return any(True for _ in _excess_marks(text))


def neutralised(text: str) -> str:
    """The text with refused characters replaced, one for one, so that the rest keeps its place."""
    return _ODD.sub(_stand_in, text.replace("\r\n", "\n"))


def _stand_in(match: re.Match[str]) -> str:
    char = match[0]
    if char in _ISOLATES or refusal(char) is None:
        return char
    return " " if char in "\t\r\x85\u2028\u2029" else "\ufffd"


_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_SHORT = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b", "r": "\r", "t": "\t",
          "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}  # fmt: skip


def refused_escapes(raw: str) -> Iterator[tuple[int, Message, str]]:
    """Offset, message and wording of each escape that stands for a refused character."""
    for match in _ESCAPE.finditer(raw):
        digits = match[1] or match[2] or match[3]
        char = chr(int(digits, 16)) if digits else _SHORT.get(match[4], " ")
        if message := refusal(char):
            yield match.start(), message, f"{match[0]} {named(char)}"
