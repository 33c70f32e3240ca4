"""Everything frozen held against itself, against git and against the engine of today. Changes nothing, asks no net."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from scoring.editions import DATA, EDITIONS, FILES, LEDGER, MANIFEST, MEMBERS, NUMBERS, PUBLISHED, SUMS, EditionError
from scoring.editions import messages as m
from scoring.editions.archive import MOST_BYTES, unpack
from scoring.editions.ledger import embeds, nodes_of
from scoring.editions.numbers import apart, table
from scoring.editions.originals import Originals, beside_editions, byte, differing, first_difference
from scoring.editions.seal import altered, broken, digest, read_members, read_sums
from scoring.model import Correction, Dataset, Manifest
from scoring.problems import Place, Problem
from scoring.render.tables import results_csv
from scoring.render.view import View
from scoring.results import compute
from scoring.source import git, shape_messages
from scoring.source.dataset import read_editions
from scoring.source.files import read_bytes
from scoring.source.frozen import as_dataset


def verify(root: Path, only: str | None = None, originals: Originals | None = None) -> Iterator[Problem]:
    """Every finding about the frozen editions of a data folder (or one of them), its ledger and its live files: first
    what differs to the byte, then what does not come out when it is computed again. Warnings say what could not be
    checked."""
    run = _Run(root, originals or Originals(root))
    if run.held.head is None:
        yield m.NO_GIT.at(Place(root.as_posix()), "")
    editions = [only] if only else known(root, run.held)
    for edition in editions:
        yield from run.as_frozen(edition)
    yield from run.ledger()
    if run.held.head is not None:
        yield from live(root, run.held, run.done)
    for edition in editions:
        yield from run.recomputed(edition)
    for correction in run.told[1].values():
        yield from run.references(correction)


def known(root: Path, originals: Originals) -> list[str]:
    """Every edition that is here or was ever in git, oldest id first."""
    here = {path.name for path in (root / EDITIONS).glob("*") if path.is_dir()}
    return sorted(here | originals.editions)


@dataclass
class _Run:
    """One run; remembers what it has checked already, and the data of the editions it has read."""

    root: Path
    held: Originals
    done: set[str] = field(default_factory=set)
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)  # by edition and name
    bad: dict[str, set[str]] = field(default_factory=dict)  # names of altered files by edition
    datasets: dict[str, Dataset] = field(default_factory=dict)

    @cached_property
    def told(self) -> tuple[Mapping[str, Manifest], Mapping[int, Correction]]:
        return read_editions(self.root)

    # --- one edition --------------------------------------------------------------------------------------

    def as_frozen(self, id: str) -> Iterator[Problem]:
        """Exactly the files that were frozen, each as it was first added to git and as its checksum says."""
        files, bad = self.files.setdefault(id, {}), self.bad.setdefault(id, set())
        for name, problem in self._compared(id, files):
            bad |= {name} if problem.severity == "error" else set()
            yield problem

    def recomputed(self, id: str) -> Iterator[Problem]:
        """What the archives hold, and what comes of it; nothing where they were altered."""
        if self.bad[id] & {MANIFEST, MEMBERS, DATA}:
            yield m.NOT_RECOMPUTED.at(self._place(id), "")
        elif id in self.told[0]:
            yield from self._packed(self.told[0][id], self.files[id], self.bad[id])
        else:
            yield m.UNREADABLE.at(self._place(id, MANIFEST), id)

    def _place(self, id: str, name: str = "", line: int = 1) -> Place:
        return Place((self.root / EDITIONS / id / name).as_posix(), line)

    def _compared(self, id: str, files: dict[str, bytes]) -> Iterator[tuple[str, Problem]]:
        folder = self.root / EDITIONS / id
        others = sorted({path.name for path in folder.glob("*")} - set(FILES))
        yield from ((name, m.UNKNOWN.at(self._place(id, name), name)) for name in others)
        told = set[str]()
        for name in FILES:
            path, first = f"{EDITIONS}/{id}/{name}", self.held.first(f"{EDITIONS}/{id}/{name}")
            self.done.add(path)
            found = read_bytes(self.root / path, MOST_BYTES)
            if isinstance(found, Problem):
                missing = found.code == shape_messages.MISSING_FILE.code
                yield name, m.MISSING.at(found.place, "") if missing else found
                continue
            files[name] = found
            if first is not None and first != found:
                told.add(name)
                yield name, differing(self.root / path, first, found)
            elif first is None and self.held.head is not None:
                yield name, m.NOT_COMMITTED.at(self._place(id, name), "")
        must = read_sums(files.get(SUMS, b"")) or {}
        for name, other in altered(files):
            if name not in told:
                wrong = m.SUMS if name == SUMS else m.CHECKSUM
                yield name, wrong.at(self._place(id, name), other, must=must.get(name, ""))

    def _packed(self, manifest: Manifest, files: Mapping[str, bytes], bad: set[str]) -> Iterator[Problem]:
        data: dict[str, bytes] = {}
        for name in (DATA, PUBLISHED):
            if name in bad or MEMBERS in bad:
                continue
            try:
                packed = unpack(files[name])
            except EditionError as error:
                yield m.ARCHIVE.at(self._place(manifest.id, name), error)
                if name == DATA:
                    return
                continue
            yield from self._members(manifest.id, name, read_members(files[MEMBERS], name), packed)
            data = packed if name == DATA else data
        yield from self._committed(manifest, data)
        if NUMBERS in files:
            yield from self._numbers(manifest, data, files[NUMBERS])

    def _members(self, id: str, name: str, must: Mapping[str, str], packed: Mapping[str, bytes]) -> Iterator[Problem]:
        found = {path: digest(content) for path, content in packed.items()}
        for path in sorted({*must, *found}):
            if must.get(path) != found.get(path):
                values = {"member": path, "must": must.get(path, "–")}
                yield m.MEMBER.at(self._place(id, name), found.get(path, "–"), **values)

    def _committed(self, manifest: Manifest, data: Mapping[str, bytes]) -> Iterator[Problem]:
        """The packed data are those of the commit that the manifest names."""
        place = self._place(manifest.id, DATA)
        if not git.within(self.root, manifest.commit):
            yield from self._lost(manifest.commit, data, place)
            return
        listed = beside_editions(git.files(self.root, manifest.commit) or {})
        for path in sorted({*listed, *data}):
            if path in listed and path in data and git.blob(data[path], listed[path]) == listed[path]:
                continue
            must = self.held.content(listed[path]) if path in listed else b""
            at = first_difference(must, data.get(path, b""))
            values = {"member": path, "commit": manifest.commit, "offset": at, "byte": byte(must, at)}
            yield m.COMMIT.at(place, f"0x{data[path][at]:02x}" if len(data.get(path, b"")) > at else "–", **values)

    def _lost(self, commit: str, data: Mapping[str, bytes], place: Place) -> Iterator[Problem]:
        """What is known of packed data where the history lacks the commit that the manifest names."""
        if git.shallow(self.root):
            yield m.NO_COMMIT.at(place, "", commit=commit)
        elif same := self.held.holds(data):
            yield m.MOVED.at(place, "", commit=commit, same=same)
        elif self.held.head is not None:
            yield m.NEVER.at(place, "", commit=commit)

    def _numbers(self, manifest: Manifest, data: Mapping[str, bytes], published: bytes) -> Iterator[Problem]:
        """Every number comes of the packed data by the engine of today."""
        try:
            dataset = as_dataset(data, manifest.id)
        except EditionError as error:
            yield m.UNREADABLE.at(self._place(manifest.id, DATA), error)
            return
        self.datasets[manifest.id] = dataset.at(manifest.edition)
        again = results_csv(View(compute(self.datasets[manifest.id], manifest.as_of))).encode()
        for cell in apart(table(published), table(again)):
            values = {"column": cell.column, "node": cell.node, "agency": cell.agency, "new": cell.new or "–"}
            yield m.NUMBER.at(self._place(manifest.id, NUMBERS, cell.line), cell.old or "–", **values)

    # --- the ledger ---------------------------------------------------------------------------------------

    def ledger(self) -> Iterator[Problem]:
        """It extends every version that git holds, and its seals hold."""
        self.done.add(LEDGER)
        path = self.root / LEDGER
        if not path.is_file():
            if self.held.ledgers:
                yield m.MISSING.at(Place(path.as_posix()), "")
            return
        raw = path.read_bytes()
        older = next((old for old in self.held.ledgers if not raw.startswith(old)), None)
        at = broken(raw)
        if older is not None:
            yield differing(path, older, raw)
        elif at is not None:
            place = Place(path.as_posix(), raw.count(b"\n", 0, at) + 1)
            yield shape_messages.SEAL.at(place, f"byte {at}")
        elif self.held.head is not None and raw not in self.held.ledgers:
            yield m.NOT_COMMITTED.at(Place(path.as_posix()), "")

    def references(self, correction: Correction) -> Iterator[Problem]:
        """It speaks of what is in its edition."""
        dataset = self.datasets.get(correction.edition)
        if dataset is None:
            return
        agencies, methodology = dataset.agencies, dataset.methodology
        nodes, pictures = (
            nodes_of(methodology),
            embeds(read_members(self.files[correction.edition].get(MEMBERS, b""), PUBLISHED)),
        )
        wanted: list[tuple[str, Collection[str], tuple[str, str]]]
        wanted = [(correction.agency, agencies, ("an agency", "جهة"))]
        wanted += [(c.node, nodes, ("a node of the index", "عقدة في المؤشر")) for c in correction.changes]
        wanted += [(name, pictures, ("an embed", "صورة مضمَّنة")) for name in correction.embeds]
        for id, there, what in wanted:
            if id not in there:
                place = Place((self.root / LEDGER).as_posix())
                yield m.REFERENCE.at(place, f"{correction.id}: {id}", what=what, edition=correction.edition)


def live(root: Path, held: Originals, done: Set[str] = frozenset()) -> Iterator[Problem]:
    """Every file of the data folder, but those that are `done`, is the one of the newest commit; a new edition may wait
    for its commit."""
    head = held.head or {}
    here = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_symlink() or path.is_file()}
    for path in sorted((here | set(head)) - done):
        place = Place((root / path).as_posix())
        found = read_bytes(root / path, MOST_BYTES)
        if path not in head:
            yield (m.NOT_COMMITTED if path.startswith(f"{EDITIONS}/") else m.UNKNOWN).at(place, path)
        elif isinstance(found, Problem):
            yield m.MISSING.at(place, "") if path not in here else found
        elif git.blob(found, head[path]) != head[path]:
            yield differing(root / path, held.content(head[path]), found)
