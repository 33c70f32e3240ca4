"""What of a change a reviewer should look at, what cannot be undone first. It says nothing about right or wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from scoring.method.compare import Comparison
from scoring.model import Agency, Evidence, Profile
from scoring.review.differences import SELF_REPORTED, Piece, entries, host, makers
from scoring.review.report import Code, Look, Touched, line

LARGE = 10.0
"""Points of score from which a move is large: across half of the largest league (its middle half spans eleven points).
Of the items of the first edition, taken away one at a time, one in ten moves its agency so far."""
RULES = (".github/", "GOVERNANCE.md", "pyproject.toml", "requirements.lock", "scoring/rules/", "scoring/review/")
"""Where it stands how changes are checked and who may merge them."""
_KEPT = ("reply", "enquiry", "stage")  # records that are never removed
_LEAST_NAME = 6  # letters of a name that a contributor's may hold anywhere; shorter ones must be a whole part of it
_LEAST_INITIALS = 3
_ORDER = {code: at for at, code in enumerate(get_args(Code))}


@dataclass(frozen=True)
class Seen:
    """What is looked through: the comparison, the agencies whose own data changed with the pieces of evidence, the
    files that differ (None: unknown), where the data lie among them, and hosts the commits were written from."""

    found: Comparison
    touched: Sequence[Touched]
    pieces: Sequence[Piece]
    files: tuple[str, ...] | None
    data: str
    hosts: tuple[str, ...]

    def agency(self, id: str) -> tuple[Agency | None, Agency | None]:
        """An agency before and after."""
        return self.found.a.dataset.agencies.get(id), self.found.b.dataset.agencies.get(id)


def looks(seen: Seen) -> tuple[Look, ...]:
    """Everything to look at, in the order of the codes, then of the agencies."""
    found = (
        *_frozen(seen), *_ledger(seen), *_repository(seen), *_agencies(seen), *_moves(seen), *_evidence(seen),
        *_domains(seen), *_conflicts(seen), *_disputes(seen),
    )  # fmt: skip
    return tuple(sorted(dict.fromkeys(found), key=lambda look: _ORDER[look.code]))


# --- what lies outside the agencies -----------------------------------------------------------------------


def _frozen(seen: Seen) -> Iterator[Look]:
    """Editions that were frozen before, and are not as they were."""
    old, new = seen.found.a.dataset.frozen, seen.found.b.dataset.frozen
    top = f"{seen.data}editions/"
    touched = {path.removeprefix(top).split("/")[0] for path in seen.files or () if path.startswith(top)}
    for edition in sorted(old):
        if edition in touched or old[edition] != new.get(edition):
            yield Look(code="edition-altered", what=edition)


def _ledger(seen: Seen) -> Iterator[Look]:
    """Entries of the ledger that are gone or differ."""
    new = {entry.id: entry for entry in seen.found.b.dataset.corrections}
    for entry in seen.found.a.dataset.corrections:
        if new.get(entry.id) != entry:
            yield Look(code="ledger-altered", what=entry.id)


def _repository(seen: Seen) -> Iterator[Look]:
    """The method, the rules, and data together with other files."""
    if seen.found.method:
        yield Look(code="method-changed")
    inside = [path.startswith(f"{seen.data}agencies/") for path in seen.files or ()]
    if any(inside) and not all(inside):
        yield Look(code="data-and-rules")
    rules = [path for path in seen.files or () if path.startswith(RULES)]
    if rules:
        yield Look(code="rules-changed", what=line(", ".join(rules)))


# --- agencies ---------------------------------------------------------------------------------------------


def _agencies(seen: Seen) -> Iterator[Look]:
    """Agencies, records and accounts that are gone or differ."""
    for agency in seen.touched:
        if agency.status == "removed":
            yield Look(code="agency-removed", agency=agency.id)
        old, new = seen.agency(agency.id)
        for entry in entries(old, new) if old and new else ():
            if entry.kind in _KEPT and entry.change == "removed":
                yield Look(code="record-removed", agency=agency.id, what=entry.id)
            if entry.kind == "account":
                yield Look(code="account-changed", agency=agency.id, what=entry.id)
        if old and new and old.profile.website != new.profile.website:
            yield Look(code="website-changed", agency=agency.id, what=line(new.profile.website or "–"))


def _moves(seen: Seen) -> Iterator[Look]:
    """Large moves, and scores that are lost, of agencies that stay."""
    for agency in seen.touched:
        for move in agency.moves if agency.status == "both" else ():
            old, new = move.old.score, move.new.score
            if old is not None and new is None:
                yield Look(code="score-lost", agency=agency.id, node=move.node, old=old)
            elif old is not None and new is not None and abs(new - old) >= LARGE:
                yield Look(code="large-move", agency=agency.id, node=move.node, old=old, new=new)


# --- evidence ---------------------------------------------------------------------------------------------


def _evidence(seen: Seen) -> Iterator[Look]:
    """Evidence that is gone, says something else than before, or is the agency's own word."""
    known = set(seen.found.a.dataset.corrections)
    corrected = {c.agency: c.id for c in seen.found.b.dataset.corrections if c not in known}
    for piece in seen.pieces:
        if piece.agency not in seen.found.b.dataset.agencies:
            continue  # it goes with its agency, which is told
        if piece.new is None:
            record = corrected.get(piece.agency)
            code: Code = "item-corrected" if record else "item-removed"
            yield Look(code=code, agency=piece.agency, item=piece.now.id, what=record)
            continue
        if piece.new.strength == SELF_REPORTED and piece.change != "dated":
            yield Look(code="self-reported", agency=piece.agency, item=piece.new.id)
        if piece.old is not None:
            yield from _rewritten(piece.agency, piece.old, piece.new)


def _rewritten(agency: str, old: Evidence, new: Evidence) -> Iterator[Look]:
    """What an item that stays says differently."""
    if old.source.url != new.source.url:
        yield Look(code="source-replaced", agency=agency, item=new.id, what=host(new.source.url))
    if new.strength < old.strength:
        yield Look(code="stronger", agency=agency, item=new.id, what=new.strength)
    if _says(old) != _says(new):
        yield Look(code="rewritten", agency=agency, item=new.id)


def _says(item: Evidence) -> tuple[object, ...]:
    return item.code, item.state, type(item.value), item.value, item.numerator, item.denominator, item.context is None


def _domains(seen: Seen) -> Iterator[Look]:
    """Hosts that no evidence was read at before, each once."""
    before = (item for agency in seen.found.a.dataset.agencies.values() for item in agency.evidence)
    known = {host(address) for item in before for address in (item.source.url, *item.source.also)}
    for piece in seen.pieces:
        address = host(piece.new.source.url) if piece.new else None
        if address and address not in known:
            known.add(address)
            yield Look(code="new-domain", agency=piece.agency, item=piece.now.id, what=address)


# --- conflicts of interest --------------------------------------------------------------------------------


def _conflicts(seen: Seen) -> Iterator[Look]:
    """Contributors who bear the name of the agency they write about, and commits written from its own domain. The data
    name contributors by an id of their choice: a finding is a question, none proves nothing."""
    pieces = [p for p in seen.pieces if p.change in ("added", "changed")]
    for agency in seen.touched:
        old, new = seen.agency(agency.id)
        known = new or old
        assert known is not None
        made = [(who, p.now.id) for p in pieces if p.agency == agency.id for who in makers(p.now)]
        made += [(who, entry.id) for entry in (entries(old, new) if old and new else ()) for who in entry.by]
        for who, what in made:
            if bears_name(who, known.profile):
                yield Look(code="conflict-of-interest", agency=agency.id, item=what if _slug(what) else None, what=who)
        own = host(known.profile.website or "")
        for address in seen.hosts:
            if own and (address == own or address.endswith(f".{own}") or own.endswith(f".{address}")):
                yield Look(code="author-at-agency", agency=agency.id, what=address)


def bears_name(contributor: str, profile: Profile) -> bool:
    """Whether a contributor's id is, or holds, a name of an agency: its id, name, initials, domain or an account."""
    name = re.sub(r"\(.*?\)", "", profile.name.en or "")
    initials = "".join(word[0] for word in re.findall(r"\w+", name))
    given = (
        profile.id, profile.id.partition("-")[2], name, *re.findall(r"\((.*?)\)", profile.name.en or ""), initials,
        host(profile.website or "") or "", *(account.handle for account in profile.accounts),
    )  # fmt: skip
    names = {letters for text in given if len(letters := _letters(text)) >= _LEAST_INITIALS}
    parts = {_letters(contributor), *re.split(r"[-_.]", contributor)}
    return bool(parts & names) or any(len(one) >= _LEAST_NAME and one in _letters(contributor) for one in names)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _slug(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*", text) is not None


def _disputes(seen: Seen) -> Iterator[Look]:
    """Disputes that were settled by who made the disputed item."""
    for agency in seen.touched:
        old, new = seen.agency(agency.id)
        before = Counter(old.replies if old else ())
        made = {item.id: makers(item) for one in (old, new) if one for item in one.evidence}
        for reply in new.replies if new else ():
            for item in reply.disputes if reply.outcome and not before[reply] else ():
                if reply.outcome and reply.outcome.by in made.get(item, ()):
                    yield Look(code="own-dispute", agency=agency.id, item=item, what=reply.outcome.by)
