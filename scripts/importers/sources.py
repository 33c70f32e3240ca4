"""From a record's description of its page to the source of an evidence item."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from importers import phrases
from importers.phrases import Both, joined
from importers.records import Entry

Translate = Callable[[str], Both]  # English → both languages, Arabic where known


class Origin(NamedTuple):
    """What a record's `source_type` says: kind of source, whose voice, and what to tell the reader."""

    kind: str
    own: bool = False  # the agency itself publishes it
    quoted: bool = False  # somebody else repeats the agency's own figures
    note: Both | None = None


_COPY = Both("Read in a copy, not where it first appeared.", "قُرئ في نسخة منقولة لا في موضعه الأول.")
_OBSERVED = Both(
    "The press's own observation, not a statement by the agency.", "رصد من الصحافة نفسها لا تصريح من الجهة."
)
_ONE_CASE = Both("One case only, told by the press.", "حالة واحدة فقط روتها الصحافة.")

ORIGINS = {
    "agency": Origin("own_page", own=True),
    "policy": Origin("own_page", own=True),
    "result": Origin("own_page", own=True),
    "guidance": Origin("own_page", own=True),
    "agency press release": Origin(
        "own_page", own=True, note=Both("A press release of the agency.", "بيان صحفي صادر عن الجهة.")
    ),
    "copy of agency press release": Origin(
        "own_page", own=True, note=Both("A copy of the agency's press release.", "نسخة من بيان صحفي صادر عن الجهة.")
    ),
    "foi_cost": Origin("foi"),
    "foi_release": Origin("foi"),
    "parliamentary_answer": Origin("parliament"),
    "partner_news": Origin("press", quoted=True),
    "press": Origin("press"),
    "press quoting agency": Origin("press", quoted=True),
    "press quoting sources": Origin(
        "press", note=Both("The press quotes unnamed sources.", "تنقل الصحافة عن مصادر لم تسمّها.")
    ),
    "press count": Origin("press", note=_OBSERVED),
    "press observation": Origin("press", note=_OBSERVED),
    "press report of one case": Origin("press", note=_ONE_CASE),
    "press (television presenter)": Origin(
        "press", note=Both("Said by a television presenter.", "قاله مقدم برنامج تلفزيوني.")
    ),
    "press copy on a blog": Origin("press", quoted=True, note=_COPY),
    "press copy on a forum": Origin("press", quoted=True, note=_COPY),
    "press, parliamentary question": Origin(
        "press", note=Both("The press reports a parliamentary question.", "تنقل الصحافة سؤالًا برلمانيًا.")
    ),
    "state news agency": Origin("news_agency", quoted=True),
    "news agency quoting agency": Origin("news_agency", quoted=True),
    "copy of state news agency item": Origin("news_agency", quoted=True, note=_COPY),
    "watchdog count in press": Origin("watchdog", note=_OBSERVED),
    "private study": Origin("study"),
    "third-party measurement": Origin("study"),
    "third-party guide": Origin("other", note=Both("A guide written by others.", "دليل كتبته جهة أخرى.")),
    "copy of circular on a blog": Origin("other", note=_COPY),
}

_PLAIN_DATE = re.compile(r"(19|20)\d{2}(-\d{2}(-\d{2})?)?")


def source_of(record: Entry, translate: Translate) -> dict[str, Any]:
    """The `source` of every item of a record. Only plain Gregorian dates become `published`."""
    dated = bool(record.page_date and _PLAIN_DATE.fullmatch(record.page_date))
    source = {
        "url": record.url,
        "also": record.also_read,
        "title": record.title,
        "language": record.lang,
        "kind": ORIGINS[record.source_type].kind,
        "published": record.page_date if dated else None,
        "read": "excerpt",
        "note": joined(_notes(record, translate, dated)),
    }
    return {key: value for key, value in source.items() if value}


def _notes(record: Entry, translate: Translate, dated: bool) -> list[Both]:
    notes = [translate(record.note)] if record.note else []
    if origin_note := ORIGINS[record.source_type].note:
        notes.append(origin_note)
    if record.page_date and not dated:
        notes.append(phrases.PAGE_DATE.filled(date=record.page_date, date_ar=_hijri(record.page_date)))
    if record.basis == "first-set note":
        notes.append(phrases.FIRST_SET)
    return notes


def _hijri(words: str) -> str:
    """1440-03-13 AH (Nov 2018) → the day, said in Arabic to be Hijri"""
    return re.sub(r" AH.*", " بالتقويم الهجري", words)
