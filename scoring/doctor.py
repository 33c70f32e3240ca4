"""What is wrong with an installation: the packages, what the generator ships, the data, and where the site is made.

Asks the machine and changes nothing. Whatever stops a build is an error; what is only worth knowing, a warning.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from scoring import doctor_messages as m
from scoring.home import Home
from scoring.problems import Place, Problem
from scoring.replacing import MARKS, beside
from scoring.rules import check_dataset
from scoring.source.dataset import read_dataset
from scoring.source.git import revision

SHIPPED = (
    "mkdocs.yml", "mkdocs.ar.yml", "docs/en/index.md", "docs/ar/index.md", "theme/main.html", "theme/assets/hiwar.css",
    "vendor/plotly/plotly-basic.min.js", "schema/evidence.json", "data/methodology.yml", "data/vocabulary.yml",
)  # fmt: skip
FREE = 600  # megabytes: a site with the demonstration and its pictures
PROGRAMS = ("chromium", "node")


def examined(home: Home, site: Path, today: date) -> Iterator[Problem]:
    """Everything that is wrong, errors and warnings."""
    yield from packages()
    yield from shipped(home.generator)
    yield from data(home.data, today)
    yield from room(site.resolve())
    yield from around(home)


def packages() -> Iterator[Problem]:
    """What hiwar needs and is not there, or is there in another version."""
    for line in requires("hiwar") or ():
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            found = _version(needed.name)
            if found is None or not needed.specifier.contains(found, prereleases=True):
                yield m.PACKAGE.at(Place(needed.name), found or "", needed=str(needed))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def shipped(generator: Path) -> Iterator[Problem]:
    """What comes with the generator and is not there."""
    for name in SHIPPED:
        path = generator / name
        if not path.is_file() or not path.stat().st_size:
            yield m.SHIPPED.at(Place(path.as_posix()), "")


def data(folder: Path, today: date) -> Iterator[Problem]:
    """Whether the data can be built from."""
    errors = [one for one in check_dataset(read_dataset(folder), today) if one.severity == "error"]
    if errors:
        yield m.DATA.at(Place(folder.as_posix()), f"{len(errors)}: {errors[0].code}")


def room(site: Path) -> Iterator[Problem]:
    """Whether a site can be made beside the one that stands, and take its place."""
    parent = next(folder for folder in site.parents if folder.is_dir())
    if not os.access(parent, os.W_OK | os.X_OK):
        yield m.NOT_WRITABLE.at(Place(parent.as_posix()), "")
    free = shutil.disk_usage(parent).free // 2**20
    if free < FREE:
        yield m.SPACE.at(Place(parent.as_posix()), f"{free} MB", needed=FREE)
    if site.exists() and not _replaceable(site):
        yield m.NO_SITE.at(Place(site.as_posix()), "")
    if beside(site).exists():
        yield m.LEFT.at(Place(beside(site).as_posix()), "")


def _replaceable(site: Path) -> bool:
    return site.is_dir() and (not any(site.iterdir()) or all((site / mark).is_file() for mark in MARKS))


def around(home: Home) -> Iterator[Problem]:
    """Git, the programs that the tests of a checkout use, and the terminal."""
    commit, said = revision(home.root)
    if commit is None:
        yield m.NO_GIT.at(Place(home.root.as_posix()), said)
    for name in PROGRAMS if (home.root / "tests").is_dir() else ():
        if shutil.which(name) is None:
            yield m.NO_PROGRAM.at(Place(name), "", name=name)
    encoding = str(getattr(sys.stdout, "encoding", "") or "")
    if encoding.replace("-", "").lower() != "utf8":
        yield m.NOT_UTF8.at(Place("stdout"), encoding)
