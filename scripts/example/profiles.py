"""Profiles: names, families and accounts as dated intervals. No account has an address on a real platform."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from example.cast import Body
from example.chance import Chance

PLATFORMS = ("x", "facebook", "instagram", "youtube", "linkedin", "tiktok", "snapchat", "telegram", "threads", "app")
OWN = ("telegram", "newsletter", "podcast", "app", "blog", "rss")  # may carry an address of our own making
MANY, REOPENED = "xs-ministry-of-foreign-affairs", "xs-civil-registry"
MISSIONS = 40
NOTES = {
    "xs-ministry-of-information": {
        "en": "Became part of the Ministry of Culture and Media of Sample at the end of 2024.",
        "ar": "صارت جزءاً من وزارة الثقافة والإعلام في جمهورية المثال في نهاية عام 2024.",
    },
    "xs-diplomatic-missions": {
        "en": "Counted together by the ministry's report, so shown together and not ranked.",
        "ar": "يحصيها تقرير الوزارة معاً، فتُعرض معاً ولا تُرتَّب.",
    },
    "xs-archives-board": {
        "en": "Nobody has read anything of it yet.",
        "ar": "لم يقرأ أحد شيئاً عنه بعد.",
    },
}


def profile(body: Body) -> dict[str, Any]:
    names = {"en": body.en, "ar": body.ar} if body.en else {"ar": body.ar}
    found: dict[str, Any] = {
        "id": body.id,
        "name": names,
        "kind": body.kind if body.kind != "agency" else None,
        "country": "XS",
        "level": body.level,
        "sector": body.sector,
        "parent": body.parent,
        "historical": body.historical or None,
        "successor": body.successor,
        "website": None if body.historical else f"{body.site}/",
        "accounts": list(_accounts(body)),
        "note": NOTES.get(body.id),
    }
    return {key: value for key, value in found.items() if value}


def _accounts(body: Body) -> Iterator[dict[str, Any]]:
    if body.kind == "group":
        return
    chance = Chance(body.id, "accounts")
    chosen = {body.main, *chance.some(PLATFORMS, 3)}
    for platform in (p for p in PLATFORMS if p in chosen):
        yield _account(body, platform, chance.whole(2011, 2019))
    if body.id == REOPENED:
        yield {"platform": "youtube", "handle": f"@{body.handle}", "since": "2012-03-01", "until": "2018-06-30"}
        yield {"platform": "youtube", "handle": f"@{body.handle}", "since": "2021-09"}
    if body.id == MANY:
        yield from _missions(MISSIONS - len(chosen))


def _account(body: Body, platform: str, since: int) -> dict[str, Any]:
    found: dict[str, Any] = {"platform": platform, "handle": f"@{body.handle}"}
    if platform in OWN:
        found["url"] = f"{body.site}/{platform}"
    found["since"] = since
    if body.historical:
        found["until"] = "2024-12-31"
    return found


def _missions(many: int) -> Iterator[dict[str, Any]]:
    """Accounts of missions abroad, numbered: a place would be a real one."""
    for number in range(1, many + 1):
        closed = {"until": f"{2019 + number % 5}-0{1 + number % 9}"} if number % 6 == 0 else {}
        platform = ("x", "facebook", "instagram")[number % 3]
        yield {"platform": platform, "handle": f"@xs_miss{number:02d}_ex", "since": 2012 + number % 7, **closed}
