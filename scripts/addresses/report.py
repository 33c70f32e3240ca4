"""What was found, as Markdown for an issue: by agency, in both languages, and never a stranger's text as markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from addresses.ask import Answer, State
from scoring.problems import visible

BOX = 60_000  # characters; an issue holds 65,536
WORDS: dict[State, str] = {
    "gone": "gone · لم يعد موجوداً",
    "moved": "moved for good · انتقل نهائياً",
    "silent": "did not answer today · لم يجب اليوم",
    "refused": "leads to no public address · لا يؤدي إلى عنوان عام",
}
_OTHERS: dict[State, str] = {
    "fine": "fine · سليم",
    "closed": "answers, but lets no program in · يجيب ولا يسمح للبرامج",
    "unasked": "not asked today · لم يُسأل اليوم",
}
_INTRO = (  # an issue shows every line break, so a paragraph is one line
    "<!-- found: {found} -->\n"
    "What the addresses behind the evidence answered on {day}. Nothing was changed, and nothing is blocked by it. "
    "Where an address is gone or has moved, look for the page, add the new address and keep what was recorded of the "
    "old one. What did not answer today may answer tomorrow: this list remembers nothing.\n\n"
    "ما أجابت به عناوين الأدلة في {day}. لم يتغير شيء ولا يتوقف شيء على هذا. إن اختفت صفحة أو انتقلت فابحث عنها وأضف "
    "عنوانها الجديد، وأبقِ ما سُجّل عن القديم. وما لم يجب اليوم قد يجيب غداً؛ فهذه القائمة لا تتذكر ما قبلها.\n\n"
    "| | |\n| --- | --- |\n"
)


class Page(NamedTuple):
    """An address, whose it is and where it stands."""

    agency: str
    item: str
    address: str


def found(answers: Mapping[str, Answer]) -> int:
    """How many addresses somebody should look at."""
    return sum(answer.state in WORDS for answer in answers.values())


def report(pages: Sequence[Page], answers: Mapping[str, Answer], day: date) -> str:
    """The whole report, shortened at a line where an issue would not hold it."""
    lines = [_INTRO.format(found=found(answers), day=day) + _counts(answers)]
    for agency in sorted({page.agency for page in pages}):
        lines += _agency(agency, [page for page in pages if page.agency == agency], answers)
    return _fitted(lines)


def _counts(answers: Mapping[str, Answer]) -> str:
    words, states = WORDS | _OTHERS, [answer.state for answer in answers.values()]
    rows = [f"| {words[state]} | {states.count(state)} |\n" for state in words if state in states]
    return "".join(rows) or "| no addresses · لا عناوين | 0 |\n"


def _agency(agency: str, pages: Iterable[Page], answers: Mapping[str, Answer]) -> list[str]:
    rows: dict[State, list[str]] = {state: [] for state in WORDS}
    for address in sorted({page.address for page in pages}):
        if answers[address].state in rows:
            items = sorted({page.item for page in pages if page.address == address})
            rows[answers[address].state].append(_row(address, items, answers[address]))
    listed = [line for state, some in rows.items() if some for line in (f"\n**{WORDS[state]}**\n\n", *some)]
    return [f"\n### {agency}\n", *listed] if listed else []


def _row(address: str, items: list[str], answer: Answer) -> str:
    to = f" → {_code(answer.to)}" if answer.to else ""
    why = f" ({_plain(answer.why)})" if answer.why else ""
    return f"- {_code(address)}{to}{why}: {', '.join(_code(item) for item in items)}\n"


def _code(text: str) -> str:
    return f"`{_plain(text)}`"


def _plain(text: str) -> str:
    return visible(text, 500).replace("`", "'")


def _fitted(lines: list[str]) -> str:
    kept: list[str] = []
    for number, line in enumerate(lines):
        if sum(map(len, kept)) + len(line) > BOX:
            return "".join(kept) + f"\n… {len(lines) - number} more lines · سطور أخرى\n"
        kept.append(line)
    return "".join(kept)
