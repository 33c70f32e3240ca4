"""Mends what can be mended in a data file without knowing what was meant, and leaves every other byte as it was.

Keys are put in order only where the file says the same afterwards. Values are mended only where there is one way to
read them: a date with other strokes, digits of another script in a number, letters in forms kept for old systems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from pydantic import BaseModel

from scoring.source.yaml_subset import read_yaml

SCHEMA = "# yaml-language-server: $schema="
_KEY = re.compile(r"(?P<dash>- )?(?P<key>[a-z_0-9]+):(?:\s|$)")
_DATED = r"(?:observed|published|since|until|start|end|on|day)"
_SLASHED = re.compile(rf"(?m)^(\s*(?:- )?{_DATED}: +)([\"']?)(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})\2(?=\s*(?:#|$))")
_FOREIGN = re.compile(r"(?m)^(\s*(?:- )?[a-z_]+: +)([\d٠-٩۰-۹.:/+TZ-]*[٠-٩۰-۹][\d٠-٩۰-۹.:/+TZ-]*)(?=\s*(?:#|$))")
_PRESENTATION = re.compile("[\ufb50-\ufdf9\ufdfb-\ufdff\ufe70-\ufefc]+")  # but for ﷺ, which is a word
_SIGNS = re.compile("[\ufdf0-\ufdfd]")

Step = Callable[[str], str]


def mended(data: bytes, model: type[BaseModel], heading: str = "") -> tuple[bytes, tuple[str, ...]]:
    """The file as it should be written, and what was mended (words of `NAMES`).

    `model` is what each of its items, or the whole of it, is; `heading` the line that tells editors its schema, where
    it should have one. A file that is no text is given back as it is.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data, ()
    done = ["byte_order_mark"] if data.startswith(b"\xef\xbb\xbf") else []
    for name, step in _STEPS:
        after = step(text)
        if after != text:
            text, done = after, [*done, name]
    ordered = _ordered(text, list(model.model_fields))
    if ordered != text and _same(text, ordered):
        text, done = ordered, [*done, "order"]
    if heading and text.strip() and SCHEMA not in text:
        text, done = heading + text, [*done, "schema"]
    return text.encode("utf-8"), tuple(done)


def _same(before: str, after: str) -> bool:
    """Whether a file says what it said."""
    old, new = (read_yaml(text.encode("utf-8"), "") for text in (before, after))
    return bool(old.value == new.value and len(old.problems) == len(new.problems))


# --- steps ------------------------------------------------------------------------------------------------


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tabs(text: str) -> str:
    return text.replace("\t", "  ")


def _spaces(text: str) -> str:
    return re.sub(r"(?m)[ \t]+$", "", text)


def _last_line(text: str) -> str:
    return text.rstrip("\n") + "\n" if text.strip() else text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _letters(text: str) -> str:
    """Arabic letters for their presentation forms; ligatures that are signs of their own stay."""
    return _PRESENTATION.sub(
        lambda m: "".join(c if _SIGNS.match(c) else unicodedata.normalize("NFKC", c) for c in m[0]), text
    )


def _dates(text: str) -> str:
    """`2026/3/5` is 2026-03-05: the year comes first, so there is one way to read it."""

    def day(found: re.Match[str]) -> str:
        try:
            return f"{found[1]}{date(int(found[3]), int(found[4]), int(found[5]))}"
        except ValueError:
            return found[0]

    return _SLASHED.sub(day, text)


def _digits(text: str) -> str:
    def western(found: re.Match[str]) -> str:
        return found[1] + "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in found[2])

    return _FOREIGN.sub(western, text)


_STEPS: tuple[tuple[str, Step], ...] = (
    ("line_ends", _line_ends),
    ("tabs", _tabs),
    ("spaces", _spaces),
    ("last_line", _last_line),
    ("composed", _composed),
    ("letters", _letters),
    ("digits", _digits),
    ("dates", _dates),
)
NAMES = {
    "byte_order_mark": ("the byte-order mark is gone", "حُذفت علامة ترتيب البايتات"),
    "line_ends": ("line ends", "نهايات الأسطر"),
    "tabs": ("tabs became spaces", "حلّت المسافات محل علامات الجدولة"),
    "spaces": ("spaces at the end of lines", "المسافات في أواخر الأسطر"),
    "last_line": ("the end of the file", "نهاية الملف"),
    "composed": ("letters with marks are written as one (NFC)", "كُتبت الحروف وعلاماتها موحّدة (NFC)"),
    "letters": ("Arabic letters for presentation forms", "حروف عربية عادية مكان أشكال العرض"),
    "digits": ("digits of numbers and dates", "أرقام الأعداد والتواريخ"),
    "dates": ("dates are written year-month-day", "كُتبت التواريخ: السنة فالشهر فاليوم"),
    "schema": ("the line that tells editors its schema", "السطر الذي يدل المحرّرات على مخططه"),
    "order": ("the order of keys", "ترتيب المفاتيح"),
}


# --- order ------------------------------------------------------------------------------------------------


def _ordered(text: str, keys: list[str]) -> str:
    """The keys of the file, or of each item of its list, in the order of the model, comments with what they stand
    above; keys that the model does not know stay where they are, and so does an item that has any."""
    lines = text.split("\n")
    out: list[str] = []
    for indent, block in _items(lines):
        out += _sorted(block, indent, keys) if indent is not None else block
    return "\n".join(out)


def _items(lines: list[str]) -> Iterator[tuple[int | None, list[str]]]:
    """A file in parts: what stands above (None), then each item with the indentation of its keys."""
    listed = any(line.startswith("- ") for line in lines)
    starts = [i for i, line in enumerate(lines) if (line.startswith("- ") if listed else bool(_KEY.match(line)))]
    if not starts:
        yield None, lines
        return
    yield None, lines[: starts[0]]
    ends = [*starts[1:], len(lines)] if listed else [len(lines)]
    for start, end in zip(starts if listed else starts[:1], ends, strict=True):
        while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1  # blank lines and comments between items belong to neither
        yield (2 if listed else 0), lines[start:end]
        following = next((s for s in starts if s >= end), len(lines)) if listed else len(lines)
        yield None, lines[end:following]


def _sorted(block: list[str], indent: int, keys: list[str]) -> list[str]:
    lines = [" " * indent + block[0][indent:], *block[1:]]  # the dash of an item goes and comes back
    parts: list[tuple[str, list[str]]] = []
    above: list[str] = []
    for line in lines:
        found = _KEY.match(line[indent:]) if len(line) - len(line.lstrip()) == indent else None
        if found:
            parts.append((found["key"], [*above, line]))
            above = []
        elif line.strip().startswith("#") and len(line) - len(line.lstrip()) <= indent:
            above.append(line)
        elif parts and not above:
            parts[-1][1].append(line)
        else:
            return block
    if above or any(key not in keys for key, _ in parts) or parts[0][1][0].lstrip().startswith("#"):
        return block
    first, *rest = [line for _, part in sorted(parts, key=lambda part: keys.index(part[0])) for line in part]
    if indent and first.lstrip().startswith("#"):
        return block
    return [("- " + first[2:] if indent else first), *rest]
