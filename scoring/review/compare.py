"""From two states of the data to a review of what lies between them. Pure: knows no file, git, clock or medium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from scoring.changes import LEAST, size, step
from scoring.changes import Move as Told
from scoring.method.compare import AgencyChange, Comparison, Snapshot, compare
from scoring.model import Methodology, Name, Text
from scoring.problems import Problem
from scoring.results import Results
from scoring.review.differences import DIGITS, Piece, effects, entries, items, pieces
from scoring.review.looks import Seen, looks
from scoring.review.report import (
    AGENCIES,
    ERRORS,
    ITEMS,
    LISTED,
    LOOKS,
    MOVES,
    Causes,
    Effect,
    Files,
    Finding,
    Label,
    Move,
    Node,
    Others,
    Pushed,
    Review,
    Side,
    Standing,
    Touched,
    Where,
    cut,
    line,
)

_METHOD = ("methodology.yml", "vocabulary.yml", "peer_groups.yml", "codebook.yml", "methods/")


@dataclass(frozen=True)
class Beside:
    """What git tells beside the data: the files that differ, by their path from the top of the repository (None: it
    cannot tell), where the data lie there, and the hosts that the commits were written from."""

    files: tuple[str, ...] | None = None
    data: str = "data/"
    hosts: tuple[str, ...] = ()


def review(asked: tuple[Side, Side], before: Results, after: Results, beside: Beside) -> Review:
    """What the change from one state to the other does, and what of it a reviewer should look at."""
    found = compare(Snapshot(before.dataset, before.as_of), Snapshot(after.dataset, after.as_of))
    made = step(found, "", "")
    moves = {move.agency: move for move in made.moves} if made else {}
    teller = _Teller(found, before, after, moves)
    touched = sorted(filter(teller.own, found.agencies.values()), key=teller.first)
    own = {change.id: pieces(change, found) for change in touched}
    made_by = effects([piece for change in touched[:AGENCIES] for piece in own[change.id][:ITEMS]], found)
    parts = [teller.touched(change, own[change.id], made_by) for change in touched]
    every = [piece for listed in own.values() for piece in listed]
    agencies, agencies_more = cut(parts, AGENCIES)
    method, method_more = cut([line(path) for path in found.method], LISTED)
    look, look_more = cut(list(looks(Seen(found, parts, every, beside.files, beside.data, beside.hosts))), LOOKS)
    return Review(
        version=1, fictional=after.dataset.fictional, base=asked[0], head=asked[1], nodes=tuple(teller.nodes()),
        agencies=agencies, agencies_more=agencies_more, others=teller.others(), method=method, method_more=method_more,
        files=files(beside), look=look, look_more=look_more,
    )  # fmt: skip


def broken(asked: tuple[Side, Side], errors: Sequence[Problem], beside: Beside) -> Review:
    """The review of a change whose data have errors and so cannot be scored."""
    shown, more = cut([_finding(error) for error in errors], ERRORS)
    return Review(version=1, base=asked[0], head=asked[1], files=files(beside), errors=shown, errors_more=more)


def side(asked: str, commit: str | None, at: Results | None = None) -> Side:
    """How a review names a state."""
    if at is None:
        return Side(asked=line(asked), commit=commit)
    return Side(asked=line(asked), commit=commit, as_of=at.as_of, methodology=line(at.dataset.methodology.version))


def _finding(error: Problem) -> Finding:
    return Finding(
        code=error.code, path=error.path[:2000] or "–", line=error.line, column=error.column, must=error.must,
        found=error.found[:2000], mend=error.mend,
    )  # fmt: skip


def files(beside: Beside) -> tuple[Files, ...] | None:
    """The files that differ, by the part of the repository they belong to."""
    if beside.files is None:
        return None
    parts: dict[Where, list[str]] = {"agencies": [], "method": [], "editions": [], "rest": []}
    for path in beside.files:
        parts[where(path, beside.data)].append(line(path))
    return tuple(
        Files(where=part, count=len(paths), paths=tuple(paths[:LISTED])) for part, paths in parts.items() if paths
    )


def where(path: str, data: str) -> Where:
    """Who may merge a file goes by where it lies (GOVERNANCE.md)."""
    inside = path.removeprefix(data) if path.startswith(data) else ""
    if inside.startswith("agencies/"):
        return "agencies"
    return "editions" if inside.startswith("editions/") else "method" if inside.startswith(_METHOD) else "rest"


@dataclass(frozen=True)
class _Teller:
    """The parts of a review from a comparison, the results it rests on, and the moves that are told."""

    found: Comparison
    before: Results
    after: Results
    told: dict[str, Told]

    def own(self, change: AgencyChange) -> bool:
        """Whether anything of the agency itself differs."""
        old, new = (state.dataset.agencies.get(change.id) for state in (self.found.a, self.found.b))
        return old is None or new is None or bool(change.evidence.dated or entries(old, new) or _items(change))

    def first(self, change: AgencyChange) -> tuple[float, str]:
        """Those that moved furthest come first."""
        move = self.told.get(change.id)
        return -max((size(c) for c in (move.told.values() if move else ())), default=0.0), change.id

    def nodes(self) -> Iterator[Node]:
        """The leagues in the order of the comparison, named as they are now."""
        names = {node: name for at in (self.before, self.after) for node, name in _names(at.dataset.methodology)}
        index = self.after.dataset.methodology
        names[index.id] = index.name
        for node in self.found.nodes[:MOVES]:
            yield Node(id=node, name=label(names[node]))

    # --- where an agency stands

    def touched(
        self, change: AgencyChange, found: Sequence[Piece], made_by: Mapping[str, tuple[Effect, ...]]
    ) -> Touched:
        old, new = (state.dataset.agencies.get(change.id) for state in (self.found.a, self.found.b))
        known = new or old
        assert known is not None
        kept, items_more = cut(found, ITEMS)
        made, entries_more = cut(entries(old, new) if old and new else (), ITEMS)
        return Touched(
            id=change.id, name=label(known.profile.name), status=change.status,
            moves=tuple(self.moves(change))[:MOVES],
            items=items(kept, self.found, made_by, tuple(self.shown(change))), items_more=items_more,
            entries=made, entries_more=entries_more,
        )  # fmt: skip

    def shown(self, change: AgencyChange) -> Iterator[str]:
        """The leagues of an agency; a score of the whole index is shown only with a rank in it."""
        index, *rest = self.found.nodes
        yield from ([] if change.ranks[index].kind == "none" else [index])
        yield from rest

    def moves(self, change: AgencyChange) -> Iterator[Move]:
        """The leagues in which what is shown of an agency differs."""
        for node in self.shown(change):
            old, new = (self.standing(at, change.id, node) for at in (self.before, self.after))
            if old != new:
                yield Move(node=node, old=old, new=new, causes=_causes(change, node))

    def standing(self, at: Results, agency: str, node: str) -> Standing:
        """Score and rank with the intervals that pages show: the likely ones where there are such."""
        column = at.dataset.methodology.id if node == self.found.nodes[0] else node
        if agency not in at.dataset.agencies or column not in at.standings:
            return Standing()
        scores, place = at.scores, at.standings[column]
        score = _number(scores.score[column][agency])
        if score is None:
            return Standing()
        low, high = (_number(place.scores[bound][agency]) for bound in ("low", "high"))
        if low is None or high is None:
            low, high = _number(scores.low[column][agency]), _number(scores.high[column][agency])
        ranks = (
            {key: int(place.league[name][agency]) for key, name in _RANKS.items()}
            if agency in place.league.index
            else {}
        )
        return Standing(score=score, low=low, high=high, **ranks)

    # --- those that did nothing

    def others(self) -> Others:
        """Agencies that moved although nothing of their own changed, the furthest by rank first."""
        pushed = [move for id, move in self.told.items() if not self.own(self.found.agencies[id])]
        ranks = sum(bool(move.ranks) for move in pushed)
        far = sorted((move for move in pushed if move.ranks or move.told), key=_furthest)
        furthest = tuple(self.pushed(move) for move in far[:LISTED])
        return Others(ranks=ranks, scores=sum(bool(move.told) for move in pushed), furthest=furthest)

    def pushed(self, move: Told) -> Pushed:
        change = self.found.agencies[move.agency]
        node = max(move.ranks, key=lambda node: size(move.ranks[node])) if move.ranks else next(iter(move.told))
        old, new = (self.standing(at, move.agency, node) for at in (self.before, self.after))
        moved = Move(node=node, old=old, new=new, causes=_causes(change, node))
        return Pushed(id=move.agency, name=label(move.name), move=moved)


_RANKS = {"rank": "rank", "best": "rank_low", "worst": "rank_high"}  # of a standing, by column of a league


def _names(method: Methodology) -> Iterator[tuple[str, Text]]:
    yield method.id, method.name
    for branch in method.dimensions:
        yield branch.id, branch.name


def label(name: Name | Text) -> Label:
    """A name as a review carries it."""
    return Label(en=line(name.en) if name.en else None, ar=line(name.ar) if name.ar else None)


def _items(change: AgencyChange) -> bool:
    return bool(change.evidence.added or change.evidence.changed or change.evidence.removed)


def _furthest(move: Told) -> tuple[float, float, str]:
    ranks, scores = ([size(c) for c in changes.values()] for changes in (move.ranks, move.told))
    return -max(ranks, default=0.0), -max(scores, default=0.0), move.agency


def _causes(change: AgencyChange, node: str) -> Causes | None:
    score = change.scores[node]["score"]
    if score.parts is None or not score.moved or size(score) < LEAST:
        return None
    return Causes(**{cause: round(points, DIGITS) + 0.0 for cause, points in score.parts.items()})


def _number(value: float) -> float | None:
    return None if isnan(value) else round(float(value), DIGITS) + 0.0
