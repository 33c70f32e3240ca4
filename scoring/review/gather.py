"""Read both states of a change, and what git knows of it; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scoring.results import compute
from scoring.review.compare import Beside, broken, review, side
from scoring.review.report import Review
from scoring.source import git
from scoring.source.dataset import collecting_nothing
from scoring.states import State, StateError, is_folder, read_beside, read_folder, read_state, split


@dataclass(frozen=True)
class _Ends:
    """What a change lies between, as git sees it: the commit where it left its base (None: the base is a folder, or of
    another history), and its own newest (None: it is a folder elsewhere)."""

    base: str | None
    head: str | None


@collecting_nothing()  # garbage is a third of the time, and the process ends soon
def gather(base: str, head: str, data: Path, today: date) -> Review:
    """The review of the change from `base` to `head`, states as `read_state` knows them; an empty head is the folder
    `data` as it lies there.

    What others have added to the base since the change left it is no part of the change: it is compared with the commit
    where the two parted. Errors in the data of the head are told in the review. Raises StateError where there is no
    such state, and where the data of the base have errors.
    """
    ends = _ends(base, head, data)
    since, beside = _since(base, ends), _beside(ends, head, data)
    asked = head or beside.data.rstrip("/") or data.name
    commit = ends.head if head else None
    try:
        after = read_state(head, data, today) if head else read_folder(data, today)
    except StateError as error:
        if not error.problems:
            raise
        read_state(since, data, today)
        named = [replace(p, path=f"{beside.data}{p.path}") for p in error.problems]
        return broken((side(base, ends.base), side(asked, commit)), named, beside)
    before = _before(since, beside, after, data, today)
    old = compute(before.snapshot.dataset, before.snapshot.as_of)
    new = old if after.snapshot == before.snapshot else compute(after.snapshot.dataset, after.snapshot.as_of)
    return review((side(base, ends.base, old), side(asked, commit, new)), old, new, beside)


def _ends(base: str, head: str, data: Path) -> _Ends:
    new = _commit(head, data) if head else git.revision(data)[0]
    old = _commit(base, data)
    return _Ends(git.merge_base(data, old, new) or old if old and new else old, new)


def _commit(state: str, data: Path) -> str | None:
    """The commit that a state names; None where it is a folder, or nothing."""
    place = split(state)[0]
    return None if is_folder(place) else git.revision(data, place)[0]


def _since(base: str, ends: _Ends) -> str:
    """The state to compare with: the base, or the commit where the change left it, as of the same day."""
    place, day = split(base)
    return (ends.base or place) + (f"@{day}" if day else "")


def _before(since: str, beside: Beside, after: State, data: Path, today: date) -> State:
    """The state before a change, read as far as it differs where git tells what does."""
    if beside.files is None:
        return read_state(since, data, today)
    inside = [path.removeprefix(beside.data) for path in beside.files if path.startswith(beside.data)]
    return read_beside(since, data, today, after, inside)


def _beside(ends: _Ends, head: str, data: Path) -> Beside:
    """What git tells; of a folder that it does not hold, nothing."""
    if ends.base is None or ends.head is None:
        return Beside(data=f"{data.name}/")
    top = git.prefix(data)
    files = git.changed(data, ends.base, ends.head if head else None)
    return Beside(files, top, git.author_hosts(data, ends.base, ends.head))
