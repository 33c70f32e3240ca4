"""What tests that publish small sites share."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scoring.home import Home
from scoring.render.view import View
from scoring.results import compute, newest_reading
from scoring.shells import Shells
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parent.parent
HOME = Home(ROOT, ROOT)


class Built(Shells):
    """Pages of MkDocs that are there already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wait(self) -> Path:
        return self.folder


def small(folder: Path) -> tuple[View, Built]:
    """The small fixture, scored, and MkDocs' pages for it, made in a folder."""
    dataset = read_dataset(ROOT / "tests/fixtures/small").dataset
    assert dataset is not None
    view = View(compute(dataset, newest_reading(dataset)))
    return view, Built(Shells(HOME, view.as_of, folder).wait())


def tree(site: Path) -> dict[str, str]:
    """Every file of a folder by its path, with the hash of what it holds."""
    paths = [path for path in site.rglob("*") if path.is_file()]
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
