"""The data folder: which files it holds, and whatever has no place in it. Follows no link."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.editions import EDITIONS, FILES, LEDGER
from scoring.editions.archive import MOST_BYTES
from scoring.editions.seal import altered
from scoring.problems import Place, Problem
from scoring.source import shape_messages as m

AGENCY_FILES = ("profile.yml", "evidence.yml", "evidence-….yml", "enquiries.yml", "replies.yml", "stages.yml")
METHODS = "methods"
MOST_LETTERS = 160  # of a file's name: evidence, a day, a reader and a code
_COUNTRY = re.compile(r"[a-z]{2}")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_AGENCY_FILE = re.compile(
    r"(profile|evidence|enquiries|replies|stages)\.yml|(evidence)-[a-z0-9]+(?:[-_.][a-z0-9]+)*\.yml"
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")  # refused by Windows


def kind_of(name: str) -> str | None:
    """What a file in an agency's folder holds, by its name; None for what has no place there. Evidence may come in
    several files, so that whoever adds some need not edit what others wrote."""
    found = _AGENCY_FILE.fullmatch(name)
    return (found[1] or found[2]) if found and len(name) <= MOST_LETTERS else None


@dataclass(frozen=True)
class Folder:
    """One agency's folder; `path` is relative to the data folder."""

    path: str
    files: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.path.rpartition("/")[2]


def agency_folders(root: Path, problems: list[Problem]) -> Iterator[Folder]:
    """Every agency's folder, sorted; what does not belong is added to the problems."""
    for country in _folders(root, "agencies", problems):
        if not _COUNTRY.fullmatch(country.rpartition("/")[2]):
            form = ("after a country: two letters a–z", "رمز بلد من حرفين a–z")
            problems.append(m.BAD_FOLDER_NAME.at(Place(_shown(root, country)), country, form=form))
            continue
        for agency in _folders(root, country, problems):
            name = agency.rpartition("/")[2]
            if not _SLUG.fullmatch(name) or _RESERVED.fullmatch(name):
                form = (
                    "after the agency's id: a–z, 0–9 and single hyphens",
                    "معرّف الجهة: ‏a–z و0–9 وشرطات مفردة",
                )
                problems.append(m.BAD_FOLDER_NAME.at(Place(_shown(root, agency)), name, form=form))
                continue
            yield Folder(agency, tuple(_files(root, agency, problems)))


def _folders(root: Path, folder: str, problems: list[Problem]) -> list[str]:
    """The folders in a folder; files are refused."""
    found = []
    for entry in _entries(root, folder, problems):
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            found.append(path)
        elif entry.name != ".gitkeep":
            expected = ("folders", "المجلدات")
            problems.append(m.UNEXPECTED_FILE.at(Place(_shown(root, path)), entry.name, expected=expected))
    return found


def method_files(root: Path, editions: Sequence[str], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """The earlier methods that editions rest on: edition and path. A file that belongs to no edition is a problem."""
    for entry in _entries(root, METHODS, problems) if (root / METHODS).exists() else ():
        edition = entry.name.removesuffix(".yml")
        if edition in editions and entry.name.endswith(".yml") and entry.is_file(follow_symlinks=False):
            yield edition, f"{METHODS}/{entry.name}"
        else:
            expected = ("<the id of an edition in about.yml>.yml", "‏‎<معرّف إصدار في about.yml>.yml‎")
            problems.append(
                m.UNEXPECTED_FILE.at(Place(_shown(root, f"{METHODS}/{entry.name}")), entry.name, expected=expected)
            )


def edition_folders(root: Path, problems: list[Problem]) -> Iterator[str]:
    """The ids of the frozen editions; beside them only the ledger may lie."""
    for entry in _entries(root, EDITIONS, problems) if (root / EDITIONS).exists() else ():
        folder = entry.is_dir(follow_symlinks=False)
        path = f"{EDITIONS}/{entry.name}"
        if folder and _SLUG.fullmatch(entry.name) and not _RESERVED.fullmatch(entry.name):
            yield entry.name
        elif folder or path != LEDGER:
            expected = ("frozen editions and corrections.yml", "الإصدارات المجمَّدة وcorrections.yml")
            problems.append(m.UNEXPECTED_FILE.at(Place(_shown(root, path)), entry.name, expected=expected))


def frozen_files(root: Path, edition: str, problems: list[Problem]) -> None:
    """Adds to the problems whatever makes a frozen edition another one than was frozen."""
    folder = f"{EDITIONS}/{edition}"
    found: dict[str, bytes] = {}
    for entry in _entries(root, folder, problems):
        if entry.name not in FILES:
            place = Place(_shown(root, f"{folder}/{entry.name}"))
            problems.append(m.UNEXPECTED_FILE.at(place, entry.name, expected=", ".join(FILES)))
    for name in FILES:
        data = read_bytes(root / folder / name, MOST_BYTES)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found[name] = data
    problems += (m.FROZEN.at(Place(_shown(root, f"{folder}/{name}")), said) for name, said in altered(found))


def _files(root: Path, folder: str, problems: list[Problem]) -> Iterator[str]:
    names = []
    for entry in _entries(root, folder, problems):
        if kind_of(entry.name) and entry.is_file(follow_symlinks=False):
            names.append(entry.name)
            continue
        place = Place(_shown(root, f"{folder}/{entry.name}"))
        problems.append(m.UNEXPECTED_FILE.at(place, entry.name, expected=", ".join(AGENCY_FILES)))
    if "profile.yml" not in names:
        problems.append(m.MISSING_FILE.at(Place(_shown(root, folder)), ", ".join(names), name="profile.yml"))
    yield from names


def _entries(root: Path, folder: str, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    """What a folder holds, sorted; links, and names that differ by case or composition only, are refused."""
    twins: dict[str, str] = {}
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        entries = []
    for entry in entries:
        place = Place(_shown(root, f"{folder}/{entry.name}"))
        twin = twins.setdefault(unicodedata.normalize("NFC", entry.name).casefold(), entry.name)
        if entry.is_symlink():
            problems.append(m.SYMLINK.at(place, entry.name))
        elif twin != entry.name:
            problems.append(m.NAME_COLLISION.at(place, entry.name, twin=twin))
        else:
            yield entry


def _shown(root: Path, path: str) -> str:
    return (root / path).as_posix()


def read_bytes(path: Path, limit: int) -> bytes | Problem:
    """At most limit + 1 bytes of a regular file, or why it cannot be read."""
    place = Place(path.as_posix())
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            return m.SYMLINK.at(place, path.name)
        if not stat.S_ISREG(mode):
            return m.UNREADABLE.at(place, "no regular file")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        return m.MISSING_FILE.at(place, "", name=path.name)
    except OSError as error:
        return m.UNREADABLE.at(place, error.strerror or type(error).__name__)
