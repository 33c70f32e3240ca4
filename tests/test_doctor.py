"""`hiwar doctor` names what is wrong with an installation, and nothing where nothing is."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scoring import doctor
from scoring.doctor import around, data, examined, packages, room, shipped
from scoring.home import Home
from scoring.replacing import MARKS, beside
from tests.repository import rewrite

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 30)


def codes(found: object) -> list[str]:
    return [problem.code[:4] for problem in found]  # type: ignore[attr-defined]


def test_this_checkout_has_no_error(tmp_path: Path) -> None:
    found = examined(Home(ROOT, ROOT), tmp_path / "site", TODAY)
    assert [problem for problem in found if problem.severity == "error"] == []


def test_a_package_that_is_missing_or_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = [
        "numpy>=1",
        "numpy>=999",
        "no-such-package>=1",
        'only-elsewhere; python_version < "3"',
        'x; extra == "dev"',
    ]
    monkeypatch.setattr(doctor, "requires", lambda _: needed)
    assert [(one.path, one.code[:4]) for one in packages()] == [("numpy", "E801"), ("no-such-package", "E801")]


def test_what_was_not_shipped_or_is_empty_is_named(tmp_path: Path) -> None:
    for name in doctor.SHIPPED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert codes(shipped(tmp_path)) == []
    (tmp_path / doctor.SHIPPED[0]).unlink()
    (tmp_path / doctor.SHIPPED[1]).write_text("")
    assert [Path(one.path).name for one in shipped(tmp_path)] == ["mkdocs.yml", "mkdocs.ar.yml"]


def test_data_with_errors_are_counted(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "tests/fixtures/small", tmp_path / "data")
    assert codes(data(folder, TODAY)) == []
    rewrite(folder / "agencies/qa/qa-ministry-of-tides/evidence.yml", "strength: C", "strength: Z")
    [found] = data(folder, TODAY)
    assert found.code == "E803-data" and found.found.endswith("E204-not-a-choice")


def test_the_place_of_the_site_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "a" / "site"
    assert codes(room(site)) == []
    site.mkdir(parents=True)
    assert codes(room(site)) == []
    (site / "thesis.txt").write_text("years of work")
    beside(site).mkdir()
    assert codes(room(site)) == ["E806", "W807"]
    for mark in MARKS:
        (site / mark).write_text("x")
    assert codes(room(site)) == ["W807"]
    monkeypatch.setattr(doctor, "FREE", 10**12)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert codes(room(site)) == ["E804", "W805", "W807"]


def test_git_programs_and_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert codes(around(Home(tmp_path, ROOT))) == ["W808", "W809", "W809", "W810"]


def test_the_command_ends_with_what_it_found(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scoring", "doctor", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    well = run("--to", str(tmp_path / "site"))
    assert well.returncode == 0 and "يمكن بناء الموقع هنا" in well.stdout
    (tmp_path / "thesis.txt").write_text("years of work")
    ill = run("--to", str(tmp_path))
    assert ill.returncode == 1 and "E806-no-site" in ill.stdout and "Traceback" not in ill.stderr
