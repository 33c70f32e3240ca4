"""The changes that the newest commits made to the data, from git; what was worked out once is kept in a folder.

A commit's data are read as of their newest reading, and compared with those of the commit before it. What is kept only
saves time: it is named after both commits and the code that compares, holds its own checksum, and is made again where
it is damaged.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scoring.changes import Step, step
from scoring.method.compare import Snapshot, compare
from scoring.pieces import forked
from scoring.source.git import ask
from scoring.states import StateError, read_state

COUNT = 10  # each commit that was never compared before takes seconds
MOST = 2  # processes that compare, each of which holds the data of two commits
_PACKAGE = Path(__file__).parent
_ELSEWHERE = ("cli", "imports", "render")  # folders of the package that change no comparison


@dataclass(frozen=True)
class History:
    """What the newest commits changed, newest first; `cut` where older ones exist, or may, but cannot be seen."""

    steps: tuple[Step, ...]
    cut: bool


@dataclass(frozen=True)
class Commit:
    """A commit and when it was made, in seconds since 1970 (UTC)."""

    id: str
    at: int

    @property
    def on(self) -> str:
        return datetime.fromtimestamp(self.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def today(self) -> date:
        """The last day that it can have been anywhere: what is later lay in the future."""
        return (datetime.fromtimestamp(self.at, UTC) + timedelta(hours=14)).date()


@dataclass(frozen=True)
class Outcome:
    """What comparing two commits gave: `unreadable` is the one whose data have errors, `step` None where nothing that
    is shown changed."""

    unreadable: str | None = None
    step: Step | None = None


_KEPT = TypeAdapter(tuple[str, Outcome])


def history(data: Path, kept: Path, count: int = COUNT) -> History:
    """What each of the newest `count` commits that touch the folder `data` changed, along first parents.

    Frozen editions are no change of the data. A commit whose data have errors is passed over: the next one is compared
    with the one before it. `kept` is a folder for what was worked out.
    """
    commits = list(_commits(data, count + 1))
    shallow = ask(data, "rev-parse", "--is-shallow-repository")[0] != b"false\n"
    _prepare(data, commits[::-1], kept)
    states = _States(data)
    steps, last = [], commits[-1] if commits else None
    for commit in reversed(commits[:-1]):
        assert last is not None
        made = _outcome(last, commit, states, kept)
        if made.step:
            steps.append(made.step)
        last = last if made.unreadable == commit.id else commit
    return History(tuple(reversed(steps)), cut=shallow and len(commits) <= count)


def _prepare(data: Path, commits: Sequence[Commit], kept: Path) -> None:
    """Compare each commit with the one before it where that was not done yet, in processes: each takes neighbours, so
    that few commits are read twice."""
    cores = min(MOST, os.cpu_count() or 1)
    new = [pair for pair in pairwise(commits) if _fetched(_file(*pair, kept)) is None]
    size = -(-len(new) // cores)

    def some(at: int) -> None:
        states = _States(data)
        for a, b in new[at : at + size]:
            _outcome(a, b, states, kept)

    list(forked(cores)(some, range(0, len(new), size or 1)))


def _commits(data: Path, count: int) -> Iterator[Commit]:
    """The newest commits that touch the data, newest first; none where git knows none."""
    paths = ("--", ".", ":(exclude)editions")
    answer, _ = ask(data, "rev-list", "--first-parent", "--timestamp", f"--max-count={count}", "HEAD", *paths)
    for line in (answer or b"").decode("ascii").splitlines():
        at, id = line.split()
        yield Commit(id, int(at))


class _States:
    """Reads each commit's data once, and holds no more than the two that are compared."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._read: dict[str, Snapshot | None] = {}

    def of(self, commit: Commit, other: Commit) -> Snapshot | None:
        """The data of a commit as of their newest reading; None where they have errors."""
        self._read = {id: state for id, state in self._read.items() if id in (commit.id, other.id)}
        if commit.id not in self._read:
            try:
                self._read[commit.id] = read_state(commit.id, self._data, commit.today).snapshot
            except StateError:
                self._read[commit.id] = None
        return self._read[commit.id]


def _outcome(a: Commit, b: Commit, states: _States, kept: Path) -> Outcome:
    """What came of comparing two commits, from the folder or made now."""
    file = _file(a, b, kept)
    found = _fetched(file)
    if found is None:
        found = _compared(a, b, states)
        _keep(file, found)
    return found


def _file(a: Commit, b: Commit, kept: Path) -> Path:
    return kept / f"{a.id}-{b.id}-{engine()}.json"


def _compared(a: Commit, b: Commit, states: _States) -> Outcome:
    before = states.of(a, b)
    after = states.of(b, a) if before else None
    if before is None or after is None:
        return Outcome(unreadable=b.id if before else a.id)
    return Outcome(step=step(compare(before, after), b.id, b.on))


def _fetched(file: Path) -> Outcome | None:
    """What a file holds; None where there is none, or one that is not as it was written."""
    try:
        seal, outcome = _KEPT.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
    return outcome if seal == _seal(outcome) else None


def _keep(file: Path, outcome: Outcome) -> None:
    """Write beside and rename, so that no half file is ever read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    beside.write_bytes(_KEPT.dump_json((_seal(outcome), outcome)))
    beside.replace(file)


def _seal(outcome: Outcome) -> str:
    return sha256(_KEPT.dump_json(("", outcome))).hexdigest()


@cache
def engine() -> str:
    """Which code reads, scores and compares: changed code may find other changes."""
    digest = sha256()
    for path in sorted(p for suffix in ("py", "yml") for p in _PACKAGE.rglob(f"*.{suffix}")):
        inside = path.relative_to(_PACKAGE)
        if inside.parts[0] not in _ELSEWHERE:
            digest.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
