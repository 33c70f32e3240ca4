"""The only reader of data: a folder in, a Reading out. What is wrong is a Problem, and hides nothing else."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from scoring.editions import EDITIONS, LEDGER, MANIFEST
from scoring.editions.seal import broken
from scoring.model import (
    About,
    Agency,
    Codebook,
    Correction,
    Dataset,
    Enquiry,
    Evidence,
    Exhibit,
    Manifest,
    Methodology,
    PeerGroup,
    Profile,
    Reply,
    Stage,
    Vocabulary,
)
from scoring.problems import Place, Problem
from scoring.source import shape_messages as m
from scoring.source.document import Document, Node
from scoring.source.files import (
    Folder,
    agency_folders,
    edition_folders,
    frozen_files,
    kind_of,
    method_files,
    read_bytes,
)
from scoring.source.kept import Kept, kept_in
from scoring.source.validate import MOST, described, too_many, validate
from scoring.source.yaml_subset import Limits, read_whole, read_yaml

M = TypeVar("M", bound=BaseModel)
METHODOLOGY, VOCABULARY, PEER_GROUPS = "methodology.yml", "vocabulary.yml", "peer_groups.yml"
CODEBOOK, ABOUT, EXHIBITS = "codebook.yml", "about.yml", "exhibits.yml"  # these may be missing
LISTS: dict[str, type[BaseModel]] = {"evidence": Evidence, "enquiries": Enquiry, "replies": Reply, "stages": Stage}
_AGENCY_LIMITS = Limits()
_WIDE_LIMITS = Limits(bytes=2 * 1024 * 1024)  # the methodology is written by maintainers and reviewed as such
_LONG_LIMITS = Limits(bytes=32 * 1024 * 1024, nodes=500_000)  # an edition names each of its files, the ledger grows


@dataclass(frozen=True)
class Reading:
    """What was read.

    `dataset` holds every valid part; it is None where methodology, vocabulary or peer groups are unreadable.
    It may be published only if no problem is an error (`ok`).
    """

    dataset: Dataset | None
    problems: tuple[Problem, ...]
    documents: dict[str, Document] = field(repr=False)  # by path relative to the data folder
    only: tuple[Path, ...] = ()
    items: dict[str, dict[str, dict[int, Any]]] = field(default_factory=dict, repr=False)
    """Kind of list (a key of LISTS, or `corrections`) → file → index → valid item."""
    homes: dict[str, str] = field(default_factory=dict, repr=False)
    """Id of an evidence item, also of one that is invalid otherwise → its file."""

    @property
    def evidence(self) -> dict[str, dict[int, Evidence]]:
        return self.items.get("evidence", {})

    @property
    def ok(self) -> bool:
        return all(problem.severity != "error" for problem in self.problems)

    def concerns(self, problem: Problem) -> bool:
        """Whether a problem lies in what was asked for."""
        if not self.only:
            return True
        path = _absolute(Path(problem.path))
        return any(path.is_relative_to(wanted) for wanted in self.only)


def read_dataset(root: Path, only: Sequence[Path] = (), kept: Path | None = None) -> Reading:
    """Read and validate a data folder.

    `only` names files or folders whose findings are wanted; the rest is read too, for references point there. In the
    file `kept`, records are kept from one reading to the next; the result is the same without.
    """
    with collecting_nothing(), kept_in(kept) as known:
        reader = _Reader(root, known)
        dataset = reader.dataset()
    wanted = tuple(_absolute(path) for path in only)
    reading = Reading(dataset, (), reader.documents, wanted, reader.items, reader.homes)
    return replace(reading, problems=tuple(sorted(filter(reading.concerns, reader.problems), key=in_order)))


def read_ledger(file: Path) -> list[Problem]:
    """What is wrong with a ledger of corrections, wherever it lies."""
    reader = _Reader(file.parent)
    reader.corrections(file.name)
    return reader.problems


def read_editions(root: Path) -> tuple[Mapping[str, Manifest], Mapping[int, Correction]]:
    """What a data folder says of its frozen editions, and each valid correction by its place in the ledger."""
    reader = _Reader(root)
    frozen, _ = dict(reader.frozen()), reader.corrections()
    return frozen, reader.items["corrections"].get(LEDGER, {})


def _found_again(path: Path, limits: Limits) -> Node | None:
    data = read_bytes(path, limits.bytes)
    return None if isinstance(data, Problem) else read_whole(data, path.as_posix(), limits).root


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """All that reading makes stays: looking for garbage in it, now or later, would double the time of a command."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        atexit.register(gc.unfreeze)  # some libraries complain of what is still there at the end
        if was:
            gc.enable()


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def in_order(problem: Problem) -> tuple[str, int, int, str]:
    return problem.path, problem.line, problem.column, problem.code


class _Reader:
    def __init__(self, root: Path, kept: Kept | None = None) -> None:
        self.root = root
        self.kept = kept
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}
        self.items: dict[str, dict[str, dict[int, Any]]] = {kind: {} for kind in (*LISTS, "corrections")}
        self.homes: dict[str, str] = {}

    def dataset(self) -> Dataset | None:
        methodology = self._one(METHODOLOGY, Methodology, _WIDE_LIMITS)
        vocabulary = self._one(VOCABULARY, Vocabulary, _WIDE_LIMITS)
        groups = self._many(PEER_GROUPS, PeerGroup, _WIDE_LIMITS)
        codebook = self._optional(CODEBOOK, Codebook)
        about = self._optional(ABOUT, About)
        found = self._many(EXHIBITS, Exhibit, _WIDE_LIMITS) if (self.root / EXHIBITS).exists() else None
        methods = dict(self._methods(about))
        agencies = dict(self._agencies())
        frozen, corrections = dict(self.frozen()), self.corrections()
        if methodology is None or vocabulary is None or groups is None:
            return None
        exhibits = tuple((found or {}).values())
        data = Dataset(methodology, vocabulary, tuple(groups.values()), agencies, codebook, about, exhibits, methods)
        return replace(data, frozen=frozen, corrections=corrections)

    def _methods(self, about: About | None) -> Iterator[tuple[str, Methodology]]:
        editions = [edition.id for edition in about.editions] if about else []
        for edition, file in method_files(self.root, editions, self.problems):
            method = self._one(file, Methodology, _WIDE_LIMITS)
            if method is not None:
                yield edition, method

    def frozen(self) -> Iterator[tuple[str, Manifest]]:
        for edition in edition_folders(self.root, self.problems):
            frozen_files(self.root, edition, self.problems)
            file = f"{EDITIONS}/{edition}/{MANIFEST}"
            manifest = self._one(file, Manifest, _LONG_LIMITS) if (self.root / file).exists() else None
            if manifest is not None:
                yield edition, manifest

    def corrections(self, file: str = LEDGER) -> tuple[Correction, ...]:
        if not (self.root / file).exists():
            return ()
        found = self._many(file, Correction, _LONG_LIMITS) or {}
        self.items["corrections"] = {file: found}
        raw = read_bytes(self.root / file, _LONG_LIMITS.bytes)
        at = None if isinstance(raw, Problem) else broken(raw)
        if at is not None and isinstance(raw, bytes):
            place = Place((self.root / file).as_posix(), raw.count(b"\n", 0, at) + 1)
            self.problems.append(m.SEAL.at(place, f"byte {at}"))
        return tuple(found.values())

    def _optional(self, file: str, model: type[M]) -> M | None:
        return self._one(file, model, _WIDE_LIMITS) if (self.root / file).exists() else None

    def _agencies(self) -> Iterator[tuple[str, Agency]]:
        seen: dict[str, str] = {}
        for folder in sorted(agency_folders(self.root, self.problems), key=lambda f: (f.id, f.path)):
            agency = self._agency(folder)
            if seen.setdefault(folder.id, folder.path) != folder.path:
                place = Place((self.root / folder.path).as_posix())
                self.problems.append(m.DUPLICATE_FOLDER.at(place, folder.id, twin=seen[folder.id]))
            elif agency:
                yield folder.id, agency

    def _agency(self, folder: Folder) -> Agency | None:
        lists: dict[str, tuple[Any, ...]] = {}
        for name in sorted(folder.files, key=lambda name: name.removesuffix(".yml")):
            kind = kind_of(name)
            if kind in LISTS:
                file = f"{folder.path}/{name}"
                found = self.items[kind][file] = self._records(file, LISTS[kind], self._listed)
                lists[kind] = (*lists.get(kind, ()), *found.values())
        if "profile.yml" not in folder.files:
            return None
        profile = self._records(f"{folder.path}/profile.yml", Profile, self._alone).get(0)
        return Agency(profile, lists.pop("evidence", ()), folder.path, **lists) if profile else None

    def _records(self, file: str, model: type[M], read: Callable[[str, type[M]], dict[int, M]]) -> dict[int, M]:
        """The records of an agency's file by index: as they were kept when it was read before, else as it is `read`."""
        path, before = self.root / file, len(self.problems)
        data = read_bytes(path, _AGENCY_LIMITS.bytes) if self.kept else None
        if self.kept and isinstance(data, bytes) and (known := self.kept.known(model, data)) is not None:
            find = partial(_found_again, path, _AGENCY_LIMITS)
            self.documents[file] = Document(path.as_posix(), None, (), find)
            self.homes |= {one.id: file for one in known if isinstance(one, Evidence) and one.id not in self.homes}
            return dict(enumerate(known))
        found = read(file, model)
        self._let_go(file)
        if self.kept and isinstance(data, bytes) and len(self.problems) == before:
            self.kept.keep(model, data, list(found.values()))
        return found

    def _listed(self, file: str, model: type[M]) -> dict[int, M]:
        found = self._many(file, model, _AGENCY_LIMITS) or {}
        if model is Evidence:
            self._note_homes(file)
        return found

    def _alone(self, file: str, model: type[M]) -> dict[int, M]:
        value = self._one(file, model, _AGENCY_LIMITS)
        return {0: value} if value is not None else {}

    def _note_homes(self, file: str) -> None:
        document = self.documents.get(file)
        for item in document.value if document and isinstance(document.value, list) else ():
            if isinstance(item, dict) and isinstance(id := item.get("id"), str):
                self.homes.setdefault(id, file)

    def _let_go(self, file: str) -> None:
        """Forget what was read of a file, now that its records are made; where something stands is read again."""
        document, path = self.documents.get(file), self.root / file
        if document is not None and not document.problems:
            self.documents[file] = replace(document, value=None, find=partial(_found_again, path, _AGENCY_LIMITS))

    def _one(self, file: str, model: type[M], limits: Limits) -> M | None:
        document = self._document(file, limits)
        if document is None:
            return None
        value, problems = validate(model, document)
        self._note(document, problems)
        return value

    def _many(self, file: str, model: type[M], limits: Limits) -> dict[int, M] | None:
        """The valid items of a list by index; None where there is no list."""
        document = self._document(file, limits)
        if document is None:
            return None
        if not isinstance(document.value, list):
            kind = ("a list", "قائمة")
            self.problems.append(m.WRONG_TYPE.at(document.place(), described(document.value), kind=kind))
            return None
        items: dict[int, M] = {}
        found: list[Problem] = []
        for index in range(len(document.value)):
            value, problems = validate(model, document, (index,))
            found += problems
            if value is not None:
                items[index] = value
            if len(found) >= MOST:
                break
        self._note(document, found)
        return items

    def _note(self, document: Document, problems: list[Problem]) -> None:
        self.problems += problems[:MOST]
        if len(problems) >= MOST:
            self.problems.append(too_many(document))

    def _document(self, file: str, limits: Limits) -> Document | None:
        """The document of a file; None where it has no value. Its own problems are noted."""
        path = self.root / file
        data = read_bytes(path, limits.bytes)
        if isinstance(data, Problem):
            self.problems.append(data)
            return None
        document = read_yaml(data, path.as_posix(), limits)
        self.documents[file] = document
        self.problems += document.problems
        return None if document.value is None else document
