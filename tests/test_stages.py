"""Stages are told where that is asked for, shown on terminals only, and cost nothing else."""

from __future__ import annotations

import io
import re

import pytest

from scoring import stages
from scoring.cli import main
from scoring.stages import advance, listening, stage


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_each_stage_is_told_with_its_seconds() -> None:
    out = io.StringIO()
    with listening(out, timings=True):
        for _ in range(2):
            with stage("read"):
                pass
        with stage("score"):
            advance(1, 2)
    assert [line.split()[0] for line in out.getvalue().splitlines()] == ["read", "score", "all"]
    assert all(re.fullmatch(r"[a-z]+ +\d+\.\d\d s", line) for line in out.getvalue().splitlines())


def test_nothing_is_said_unless_asked() -> None:
    out = io.StringIO()
    with listening(out, timings=False), stage("read"):
        advance(1, 2)
    assert out.getvalue() == ""


def test_a_terminal_shows_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "PATIENCE", 0.0)
    out = Terminal()
    with listening(out, timings=False), stage("pages"):
        advance(3, 7)
    assert "pages" in out.getvalue() and "3/7" in out.getvalue()


def test_what_fails_is_told_too() -> None:
    out = io.StringIO()
    with pytest.raises(ValueError, match="x"), listening(out, timings=True), stage("read"):
        raise ValueError("x")
    assert out.getvalue().startswith("read")


def test_a_command_tells_its_stages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "tests/fixtures/small", "--timings"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()] == ["read", "check", "all"]
