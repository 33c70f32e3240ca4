"""Whole processes, timed with everything they start.

Peak memory is the largest sum, over all processes of a command at one moment, of their proportional set sizes (pages
that several share are counted once), looked at five times a second, or seldomer where looking itself takes long.
It is never less than what the kernel says was the most of any one of them. Where there is no /proc, only the latter
is known.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scoring.speed import Outcome

Command = Sequence[str | Path]
LOOK, PAUSE = 0.2, 0.01  # seconds between two looks at memory, and at whether it ended
SELDOM = 50  # times as long as a look took, before the next: what is measured is held up by it
UNIT = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss, to MiB


@dataclass(frozen=True)
class Run:
    """How a command went: seconds by the clock, CPU seconds and peak memory in MiB of all its processes, its words."""

    outcome: Outcome
    seconds: float
    cpu: float
    mib: float
    said: str


def run(command: Command, folder: Path, limit: float) -> Run:
    """One command from start to end; stopped with all it started after `limit` seconds."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        job = started(command, folder, said.fileno())
        peak = Peak(job.pid)
        late, status, usage = _wait(job.pid, start + limit, peak)
        seconds = time.perf_counter() - start
        job.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    outcome: Outcome = "stopped" if late else "failed" if status else "done"
    return Run(outcome, seconds, usage.ru_utime + usage.ru_stime, max(peak.mib, usage.ru_maxrss / UNIT), text)


def _wait(process: int, until: float, peak: Peak) -> tuple[bool, int, resource.struct_rusage]:
    """Whether it had to be stopped, how it ended, and what it used."""
    while True:
        ended, status, usage = os.wait4(process, os.WNOHANG)
        if ended:
            return False, status, usage
        if time.perf_counter() > until:
            os.killpg(process, signal.SIGKILL)
            return True, *os.wait4(process, 0)[1:]
        peak.look()
        time.sleep(PAUSE)


def started(command: Command, folder: Path, output: int) -> subprocess.Popen[bytes]:
    """A command in a session of its own, by which all that it starts is found again."""
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


class Peak:
    """The most memory that the processes of a session had together, as far as it was looked at."""

    def __init__(self, session: int) -> None:
        self.mib = 0.0
        self._session = session
        self._next = 0.0

    def look(self) -> None:
        begun = time.perf_counter()
        if begun >= self._next:
            self.mib = max(self.mib, sum(_share(process) for process in _processes(self._session)))
            ended = time.perf_counter()
            self._next = ended + max(LOOK, SELDOM * (ended - begun))


def _processes(session: int) -> Iterator[Path]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            after_name = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if after_name[3] == str(session):
                yield stat.parent


def _share(process: Path) -> float:
    """MiB of a process, of what it shares its part."""
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
