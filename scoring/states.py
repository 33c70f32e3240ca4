"""The state of the data that a text like `HEAD~3@2026-11-01` names: a folder or a git revision, as of a day."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from scoring.method.compare import Snapshot
from scoring.problems import Problem, format_problems, visible
from scoring.results import newest_reading
from scoring.rules import check_dataset
from scoring.source.dataset import METHODOLOGY, Reading, read_dataset
from scoring.source.git import contents, revision, tree

_DATED = re.compile(r"(.*)@(\d{4}-\d\d-\d\d)", re.DOTALL)
AGENCIES = "agencies"  # the folder of the data in which each agency has its own
_PLAIN = ("100644", "100755")  # git's modes of files that are no links
_FEW = 100  # agencies that are read apart; beyond, everything is
_SHOWN = 5  # errors of an unreadable state that are told


class StateError(ValueError):
    """A state that cannot be had; the message is for people and safe to print. `problems` are the errors of its data,
    where it has some, with paths below its folder."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


@dataclass(frozen=True)
class State:
    """A state that was read: what it was asked for as, what that stands for (a commit or folder), and its data."""

    asked: str
    source: str
    snapshot: Snapshot
    reading: Reading = field(repr=False)


def read_state(text: str, data: Path, today: date) -> State:
    """The state that `[REV_OR_DIR][@DATE]` names.

    A data folder, or a revision of the repository that holds the folder `data`, whose files are read from a
    temporary copy, never from the working tree; neither stands for `data` itself. Without a date it is looked at on
    the day of its newest reading. `today` tells which dates lie in the future.

    Raises StateError where there is no such state or its data have errors.
    """
    place, day = split(text)
    with _folder(place, data) as (folder, source):
        return _state(text, source, _read(text, folder, source, today), day)


def read_folder(folder: Path, today: date) -> State:
    """The state of a data folder as it lies there. Raises StateError as `read_state` does."""
    name = str(folder)
    return _state(name, name, _read(name, folder, name, today), None)


def read_beside(text: str, data: Path, today: date, other: State, differ: Collection[str]) -> State:
    """What `read_state` gives for a revision of which another state is known to differ in a few files (by path below
    the data folder) only: agencies that are the same are taken from there, and not read again."""
    place, day = split(text)
    touched = {_of(path) for path in differ if path.startswith(f"{AGENCIES}/")}
    if len(touched) <= _FEW and not is_folder(place):
        commit = _commit(place, data)
        with tempfile.TemporaryDirectory(prefix="hiwar-") as name:
            _unpack(commit, data, Path(name), lambda path: not path.startswith(f"{AGENCIES}/") or _of(path) in touched)
            reading = _joined(read_dataset(Path(name)), other.reading, touched)
        if not _errors(reading, today):
            return _state(text, commit, reading, day)
    return read_state(text, data, today)  # which also tells errors as they are


def _of(path: str) -> str:
    """The folder of the agency that a file belongs to."""
    return "/".join(path.split("/")[:3])


def _joined(part: Reading, whole: Reading, touched: Collection[str]) -> Reading:
    """A reading without the agencies that were not touched, and those from another that has them."""

    def same(path: str) -> bool:
        return path.startswith(f"{AGENCIES}/") and _of(path) not in touched

    if part.dataset is None or whole.dataset is None:
        return part
    rest = {id: agency for id, agency in whole.dataset.agencies.items() if agency.path not in touched}
    agencies = dict(sorted((rest | dict(part.dataset.agencies)).items()))
    return replace(
        part,
        dataset=replace(part.dataset, agencies=agencies),
        documents={path: found for path, found in whole.documents.items() if same(path)} | part.documents,
        items={
            kind: {path: found for path, found in whole.items[kind].items() if same(path)} | listed
            for kind, listed in part.items.items()
        },
        homes={id: path for id, path in whole.homes.items() if same(path)} | part.homes,
    )


def _state(text: str, source: str, reading: Reading, day: date | None) -> State:
    assert reading.dataset is not None
    return State(text, source, Snapshot(reading.dataset, day or newest_reading(reading.dataset)), reading)


def _read(text: str, folder: Path, source: str, today: date) -> Reading:
    reading = read_dataset(folder)
    errors = [_below(folder, problem) for problem in _errors(reading, today)]
    if errors or reading.dataset is None:
        raise StateError(_told(text, [replace(p, path=f"{source}:{p.path}") for p in errors]), errors)
    return reading


def _errors(reading: Reading, today: date) -> list[Problem]:
    """The errors of a reading; also where it has no data set there is at least one."""
    return [problem for problem in check_dataset(reading, today) if problem.severity == "error"]


def split(text: str) -> tuple[str, date | None]:
    """Place and day; a folder whose own name ends like a day is a place."""
    found = _DATED.fullmatch(text)
    if not text:
        raise StateError("a state must be a data folder or a git revision, then perhaps @DATE; found nothing")
    if found is None or Path(text).is_dir():
        return text, None
    try:
        return found[1], date.fromisoformat(found[2])
    except ValueError:
        raise StateError(f"{visible(text)}: there is no day {found[2]}") from None


def is_folder(place: str) -> bool:
    """Whether a place is a data folder, and no revision even where one is called the same."""
    return not place or (Path(place) / METHODOLOGY).exists()


@contextmanager
def _folder(place: str, data: Path) -> Iterator[tuple[Path, str]]:
    """The folder that holds a state while it is read, and what it is called."""
    folder = Path(place) if place else data
    if is_folder(place):
        yield folder, str(folder)
        return
    commit = _commit(place, data)
    with tempfile.TemporaryDirectory(prefix="hiwar-") as name:
        _unpack(commit, data, Path(name))
        yield Path(name), commit


# --- git --------------------------------------------------------------------------------------------------


def _commit(place: str, data: Path) -> str:
    """The full hash of a revision."""
    found, said = revision(data, place)
    if found is not None:
        return found
    kind = f"is a folder without {METHODOLOGY}" if Path(place).is_dir() else "is no data folder"
    why = f" (git: {said})" if said else ""
    raise StateError(
        f"{visible(place)}: {kind}, and no revision of the repository that holds {visible(data, 500)}{why}; "
        "a state is written HEAD~1, v1.0 or some/folder, perhaps with @2026-11-22 after it"
    )


def _unpack(commit: str, data: Path, target: Path, wanted: Callable[[str], bool] = lambda _: True) -> None:
    """Write the files of the data folder as they were in a commit, byte for byte; what is no plain file is refused."""
    found, said = tree(data, commit)
    if found is None:
        raise StateError(f"{commit}: {visible(data, 500)} cannot be read at this revision (git: {said})")
    files = {path: blob for path, (mode, blob) in found.items() if _plain(path, mode) and wanted(path)}
    for folder in sorted({(target / path).parent for path in files}):
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in zip(files, contents(data, list(files.values())), strict=True):
        (target / path).write_bytes(content)


def _plain(path: str, mode: str) -> bool:
    if mode not in _PLAIN or ".." in PurePosixPath(path).parts:
        raise StateError(f"{visible(path)}: is no plain file or folder, so the revision is not read")
    return True


# --- messages ---------------------------------------------------------------------------------------------


def _below(folder: Path, problem: Problem) -> Problem:
    """A problem whose path does not name the folder, which may be a temporary copy."""
    path = Path(problem.path)
    return replace(problem, path=path.relative_to(folder).as_posix()) if path.is_relative_to(folder) else problem


def _told(text: str, errors: list[Problem]) -> str:
    more = f"… and {len(errors) - _SHOWN} more\n" if len(errors) > _SHOWN else ""
    count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
    listed = format_problems(errors[:_SHOWN], "text", "en") + more
    return f"{visible(text)}: its data have {count} and cannot be scored\n{listed}".rstrip()
