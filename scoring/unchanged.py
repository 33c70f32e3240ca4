"""Whether a site stands already that a build would make again, byte for byte.

A build is made of files, of what git says of them, of the libraries, and of what it was asked. Their fingerprint is
kept with that of the site; deleting `build/` only makes the next build do its work. The same goes for a part of a site
that is made of its own: the demonstration.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from scoring.home import CONFIGS, OWN_LANGUAGES, SETTINGS, Home
from scoring.source.git import revision
from scoring.source.prints import contents, libraries, listing

_PACKAGE = Path(__file__).parent
_OF_GENERATOR = ("docs", "theme", "vendor", "schema", "benchmarks/results", *CONFIGS.values())
_OF_HOME = (SETTINGS, OWN_LANGUAGES, "docs", *CONFIGS.values())


def fingerprint(home: Home, data: Sequence[Path], asked: Mapping[str, str]) -> str:
    """Of everything that a build is made of: `data` are its data folders, `asked` the options that change it."""
    files = contents(
        _PACKAGE,
        *(home.generator / name for name in _OF_GENERATOR),
        *(home.root / name for name in _OF_HOME),
        *data,
    )
    told = [
        *libraries(),
        files,
        str(revision(home.root)[0]),
        *(f"{k}={v}" for k, v in sorted(asked.items())),
    ]
    return sha256("\0".join(told).encode()).hexdigest()


def stands(kept: Path, site: Path, made_of: str) -> bool:
    """Whether a site is as it was when a build from the same left it."""
    known = _known(kept).get(str(site.resolve()))
    return known is not None and known == [made_of, listing(site)]


def remember(kept: Path, site: Path, made_of: str) -> None:
    """Keep what a site was made of, for the next build."""
    known = _known(kept) | {str(site.resolve()): [made_of, listing(site)]}
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = kept.with_name(f"{kept.name}.new")
    new.write_text(json.dumps(known, indent=1), encoding="utf-8")
    new.replace(kept)


def again(folder: Path, target: Path) -> None:
    """The same files at another place, by links where that can be: nothing is ever written into a published file."""
    shutil.copytree(folder, target, copy_function=_linked)


def _linked(file: str, to: str) -> None:
    try:
        os.link(file, to)
    except OSError:
        shutil.copy2(file, to)


def _known(kept: Path) -> dict[str, list[str]]:
    try:
        found = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
