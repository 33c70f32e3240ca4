"""A finding about the data: where it is, what must be, what was found, how to mend it; in both languages."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from scoring.model import Text

Severity = Literal["error", "warning"]
Format = Literal["text", "json", "github"]
Language = Literal["en", "ar", "both"]

_SHOWN = 120  # characters of a stranger's text that a message repeats
_HARMLESS = "\u200c\u200d\u200e\u200f\u061c"  # joiners and marks that Arabic needs


class Place(NamedTuple):
    """A character in a file; line and column count from 1, the column in characters."""

    path: str
    line: int = 1
    column: int = 1


Spot: TypeAlias = Place | Callable[[], Place]  # a place, or what finds it: looked for only where something is wrong


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `found` and every inserted value are already safe to show (see `visible`). `offset` is the byte it
    is about, counted from 0, where it is about one."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    must: Text
    found: str
    mend: Text | None = None
    offset: int | None = None

    @property
    def place(self) -> Place:
        return Place(self.path, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Message:
    """The wording of one code, English then Arabic, with `{placeholders}`; `E…` errors, `W…` warns."""

    code: str
    must: tuple[str, str]
    mend: tuple[str, str] | None = None

    @property
    def severity(self) -> Severity:
        return "error" if self.code.startswith("E") else "warning"

    def at(self, spot: Spot, found: object, **values: object) -> Problem:
        """The problem at a place. A value is one text, or a pair (English, Arabic)."""
        place = spot() if callable(spot) else spot
        return Problem(
            self.code, self.severity, *place, _fill(self.must, values), visible(found),
            _fill(self.mend, values) if self.mend else None,
        )  # fmt: skip


def _fill(template: tuple[str, str], values: dict[str, object]) -> Text:
    def side(index: int) -> str:
        words = {k: v[index] if isinstance(v, tuple) else v for k, v in values.items()}
        return template[index].format(**{k: visible(v, 600) for k, v in words.items()})

    return Text(en=side(0), ar=side(1))


def visible(value: object, limit: int = _SHOWN) -> str:
    """A stranger's text on one line, shortened, with every character that could act written as its number."""
    text = str(value)
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if _is_plain(c) else f"\\u{{{ord(c):X}}}" for c in cut)


def _is_plain(char: str) -> bool:
    return (" " <= char <= "~") or char in _HARMLESS or unicodedata.category(char)[0] not in "CZ" or char == "\u00a0"


# --- formats ----------------------------------------------------------------------------------------------

_LABELS = {"en": ("found", "mend"), "ar": ("الموجود", "التصحيح")}


def format_problems(problems: Sequence[Problem], format: Format = "text", language: Language = "both") -> str:
    """All problems as text for a terminal, as JSON, or as GitHub workflow annotations."""
    if format == "json":
        return json.dumps([_as_json(p, language) for p in problems], ensure_ascii=False, indent=2) + "\n"
    write = _as_github if format == "github" else _as_text
    return "".join(write(p, language) + "\n" for p in problems)


def _languages(language: Language) -> tuple[Literal["en", "ar"], ...]:
    return ("en", "ar") if language == "both" else (language,)


def _sentences(problem: Problem, language: Literal["en", "ar"]) -> str:
    found, mend = _LABELS[language]
    parts = [getattr(problem.must, language)]
    if problem.found:
        parts.append(f"{found}: {problem.found}")
    if problem.mend:
        parts.append(f"{mend}: {getattr(problem.mend, language)}")
    return " — ".join(parts)


def _as_text(problem: Problem, language: Language) -> str:
    head = f"{visible(problem.path, 500)}:{problem.line}:{problem.column}: {problem.code}"
    return "\n  ".join([head, *(_sentences(problem, side) for side in _languages(language))])


def _as_json(problem: Problem, language: Language) -> dict[str, object]:
    def words(text: Text) -> dict[str, str]:
        return {side: getattr(text, side) for side in _languages(language)}

    where: dict[str, object] = {"path": problem.path, "line": problem.line, "column": problem.column}
    return {
        "code": problem.code, "severity": problem.severity,
        **where, **({} if problem.offset is None else {"offset": problem.offset}),
        "must": words(problem.must), "found": problem.found,
        "mend": words(problem.mend) if problem.mend else None,
    }  # fmt: skip


def _as_github(problem: Problem, language: Language) -> str:
    """A workflow command; GitHub asks for %, CR and LF to be escaped, and in properties also : and ,"""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: object) -> str:
        return data(str(text)).replace(":", "%3A").replace(",", "%2C")

    where = f"file={prop(problem.path)},line={problem.line},col={problem.column},title={prop(problem.code)}"
    body = "\n".join(_sentences(problem, side) for side in _languages(language))
    return f"::{problem.severity} {where}::{data(body)}"
