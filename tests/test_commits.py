"""What each commit changed, by cause; what is kept changes nothing; a history that is not whole says so."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import scoring.commits as commits
from scoring.changes import Step, cause
from scoring.commits import History, history
from tests.repository import git, rewrite

SMALL = Path(__file__).parent / "fixtures" / "small"
TIDES, HARBOUR = "qa-ministry-of-tides", "qa-harbour-office"
TARGET = """- id: qa-mot.target
  code: reply_target_hours
  value: 24
  unit: hours
  channel: x
  finding: {en: Replies come within 24 hours.}
  source: {url: https://tides.example/policy, language: en, kind: own_page, read: full}
  observed: 2026-11-22
  strength: B
"""
ENQUIRIES = """- {id: qa-mot.e01, asked: '2026-11-24T09:00+03:00', channel: x, language: ar, tester: tester-1}
- {id: qa-mot.e02, asked: '2026-11-24T09:00+03:00', channel: x, language: en, tester: tester-1}
"""
LATER = """- id: qa-harbour.other
  code: other_findings
  finding: {en: Nothing that is scored.}
  source: {url: https://harbour.example/a, language: en, kind: own_page, read: full}
  observed: 2027-05-15
  strength: B
"""


class Repository:
    """A repository whose data change by one cause at a time.

    From the first commit on, the data hold two enquiries asked later than anything was read; they count once something
    else is read later still.
    """

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.kept = folder.parent / "kept"
        self.made: dict[str, str] = {}
        shutil.copytree(SMALL, self.data)
        with (self.data / "methodology.yml").open("a", encoding="utf-8") as file:
            file.write("enquiries: {answered: answered}\n")
        self.agency(TIDES, "enquiries.yml").write_text(ENQUIRIES, encoding="utf-8")
        git(folder.parent, "init", "-q", folder.name)
        self.commit("first", "2026-11-24T03:30:00-06:00")

    def agency(self, id: str, file: str = "evidence.yml") -> Path:
        return self.data / "agencies/qa" / id / file

    def commit(self, name: str, at: str) -> None:
        git(self.data, "add", "-A", "..")
        git(self.data, "commit", "-q", "-m", name, at=at)
        self.made[name] = git(self.data, "rev-parse", "HEAD")

    def read(self, **given: Any) -> History:
        return history(self.data, self.kept, **given)

    def steps(self, **given: Any) -> dict[str, Step]:
        """By the name of the commit."""
        names = {commit: name for name, commit in self.made.items()}
        return {names[step.commit]: step for step in self.read(**given).steps}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repository")
    with made.agency(TIDES).open("a", encoding="utf-8") as file:
        file.write(TARGET)
    made.commit("evidence", "2026-11-24T13:00:00+03:00")
    rewrite(made.data / "methodology.yml", "weight: 0.6", "weight: 0.7")
    rewrite(made.data / "methodology.yml", "weight: 0.4", "weight: 0.3")
    made.commit("weight", "2026-11-25T10:00:00+00:00")
    made.agency(HARBOUR).write_text(LATER, encoding="utf-8")
    made.commit("later", "2027-05-16T10:00:00+00:00")
    return made


def test_each_commit_is_told_with_its_cause(repository: Repository) -> None:
    steps = repository.steps()
    assert list(steps) == ["later", "weight", "evidence"], "newest first"
    causes = {name: {move.agency: cause(move, step) for move in step.moves} for name, step in steps.items()}
    assert causes == {
        "later": {HARBOUR: "evidence", TIDES: "ageing"},
        "weight": {TIDES: "method"},
        "evidence": {TIDES: "evidence"},
    }
    assert steps["weight"].method == (
        "dimensions.talk.indicators.promise.weight", "dimensions.talk.indicators.target.weight",
    )  # fmt: skip
    assert steps["evidence"].method == steps["later"].method == ()
    (move,) = steps["evidence"].moves
    assert move.added == ("qa-mot.target",) and not move.changed and not move.removed
    assert set(move.scores) == {"talk"}, "nobody is ranked in the index, so its score is shown nowhere"
    parts = move.scores["talk"].parts
    assert parts and parts["evidence"] < -1 and parts["ageing"] == parts["method"] == 0


def test_moments_are_utc_and_the_history_is_whole(repository: Repository) -> None:
    found = repository.read()
    assert not found.cut
    assert [step.on for step in found.steps] == ["2027-05-16T10:00:00Z", "2026-11-25T10:00:00Z", "2026-11-24T10:00:00Z"]


def test_what_only_aged_has_no_evidence(repository: Repository) -> None:
    move = next(move for move in repository.steps()["later"].moves if move.agency == TIDES)
    assert not move.own and move.chief == "rules"
    parts = move.scores["rules"].parts
    assert parts and abs(parts["ageing"]) > 0.05 and parts["evidence"] == parts["method"] == 0


def test_enquiries_are_evidence_though_no_item(repository: Repository) -> None:
    repository.agency(HARBOUR, "enquiries.yml").write_text(ENQUIRIES.replace("qa-mot", "qa-harbour"), encoding="utf-8")
    repository.commit("enquiries", "2027-05-17T10:00:00Z")
    step = repository.steps()["enquiries"]
    (move,) = step.moves
    assert move.scores["rules"].kind == "appears" and move.scores["rules"].parts is None
    assert move.files == ("enquiries",) and move.items == () and cause(move, step) == "evidence"


def test_what_changes_nothing_public_is_not_told(repository: Repository) -> None:
    rewrite(repository.data / "methodology.yml", "# Fictional", "# Made up")
    repository.commit("comment", "2027-05-17T10:00:00Z")
    (repository.data.parent / "README.md").write_text("Elsewhere", encoding="utf-8")
    repository.commit("elsewhere", "2027-05-18T10:00:00Z")
    (repository.data / "editions").mkdir()
    (repository.data / "editions" / "note").write_text("Frozen", encoding="utf-8")
    repository.commit("edition", "2027-05-19T10:00:00Z")
    assert list(repository.steps()) == ["later", "weight", "evidence"]
    assert list(repository.steps(count=4)) == ["later", "weight", "evidence"], "an edition is no change of the data"


def test_a_commit_with_errors_is_passed_over(repository: Repository) -> None:
    rewrite(repository.agency(TIDES), "code: reply_target_hours", "code: unheard_of")
    repository.commit("broken", "2027-05-17T10:00:00Z")
    rewrite(repository.agency(TIDES), "code: unheard_of", "code: reply_target_hours")
    rewrite(repository.agency(TIDES), "value: 24", "value: 48")
    repository.commit("mended", "2027-05-18T10:00:00Z")
    steps = repository.steps()
    assert list(steps) == ["mended", "later", "weight", "evidence"]
    assert [move.changed for move in steps["mended"].moves] == [("qa-mot.target",)], "compared with `later`"


def test_a_history_that_begins_with_errors(tmp_path: Path, repository: Repository) -> None:
    other = Repository(tmp_path / "other")
    (other.data / "methodology.yml").rename(tmp_path / "methodology.yml")
    other.commit("broken", "2026-11-24T10:00:00Z")
    with other.agency(TIDES).open("a", encoding="utf-8") as file:
        file.write(TARGET)
    (tmp_path / "methodology.yml").rename(other.data / "methodology.yml")
    other.commit("mended", "2026-11-25T10:00:00Z")
    assert list(other.steps()) == ["mended"]
    assert list(other.steps(count=1)) == [], "the one before it cannot be read"


def test_a_merge_is_told_as_one(repository: Repository) -> None:
    git(repository.data, "checkout", "-q", "-b", "side")
    for hours, at in (("30", "2027-05-17T10:00:00Z"), ("36", "2027-05-18T10:00:00Z")):
        rewrite(repository.agency(TIDES), "value: " + {"30": "24", "36": "30"}[hours], f"value: {hours}")
        repository.commit(hours, at)
    git(repository.data, "checkout", "-q", "-")
    (repository.data.parent / "README.md").write_text("Elsewhere", encoding="utf-8")
    repository.commit("elsewhere", "2027-05-18T11:00:00Z")
    git(repository.data, "merge", "-q", "--no-ff", "-m", "merge", "side", at="2027-05-19T10:00:00Z")
    repository.made["merge"] = git(repository.data, "rev-parse", "HEAD")
    assert list(repository.steps()) == ["merge", "later", "weight", "evidence"]


def test_only_the_newest_are_read(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    read = counted(monkeypatch, "read_state")
    found = repository.read(count=2)
    assert [step.commit for step in found.steps] == [repository.made["later"], repository.made["weight"]]
    assert not found.cut and max(read.values()) == 1 and len(read) == 3


# --- what is kept -----------------------------------------------------------------------------------------


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> Counter[str]:
    """How often a function of the module is called, by its first argument."""
    calls: Counter[str] = Counter()
    real = getattr(commits, name)

    def counting(first: Any, *rest: Any) -> Any:
        calls[str(first)[:40]] += 1
        return real(first, *rest)

    monkeypatch.setattr(commits, name, counting)
    monkeypatch.setattr(commits.os, "cpu_count", lambda: 1)  # calls in other processes would not be counted
    return calls


def test_the_second_time_nothing_is_computed(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    first = repository.read()
    read, compared = counted(monkeypatch, "read_state"), counted(monkeypatch, "compare")
    assert repository.read() == first and not read and not compared
    assert len(list(repository.kept.iterdir())) == 3


def test_another_engine_makes_all_again(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    first = repository.read()
    monkeypatch.setattr(commits, "engine", lambda: "another")
    compared = counted(monkeypatch, "compare")
    assert repository.read() == first and compared.total() == 3


@pytest.mark.parametrize("damage", ["", "half", "[1, 2]", "null", "number"])
def test_a_damaged_file_is_made_again(repository: Repository, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = repository.read()
    file = next(f for f in repository.kept.iterdir() if repository.made["weight"] in f.name.split("-")[1])
    whole = file.read_bytes()
    changed = {"half": whole[: len(whole) // 2], "number": whole.replace(b'"method":', b'"method":1', 1)}
    assert changed["number"] != whole
    file.write_bytes(changed.get(damage, damage.encode()))
    compared = counted(monkeypatch, "compare")
    assert repository.read() == first and compared.total() == 1
    assert file.read_bytes() == whole and len(list(repository.kept.iterdir())) == 3


# --- a history that is not whole --------------------------------------------------------------------------


def test_a_shallow_clone_tells_what_it_can(repository: Repository, tmp_path: Path) -> None:
    for depth, told in ((1, []), (2, ["later"]), (3, ["later", "weight"])):
        clone = tmp_path / f"clone{depth}"
        git(tmp_path, "clone", "-q", "--depth", str(depth), f"file://{repository.data.parent}", clone.name)
        found = history(clone / "data", tmp_path / f"kept{depth}")
        assert found.cut and [step.commit for step in found.steps] == [repository.made[name] for name in told]
        assert list(found.steps) == [step for step in repository.read().steps if step in found.steps]


def test_a_shallow_clone_that_is_deep_enough_is_not_cut(repository: Repository, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "3", f"file://{repository.data.parent}", "clone")
    assert not history(tmp_path / "clone/data", tmp_path / "kept3", count=2).cut


def test_without_a_repository_nothing_is_told(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "data")
    assert history(tmp_path / "data", tmp_path / "kept") == History((), cut=True)
