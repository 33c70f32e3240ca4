"""What of an agency's own came, went or differs, and how many points each piece of evidence makes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from scoring.changes import LEAST
from scoring.instruments.observe import observe
from scoring.method.compare import AgencyChange, Comparison, mixed
from scoring.method.score import score
from scoring.model import Agency, Evidence, Profile
from scoring.review.report import FEW, Effect, Entry, Item, Kind, line

DIGITS = 4  # of points; more would be noise that differs between machines
SELF_REPORTED = "D"  # the strength of what an agency reports about its own performance


@dataclass(frozen=True)
class Piece:
    """An evidence item that came (no `old`), went (no `new`) or differs."""

    agency: str
    change: Kind
    old: Evidence | None
    new: Evidence | None

    @property
    def now(self) -> Evidence:
        """The item as it stands, or stood last."""
        item = self.new or self.old
        assert item is not None
        return item


def pieces(change: AgencyChange, comparison: Comparison) -> tuple[Piece, ...]:
    """An agency's items that came, differ, went, or that only the later day lets in; in that order, then by id."""
    old, new = (_items(state.dataset.agencies.get(change.id)) for state in (comparison.a, comparison.b))
    return tuple(
        Piece(change.id, kind, old.get(id), new.get(id))
        for kind in ("added", "changed", "removed", "dated")
        for id in getattr(change.evidence, kind)
    )


def _items(agency: Agency | None) -> dict[str, Evidence]:
    return {item.id: item for item in agency.evidence} if agency else {}


def items(
    found: Sequence[Piece], comparison: Comparison, made: Mapping[str, tuple[Effect, ...]], shown: Collection[str]
) -> tuple[Item, ...]:
    """What the review says of each, with those of the effects that are in the leagues that are shown."""
    return tuple(
        _item(piece, comparison, tuple(e for e in made.get(piece.now.id, ()) if e.node in shown)[:FEW])
        for piece in found
    )


def _item(piece: Piece, comparison: Comparison, effects: tuple[Effect, ...]) -> Item:
    item = piece.now
    method = (comparison.b if piece.new else comparison.a).dataset.methodology
    feeds = (feed.indicator for code in method.codes if code.id == item.code for feed in code.feeds)
    return Item(
        id=item.id, change=piece.change, code=item.code, indicators=tuple(dict.fromkeys(feeds))[:FEW],
        host=host(item.source.url), scored=item.context is None, self_reported=item.strength == SELF_REPORTED,
        by=makers(item)[:FEW], effects=effects,
    )  # fmt: skip


def host(address: str) -> str | None:
    """The host of an address, without `www.`; None where it has none."""
    try:
        found = urlsplit(address).hostname or ""
    except ValueError:
        return None
    return line(found.removeprefix("www.")) if found else None


def makers(item: Evidence) -> tuple[str, ...]:
    """Who made an item; nobody: the founding collection."""
    return tuple(dict.fromkeys([*([item.coder] if item.coder else []), *item.coders]))


# --- effects ----------------------------------------------------------------------------------------------


def effects(found: Sequence[Piece], comparison: Comparison) -> dict[str, tuple[Effect, ...]]:
    """By id of the item, what its agency's scores have by it: today's, less what they were without this one change.

    With fixed goalposts no agency touches another's score, so all are scored at once, as agencies of one data set.
    """
    state = mixed((comparison.a, comparison.b), (1, 1, 1))
    today, method = state.dataset.agencies, state.dataset.methodology
    known = {code.id for code in method.codes}
    pieces = [piece for piece in found if piece.agency in today and piece.change != "dated"]
    own = {piece.agency: today[piece.agency] for piece in pieces}
    undone = {f"{p.agency}~{at}": _undone(today[p.agency], p, known) for at, p in enumerate(pieces)}
    if not undone:
        return {}
    all = replace(state.dataset, agencies=own | undone)
    table = score(observe(all, state.as_of), method, list(all.agencies)).score

    def of(at: int, piece: Piece) -> Iterator[Effect]:
        for node in (method.id, *(dimension.id for dimension in method.dimensions)):
            now, then = table[node][piece.agency], table[node][f"{piece.agency}~{at}"]
            if np.isnan(now) != np.isnan(then):
                yield Effect(node=node)
            elif abs(now - then) >= LEAST:
                yield Effect(node=node, points=round(float(now - then), DIGITS))

    return {piece.now.id: tuple(of(at, piece)) for at, piece in enumerate(pieces)}


def _undone(agency: Agency, piece: Piece, known: set[str]) -> Agency:
    """The agency as it would be without one change."""
    back = [piece.old] if piece.old and piece.old.code in known else []
    at = next((n for n, item in enumerate(agency.evidence) if item.id == piece.now.id), len(agency.evidence))
    return replace(agency, evidence=(*agency.evidence[:at], *back, *agency.evidence[at + 1 :]))


# --- everything but evidence ------------------------------------------------------------------------------


def entries(old: Agency, new: Agency) -> tuple[Entry, ...]:
    """Accounts, enquiries, replies, stages and fields of the profile that came, went or differ."""
    return (*_profile(old.profile, new.profile), *_records(old, new))


def _profile(old: Profile, new: Profile) -> Iterator[Entry]:
    for field in Profile.model_fields:
        if field != "accounts" and getattr(old, field) != getattr(new, field):
            yield Entry(kind="profile", id=field, change="changed")


def _records(old: Agency, new: Agency) -> Iterator[Entry]:
    keyed: tuple[tuple[str, Callable[[Agency], Mapping[str, Any]], Callable[[Any], Sequence[str | None]]], ...] = (
        ("account", accounts, lambda _: ()),
        ("enquiry", lambda a: {e.id: e for e in a.enquiries}, lambda e: (e.tester, e.checked_by)),
        ("reply", lambda a: {r.id: r for r in a.replies}, _of_reply),
        ("stage", lambda a: {f"{s.stage} {s.since}": s for s in a.stages}, lambda s: (s.by,)),
    )
    for kind, read, by in keyed:
        before, after = read(old), read(new)
        for id in sorted({*before, *after}):
            if before.get(id) != after.get(id):
                change = "added" if id not in before else "changed" if id in after else "removed"
                who = tuple(dict.fromkeys(filter(None, by(after.get(id) or before[id]))))
                yield Entry.model_validate({"kind": kind, "id": line(id), "change": change, "by": who[:FEW]})


def _of_reply(reply: Any) -> tuple[str | None, ...]:
    return (reply.verified and reply.verified.by, reply.outcome and reply.outcome.by)


def accounts(agency: Agency) -> dict[str, tuple[Any, ...]]:
    """Accounts by platform and handle; one that was left and taken up again has several intervals."""
    found: dict[str, tuple[Any, ...]] = {}
    for account in agency.profile.accounts:
        key = f"{account.platform} {account.handle}"
        found[key] = (*found.get(key, ()), account)
    return found
