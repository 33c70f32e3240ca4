"""What git holds of a data folder, asked once, and the first byte in which a file differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from scoring.editions import EDITIONS, LEDGER
from scoring.editions import messages as m
from scoring.problems import Place, Problem
from scoring.source import git


@dataclass(frozen=True)
class Originals:
    """A frozen file must be as it was first added, the ledger an extension of each of its versions, any other file as
    in the newest commit."""

    root: Path

    @cached_property
    def head(self) -> Mapping[str, str] | None:
        """Every file of the newest commit and git's name for its content; None without a repository."""
        return git.files(self.root)

    @cached_property
    def _first(self) -> Mapping[str, str]:
        return git.first_added(self.root, EDITIONS)

    @cached_property
    def editions(self) -> set[str]:
        """Every edition that git ever held."""
        paths = (path.split("/") for path in self._first)
        return {parts[1] for parts in paths if len(parts) > 2}

    @cached_property
    def _found(self) -> dict[str, bytes]:
        return {}

    def first(self, path: str) -> bytes | None:
        """A frozen file as it was first added; None where git has none."""
        if path not in self._first:
            return None
        return self.content(f"{self._first[path]}:./{path}")

    def content(self, blob: str) -> bytes:
        """What git holds under a name; asked once."""
        if blob not in self._found:
            self._found[blob] = git.content(self.root, blob)
        return self._found[blob]

    @cached_property
    def ledgers(self) -> list[bytes]:
        """Every version of the ledger, newest first."""
        found = (git.files(self.root, commit) or {} for commit in git.versions(self.root, LEDGER))
        return [git.content(self.root, files[LEDGER]) for files in found if LEDGER in files]

    def holds(self, data: Mapping[str, bytes]) -> str | None:
        """The newest commit of the history with exactly these files beside its editions; None where there is none."""
        for commit in git.versions(self.root, "."):
            listed = beside_editions(git.files(self.root, commit) or {})
            if set(listed) == set(data) and all(git.blob(data[path], name) == name for path, name in listed.items()):
                return commit
        return None


def beside_editions(listed: Mapping[str, str]) -> dict[str, str]:
    """The files of a data folder without its editions."""
    return {path: name for path, name in listed.items() if not path.startswith(f"{EDITIONS}/")}


def differing(path: Path, must: bytes, found: bytes) -> Problem:
    """The first byte in which two contents differ."""
    at = first_difference(must, found)
    problem = m.BYTE.at(_place(path, must, at), _hex(found, at) or "–", offset=at, byte=byte(must, at))
    return replace(problem, offset=at)


def byte(data: bytes, at: int) -> str | tuple[str, str]:
    """A byte as people write it; past the end, the end."""
    return _hex(data, at) or m.END


def _hex(data: bytes, at: int) -> str:
    return f"0x{data[at]:02x}" if at < len(data) else ""


def _place(path: Path, data: bytes, at: int) -> Place:
    """Line and column of a byte; the column counts the characters before it."""
    start = data.rfind(b"\n", 0, at) + 1
    column = len(data[start:at].decode("utf-8", "replace")) + 1
    return Place(path.as_posix(), data.count(b"\n", 0, at) + 1, column)


def first_difference(one: bytes, other: bytes) -> int:
    """How many bytes two contents have in common from their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
