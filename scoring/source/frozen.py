"""What frozen editions hold, read from their archives: data sets to compute with, files to publish."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from scoring.editions import DATA, EDITIONS, MEMBERS, PUBLISHED, EditionError
from scoring.editions.archive import unpack
from scoring.editions.seal import digest, read_members
from scoring.model import Dataset
from scoring.problems import visible
from scoring.source.dataset import read_dataset


def live_files(root: Path) -> list[str]:
    """Every plain file of a data folder but the editions, by path below it, sorted; follows no link."""
    paths = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    found = (path.relative_to(root).as_posix() for path in paths)
    return sorted(path for path in found if not path.startswith(f"{EDITIONS}/"))


def frozen_datasets(root: Path, now: Dataset) -> dict[str, Dataset]:
    """The data of each frozen edition as they were; `now` itself, which was read from `root`, where not a byte of them
    has changed since."""
    today = {path: digest((root / path).read_bytes()) for path in live_files(root)} if now.frozen else {}
    return {id: now if _members(root, id, DATA) == today else _archived(root, id) for id in now.frozen}


def _members(root: Path, edition: str, archive: str) -> dict[str, str]:
    return read_members((root / EDITIONS / edition / MEMBERS).read_bytes(), archive)


def _archived(root: Path, edition: str) -> Dataset:
    return as_dataset(unpack((root / EDITIONS / edition / DATA).read_bytes()), edition)


def as_dataset(files: Mapping[str, bytes], edition: str) -> Dataset:
    """A data folder that is no folder. Raises EditionError where today's reader does not understand it."""
    with tempfile.TemporaryDirectory(prefix="hiwar-") as name:
        for path, content in files.items():
            (Path(name) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(name) / path).write_bytes(content)
        reading = read_dataset(Path(name))
        errors = [p for p in reading.problems if p.severity == "error"]
        if errors or reading.dataset is None:
            first = f"{Path(errors[0].path).relative_to(name).as_posix()}:{errors[0].line} {errors[0].code}"
            raise EditionError(
                f"the data of edition {edition} cannot be read as they were: {visible(first)}",
                f"تتعذر قراءة بيانات الإصدار {edition} كما كانت: {visible(first)}",
            )
        return reading.dataset


def sealed(root: Path, now: Dataset) -> dict[str, str]:
    """The SHA-256 of each of the files that `published` gives, without unpacking them."""
    return {
        f"{EDITIONS}/{id}/{path}": checksum
        for id in now.frozen
        for path, checksum in _members(root, id, PUBLISHED).items()
    }


def published(root: Path, now: Dataset) -> Iterator[tuple[str, bytes]]:
    """Every file that stays online, by its address below the site: `editions/<id>/…`, to the byte as it was frozen.
    Raises EditionError where they are not those that the edition lists."""
    for id in now.frozen:
        found = unpack((root / EDITIONS / id / PUBLISHED).read_bytes())
        if {path: digest(content) for path, content in found.items()} != _members(root, id, PUBLISHED):
            raise EditionError(
                f"the published files of edition {id} are not those that it lists: run hiwar verify {id}",
                f"الملفات المنشورة للإصدار {id} ليست ما يسرده: شغّل hiwar verify {id}",
            )
        for path, content in found.items():
            yield f"{EDITIONS}/{id}/{path}", content
