"""Earlier methods that editions rest on: read, held to the rules of a method, and nothing else in their folder."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from scoring.results import compute, editions
from scoring.rules import check_dataset
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "data"
    shutil.copytree(SMALL, target)
    (target / "about.yml").write_text(
        "name:\n  en: Small\n  ar: صغير\nnote:\n  en: A fixture.\n  ar: مثال.\nfictional: true\n"
        "editions:\n  - id: 2025-01\n    as_of: 2025-01-01\n",
        encoding="utf-8",
    )
    (target / "methods").mkdir()
    method = (target / "methodology.yml").read_text("utf-8")
    (target / "methods" / "2025-01.yml").write_text(_version(method, "0.0"), encoding="utf-8")
    return target


def _version(method: str, version: str) -> str:
    lines = [f'version: "{version}"' if line.startswith("version:") else line for line in method.splitlines()]
    return "\n".join(lines) + "\n"


def test_an_edition_is_scored_by_its_own_method(folder: Path) -> None:
    reading = read_dataset(folder)
    assert reading.dataset is not None and not check_dataset(reading, TODAY)
    past = editions(compute(reading.dataset, TODAY))
    assert [one.dataset.methodology.version for one in past] == ["0.0"]
    assert reading.dataset.methodology.version != "0.0"


def test_a_method_that_cannot_be_computed_with_is_told_in_its_own_file(folder: Path) -> None:
    path = folder / "methods" / "2025-01.yml"
    lines = path.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("weight:"))
    lines[at] = lines[at].split(":")[0] + ": 0.001"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    problems = check_dataset(read_dataset(folder), TODAY)
    assert problems and {Path(p.path) for p in problems} == {path} and all(p.line for p in problems)


@pytest.mark.parametrize("name", ["2019-01.yml", "notes.txt", "2025-01.yaml"])
def test_what_belongs_to_no_edition_is_refused(folder: Path, name: str) -> None:
    (folder / "methods" / name).write_text("x\n", encoding="utf-8")
    problems = check_dataset(read_dataset(folder), TODAY)
    assert [Path(p.path).name for p in problems if p.severity == "error"] == [name]


def test_a_link_is_refused(folder: Path) -> None:
    (folder / "methods" / "2025-01.yml").unlink()
    (folder / "methods" / "2025-01.yml").symlink_to("/etc/passwd")
    assert not read_dataset(folder).ok
