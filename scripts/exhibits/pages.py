"""The exhibits: the words of pages.yml around the figures that were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from exhibits.answering import Replies
from exhibits.closing import Channel

Item = dict[str, Any]
CHANNELS = {
    "x": {"en": "Twitter", "ar": "تويتر"},
    "phone": {"en": "Telephone", "ar": "الهاتف"},
    "app": {"en": "The city's app", "ar": "تطبيق المدينة"},
    "website": {"en": "Website", "ar": "الموقع"},
}
MIXES = ({"en": "All cases", "ar": "كل الحالات"}, {"en": "The same mix of types", "ar": "مع توحيد مزيج الأنواع"})


def closing(
    channels: Sequence[Channel], raw: Sequence[float], alike: Sequence[float], rows: int, used: int, source: Item
) -> Item:
    """Boston's service requests of 2015, by channel. Raises ValueError where the figures no longer bear the answer."""
    if not (raw[1] < 0 < raw[2] and alike[1] < 0 < alike[2]):
        raise ValueError("the answer in pages.yml says that both intervals include no difference")
    named = {c.name: c for c in channels}
    page = _page(
        "closing", twitter=named["x"], phone=named["phone"], raw=raw, alike=alike, rows=rows, rejected=rows - used
    )
    shares = [_bar(CHANNELS[c.name], c.in_window, denominator=c.cases) for c in channels]
    days = [_bar(CHANNELS[c.name], c.median_days, denominator=c.cases) for c in channels]
    gaps = [_bar(name, gap[:3], denominator=int(gap[3])) for name, gap in zip(MIXES, (raw, alike), strict=True)]
    return _with(page, [source], [shares, days, gaps])


def answering(accounts: Mapping[str, Replies], sources: Sequence[Item]) -> Item:
    """Two archives of White House accounts, by whom their posts answer. Raises ValueError as above."""
    potus, flotus = accounts["POTUS44"], accounts["FLOTUS44"]
    if max(potus.share[2], flotus.share[2]) > 0.1 or potus.to_itself < potus.to_others:
        raise ValueError("pages.yml says that less than a tenth answers others, and that most replies are threads")
    page = _page("answering", potus=potus, flotus=flotus, naive=(potus.to_others + potus.to_itself) / potus.posts)
    bars = [
        _bar({"en": f"@{name}", "ar": f"‎@{name}"}, found.share, numerator=found.to_others, denominator=found.posts)
        for name, found in accounts.items()
    ]
    return _with(page, sources, [bars])


def source(name: str, file: str, sha256: str, rows: int, **values: str) -> Item:
    """Where records came from: `boston`, or the `archive` of an `account`."""
    words: Item = _filled(_words()["sources"][name], values)
    return words | {"file": file, "sha256": sha256, "rows": rows}


def _words() -> Item:
    words: Item = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return words


def _page(name: str, **values: Any) -> Item:
    page: Item = _filled(_words()[name], values)
    return page


def _filled(part: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(part, dict):
        return {key: _filled(inner, values) for key, inner in part.items()}
    if isinstance(part, list):
        return [_filled(inner, values) for inner in part]
    return part.format(**values) if isinstance(part, str) else part


def _with(page: Item, sources: Sequence[Item], bars: Sequence[Sequence[Item]]) -> Item:
    panels = [panel | {"bars": list(own)} for panel, own in zip(page["panels"], bars, strict=True)]
    return page | {"sources": list(sources), "panels": panels}


def _bar(name: Mapping[str, str], figures: Sequence[float], **counts: int) -> Item:
    value, low, high = (round(float(figure), 4) for figure in figures)
    return {"name": dict(name), "value": value, "low": low, "high": high} | counts
