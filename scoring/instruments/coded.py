"""Settled sheets to evidence: each share with its counts, its coders, their agreement, and what it was drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scoring.instruments.coding import Agreement, Share
from scoring.model import Text


@dataclass(frozen=True)
class Drawn:
    """What a sample was drawn from: `frame` posts of an account, between two days, by a seed."""

    n: int
    frame: int
    seed: int
    first: str
    last: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Origin:
    """What evidence made of a sample says of itself besides its figures."""

    prefix: str
    url: str
    channel: str
    language: str
    observed: date
    coders: tuple[str, ...]
    sheet: str  # SHA-256 of the settled sheet
    archived: str | None = None


def coded_items(
    shares: Sequence[Share],
    labels: Mapping[str, Text],
    agreed: Mapping[str, Agreement],
    drawn: Drawn,
    origin: Origin,
) -> Iterator[dict[str, Any]]:
    """One evidence item for each share, as plain values in the order of the file; `labels` are those of the codes.

    The frame's size is given where the share is one of all posts: of the posts about services, say, nobody knows how
    many there are. Two coders who read all of it, and a sheet with its checksum in an archive, make strength A; one
    coder or no archive, B.
    """
    strong = len(origin.coders) > 1 and origin.archived is not None
    for share in shares:
        variable, alpha = share.variable, agreed[share.variable.id].alpha
        whole = share.denominator == drawn.n
        item: dict[str, Any] = {
            "id": f"{origin.prefix}.{variable.id}",
            "code": variable.becomes,
            "numerator": share.numerator,
            "denominator": share.denominator,
            "frame": drawn.frame if whole and not variable.distinct else None,
            "channel": origin.channel,
            "period": {"start": drawn.first[:10], "end": drawn.last[:10]} if drawn.last else None,
            "finding": _finding(labels[variable.becomes], share, drawn),
            "source": {"url": origin.url, "language": origin.language, "kind": "own_page", "read": "full"},
            "observed": origin.observed,
            "coders": list(origin.coders),
            "alpha": round(alpha, 4) if alpha is not None and len(origin.coders) > 1 else None,
            "sample": _sample(drawn),
            "strength": "A" if strong else "B",
            "archived": origin.archived,
            "sha256": origin.sheet,
            "method": "sheet",
        }
        yield {key: value for key, value in item.items() if value is not None}


def _finding(label: Text, share: Share, drawn: Drawn) -> dict[str, str]:
    k, n = share.numerator, share.denominator
    return {
        "en": f"{label.en}: {k} of {n}, in a random sample of {drawn.n} of {drawn.frame:,} posts.",
        "ar": f"{label.ar}: {k} من {n}، في عيّنة عشوائية حجمها {drawn.n} من منشورات عددها {drawn.frame:,}.",
    }


def _sample(drawn: Drawn) -> str:
    dates = f" from {drawn.first[:10]} to {drawn.last[:10]}" if drawn.last else ""
    return (
        f"{drawn.n} of {drawn.frame:,} posts{dates}, seed {drawn.seed}; {drawn.file[:80]}, SHA-256 {drawn.sha256[:16]}…"
    )
