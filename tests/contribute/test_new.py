"""`hiwar new` asks in both languages, takes flags, and what it writes passes the check."""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.cli import main
from scoring.contribute.questions import FILES, MODELS, identified, questions, slug
from scoring.model import Dataset

ROOT = Path(__file__).resolve().parents[2]
AGENCY = ["name.en=Ministry of Tides", "name.ar=وزارة المد", "country=QA", "level=national", "sector=health"]
ITEM = ["code=facts_and_figures", "value=true", "finding.ar=تنشر أرقاماً: «100%»", "source.url=https://tides.gov.qa/f",
        "source.read=full", "strength=B", "observed=2026-11-20"]  # fmt: skip
ENQUIRY = ["asked=2026-11-02T09:30+03:00", "channel=x", "tester=a-tester"]
REPLY = ["received=2026-11-20", "office.ar=مكتب الاتصال", "text.ar=شكراً لكم: # ليس تعليقاً"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("methodology.yml", "vocabulary.yml", "peer_groups.yml"):
        shutil.copy(ROOT / "data" / name, folder)
    return folder


def new(data: Path, kind: str, *said: str, agency: str = "") -> int:
    sets = [part for one in said for part in ("--set", one)]
    return main(["new", kind, *([agency] if agency else []), "--data", str(data), *sets])


def test_flags_alone_write_files_that_pass(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(data, "agency", *AGENCY) == 0
    agency = "qa-ministry-of-tides"
    for kind, said in (("evidence", ITEM), ("evidence", ITEM), ("enquiries", ENQUIRY), ("reply", REPLY)):
        assert new(data, kind, *said, agency=agency) == 0, capsys.readouterr()
    assert main(["check", "--data", str(data)]) == 0 and main(["fix", str(data), "--check"]) == 0
    folder = data / "agencies" / "qa" / agency
    assert {p.stem for p in folder.iterdir()} == set(FILES.values())
    evidence = (folder / "evidence.yml").read_text("utf-8")
    assert evidence.startswith("# yaml-language-server: $schema=") and evidence.count("\n\n- id: ") == 1
    assert f"{agency}-2026-11.facts_and_figures-2" in evidence
    (folder / "evidence.yml").rename(folder / "evidence-another.yml")
    assert new(data, "evidence", *ITEM, agency=agency) == 0, "an id in a file beside is taken"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_answer_is_asked_for_until_it_is_right(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    new(data, "agency", *AGENCY)
    answers = ["facts_figures", "facts_and_figures", "true", "", "تنشر أرقاماً", "nowhere", "https://tides.gov.qa/f", "",
               "", "", "2026-13", "2026-10", "full", "2026-11-31", "2026-11-20", "", "B"]  # fmt: skip
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(answers) + "\n"))
    command = ["new", "evidence", "qa-ministry-of-tides", "--data", str(data), "--ask", "--language", language]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert told.count("✗") == 4 and ("What was looked for" in told) == (language == "en")


def test_a_terminal_is_asked(data: Path) -> None:
    """In a real terminal, without --ask."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(
            sys.executable, [sys.executable, "-m", "scoring", "new", "agency", "--data", str(data), "--language", "ar"]
        )
    for answer in ("Ministry of Tides", "وزارة المد", "QA", "national", "health", ""):
        os.write(terminal, f"{answer}\n".encode())
    said = b""
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:
        pass  # the terminal is gone with its program
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, said.decode()
    assert "البلد" in said.decode() and (data / "agencies" / "qa" / "qa-ministry-of-tides" / "profile.yml").exists()


@pytest.mark.parametrize(
    "said",
    [
        ["code=nothing"],
        ["source.url=nowhere"],
        ["observed=2026-02-30"],
        ["strength=E"],
        ["unknown=1"],
        ["code=reply_commitment"],
    ],
)
def test_what_is_wrong_or_missing_writes_nothing(data: Path, said: list[str]) -> None:
    new(data, "agency", *AGENCY)
    before = {p: p.read_bytes() for p in data.rglob("*.yml")}
    assert new(data, "evidence", *said, agency="qa-ministry-of-tides") == 2
    assert new(data, "evidence", *ITEM, agency="../../etc") == 2 and new(data, "agency", *AGENCY) == 2
    assert before == {p: p.read_bytes() for p in data.rglob("*.yml")}


def test_a_sample_is_drawn_by_the_command_there_is() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scoring", "new", "sample", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--seed" in done.stdout


def test_every_question_is_a_key_of_its_model_and_stands_in_both_languages(dataset: Dataset) -> None:
    from datetime import date

    for kind, model in MODELS.items():
        for question in questions(kind, dataset, date(2026, 11, 23)):  # type: ignore[arg-type]
            assert question.key.split(".")[0] in model.model_fields, (kind, question.key)
            assert any("\u0600" <= c <= "\u06ff" for c in question.words[1])
        required = {name for name, field in model.model_fields.items() if field.is_required()} - {"id"}
        asked = {question.key.split(".")[0] for question in questions(kind, dataset, date(2026, 11, 23))}  # type: ignore[arg-type]
        assert required <= asked, kind


def test_ids_follow_the_conventions() -> None:
    assert slug("QA", "Ministry of Public Health – Primary") == "qa-ministry-of-public-health-primary"
    taken = ["a-2026-11.e01"]
    assert identified("enquiries", "a", {"asked": "2026-11-02T09:30+03:00"}, taken) == "a-2026-11.e02"
