"""A repository with a frozen edition, a corrected error and another method since, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.cli import main
from scoring.render import pinned as made
from tests.repository import git, rewrite

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
ID, DAY = "2026-11", "2026-11-22"
TIDES = "agencies/qa/qa-ministry-of-tides"
AGENCY = "qa-ministry-of-tides"
WHY = ["--why-en", "The page refuses: it was misread.", "--why-ar", "الصفحة ترفض الرد، وقد قُرئت خطأً."]


def commit(data: Path, message: str) -> str:
    git(data, "add", "-A", ".")
    git(data, "commit", "-q", "-m", message)
    return git(data, "rev-parse", "HEAD")


def frozen(data: Path, id: str = ID, day: str = DAY) -> int:
    return main(["freeze", id, "--as-of", day, "--data", str(data)])


def corrected(data: Path, agency: str = AGENCY, on: str = "2026-11-23") -> int:
    return main(["correct", ID, "--agency", agency, "--on", on, "--data", str(data), *WHY])


NAMES = [f"{kind}/{AGENCY}" for kind in ("card", "scores")]
NAMES += [f"{kind}/{league}" for kind in ("league", "distribution") for league in ("overall", "talk", "rules")]


def _with_embeds(made: Callable[..., Iterable[tuple[str, bytes]]]) -> Callable[..., Iterator[tuple[str, bytes]]]:
    """What an edition publishes, and some embeds."""

    def pinned(*args: Any) -> Iterator[tuple[str, bytes]]:
        yield from {**dict(made(*args)), **{f"embed/en/{name}/index.html": name.encode() for name in NAMES}}.items()

    return pinned


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository's data folder: an edition, committed."""
    folder = tmp_path_factory.mktemp("editions") / "repository" / "data"
    shutil.copytree(SMALL, folder)
    git(folder.parent.parent, "init", "-q", "repository")
    commit(folder, "Data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "pinned", _with_embeds(made.pinned))
        assert frozen(folder) == 0
    commit(folder, "Edition")
    return folder


@pytest.fixture(scope="session")
def later(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after an error was mended and corrected twice, and the method changed."""
    folder = copied(once, tmp_path_factory.mktemp("later"))
    rewrite(folder / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    assert corrected(folder) == 0
    commit(folder, "Corrected")
    rewrite(folder / TIDES / "evidence.yml", "value: true", "value: false")
    assert corrected(folder) == 0
    rewrite(folder / "methodology.yml", "version: '0.1'", "version: '0.2'")
    rewrite(folder / "methodology.yml", "  weight: 0.5\n  answers", "  weight: 0.9\n  answers")
    rewrite(folder / "methodology.yml", "  weight: 0.5\n  indicators", "  weight: 0.1\n  indicators")
    commit(folder, "Corrected again, and another method")
    return folder


def copied(data: Path, target: Path) -> Path:
    shutil.copytree(data.parent, target / "repository")
    return target / "repository" / "data"


@pytest.fixture
def data(once: Path, tmp_path: Path) -> Path:
    """One's own copy of the repository with an edition."""
    return copied(once, tmp_path)


@pytest.fixture
def corrected_data(later: Path, tmp_path: Path) -> Path:
    """One's own copy of the repository with corrections and another method."""
    return copied(later, tmp_path)
