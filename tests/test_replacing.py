"""A folder takes the place of another at once; whatever goes wrong, what stood stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scoring import replacing as module
from scoring.replacing import MARKS, NotReplaced, beside, replacing


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "site"
    target.mkdir()
    for name in MARKS:
        (target / name).write_text("old")
    return target


def write(new: Path) -> None:
    for name in MARKS:
        (new / name).write_text("new")


def said(target: Path) -> set[str]:
    return {path.read_text() for path in target.iterdir()}


@pytest.mark.parametrize("at_once", [True, False])
def test_it_is_replaced_and_nothing_is_left(target: Path, at_once: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not at_once:
        monkeypatch.setattr(module, "_at_once", lambda *_: False)
    with replacing(target) as new:
        write(new)
        assert said(target) == {"old"}
    assert said(target) == {"new"} and list(target.parent.iterdir()) == [target]


def test_what_was_not_there_appears(tmp_path: Path) -> None:
    with replacing(tmp_path / "a" / "b") as new:
        write(new)
    assert said(tmp_path / "a" / "b") == {"new"}


def test_an_error_changes_nothing(target: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing(target) as new:
        write(new)
        raise ZeroDivisionError
    assert said(target) == {"old"} and list(target.parent.iterdir()) == [target]


def test_where_folders_cannot_be_exchanged_a_second_rename_that_fails_sets_the_first_back(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_at_once", lambda *_: False)
    with pytest.raises(FileNotFoundError), replacing(target) as new:
        new.rmdir()
    assert said(target) == {"old"}


def test_a_run_killed_between_two_renames_is_set_back_by_the_next(target: Path) -> None:
    work = beside(target)
    (work / "new").mkdir(parents=True)
    target.rename(work / "old")
    with pytest.raises(ZeroDivisionError), replacing(target):
        assert said(target) == {"old"}
        raise ZeroDivisionError
    assert said(target) == {"old"} and not work.exists()


def test_only_a_site_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(NotReplaced), replacing(tmp_path):
        pass
    assert said(tmp_path) == {"years of work"}


def test_two_at_once_are_refused(target: Path) -> None:
    again = (
        f"from pathlib import Path; from scoring.replacing import replacing\nwith replacing(Path({str(target)!r})): 1"
    )
    with replacing(target) as new:
        second = subprocess.run([sys.executable, "-c", again], capture_output=True, text=True, check=False)
        assert "NotReplaced" in second.stderr and new.is_dir()
        write(new)
    assert said(target) == {"new"}


def test_a_link_to_a_site_stays_one(target: Path) -> None:
    link = target.with_name("current")
    link.symlink_to(target)
    with replacing(link) as new:
        write(new)
    assert link.is_symlink() and said(target) == {"new"}
