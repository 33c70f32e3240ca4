"""A review as a comment on a pull request, in GitHub's Markdown, in which no stranger's text acts.

Ids have the pattern of ids and stand in code. Any other text keeps its letters, but every ASCII sign is escaped, and
where GitHub would look through the escape (mentions, references, commits, addresses, emoji) a zero-width space parts
what it looks for. The comment is cut, line by line, below the longest that GitHub takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from scoring.problems import visible
from scoring.review.report import Review
from scoring.review.story import Line, Voice, story
from scoring.review.words import spoken

LONGEST = 60_000  # characters; GitHub takes 65,536, and whoever posts may add lines of their own
_SHOWN = 300  # characters of a stranger's text
_SPACE = "\u200b"
_PARTED = re.compile(
    r"[@#:](?=\S)"  # @team, #12, owner/name#12, https://, :tada:
    r"|[a-z]-(?=\d)|ghsa-"  # GH-12, CVE-2026-1, and what a repository may have set up to be linked
    r"|[0-9a-f]{6}(?=[0-9a-f])"  # a commit
    r"|www(?=\.)",
    re.IGNORECASE,
)
_SIGNS = {c: f"\\{c}" for c in "!\"#%'()*+,-./:;=?@[\\]^_`{|}~"} | {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>", _SPACE: "&#8203;",
}  # fmt: skip


def markdown(review: Review, languages: Sequence[str] = ("en", "ar")) -> str:
    """The comment, one language after the other, never longer than LONGEST."""
    return "\n".join(_part(review, language, LONGEST // len(languages)) for language in languages)


def inert(value: object) -> str:
    """A stranger's text that reads as it was written and does nothing, on one line, cut where it is long."""
    text = _PARTED.sub(rf"\g<0>{_SPACE}", visible(value, _SHOWN))
    return "".join(_SIGNS.get(c, c) for c in text)


def _part(review: Review, code: str, most: int) -> str:
    """One language, in its direction, in at most so many characters."""
    lang = spoken(code)
    voice = Voice(lang, lambda value: f'<span dir="auto">{inert(value)}</span>', lambda id: f"`{id}`")
    before, after = (f'<div dir="{lang.direction}">\n\n', "\n</div>\n") if lang.rtl else ("", "")
    room = most - len(before) - len(after) - 200  # for the sentence that says what was left out
    lines = list(_laid_out(story(review, voice), voice))
    kept, used = 0, 0
    while kept < len(lines) and used + len(lines[kept]) + 1 <= room:
        used += len(lines[kept]) + 1
        kept += 1
    left = sum(bool(line) for line in lines[kept:])
    end = ["", lang.t("left_out", n=left)] if left else []
    return before + "\n".join([*lines[:kept], *end]) + "\n" + after


def _laid_out(lines: Iterator[Line], voice: Voice) -> Iterator[str]:
    """Markdown, line by line; blocks are parted by an empty line."""
    for kind, block in groupby(lines, key=lambda line: line.kind):
        if kind == "row":
            yield f"| | {voice.lang.t('before')} | {voice.lang.t('after')} |"
            yield "| --- | --- | --- |"
        yield from chain.from_iterable(_markdown(line) for line in block)
        if kind in ("row", "point"):
            yield ""


def _markdown(line: Line) -> tuple[str, ...]:
    if line.kind == "row":
        return (f"| {' | '.join(line.cells)} |",)
    if line.kind == "point":
        return (f"- {line.cells[0]}",)
    marks = {"title": "## ", "heading": "### ", "agency": "#### ", "plain": ""}
    return marks[line.kind] + line.cells[0], ""
