"""What is shown and not scored, what agencies say of themselves, what others dispute, and every oddity once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from example.cast import SINGLE, Visit, vocabulary
from example.chance import Chance
from example.items import Item, capture, item

CONTEXT = (
    "accessibility_statement", "facts_and_figures", "services_explained", "languages", "accounts_listed",
    "officials_vs_institution", "other_findings", "followers",
)  # fmt: skip
OUTDATED = {
    "en": "Shown, not scored: the page speaks of electronic mail, not of social media.",
    "ar": "للاطلاع لا للاحتساب: الصفحة عن البريد الإلكتروني لا عن وسائل التواصل.",
}
MANY_CHANNELS = "xs-ministry-of-foreign-affairs"
DISPUTING = {
    ("xs-national-police", 2026): ("watchdog", "sampled_open_comments"),
    ("xs-port-specimen", 2026): ("press", "sampled_open_comments"),
    ("xs-ministry-of-education", 2024): ("study", "sampled_open_comments"),
}
WHERE = {
    "watchdog": "https://watch.example/accounts/",
    "press": "https://daily.example/news/",
    "news_agency": "https://newsagency.example/item/",
    "study": "https://university.example/papers/",
    "open_data": "https://data.sample.example/tables/",
    "other": "https://library.example/notes/",
}


def extras(visit: Visit) -> Iterator[Item]:
    for code in visit.chance("context").some(CONTEXT, 1 + (visit.wave == 0)):
        yield _context(visit, code)
    if Chance(visit.body.id, "reports").happens(0.5):
        yield _reported(visit)
    if visit.chance("e-mail").happens(0.2):
        yield _by_mail(visit)
    if (visit.body.id, visit.year) in DISPUTING:
        yield _disputing(visit, *DISPUTING[visit.body.id, visit.year])
    if visit.body.level == "parliament":
        yield _captioned(visit)
    if visit.body.id == MANY_CHANNELS and visit.year == 2026:
        yield from _every_channel(visit)


def single(visit: Visit) -> Iterator[Item]:
    """The one item of an agency that has no other; it explains what its checksum is of."""
    if visit.body.id == SINGLE and visit.year == 2026:
        day = date(2026, 11, 20)
        found = item(visit, "policy_published", value=True, observed=day, strength="B")
        yield found | elsewhere(visit, "other", found) | _explained(visit, day)


def _explained(visit: Visit, day: date) -> Item:
    note = {
        "en": "The checksum is that of this item's id as text: there is no page that a copy could be kept of.",
        "ar": "البصمة الرقمية هي بصمة معرّف هذا الدليل نصاً، فلا صفحة تُحفظ نسخة منها.",
    }
    kept = capture(f"{visit.prefix}.policy_published", day, visit.chance("kept"))
    return kept | {"note": note}


def elsewhere(visit: Visit, kind: str, found: Item) -> Item:
    """The same finding on somebody else's page."""
    page = {"url": f"{WHERE[kind]}{visit.prefix}", "kind": kind, "language": "en", "title": None}
    also = [f"https://mirror.example/{kind}/{visit.prefix}"]
    note = {"en": "Read on a copy of the page.", "ar": "قُرئت نسخة من الصفحة."}
    return {"source": {k: v for k, v in (found["source"] | page | {"also": also, "note": note}).items() if v}}


def _context(visit: Visit, code: str) -> Item:
    values: dict[str, Any] = {}
    if code == "languages":
        values = {"named": ["ar", "en"]}
    elif code == "accounts_listed":
        values = {"value": visit.chance(code, "n").whole(3, 12), "unit": "accounts"}
    elif code == "followers":
        counted = visit.chance(code, "n").whole(12, 900) * 100
        values = {"value": counted, "unit": "followers", "channel": visit.body.main}
    elif code in ("accessibility_statement", "facts_and_figures", "services_explained"):
        values = {"value": True}
    return item(visit, code, **values)


def _reported(visit: Visit) -> Item:
    """What the agency says of itself: kinder than what test enquiries find."""
    received = visit.chance("received").whole(800, 9000)
    answered = round(received * (0.6 + 0.38 * visit.quality("response", "reported")))
    year = {"start": date(visit.year - 1, 1, 1), "end": date(visit.year - 1, 12, 31), "label": f"year {visit.year - 1}"}
    return item(
        visit, "measured_response", numerator=answered, denominator=received, channel="social_media", period=year,
        counts={"received": received, "answered": answered}, strength="D",
        stated=f"{answered:,} of {received:,} messages answered",
        note={
            "en": "The report does not say within what time.",
            "ar": "لا يبيّن التقرير خلال أي مدة كان الرد.",
        },
    )  # fmt: skip


def _by_mail(visit: Visit) -> Item:
    received = visit.chance("mail").whole(100, 900)
    counts = {"received": received, "pct_answered": visit.chance("mail", "pct").whole(55, 97)}
    kept = round(received * counts["pct_answered"] / 100)
    found = item(
        visit, "measured_response", suffix="-email", numerator=kept, denominator=received, counts=counts,
        channel="email", context=OUTDATED, strength="C",
    )  # fmt: skip
    return found | elsewhere(visit, "news_agency", found)


def _disputing(visit: Visit, kind: str, code: str) -> Item:
    """What somebody else counted, against what stands on the agency's page."""
    n = visit.chance("disputing").whole(9, 16)
    against = f"{visit.prefix}.{code}"
    k = round(n * 0.3)
    found = item(visit, code, suffix="-disputing", numerator=k, denominator=n, disputes=against, strength="C")
    return found | elsewhere(visit, kind, found)


def _captioned(visit: Visit) -> Item:
    """An older figure, superseded by what coders found."""
    n = visit.chance("videos").whole(40, 90)
    k = visit.chance("captions").count(n, visit.quality("segments", "captions"))
    end = {"start": date(visit.year - 1, 1, 1), "end": date(visit.year - 1, 12, 31)}
    found = item(visit, "captioned_videos", numerator=k, denominator=n, period=end, strength="C")
    del found["source"]["published"]
    return found


def _every_channel(visit: Visit) -> Iterator[Item]:
    """Followers on every social channel, cases through every other, as open data tells them."""
    for channel in vocabulary()["channels"]:
        code, unit = ("followers", "followers") if channel.get("social") else ("cases_received", "cases")
        value = visit.chance(code, channel["id"]).whole(3, 400) * 10
        found = item(visit, code, suffix=f"-{channel['id']}", value=value, unit=unit, channel=channel["id"])
        if code == "cases_received":
            closed = round(value * 0.8)
            found |= {"counts": {"received": value, "closed": closed, "median_hours_to_close": 26.5}}
            found |= elsewhere(visit, "open_data", found)
        yield found | {"strength": "C"}
