"""What pages promise: policies, charters and strategies, read in the first wave and again where something changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from example.cast import Visit
from example.chance import Chance
from example.items import Item, absent, item

FLAGS = (
    "policy_published", "moderation_rules", "privacy_notice", "records_retention", "staff_rules", "complaints_route",
    "deletion_appeal", "goals_stated", "targets_stated", "audiences_named", "participation_results_published",
)  # fmt: skip
PROMISES = ("refuses", "monitors-only", "unspecified", "prompt-without-time", "time-bound")
TARGETS = (120, 72, 48, 24, 8, 4)
HOURS = (20, 35, 40, 50, 60, 84)
STATED = {
    "reply_target_hours": {
        120: "five working days", 72: "three days", 48: "two days", 24: "one day", 8: "eight hours", 4: "four hours",
    },
    "monitoring_hours_per_week": {
        20: "mornings, Sunday to Thursday", 35: "8 a.m. to 3 p.m., Sunday to Thursday",
        40: "8 a.m. to 4 p.m., Sunday to Thursday", 50: "8 a.m. to 6 p.m., Sunday to Thursday",
        60: "8 a.m. to 8 p.m., Sunday to Thursday", 84: "8 a.m. to 8 p.m., every day",
    },
}  # fmt: skip
AUDIENCES = ("youth", "parents", "jobseekers", "older people", "people with disabilities", "business owners")
NOT_KEPT = ("xs-ministry-of-finance", "xs-traffic-police")


def documents(visit: Visit) -> Iterator[Item]:
    for code in FLAGS:
        if _is_news(visit, code, shown(visit, code)):
            yield from _flag(visit, code)
    told = {code: promised(visit, code) for code in ("reply_commitment", *STATED)}
    for code, value in told.items():
        if value is not None and _is_news(visit, code, value):
            yield _promise(visit, code, value)


def shown(visit: Visit, code: str) -> bool:
    """Whether the page shows an element: where quality passes a height of the agency's own."""
    return visit.quality("commitments") > Chance(visit.body.id, code, "height").between(0.05, 0.85)


def promised(visit: Visit, code: str) -> str | int | None:
    quality = visit.quality("commitments", "promise")
    promise = PROMISES[min(4, int(0.4 + quality * 5))]
    if code == "reply_commitment":
        return promise
    if code == "reply_target_hours":
        return TARGETS[min(5, int(quality * 6))] if promise == "time-bound" else None
    return HOURS[min(5, int(visit.quality("commitments", code) * 6))]


def _is_news(visit: Visit, code: str, value: object) -> bool:
    """Whether it is written down this year: at first, after a change, and now and then again."""
    before = visit.before()
    if before is None:
        return True
    then = shown(before, code) if code in FLAGS else promised(before, code)
    return then != value or visit.chance(code, "again").happens(0.1)


def _flag(visit: Visit, code: str) -> Iterator[Item]:
    if shown(visit, code):
        if code == "audiences_named":
            named = Chance(visit.body.id, "audiences").some(AUDIENCES, 3)
            yield item(visit, code, named=named)
        else:
            yield item(visit, code, value=True)
    elif code == "records_retention" and visit.body.id in NOT_KEPT:
        yield item(visit, code, "false", value=False)
    elif Chance(visit.body.id, code, "searched").happens(0.75):
        yield absent(visit, code)


def _promise(visit: Visit, code: str, value: str | int) -> Item:
    if code == "reply_commitment":
        return item(visit, code, str(value), value=value, channel="social_media")
    units = {"reply_target_hours": "hours", "monitoring_hours_per_week": "hours_per_week"}
    more: dict[str, Any] = {"stated": STATED[code][int(value)]}
    if value == 120:
        more["note"] = {
            "en": "Five working days are taken as five days of 24 hours.",
            "ar": "حُسبت أيام العمل الخمسة على أنها خمسة أيام كاملة.",
        }
    return item(visit, code, value=value, unit=units[code], channel="social_media", **more)
