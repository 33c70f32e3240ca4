"""Work in pieces: in order, wherever it is done; workers do not outlive whom they work for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scoring.pieces import forked

ROOT = Path(__file__).resolve().parent.parent
PARENT = """
import os, pathlib, sys, time
from scoring.pieces import forked
def work(name):
    pathlib.Path(sys.argv[1], name).write_text(str(os.getpid()))
    time.sleep(60)
list(forked(2)(work, ["a", "b"]))
"""

ENDED = """
import os, signal
from scoring.pieces import forked
me = os.getpid()
def work(piece):
    if os.getpid() != me and piece:
        os.kill(os.getpid(), signal.SIGKILL)
try:
    list(forked(2)(work, range(4)))
except ChildProcessError as error:
    print(error)
"""


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a command: other tests of this run may have left threads, beside which nothing is forked."""
    monkeypatch.setattr("scoring.pieces.threading.active_count", lambda: 1)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_results_come_in_the_order_of_the_pieces(count: int) -> None:
    known = {n: n * n for n in range(40)}  # which no piece carries: a forked process has it
    assert list(forked(count)(lambda n: known[n], range(40))) == list(known.values())


def test_several_processes_are_at_work() -> None:
    assert os.getpid() not in set(forked(2)(lambda _: os.getpid(), range(8)))


@pytest.mark.parametrize("count", [1, 2])
def test_what_goes_wrong_in_a_piece_is_raised(count: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(forked(count)(lambda n: 1 // n, [1, 0, 2]))


def test_beside_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.pieces.threading.active_count", lambda: 2)
    assert set(forked(2)(lambda _: os.getpid(), range(8))) == {os.getpid()}


def test_a_process_ended_from_outside_is_told_as_such() -> None:
    told = subprocess.run([sys.executable, "-c", ENDED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.startswith("a process at work was ended from outside"), told


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    job = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT)
    _until(lambda: len([f for f in tmp_path.iterdir() if f.read_text()]) == 2)
    workers = [int(file.read_text()) for file in tmp_path.iterdir()]
    job.send_signal(signal.SIGKILL)
    job.wait()
    _until(lambda: not any(map(_lives, workers)))


def _until(done: object, seconds: float = 30) -> None:
    assert callable(done)
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
