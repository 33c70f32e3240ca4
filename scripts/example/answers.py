"""The agency's side: replies as written in the word list, and how far each year's assessment has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from example.cast import CLOSES, SINGLE, YEARS, Body, Visit, words
from example.items import Item

STEPS = ("gathering", "second_reader", "sent", "answered", "published")
DAYS = {"gathering": (8, 25), "second_reader": (11, 1), "sent": (11, 4)}
EDITOR = "editor-1"
SENT_AS_IS = {
    "en": "Sent by e-mail to the address on its contact page.",
    "ar": "أُرسل بالبريد الإلكتروني إلى العنوان الوارد في صفحة الاتصال.",
}


def replies(body: Body) -> list[dict[str, Any]]:
    return [_reply(body, entry, number) for number, entry in enumerate(_written(body), 1)]


def _written(body: Body) -> list[dict[str, Any]]:
    found = [entry for entry in words("replies") if entry["body"] == body.id]
    return sorted(found, key=lambda entry: (entry["year"], entry["received"]))


def _reply(body: Body, entry: dict[str, Any], number: int) -> dict[str, Any]:
    year, prefix = entry["year"], f"{body.id}-{entry['year']}"
    found: dict[str, Any] = {
        "id": f"{prefix}.r{number:02d}",
        "received": _day(year, entry["received"]),
        **{key: entry[key] for key in ("office", "language", "text", "url") if key in entry},
    }
    if "verified" in entry:
        found["verified"] = {"how": entry["verified"]["how"], "by": EDITOR, "on": _day(year, entry["verified"]["day"])}
    for key in ("about", "disputes"):
        if key in entry:
            found[key] = [f"{prefix}.{code}" for code in entry[key]]
    if "outcome" in entry:
        outcome = entry["outcome"]
        decided = {"decision": outcome["decision"], "on": _day(year, outcome["day"]), "by": EDITOR}
        found["outcome"] = decided | {"because": outcome["because"]}
    return found


def _day(year: int, day: str) -> date:
    return date.fromisoformat(f"{year}-{day}")


def mended(visit: Visit, found: Item) -> Item:
    """An item that was corrected after a reply says so."""
    for entry in _written(visit.body):
        corrected = entry.get("outcome", {}).get("decision") == "corrected" and entry["year"] == visit.year
        if corrected and found["code"] in entry["disputes"]:
            note = {
                "en": "Corrected after the agency's reply.",
                "ar": "صُحح بعد رد الجهة.",
            }
            return found | {"note": note, "numerator": 10, "finding": _ten_of_ten()}
    return found


def _ten_of_ten() -> dict[str, str]:
    return {
        "en": "All ten of its most used services start online from the account.",
        "ar": "الخدمات العشر الأكثر استعمالاً يمكن بدؤها كلها إلكترونياً من الحساب.",
    }


def stages(body: Body) -> list[dict[str, Any]]:
    """Every year's steps in order; the newest year's may stop on the way. Nothing is said of bodies nobody has read."""
    years = [year for year in YEARS if not Visit(body, year).lacks("nothing")]
    if body.id == SINGLE:
        years = [YEARS[-1]]
    return [step for year in years for step in _year(body, year, body.stage if year == YEARS[-1] else "published")]


def _year(body: Body, year: int, last: str) -> Iterator[dict[str, Any]]:
    answered = [_day(year, entry["received"]) for entry in _written(body) if entry["year"] == year]
    for step in STEPS[: STEPS.index(last) + 1]:
        if step == "answered":
            yield from ({"stage": step, "since": day} for day in answered[:1])
        elif step == "published":
            yield {"stage": step, "since": CLOSES[year], "by": EDITOR}
        else:
            found = {"stage": step, "since": date(year, *DAYS[step]), "by": EDITOR if step == "sent" else None}
            yield {k: v for k, v in found.items() if v} | ({"note": SENT_AS_IS} if step == last == "sent" else {})
