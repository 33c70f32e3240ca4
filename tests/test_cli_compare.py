"""`hiwar compare` is an interface: states, exit codes and formats hold, and no text of the data acts."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from scoring.cli import main
from scoring.render.compared import code
from scoring.states import StateError, read_state
from tests.repository import git, rewrite

SMALL = Path(__file__).parent / "fixtures" / "small"
TIDES = "agencies/qa/qa-ministry-of-tides"
TODAY = date(2026, 12, 1)
PUBLISHED = "- id: qa-mot.policy_published"


def add_agency(data: Path) -> None:
    """A second agency with evidence, in the place of the one without."""
    target = data / "agencies/qa/qa-light-office"
    shutil.copytree(data / TIDES, target)
    rewrite(target / "profile.yml", "id: qa-ministry-of-tides", "id: qa-light-office")
    rewrite(target / "profile.yml", "Ministry of Tides (MoT) 2.0", "Light <b>Office</b> @someone `x`")
    rewrite(target / "profile.yml", "https://tides.example", "https://light.example")
    rewrite(target / "profile.yml", "tides_qa", "light_qa")
    rewrite(target / "profile.yml", "'@tides'", "'@lights'")
    rewrite(target / "evidence.yml", "qa-mot.", "qa-light.")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a repository of two commits; the second, tagged `later`, scores an item no more, adds
    another and an agency. The working tree has a change of its own."""
    folder = tmp_path / "repository" / "data"
    shutil.copytree(SMALL, folder)
    git(tmp_path, "init", "-q", "repository")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "First")
    rewrite(folder / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    rewrite(folder / TIDES / "evidence.yml", PUBLISHED, "- id: qa-mot.policy_again")
    add_agency(folder)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Second")
    git(folder, "tag", "later")
    rewrite(
        folder / TIDES / "evidence.yml", "observed: 2026-11-22\n  strength: D", "observed: 2026-11-23\n  strength: D"
    )
    return folder


def run(data: Path, a: str, b: str, form: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["compare", a, b, "--data", str(data), "--format", form])
    return code, capsys.readouterr().out


def test_two_revisions(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = git(data, "status", "--porcelain")
    exit_code, out = run(data, "HEAD~1", "later", "json", capsys)
    found = json.loads(out)
    assert exit_code == 1
    assert found["a"]["source"] == git(data, "rev-parse", "HEAD~1") and found["b"]["state"] == "later"
    assert found["summary"] == {"changed": 1, "added": 1, "removed": 0, "unchanged": 1}
    tides = found["agencies"]["qa-ministry-of-tides"]
    assert tides["evidence"] == {
        "added": ["qa-mot.policy_again"], "removed": ["qa-mot.policy_published"],
        "changed": ["qa-mot.reply_commitment"], "dated": [],
    }  # fmt: skip
    change = tides["scores"]["index"]["score"]
    assert sum(change["parts"].values()) == pytest.approx(change["new"] - change["old"], abs=1e-9)
    assert change["parts"]["method"] == change["parts"]["ageing"] == 0
    assert found["agencies"]["qa-light-office"]["status"] == "added"
    assert git(data, "status", "--porcelain") == before


def test_the_working_tree_and_the_day_alone(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same data on two days: the later lets in an item that was read between them."""
    exit_code, out = run(data, "@2026-11-22", f"{data}@2026-11-23", "json", capsys)
    found = json.loads(out)
    assert exit_code == 1 and set(found["agencies"]) == {"qa-ministry-of-tides"}
    agency = found["agencies"]["qa-ministry-of-tides"]
    assert agency["evidence"]["dated"] == ["qa-mot.measured_response"]
    parts = agency["scores"]["rules"]["score"]["parts"]
    assert parts["ageing"] != 0 and parts["evidence"] == parts["method"] == 0


def test_the_method_alone(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other"
    shutil.copytree(data, other)
    rewrite(other / "methodology.yml", "    weight: 0.6", "    weight: 0.7")
    rewrite(other / "methodology.yml", "    weight: 0.4", "    weight: 0.3")
    exit_code, out = run(data, str(data), str(other), "text", capsys)
    assert exit_code == 0, "no agency has a target, so the weights inside the dimension move no score"
    assert "method changed: dimensions.talk.indicators.promise.weight" in out
    rewrite(other / "methodology.yml", "  weight: 0.5\n  answers", "  weight: 0.9\n  answers")
    rewrite(other / "methodology.yml", "  weight: 0.5\n  indicators", "  weight: 0.1\n  indicators")
    exit_code, out = run(data, str(data), str(other), "text", capsys)
    assert exit_code == 1
    line = next(line for line in out.splitlines() if "index score" in line)
    assert "evidence 0.00, ageing 0.00, method " in line and "method 0.00" not in line


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_the_same_twice_has_exit_code_0(data: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, out = run(data, "HEAD", "later", form, capsys)
    assert exit_code == 0
    assert "qa-ministry-of-tides" not in out


def test_text_says_old_new_and_causes(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(data, "HEAD~1", "HEAD", "text", capsys)[1]
    assert "talk score: 100.00 → 1.00 (−99.00): evidence −99.00, ageing 0.00, method 0.00" in out
    assert "evidence added: qa-mot.policy_again" in out
    assert "qa-light-office  Light <b>Office</b> @someone `x`  (added)" in out


def test_markdown_of_strangers_is_code(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(data, "HEAD~1", "HEAD", "markdown", capsys)[1]
    assert "### `qa-light-office` `` Light <b>Office</b> @someone `x` `` (added)" in out


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("plain", "`plain`"),
        ("<script>", "`<script>`"),
        ("a`b``c", "```a`b``c```"),
        ("`", "`` ` ``"),
        ("", "`  `"),
        ("a\nb\x1b[31m\u202e", "`a\\u{A}b\\u{1B}[31m\\u{202E}`"),
    ],
)
def test_code_spans_hold_anything(text: str, span: str) -> None:
    assert code(text) == span


@pytest.mark.parametrize(
    "state",
    ["", "nowhere", "no\x1b[31mwhere", "later@2026-02-30", "later@yesterday", "later:data", "HEAD~9", "HEAD~1..HEAD"],
)
def test_a_wrong_state_has_exit_code_2(data: Path, state: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", state, "HEAD", "--data", str(data)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "Traceback" not in captured.err and "\x1b" not in captured.err
    assert len(captured.err) > 20


def test_a_revision_is_never_an_option(data: Path, tmp_path: Path) -> None:
    with pytest.raises(StateError):
        read_state(f"--output={tmp_path / 'written'}", data, TODAY)
    assert not (tmp_path / "written").exists()


def test_a_state_with_errors_names_them_and_the_state(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(data / TIDES / "evidence.yml", "code: measured_response", "code: unheard_of")
    git(data, "commit", "-q", "-a", "-m", "Broken")
    assert main(["compare", "HEAD", "later", "--data", str(data)]) == 2
    error = capsys.readouterr().err
    assert f"{git(data, 'rev-parse', 'HEAD')}:{TIDES}/evidence.yml" in error and "/tmp" not in error


def test_a_revision_with_a_link_is_refused(data: Path) -> None:
    (data / TIDES / "evidence.yml").unlink()
    (data / TIDES / "evidence.yml").symlink_to("/etc/hostname")
    git(data, "commit", "-q", "-a", "-m", "Link")
    with pytest.raises(StateError, match="no plain file"):
        read_state("HEAD", data, TODAY)


def test_a_folder_outside_any_repository_has_no_revisions(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "data")
    with pytest.raises(StateError, match="no revision of the repository"):
        read_state("HEAD", tmp_path / "data", TODAY)
    state = read_state(str(tmp_path / "data"), tmp_path, TODAY)
    assert state.snapshot.as_of == date(2026, 11, 22)


def test_a_hook_of_another_repository_changes_nothing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    assert read_state("later", data, TODAY).source == git(data, "rev-parse", "later")
