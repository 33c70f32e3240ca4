"""Fingerprints of folders, by which it is known that nothing changed."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

_NEVER = frozenset(("__pycache__", ".git", "node_modules"))


def contents(*places: Path) -> str:
    """Of files and folders, by path, mode and content; what is not there counts as such."""
    told = sha256()
    for place in places:
        told.update(f"{place}\0".encode())
        for name, path, about in files(place, links=True):
            digest = sha256(Path(path).read_bytes()).hexdigest()
            told.update(f"{name}\0{about.st_mode:o}\0{digest}\0".encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def libraries() -> list[str]:
    """What is installed, and this Python: another version of any may make other bytes."""
    return [sys.version, *sorted(f"{one.name}=={one.version}" for one in distributions())]


def listing(folder: Path) -> str:
    """Of a folder's files, by path, size and when they were written: quick, for a folder that only we write."""
    told = sha256()
    for name, _, about in files(folder):
        told.update(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def lying(*places: Path) -> str:
    """Of files and folders, how each lies there: what is changed, or moved away, shows even where it is put back."""
    told = sha256()
    for place in places:
        for name, path, about in files(place, links=True):
            to = about if stat.S_ISREG(about.st_mode) else Path(path).stat()
            seen = (to.st_ino, to.st_size, to.st_mtime_ns, to.st_ctime_ns)
            told.update(f"{name}\0{seen}\0".encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def files(place: Path, below: str = "", links: bool = False) -> Iterator[tuple[str, str, os.stat_result]]:
    """Every file with its path below a place, in order; with `links` also what links to files lead to."""
    if not place.is_dir():
        if place.is_file():
            yield place.name, str(place), place.stat()
        return
    for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
        about = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(about.st_mode) and entry.name not in _NEVER:
            yield from files(Path(entry.path), f"{below}{entry.name}/", links)
        elif stat.S_ISREG(about.st_mode) or (links and entry.is_file()):
            yield f"{below}{entry.name}", entry.path, about
