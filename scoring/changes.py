"""What a commit changed: which agencies moved, from what to what, and why. Knows no file, git, clock or HTML.

A comparison of the states before and after a commit (`scoring.method.compare`) holds every number; a `Step` keeps of it
what has changed, and what a change is told by: the node that moved most, and the cause that made most of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal, Protocol, get_args

from scoring.method.compare import AgencyChange, Change, Comparison, Status
from scoring.model import Name, Text

Cause = Literal["evidence", "ageing", "method", "others"]
File = Literal["profile", "enquiries", "replies", "stages"]
Kind = Literal[Cause, "edition", "correction"]
DIGITS = 6  # after the point; more would be noise that differs between machines
LEAST = 0.05  # points of score; a smaller change is not told


@dataclass(frozen=True)
class Move:
    """What changed in one agency: scores and ranks by node, the ids of evidence items that came, went or differ, and
    which other files of it do. A score of the whole index is shown, and so told, only with a rank in it. Its name is
    that of the day, so that what was told once stays."""

    agency: str
    name: Name
    status: Status
    scores: dict[str, Change]
    ranks: dict[str, Change]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return (*self.added, *self.changed, *self.removed)

    @property
    def told(self) -> dict[str, Change]:
        """The scores that changed enough to be told, the most moved first."""
        enough = {node: change for node, change in self.scores.items() if size(change) >= LEAST}
        return dict(sorted(enough.items(), key=lambda pair: -size(pair[1])))

    @property
    def own(self) -> bool:
        """Whether anything that is kept of the agency itself has changed."""
        return bool(self.items or self.files or self.status != "both")

    @property
    def moved(self) -> bool:
        """Whether anything that is shown has changed."""
        return bool(self.told or self.ranks or self.own)

    @property
    def chief(self) -> str | None:
        """The node that moved most: by its score, else by its rank; None where only evidence or the profile changed."""
        return next(iter(self.told), None) or max(self.ranks, key=lambda node: size(self.ranks[node]), default=None)


@dataclass(frozen=True)
class Step:
    """What a commit changed: when it was made (UTC, ISO 8601), the agencies that moved, by id, and what differs in the
    method, as dotted paths."""

    commit: str
    on: str
    moves: tuple[Move, ...]
    method: tuple[str, ...]


class Revised(Protocol):
    """One published number and what it should have been; `what` is score, low, high or rank."""

    @property
    def node(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def old(self) -> float | None: ...
    @property
    def new(self) -> float | None: ...


class Correction(Protocol):
    """An entry of the ledger of frozen editions."""

    @property
    def id(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def agency(self) -> str: ...
    @property
    def changes(self) -> Sequence[Revised]: ...
    @property
    def why(self) -> Text: ...
    @property
    def commit(self) -> str | None: ...


def step(comparison: Comparison, commit: str, on: str) -> Step | None:
    """What changed between the states before and after a commit; None where it is nothing that is shown."""
    moves = tuple(move for change in comparison.moved if (move := _move(change, comparison)).moved)
    return Step(commit, on, moves, comparison.method) if moves or comparison.method else None


def _move(change: AgencyChange, comparison: Comparison) -> Move:
    before, after = (state.dataset.agencies.get(change.id) for state in (comparison.a, comparison.b))
    known = after or before
    assert known is not None
    whole = bool(before and after)  # else all of it came or went
    evidence = change.evidence
    hidden = comparison.nodes[0] if change.ranks[comparison.nodes[0]].kind == "none" else None
    return Move(
        agency=change.id,
        name=known.profile.name,
        status=change.status,
        scores=_rounded({node: measures["score"] for node, measures in change.scores.items() if node != hidden}),
        ranks=_rounded(change.ranks),
        added=evidence.added if whole else (),
        removed=evidence.removed if whole else (),
        changed=evidence.changed,
        files=tuple(f for f in get_args(File) if whole and getattr(before, f) != getattr(after, f)),
    )


def _rounded(changes: Mapping[str, Change]) -> dict[str, Change]:
    """What still differs to the last digit that is kept."""

    def number(value: float | None) -> float | None:
        return None if value is None else round(value, DIGITS) + 0.0

    made = {
        node: Change(
            number(change.old),
            number(change.new),
            None if change.parts is None else {c: round(part, DIGITS) + 0.0 for c, part in change.parts.items()},
        )
        for node, change in changes.items()
    }
    return {node: change for node, change in made.items() if change.moved}


def size(change: Change) -> float:
    """How far a number moved; what appears or disappears moved further than anything."""
    return inf if change.old is None or change.new is None else abs(change.new - change.old)


def cause(move: Move, made: Step) -> Cause:
    """What made most of an agency's change; where parts cannot be told, its own data if they changed, else
    the method if that did, else the day. A rank may move by `others` alone."""
    node = move.chief
    parts = (move.told.get(node) or move.ranks[node]).parts if node else None
    if parts:
        return max(get_args(Cause), key=lambda name: abs(parts.get(name, 0.0)))
    if move.own:
        return "evidence"
    return "method" if made.method else "ageing"


def swayed(made: Step) -> int:
    """How many agencies' scores the method of a commit moved enough to be told."""
    return sum(
        any(change.parts and abs(change.parts["method"]) >= LEAST for change in move.scores.values())
        for move in made.moves
    )
