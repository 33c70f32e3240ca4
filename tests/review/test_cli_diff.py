"""`hiwar diff` is an interface: states, exit codes and formats hold, and nothing a change brings along hides it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from scoring.cli import main
from scoring.review.gather import gather
from scoring.review.report import read_review
from scoring.states import read_beside, read_folder, read_state
from tests.repository import git, rewrite

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
TIDES = "agencies/qa/qa-ministry-of-tides"
TODAY = date(2026, 12, 1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a repository with one commit on `main`, whose working tree lies on the branch `change`."""
    folder = tmp_path / "repository" / "data"
    shutil.copytree(SMALL, folder)
    git(tmp_path, "init", "-q", "-b", "main", "repository")
    commit(folder, "First")
    git(folder, "checkout", "-q", "-b", "change")
    return folder


def commit(data: Path, message: str) -> str:
    git(data, "add", "-A", ":/")
    git(data, "commit", "-q", "-m", message)
    return git(data, "rev-parse", "HEAD")


def run(data: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["diff", "main", "--data", str(data), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def refuse(data: Path) -> None:
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")


def test_nothing_changed_has_exit_code_0(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(data, capsys, "--format", "text")
    assert code == 0 and "nothing calls for" in out and "لا شيء يستدعي" in out


def test_a_change_in_the_working_tree(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refuse(data)
    code, out, _ = run(data, capsys, "--format", "json")
    made = read_review(out.encode())
    assert code == 1 and made.base.commit == git(data, "rev-parse", "main") and made.head.asked == "data"
    assert [(one.id, [found.id for found in one.items]) for one in made.agencies] == [
        ("qa-ministry-of-tides", ["qa-mot.reply_commitment"])
    ]
    move = next(move for move in made.agencies[0].moves if move.node == "talk")
    assert (move.old.score, move.new.score) == (100.0, 1.0)
    assert {look.code for look in made.look} == {"large-move", "rewritten"}
    assert [(part.where, part.paths) for part in made.files or ()] == [("agencies", (f"data/{TIDES}/evidence.yml",))]
    commit(data, "Change")
    assert run(data, capsys, "--format", "json")[1] == out
    text = run(data, capsys, "--language", "en")[1]
    assert "score: 100.0 (" in text and "→ 1.0 (" in text and "تغيير" not in text
    both = run(data, capsys, "--format", "markdown")[1]
    assert "large move" in both and "تغيّر كبير" in both and '<div dir="rtl">' in both


def test_what_others_added_to_the_base_is_no_part_of_the_change(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refuse(data)
    head = commit(data, "Change")
    git(data, "checkout", "-q", "main")
    shutil.copytree(data / TIDES, data / "agencies/qa/qa-sun")
    shutil.rmtree(data / "agencies/qa/qa-sun")
    rewrite(data / TIDES / "evidence.yml", "A policy for social media stands on its page.", "A policy stands there.")
    commit(data, "Others")
    _, out, _ = run(data, capsys, "--head", head, "--format", "json")
    made = read_review(out.encode())
    assert [found.id for one in made.agencies for found in one.items] == ["qa-mot.reply_commitment"]
    assert made.head.commit == head and made.base.commit != git(data, "rev-parse", "main")


def test_new_and_ignored_files_are_seen(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = data / "agencies/qa/qa-light-office"
    shutil.copytree(data / TIDES, target)
    for old, new in [
        ("id: qa-ministry-of-tides", "id: qa-light-office"),
        ("https://tides.example", "https://l.example"),
    ]:
        rewrite(target / "profile.yml", old, new)
    rewrite(target / "profile.yml", "tides_qa", "light_qa")
    rewrite(target / "profile.yml", "'@tides'", "'@lights'")
    rewrite(target / "evidence.yml", "qa-mot.", "qa-light.")
    for ignored in ("", "qa-light-office\n"):
        (data / ".." / ".git" / "info" / "exclude").write_text(ignored)
        made = read_review(run(data, capsys, "--format", "json")[1].encode())
        assert [(one.id, one.status) for one in made.agencies] == [("qa-light-office", "added")]
        assert made.files and made.files[0].count == 2


def test_data_with_errors_make_a_review_of_errors(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(data / TIDES / "evidence.yml", "code: measured_response", "code: unheard_of")
    for arguments in ((), ("--head", commit(data, "Broken"))):
        code, out, _ = run(data, capsys, "--format", "json", *arguments)
        made = read_review(out.encode())
        (error,) = made.errors
        assert code == 1 and error.code == "E310-unknown-reference" and not made.agencies
        assert error.path == f"data/{TIDES}/evidence.yml" and error.line == 30
        main(["check", "--data", str(data), "--format", "json"])
        checked = json.loads(capsys.readouterr().out)[0]
        assert (error.line, error.column, error.found) == (checked["line"], checked["column"], checked["found"])
        assert error.must.model_dump() == checked["must"]
        code, out, _ = run(data, capsys, "--format", "text", *arguments)
        assert code == 1 and "unheard_of" in out and "خطأ واحد" in out


def test_a_missing_methodology_is_an_error_of_the_change(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "methodology.yml").unlink()
    for arguments in ((), ("--head", commit(data, "Gone"))):
        code, out, _ = run(data, capsys, "--format", "json", *arguments)
        assert code == 1 and read_review(out.encode()).errors[0].path == "data/methodology.yml"


@pytest.mark.parametrize("base", ["", "nowhere", "no\x1b[31mwhere", "main@2026-02-30", "--output=x", "HEAD~9", "a..b"])
def test_a_wrong_base_has_exit_code_2(data: Path, base: str, capsys: pytest.CaptureFixture[str]) -> None:
    for broken in (False, True):
        if broken:
            rewrite(data / TIDES / "evidence.yml", "code: measured_response", "code: unheard_of")
        with pytest.raises(SystemExit) if base.startswith("-") else pytest.MonkeyPatch.context() as stop:
            assert main(["diff", base, "--data", str(data)]) == 2
        assert not base.startswith("-") or stop.value.code == 2  # type: ignore[union-attr]
        captured = capsys.readouterr()
        assert captured.out == "" and "Traceback" not in captured.err and "\x1b" not in captured.err
        assert len(captured.err) > 20


def test_a_wrong_head_has_exit_code_2(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(data, capsys, "--head", "nowhere")
    assert code == 2 and out == "" and "nowhere" in err


def test_a_base_with_errors_has_exit_code_2(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(data / TIDES / "evidence.yml", "code: measured_response", "code: unheard_of")
    git(data, "checkout", "-q", "main")
    bad = commit(data, "Broken")
    git(data, "checkout", "-q", "-b", "mended")
    rewrite(data / TIDES / "evidence.yml", "code: unheard_of", "code: measured_response")
    code, out, err = run(data, capsys)
    assert code == 2 and out == "" and f"{bad}:{TIDES}/evidence.yml:30" in err and "E310" in err


def test_folders_have_no_files_to_tell(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other"
    shutil.copytree(data, other)
    refuse(other)
    made = read_review(run(data, capsys, "--head", str(other), "--format", "json")[1].encode())
    assert made.files is None and [one.id for one in made.agencies] == ["qa-ministry-of-tides"]
    assert main(["diff", str(other), "--data", str(data), "--format", "json"]) == 1
    made = read_review(capsys.readouterr().out.encode())
    assert made.files is None and made.base.commit is None and len(made.agencies) == 1


def test_what_a_change_says_of_exporting_files_hides_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`git archive` leaves out what a commit marks so; a checkout and a merge do not."""
    (data / ".." / ".gitattributes").write_text("data/agencies/** export-ignore\n*.yml ident export-subst eol=crlf\n")
    refuse(data)
    head = commit(data, "Hidden")
    made = read_review(run(data, capsys, "--head", head, "--format", "json")[1].encode())
    assert [one.id for one in made.agencies] == ["qa-ministry-of-tides"]
    assert "data-and-rules" in [look.code for look in made.look]


def test_only_what_differs_is_read_twice_and_that_is_the_same(data: Path) -> None:
    """Agencies taken from the other state make the same data as reading everything."""
    refuse(data)
    shutil.move(data / "agencies/qa/qa-harbour-office", data / "agencies/qa/qa-harbour")
    rewrite(data / "agencies/qa/qa-harbour/profile.yml", "id: qa-harbour-office", "id: qa-harbour")
    differ = [f"{TIDES}/evidence.yml", *(f"agencies/qa/{o}/profile.yml" for o in ("qa-harbour", "qa-harbour-office"))]
    after = read_folder(data, TODAY)
    quick, whole = read_beside("main", data, TODAY, after, differ), read_state("main", data, TODAY)
    assert quick.snapshot == whole.snapshot and list(quick.snapshot.dataset.agencies) == sorted(
        whole.snapshot.dataset.agencies
    )
    assert quick.snapshot.dataset != after.snapshot.dataset


def test_commits_from_the_agencys_domain_are_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refuse(data)
    git(data, "-c", "user.email=someone@mail.tides.example", "commit", "-q", "-a", "-m", "Ours")
    out = run(data, capsys, "--format", "json")[1]
    assert ("author-at-agency", "mail.tides.example") in [
        (look.code, look.what) for look in read_review(out.encode()).look
    ]
    assert "someone" not in out, "no address of a person is told"


def test_the_same_twice(data: Path) -> None:
    refuse(data)
    assert gather("main", "", data, TODAY) == gather("main", "", data, TODAY)
