"""A review for a terminal, in one language or both, in which no stranger's text acts."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.problems import visible
from scoring.review.report import Review
from scoring.review.story import Line, Voice, story
from scoring.review.words import spoken


def text(review: Review, languages: Sequence[str] = ("en",)) -> str:
    """The review, one language after the other."""
    return "\n".join(_part(review, language) for language in languages)


def _part(review: Review, code: str) -> str:
    lang = spoken(code)
    voice = Voice(lang, lambda value: lang.own_way(visible(value, 300)), lang.own_way)
    return "".join(_text(line, voice) + "\n" for line in story(review, voice))


def _text(line: Line, voice: Voice) -> str:
    if line.kind == "row":
        label, before, after = line.cells
        return "  - " + voice.lang.t("change", label=label, before=before, after=after)
    marks = {"title": "", "heading": "\n", "agency": "\n  ", "plain": "  ", "point": "  - "}
    return marks[line.kind] + line.cells[0]
