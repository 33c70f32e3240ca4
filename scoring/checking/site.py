"""A whole built site: every page by itself, then what leads from one file to another, in every language.

Frozen editions are let be: they are published to the byte, and `hiwar verify` compares them with their checksums.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import escape
from itertools import chain
from pathlib import Path
from posixpath import normpath
from typing import TypeVar
from urllib.parse import unquote

from scoring.checking import messages
from scoring.checking.known import read_unless_known
from scoring.checking.page import Fault, Held
from scoring.pieces import forked
from scoring.problems import Place, Problem
from scoring.render.language import language, languages
from scoring.render.policy import HEADERS
from scoring.store import stored_in

T = TypeVar("T")
AT_ONCE = 200  # pages that a process reads in one go
MEGABYTE = 1_000_000
LARGEST_PAGE = 4 * MEGABYTE  # before it is compressed on its way, to about a tenth
LARGEST_EMBED = MEGABYTE // 4
LARGEST_FILE = 25 * MEGABYTE  # what Cloudflare Pages takes
LARGEST_SITE = 1000 * MEGABYTE  # what GitHub Pages takes
CHECKED = "build/checked.sqlite"  # pages that nothing was wrong with, below the folder of the benchmark
FROZEN = re.compile(r"(?:demo/)?editions/")
TREE = re.compile(r"(demo/|)(embed/|)([a-z]{2,3})/(.*)", re.DOTALL)
ALWAYS = ("", "top")  # places that every page has
_NAMED = re.compile(r"(?:\burl\(|\bimport(?:\(|\s)\s*|\bfrom\s+)[\"']?(\.{0,2}/?[\w./-]+\.[a-z0-9]{2,5})[\"')]")


class Unfit(Exception):
    """A built site must not be published: why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} findings, the first: {problems[0].code} in {problems[0].path}")
        self.problems = problems


def fit(root: Path, base: str, commit: str | None, kept: Path) -> list[Problem]:
    """What the checks of a site warn of. Pages that are known in the store `kept` are not read again, whatever `commit`
    and scores they were made from. Raises Unfit where the site must not be published."""
    from scoring.render.cite import SCORES, SHORT  # here, because it brings what the start of no command needs

    scores = root / SCORES
    checksum = [sha256(scores.read_bytes()).hexdigest()] if scores.is_file() else []
    found = check_site(root, base, kept, [*checksum, *([commit, commit[:SHORT]] if commit else [])])
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise Unfit(errors)
    return found


def check_site(root: Path, base: str = "/", kept: Path | None = None, varying: Sequence[str] = ()) -> list[Problem]:
    """What is found in the site in a folder, by path; it is published below `base`, which ends in a slash. `kept` and
    `varying` are as `read_unless_known` has them.

    What readers can live with are warnings; with an error it must not be published.
    """
    sizes = _sizes(root)
    paths = [path for path in sizes if path.endswith(".html") and not FROZEN.match(path)]
    with stored_in(kept) as store:
        file = kept if store else None
        pages = {}
        for path, (page, key, told) in _each(partial(_page, root, sizes, base, file, varying), paths):
            pages[path] = page
            if store and told:
                store.keep(key, told)
            elif store:
                store.used(key)
    found = [*_missing(sizes), *_large(sizes), *_twins(pages), *_nowhere(pages, root)]
    for path, page in pages.items():
        found += [*page.problems, *_language(path, page)]
    for path in sizes:
        if path.endswith((".css", ".js")) and not FROZEN.match(path):
            found += _told(path, text := _text(root, path), _parts(path, text, sizes))
    return sorted(found, key=lambda problem: (problem.path, problem.line, problem.column, problem.code))


@dataclass(frozen=True)
class Looked:
    """What is left of a page once it has been looked at alone: what is wrong with it, its language and direction, and
    the places on other pages that it leads to, each as it is written and with the character it is named at first."""

    problems: Sequence[Problem]
    language: str
    direction: str
    places: Mapping[tuple[str, str], tuple[str, int]]


def _each(work: Callable[[str], T], paths: Sequence[str]) -> Iterator[tuple[str, T]]:
    """What several processes find out of each of these files."""
    pieces = [paths[at : at + AT_ONCE] for at in range(0, len(paths), AT_ONCE)]
    done = forked(os.cpu_count() or 1)(lambda some: [(path, work(path)) for path in some], pieces)
    return chain.from_iterable(done)


def _page(
    root: Path, sizes: Mapping[str, int], base: str, kept: Path | None, varying: Sequence[str], path: str
) -> tuple[Looked, bytes, bytes | None]:
    """What is left of a page, and what is to be kept of it under which key."""
    text = _text(root, path)
    found = read_unless_known(text, kept, varying)
    return _looked(path, text, found.held, sizes, base), found.key, found.told


def _looked(path: str, text: str, held: Held, sizes: Mapping[str, int], base: str) -> Looked:
    places: dict[tuple[str, str], tuple[str, int]] = {}
    faults = [*held.faults, *_links(path, text, held, sizes, base, places)]
    problems = list(_told(path, text, faults)) if faults else []
    return Looked(problems, held.language, held.direction, places)


def _nowhere(pages: Mapping[str, Looked], root: Path) -> Iterator[Problem]:
    """Places that are led to and are not there. They are looked for in the text, which costs less than keeping the ids
    of all pages; nothing that is not an attribute holds a quote."""
    asked: dict[str, set[str]] = defaultdict(set)
    for page in pages.values():
        for file, place in page.places:
            asked[file].add(place)
    known = [path for path in asked if path in pages]
    gone = dict(_each(lambda path: _not_in(_text(root, path), asked[path]), known))
    for path, page in pages.items():
        faults = [
            (messages.NO_PLACE, at, link)
            for (file, place), (link, at) in page.places.items()
            if place in gone.get(file, ())
        ]
        yield from _told(path, _text(root, path), faults) if faults else ()


def _not_in(text: str, places: Iterable[str]) -> set[str]:
    return {place for place in places if f' id="{escape(place)}"' not in text}


def _sizes(root: Path) -> dict[str, int]:
    """Every file by its path, with its bytes."""
    files = (Path(folder) / name for folder, _, names in os.walk(root) for name in names)
    return dict(sorted((file.relative_to(root).as_posix(), file.stat().st_size) for file in files))


def _text(root: Path, path: str) -> str:
    return (root / path).read_text("utf-8")


def _told(path: str, text: str, faults: Iterable[Fault]) -> Iterator[Problem]:
    for message, at, found in faults:
        place = Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        yield message.at(place, found)


def _missing(sizes: dict[str, int]) -> Iterator[Problem]:
    for path in (HEADERS, "index.html", "404.html", *(f"{code}/index.html" for code in languages())):
        if path not in sizes:
            yield messages.NOT_THERE.at(Place(path), "")


def _large(sizes: dict[str, int]) -> Iterator[Problem]:
    for path, size in sizes.items():
        tree = TREE.fullmatch(path)
        most = LARGEST_EMBED if tree and tree[2] else LARGEST_PAGE
        if path.endswith(".html") and not FROZEN.match(path) and size > most:
            yield messages.TOO_LARGE.at(Place(path), f"{size:,}", most=f"{most:,}")
        elif size > LARGEST_FILE:
            yield messages.LARGE.at(Place(path), f"{size:,}", most=f"{LARGEST_FILE:,}")
    if (whole := sum(sizes.values())) > LARGEST_SITE:
        yield messages.HEAVY.at(Place("."), f"{whole:,}", most=f"{LARGEST_SITE:,}")


def _language(path: str, page: Looked) -> Iterator[Problem]:
    tree = TREE.fullmatch(path)
    if tree and tree[3] in languages():
        lang = language(tree[3])
        if (page.language, page.direction) != (lang.code, lang.direction):
            found = f"lang={page.language} dir={page.direction}"
            yield messages.LANGUAGE.at(Place(path), found, code=lang.code, direction=lang.direction)


def _twins(pages: Collection[str]) -> Iterator[Problem]:
    for path in pages:
        tree = TREE.fullmatch(path)
        if tree and tree[3] in languages():
            twins = (f"{tree[1]}{tree[2]}{code}/{tree[4]}" for code in languages())
            yield from (messages.NO_TWIN.at(Place(path), twin) for twin in twins if twin not in pages)


def _links(
    path: str,
    text: str,
    held: Held,
    sizes: Mapping[str, int],
    base: str,
    places: dict[tuple[str, str], tuple[str, int]],
) -> Iterator[Fault]:
    """Addresses that lead nowhere; places on other pages are only noted."""
    for link, at in held.links.items():
        address, _, place = link.partition("#")
        file = _file(address.partition("?")[0], path, sizes, base)
        if file is None:
            yield messages.BROKEN, at, link
        elif place in ALWAYS:
            continue
        elif file != path:
            places.setdefault((file, unquote(place)), (link, at))
        elif unquote(place) not in held.ids and _not_in(text, [unquote(place)]):
            yield messages.NO_PLACE, at, link


def _file(address: str, path: str, sizes: Mapping[str, int], base: str) -> str | None:
    """The file that an address on the page at `path` leads to."""
    folder = path.rpartition("/")[0]
    if not address:
        return path
    if address.startswith("/"):
        if not address.startswith(base):
            return None
        address, folder = address[len(base) :], ""
    file = normpath(unquote(f"{folder}/{address}" if folder else address or "."))
    if file in sizes:
        return file
    file = "index.html" if file == "." else f"{file}/index.html"
    return file if file in sizes else None


def _parts(path: str, text: str, sizes: Mapping[str, int]) -> Iterator[Fault]:
    """What a style sheet or a module is made of."""
    for found in _NAMED.finditer(text):
        if normpath(f"{path.rpartition('/')[0]}/{found[1]}") not in sizes:
            yield messages.BROKEN, found.start(), found[1]
