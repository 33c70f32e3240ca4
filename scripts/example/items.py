"""One evidence item: its wording, its page, when it was read and by whom, and the capture that would have been kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from example.cast import Visit, words
from example.chance import Chance

Item = dict[str, Any]
READERS = ("reader-1", "reader-2", "reader-3")
LEFT_TO_RIGHT = "\u200e"  # keeps the sign of a number before it in Arabic
METHODS = ("pdf", "image", "warc", "html")


def item(visit: Visit, code: str, case: str = "any", suffix: str = "", **values: Any) -> Item:
    """An item with everything that follows from its code; `values` add to that or replace it."""
    id = f"{visit.prefix}.{code}{suffix}"
    chance = visit.chance(code, suffix)
    observed = date(visit.year, 9, 12).toordinal() + chance.whole(0, 40)
    found: Item = {
        "id": id,
        "code": code,
        "finding": finding(code, case, chance, values),
        "source": source(visit, code, chance),
        "observed": values.get("observed") or date.fromordinal(observed),
    }
    found |= _grade(id, found, chance, "denominator" in values) | {
        key: value for key, value in values.items() if value is not None
    }
    if found["strength"] == "C":
        found["source"] = found["source"] | {"read": "excerpt"}
    return found


def _grade(id: str, found: Item, chance: Chance, counted: bool) -> Item:
    """A: a capture, and two people where something was counted; B: now and then a capture; C: read in part."""
    strength = chance.pick("AAABBBBBBC")
    if strength == "A":
        readers = chance.some(READERS, 2)
        who = {"coders": readers} if counted else {"coder": readers[0]}
        return who | {"strength": "A"} | capture(id, found["observed"], chance)
    kept = capture(id, found["observed"], chance) if strength == "B" and chance.happens(0.1) else {}
    return {"coder": chance.pick(READERS), "strength": strength} | kept


def absent(visit: Visit, code: str, **values: Any) -> Item:
    """What two searches, a month apart, did not find."""
    first = visit.chance(code, "searches").whole(1, 12)
    days = [date(visit.year, 9, first), date(visit.year, 10, first + 3)]
    return item(visit, code, "absent", state="documented_absence", searches=days, observed=days[1], **values)


def finding(code: str, case: str, chance: Chance, values: Mapping[str, Any]) -> dict[str, str]:
    """The wording of a case, with its figures."""
    wording = chance.pick(words("findings")[code][case])
    value = values.get("value")
    figures = {
        "k": values.get("numerator"),
        "n": values.get("denominator"),
        "value": f"{value:,}" if isinstance(value, int | float) else value,
        "hours_ar": hours_in_arabic(value) if isinstance(value, int) else "",
    }
    arabic = figures | {"value": re.sub(r"^-", f"{LEFT_TO_RIGHT}-", str(figures["value"]))}
    return {language: text.format(**(arabic if language == "ar" else figures)) for language, text in wording.items()}


def hours_in_arabic(hours: int) -> str:
    """A number of hours after «خلال»: the noun follows the number's last two digits."""
    if hours in (1, 2):
        return {1: "ساعة واحدة", 2: "ساعتين"}[hours]
    return f"{hours} ساعات" if 3 <= hours % 100 <= 10 else f"{hours} ساعة"


def source(visit: Visit, code: str, chance: Chance) -> dict[str, Any]:
    """The made-up page that a finding stands on; it says when it was last revised."""
    page = words("pages")["pages"][words("pages")["code_pages"].get(code, "posts")]
    language = "en" if visit.body.en and chance.happens(0.35) else "ar"
    return {
        "url": f"{visit.body.site}/{language}/{page['path']}",
        "title": page[language],
        "language": language,
        "kind": "own_page",
        "published": f"{visit.year}-{chance.whole(1, 8):02d}",
        "read": "full",
    }


def capture(id: str, day: date, chance: Chance) -> Item:
    """What says that a copy was kept, as it would stand in real evidence; the checksum is that of the id."""
    digest = hashlib.sha256(id.encode()).hexdigest()
    return {
        "archived": f"https://archive.example/{day:%Y%m%d}/{digest[:12]}",
        "sha256": digest,
        "captured_at": f"{day}T{chance.whole(8, 17):02d}:{chance.whole(0, 59):02d}+03:00",
        "method": chance.pick(METHODS),
    }
