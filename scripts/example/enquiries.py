"""Test enquiries of each wave: at most one a day, and answers as quick and useful as the agency is good."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from example.cast import Visit
from example.chance import Chance

MANY, FEW, DAYS, WINDOW = 36, 14, 66, 72
SEGMENTS = (
    "youth", "women", "parents", "older-people", "disabled-people", "jobseekers", "residents-from-abroad",
    "small-business", "farmers", "students",
)  # fmt: skip
GAVE = ("nothing", "link", "archive", "next_step", "solution")
Enquiry = dict[str, Any]


def enquiries(visit: Visit) -> list[Enquiry]:
    """The wave's enquiries, asked on different days; the last on the same day of every year."""
    many = FEW if visit.lacks("few_enquiries") else MANY
    chance = visit.chance("days")
    days = [*chance.some(range(DAYS - 1), many - 1), DAYS - 1]
    return [_enquiry(visit, number, day) for number, day in enumerate(days, 1)]


def _enquiry(visit: Visit, number: int, day: int) -> Enquiry:
    chance = visit.chance("enquiry", number)
    asked = datetime.combine(date(visit.year, 8, 25), datetime.min.time()) + timedelta(
        days=day, hours=chance.whole(8, 20), minutes=chance.whole(0, 59)
    )
    critical = chance.happens(0.33)
    found: Enquiry = {
        "id": f"{visit.prefix}.e{number:02d}",
        "asked": _moment(asked),
        "channel": visit.body.main if chance.happens(0.7) else chance.pick(("x", "facebook", "instagram", "youtube")),
        "language": "ar" if chance.happens(0.7) else "en",
        "kind": "critical" if critical else None,
        "segment": chance.pick(SEGMENTS) if chance.happens(0.8) else None,
        **dict(_answer(visit, asked, critical, chance)),
        "tester": chance.pick(("tester-1", "tester-2", "tester-3")),
        "checked_by": _checker(visit, chance),
        "note": _note(chance),
    }
    return {key: value for key, value in found.items() if value is not None}


def _answer(visit: Visit, asked: datetime, critical: bool, chance: Chance) -> Iterator[tuple[str, str]]:
    """When an answer came and what it gave; or that none came, and where watching ended early."""
    quality = visit.quality("response", "answers")
    fair = 0.35 + 0.65 * visit.quality("listening", "fair") if critical else 1.0
    if chance.happens((0.12 + 0.85 * quality) * fair):
        hours = math.exp(chance.normal(math.log(40) - 3.1 * visit.quality("response", "speed"), 0.9))
        yield "answered", _moment(asked + timedelta(minutes=max(4, round(hours * 60))))
        help = chance.normal(4.4 * visit.quality("response", "help"), 1.1)
        yield "gave", GAVE[min(4, max(0, round(help)))]
    elif chance.happens(0.08):
        yield "watched_until", _moment(asked + timedelta(hours=chance.whole(12, WINDOW - 6)))


def _checker(visit: Visit, chance: Chance) -> str | None:
    """A second person read all of an agency's enquiries, or some."""
    whole = Chance(visit.body.id, "checked").happens(0.5)
    return "checker-1" if chance.happens(0.6) or whole else None


def _note(chance: Chance) -> dict[str, str] | None:
    if not chance.happens(0.01):
        return None
    return {
        "en": "An automatic receipt came at once and is not counted.",
        "ar": "وصل إشعار آلي بالاستلام فوراً، ولم يُحسب رداً.",
    }


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M}+03:00"
