"""Coded samples of posts: shares with their counts, two coders, and their agreement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from example.cast import Visit
from example.chance import Chance
from example.items import Item, capture, item

CODERS = ("coder-1", "coder-2", "coder-3", "coder-4")
ONE_LANGUAGE = ("xs-highland-province", "xs-placeholder-hills", "xs-desert-province")
LOW_ALPHA = 0.41
# code: dimension, share at the worst and at the best quality
SHARES = {
    "sampled_checkable_facts": ("transparency", 0.04, 0.6),
    "sampled_person_led": ("institution_first", 0.62, 0.06),
    "sampled_praise": ("institution_first", 0.34, 0.01),
    "sampled_open_comments": ("listening", 0.3, 0.98),
    "sampled_direct_links": ("services", 0.15, 0.95),
    "sampled_languages": ("segments", 0.02, 0.9),
    "sampled_proven_achievements": ("institution_first", 0.05, 0.85),
    "sampled_accessible_media": ("segments", 0.05, 0.95),
}


@dataclass(frozen=True)
class Drawn:
    """A sample of what an account published, and how many of it are which kind of post."""

    n: int
    frame: int
    replies: int
    dialogue: int
    services: int
    achievements: int
    media: int

    def among(self, code: str) -> int:
        """How many posts a question is asked of; replies are told apart first."""
        fewer = {
            "sampled_direct_links": self.services,
            "sampled_languages": self.services,
            "sampled_proven_achievements": self.achievements,
            "sampled_accessible_media": self.media,
        }
        return fewer.get(code, self.n - self.replies)


def samples(visit: Visit) -> Iterator[Item]:
    """Everything that the coders of one wave found."""
    drawn, shared = draw(visit), _shared(visit)
    if not visit.lacks("few_enquiries"):  # that sample would be taken for enquiries
        yield _coded(visit, "sampled_dialogue", drawn.dialogue, drawn.n, shared | {"frame": drawn.frame})
    yield _coded(visit, "sampled_segments", visit.chance("six").count(6, visit.quality("segments")), 6, shared)
    for code, (dimension, worst, best) in SHARES.items():
        if code == "sampled_languages" and visit.body.id in ONE_LANGUAGE:
            yield item(visit, code, "not_applicable", state="not_applicable", source=shared["source"])
            continue
        of = drawn.among(code)
        share = worst + (best - worst) * visit.quality(dimension, code)
        yield _coded(visit, code, visit.chance(code, "count").count(of, share), of, shared)


def draw(visit: Visit) -> Drawn:
    chance = visit.chance("sample")
    n = chance.pick((200, 240, 300))
    dialogue = chance.count(n, 0.5 * visit.quality("response", "sampled_dialogue"))
    posts = n - (replies := round(dialogue * 0.85))
    parts = (chance.count(posts, share) for share in (0.55, 0.3, 0.7))
    return Drawn(n, n + chance.whole(150, 1900), replies, dialogue, *parts)


def _shared(visit: Visit) -> Item:
    """What all shares of one sample have in common."""
    chance, drawn = visit.chance("sheet"), draw(visit)
    first, last = date(visit.year, 9, 1), date(visit.year, 10, 15)
    account = f"@{visit.body.handle}"
    text = f"{drawn.n} of {drawn.frame:,} posts of {account} from {first} to {last}, seed {chance.whole(1, 99)}"
    found: dict[str, Any] = {
        "channel": visit.body.main,
        "period": {"start": first, "end": last},
        "source": _archive(visit),
        "observed": date(visit.year, 10, chance.whole(20, 30)),
        "coders": CODERS[:1] if visit.lacks("one_coder") else tuple(chance.some(CODERS, 2)),
        "sample": text,
        "strength": "B",
    }
    if chance.happens(0.65) and len(found["coders"]) > 1:
        found |= _sheet(visit, found["observed"], chance)
    return found


def _sheet(visit: Visit, day: date, chance: Chance) -> Item:
    kept = capture(f"{visit.prefix}.sheet", day, chance)
    return {key: kept[key] for key in ("archived", "sha256")} | {"method": "sheet", "strength": "A"}


def _archive(visit: Visit) -> dict[str, Any]:
    url = f"{visit.body.site}/archive/posts/{visit.body.main}/{visit.year}"
    return {"url": url, "language": "ar", "kind": "own_page", "read": "full"}


def _coded(visit: Visit, code: str, k: int, n: int, shared: Item) -> Item:
    found = item(visit, code, numerator=k, denominator=n, **shared)
    found.pop("coder", None)
    if len(shared["coders"]) > 1 and 0 < k < n:
        found["alpha"] = _alpha(visit, code)
    return {key: value for key, value in found.items() if key not in _CAPTURE or key in shared}


_CAPTURE = ("archived", "sha256", "captured_at", "method")


def _alpha(visit: Visit, code: str) -> float:
    if visit.lacks("low_alpha") and code == "sampled_praise":
        return LOW_ALPHA
    return round(Chance(visit.body.id, visit.year, code, "alpha").between(0.69, 0.96), 3)
