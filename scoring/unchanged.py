"""Whether a site stands already that a build would make again, byte for byte.

A build is made of files, of what git says of them, of the libraries, and of what it was asked. Their fingerprint is
kept with that of the site; deleting `build/` only makes the next build do its work. The same goes for parts of a site
that are made of less: the demonstration, and the frozen editions.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scoring.home import CONFIGS, OWN_LANGUAGES, SETTINGS, Home
from scoring.pieces import Work, at_once
from scoring.replacing import NotReplaced
from scoring.source.git import ask
from scoring.source.prints import contents, files, libraries, listing, lying

_PACKAGE = Path(__file__).parent
_OF_GENERATOR = ("docs", "theme", "vendor", "schema", "benchmarks/results", *CONFIGS.values())
_OF_HOME = (SETTINGS, OWN_LANGUAGES, "docs", *CONFIGS.values())


def fingerprint(home: Home, data: Sequence[Path], asked: Mapping[str, str]) -> str:
    """Of everything that a build is made of: `data` are its data folders, `asked` the options that change it."""
    options = (f"{name}={value}" for name, value in sorted(asked.items()))
    told = [*libraries(), contents(*_places(home, data)), *_revisions(home, data), *options]
    return sha256("\0".join(told).encode()).hexdigest()


def seen(home: Home, data: Sequence[Path]) -> list[str]:
    """How all of that lies there at a glance: what is changed between two of them shows, even where it is changed
    back."""
    return [lying(*_places(home, data)), *_revisions(home, data)]


def survey(home: Home, data: Sequence[Path], asked: Mapping[str, str], site: Path) -> tuple[list[str], str, str]:
    """How all of that lies there, then its fingerprint, and how the site's files are listed: of those there are the
    most, so they are looked at meanwhile."""
    works: list[Work] = [
        ("sources", lambda: (seen(home, data), fingerprint(home, data, asked))),
        ("site", lambda: listing(site)),
    ]
    (before, made_of), listed = at_once(works)
    return before, made_of, listed


def _places(home: Home, data: Sequence[Path]) -> list[Path]:
    own = (home.generator / name for name in _OF_GENERATOR)
    return [_PACKAGE, *own, *(home.root / name for name in _OF_HOME), *data]


def _revisions(home: Home, data: Sequence[Path]) -> list[str]:
    """The newest commit, and whether the ones before it are there: both are told on the site."""
    folders = [folder for folder in (home.root, *data) if folder.is_dir()]
    return [str(ask(folder, "rev-parse", "HEAD", "--is-shallow-repository")[0]) for folder in folders]


@dataclass(frozen=True)
class Standing:
    """A site, or a part of one, that is as it would be made, and how its files were listed when that was found."""

    folder: Path
    listed: str


def standing(kept: Path, folder: Path, made_of: str, now: str | None = None) -> Standing | None:
    """A folder that is as it was when a build from the same left it; None where it is not. `now` is how its files are
    listed, where that is known."""
    was, listed = _known(kept).get(str(folder.resolve())) or ("", "")
    return Standing(folder, listed) if was == made_of and (now or listing(folder)) == listed else None


def remember(kept: Path, made_of: Mapping[Path, str]) -> None:
    """Keep what folders were made of, for the next build; where that cannot be written, it does all its work."""
    new = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        known = _known(kept) | {str(folder.resolve()): (told, listing(folder)) for folder, told in made_of.items()}
        new.write_text(json.dumps(known, indent=1), encoding="utf-8")
        new.replace(kept)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def again(found: Standing, target: Path) -> None:
    """The same files at another place, by links where that can be: nothing is ever written into a published file.
    Raises NotReplaced where they are no longer as they were found."""
    for name, path, _ in files(found.folder):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        _linked(path, target / name)
    if listing(target) != found.listed:
        raise NotReplaced(
            f"{found.folder} was changed while the site was built: build it again",
            f"تغيّر {found.folder} أثناء بناء الموقع: أعد البناء",
        )


def _linked(file: str, to: Path) -> None:
    try:
        os.link(file, to)
    except OSError:
        shutil.copy2(file, to)


def _known(kept: Path) -> dict[str, list[str]]:
    try:
        found = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: told for name, told in pairs if isinstance(told, list) and len(told) == 2}
