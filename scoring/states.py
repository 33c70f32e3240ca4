"""The state of the data that a text like `HEAD~3@2026-11-01` names: a folder or a git revision, as of a day."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from scoring.method.compare import Snapshot
from scoring.problems import Problem, format_problems, visible
from scoring.results import newest_reading
from scoring.rules import check_dataset
from scoring.source.dataset import METHODOLOGY, read_dataset

_DATED = re.compile(r"(.*)@(\d{4}-\d\d-\d\d)", re.DOTALL)
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # set where git itself runs us, as in hooks
_SHOWN = 5  # errors of an unreadable state that are told


class StateError(ValueError):
    """A state that cannot be had; the message is for people and safe to print."""


@dataclass(frozen=True)
class State:
    """A state that was read: what it was asked for as, what that stands for (a commit or folder), and its data."""

    asked: str
    source: str
    snapshot: Snapshot


def read_state(text: str, data: Path, today: date) -> State:
    """The state that `[REV_OR_DIR][@DATE]` names.

    A data folder, or a revision of the repository that holds the folder `data`, whose files are read from a
    temporary copy, never from the working tree; neither stands for `data` itself. Without a date it is looked at on
    the day of its newest reading. `today` tells which dates lie in the future.

    Raises StateError where there is no such state or its data have errors.
    """
    place, day = _split(text)
    with _folder(place, data) as (folder, source):
        reading = read_dataset(folder)
        errors = [p for p in check_dataset(reading, today) if p.severity == "error"]
        if errors or reading.dataset is None:
            raise StateError(_told(text, [_moved(p, folder, source) for p in errors]))
    return State(text, source, Snapshot(reading.dataset, day or newest_reading(reading.dataset)))


def _split(text: str) -> tuple[str, date | None]:
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


@contextmanager
def _folder(place: str, data: Path) -> Iterator[tuple[Path, str]]:
    """The folder that holds a state while it is read, and what it is called."""
    folder = Path(place) if place else data
    if folder.is_dir() and ((folder / METHODOLOGY).exists() or not place):
        yield folder, str(folder)
        return
    commit = _commit(place, data)
    with tempfile.TemporaryDirectory(prefix="hiwar-") as name:
        _unpack(_archive(commit, data), Path(name))
        yield Path(name), commit


# --- git --------------------------------------------------------------------------------------------------


def _commit(place: str, data: Path) -> str:
    """The full hash of a revision. What starts with a hyphen would be an option and is none."""
    said = ""
    if place and not place.startswith("-") and "\0" not in place:
        answer, said = _git(data, "rev-parse", "--verify", "--quiet", f"{place}^{{commit}}")
        if answer is not None:
            return answer.decode("ascii").strip()
    kind = f"is a folder without {METHODOLOGY}" if Path(place).is_dir() else "is no data folder"
    why = f" (git: {said})" if said else ""
    raise StateError(
        f"{visible(place)}: {kind}, and no revision of the repository that holds {visible(data, 500)}{why}; "
        "a state is written HEAD~1, v1.0 or some/folder, perhaps with @2026-11-22 after it"
    )


def _archive(commit: str, data: Path) -> bytes:
    """The data folder as it was in a commit."""
    answer, said = _git(data, "archive", "--format=tar", commit)
    if answer is None:
        raise StateError(f"{commit}: {visible(data, 500)} cannot be read at this revision (git: {said})")
    return answer


def _git(data: Path, *arguments: str) -> tuple[bytes | None, str]:
    """What git answers in a data folder, None where it fails, and what it says to that, safe to print."""
    environment = {k: v for k, v in os.environ.items() if k not in _ELSEWHERE}
    command = ["git", "-C", str(data), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        return None, f"it cannot be run: {error.strerror or type(error).__name__}"
    said = visible(done.stderr.decode("utf-8", "replace").strip(), 300)
    return (None if done.returncode else done.stdout), said


def _unpack(archive: bytes, target: Path) -> None:
    """Write the plain files of an archive; what is no plain file inside the folder is refused."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if path.is_absolute() or ".." in path.parts or not (member.isfile() or member.isdir()):
                raise StateError(f"{visible(member.name)}: is no plain file or folder, so the revision is not read")
            file = tar.extractfile(member)
            if file is not None:
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                (target / path).write_bytes(file.read())


# --- messages ---------------------------------------------------------------------------------------------


def _moved(problem: Problem, folder: Path, source: str) -> Problem:
    """A problem that names the state, not the temporary copy of it."""
    path = Path(problem.path)
    inside = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else problem.path
    return replace(problem, path=f"{source}:{inside}")


def _told(text: str, errors: list[Problem]) -> str:
    more = f"… and {len(errors) - _SHOWN} more\n" if len(errors) > _SHOWN else ""
    count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
    listed = format_problems(errors[:_SHOWN], "text", "en") + more
    return f"{visible(text)}: its data have {count} and cannot be scored\n{listed}".rstrip()
