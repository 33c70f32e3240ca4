"""What was counted or reported besides posts: services, changes, satisfaction, mentions, comments and money."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date

from example.cast import Visit
from example.chance import Chance
from example.items import Item, absent, item

CORRECTIONS = ("neither", "one-of-two", "both")
FIGURES = ("none", "volumes-or-times", "both", "both-linked")
COSTS = ("none", "one", "two", "all")


def measures(visit: Visit) -> Iterator[Item]:
    for part in PARTS:
        yield from part(visit)


def _services(visit: Visit) -> Iterator[Item]:
    """Shares of lists that were read whole."""
    facts = visit.chance("facts").whole(20, 30)
    for code, n in (("joining_facts", 40), ("services_online", 10), ("facts_found_again", facts)):
        if code == "facts_found_again" and not visit.full:
            continue
        k = visit.chance(code, "count").count(n, 0.08 + 0.88 * visit.quality("services", code))
        whole = n if code != "facts_found_again" else None
        yield item(visit, code, numerator=k, denominator=n, frame=whole, channel="social_media")


def _accounts(visit: Visit) -> Iterator[Item]:
    n = Chance(visit.body.id, "live").whole(4, 12)
    k = visit.chance("listed").count(n, 0.3 + 0.68 * visit.quality("transparency", "listed"))
    share = round(k / n, 4)
    yield item(visit, "accounts_listed_share", value=share, unit="share", numerator=k, denominator=n, frame=n)


def _listening(visit: Visit) -> Iterator[Item]:
    year = {"start": date(visit.year - 1, 9, 1), "end": date(visit.year, 8, 31)}
    for code in ("changes_traced", "consultations_with_results"):
        value = min(7, round(visit.chance(code, "year").normal(4.6 * visit.quality("listening", code), 0.7)))
        yield item(visit, code, value=max(0, value), unit="count", period=year)


def _levels(visit: Visit) -> Iterator[Item]:
    """Graded choices, read again where the level changed."""
    for code, choices in (("corrections_practice", CORRECTIONS), ("service_figures_published", FIGURES)):
        level = _level(visit, code, len(choices))
        before = visit.before()
        if before and _level(before, code, len(choices)) == level and not visit.chance(code, "again").happens(0.2):
            continue
        if code == "corrections_practice" and level == 0 and visit.chance(code, "absent").happens(0.6):
            yield absent(visit, code)
        else:
            yield item(visit, code, choices[level], value=choices[level])


def _level(visit: Visit, code: str, levels: int) -> int:
    return min(levels - 1, int(visit.quality("transparency", code) * levels))


def _public(visit: Visit) -> Iterator[Item]:
    """Mentions by others; satisfaction by survey and comments under posts."""
    mentions = visit.chance("mentions").whole(60, 180)
    kind = visit.chance("mentions").count(mentions, 0.1 + 0.8 * visit.quality("outcomes", "mentions"))
    balance = round((2 * kind - mentions) / mentions, 2)
    yield item(visit, "mentions_balance", value=balance, unit="minus1_to_1", denominator=mentions)
    if visit.full:
        yield _survey(visit)
        rate = math.exp(visit.chance("comments").normal(2.6 * visit.quality("outcomes", "comments") - 1.2, 0.2))
        found: Item = {"value": round(rate, 2), "unit": "rate", "denominator": 60, "channel": visit.body.main}
        yield item(visit, "comments_per_post", **found)


def _survey(visit: Visit) -> Item:
    people = visit.chance("people").whole(380, 1250)
    happy = visit.chance("happy").count(people, 0.38 + 0.58 * visit.quality("outcomes", "satisfaction"))
    own = Chance(visit.body.id, "surveyor").happens(0.2)  # the agency's own survey, of its own performance
    found: Item = {"numerator": happy, "denominator": people, "strength": "D" if own else None}
    return item(visit, "satisfaction_measured", channel="social_media", **found)


def _money(visit: Visit) -> Iterator[Item]:
    """What it costs: published in kinds or as a sum, refused, and set against phone and advertising."""
    if not visit.full:
        return
    style = Chance(visit.body.id, "money").uniform()
    level = min(3, int(visit.quality("outcomes", "costs") * 4))
    year = {"start": visit.year - 1, "end": visit.year - 1}
    if style < 0.2:
        yield _refused(visit, "refused" if style < 0.1 else "not-held")
    elif style < 0.35:
        spent = 500 * visit.chance("spent").whole(12, 160)
        yield item(visit, "cost_published", value=spent, unit="USD", period=year)
    else:
        yield item(visit, "cost_kinds", COSTS[level], value=COSTS[level])
    for code, share in (("cost_per_answer_ratio", 0.7), ("cost_per_reach_ratio", 0.5)):
        if Chance(visit.body.id, code).happens(share):
            ratio = round(math.exp(visit.chance(code).normal(0.7 - 2.4 * visit.quality("outcomes", code), 0.15)), 2)
            yield item(visit, code, value=max(0.15, ratio), unit="ratio", period=year)


def _refused(visit: Visit, how: str) -> Item:
    found = item(visit, "cost_refused", how, value=how)
    kind, path = ("parliament", "questions") if how == "refused" else ("foi", "requests")
    found["source"] |= {"kind": kind, "url": f"https://parliament.sample.example/{path}/{visit.prefix}"}
    return found


PARTS: tuple[Callable[[Visit], Iterator[Item]], ...] = (_services, _accounts, _listening, _levels, _public, _money)
