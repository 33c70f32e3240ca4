"""The command line is an interface: exit codes and formats hold."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.cli import main

SMALL = Path(__file__).parent / "fixtures" / "small"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the small fixture with one unknown key."""
    data = tmp_path / "data"
    shutil.copytree(SMALL, data)
    profile = next(data.glob("agencies/*/*/profile.yml"))
    profile.write_text(profile.read_text(encoding="utf-8") + "nmae: x\n", encoding="utf-8")
    return data


def test_good_data_has_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(SMALL), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_findings_have_exit_code_1_and_say_where(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(broken), "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert finding["path"].endswith("profile.yml") and finding["line"] > 1 and finding["column"] == 1
    assert "name" in finding["mend"]["en"]


def test_only_the_paths_asked_for_are_reported(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(broken), str(broken / "methodology.yml")]) == 0
    assert "nmae" not in capsys.readouterr().out


def test_the_command_line_starts_without_what_only_scoring_needs() -> None:
    told = (
        "import sys, scoring.cli; print(*sorted({'numpy', 'pandas', 'scipy', 'duckdb', 'mkdocs'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["check", "--format", "xml"], ["score", "--as-of", "yesterday"]]
)
def test_wrong_usage_has_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("arguments", "english", "arabic"),
    [
        (["build", "--shard", "3/2"], "must be a part and how many", "--shard: يجب أن يكون رقم جزء"),
        (["score", "--as-of", "soon"], "must be a day like", "--as-of: يجب أن يكون يوماً"),
        (["score", "--as-of"], "expected one argument", "لا بد من قيمة واحدة بعد --as-of"),
        (["score", "--format", "xml"], "invalid choice: 'xml'", "--format: يجب أن تكون القيمة من"),
        (["sample", "a.csv", "--seed", "x"], "invalid int value: 'x'", "--seed: يجب أن تكون القيمة عدداً صحيحاً"),
        (["sample", "a.csv", "--seed", "1", "--n", "none"], "must be a whole number", "--n: يجب أن يكون عدداً صحيحاً"),
        (["sample", "a.csv"], "arguments are required: --seed", "ينقص ما يلي، وهو مطلوب: --seed"),
        (["check", "--loud"], "unrecognized arguments: --loud", "خيارات أو قيم غير معروفة: --loud"),
        (["score", "--as-of", "a · b\x1fc"], "found 'a · b\\x1fc'", "والموجود 'a · b\\x1fc'"),
        (["freeze", "2026-11"], "arguments are required: --as-of", "ينقص ما يلي، وهو مطلوب: --as-of"),
        (["nonsense"], "invalid choice: 'nonsense'", "COMMAND: يجب أن تكون القيمة من"),
    ],
)
def test_wrong_usage_is_told_in_both_languages(
    arguments: list[str], english: str, arabic: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    assert ended.value.code == 2 and not told.out
    *usage, in_english, in_arabic = told.err.splitlines()
    assert (
        usage[0].startswith(f"usage: hiwar {'' if arguments == ['nonsense'] else arguments[0]}")
        and english in in_english
        and arabic in in_arabic
    )
    assert "--help`" in in_english and "--help`" in in_arabic and "\x1f" not in told.err


def test_scores_are_the_same_twice_and_readable_by_programs(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for form in ("json", "json", "csv", "table"):
        assert main(["score", "--data", str(SMALL), "--format", form]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    agencies = json.loads(outputs[0])["agencies"]
    rows = list(csv.DictReader(io.StringIO(outputs[2])))
    assert {row["agency"] for row in rows} <= set(agencies)


def test_evidence_after_the_day_asked_for_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--data", str(SMALL), "--as-of", "2001-01-01", "--format", "json"]) == 0
    agencies = json.loads(capsys.readouterr().out)["agencies"]
    assert all(not a["indicators"] for a in agencies.values())


def test_broken_data_are_not_scored(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--data", str(broken)]) == 1
    assert "nmae" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "ar"])
def test_explain_is_the_same_for_people_and_programs(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["explain", "qa-ministry-of-tides", "--data", str(SMALL), "--language", language]
    assert main(asked) == 0
    text = capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["language"] == language and data["verdict"]["text"] in text
    for league in data["leagues"]:
        assert league["sentence"] in text
        assert all(evidence in text for one in league["contributions"] for evidence in one["evidence"])


def test_explaining_nobody_says_who_is_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "qa-ministry-of-tidse", "--data", str(SMALL)]) == 2
    assert "qa-ministry-of-tides" in capsys.readouterr().err
