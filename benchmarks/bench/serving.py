"""How long `hiwar serve` takes from a saved file to the new page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from benchmarks.bench.country import Country
from benchmarks.bench.process import PAUSE, Peak, started
from scoring.speed import Measure

MARK = "Served."


def refresh(country: Country, limit: float) -> Measure:
    """From the moment that an evidence file is saved until the page of its agency is served: what somebody who writes
    waits. Neither the building before it is counted, nor that of the other pages after it. `cpu` is not known, for the
    server goes on."""
    port = _free()
    address = f"http://127.0.0.1:{port}/en/agencies/{country.file.parent.name}/"
    with _server(country, port) as job:
        peak = Peak(job.pid)
        if not _until(lambda: bool(_page(address)) or job.poll() is not None, limit, peak) or job.poll() is not None:
            return Measure(task="serve", agencies=country.agencies, outcome="failed", note="it did not begin to serve")
        time.sleep(2)  # so that the file is saved after the server looked at it once
        with country.edited(MARK):
            start = time.perf_counter()
            came = _until(lambda: MARK in _page(address), limit, peak)
            seconds = round(time.perf_counter() - start, 3)
    return Measure(
        task="serve",
        agencies=country.agencies,
        outcome="done" if came else "stopped",
        seconds=seconds,
        mib=round(peak.mib, 1),
    )


@contextmanager
def _server(country: Country, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command: list[str | Path] = [sys.executable, "-m", "scoring", "serve", "--port", str(port), "--to", country.site]
    job = started(command, country.home, subprocess.DEVNULL)
    try:
        yield job
    finally:
        job.terminate()  # a server ends the build at work with it
        with suppress(subprocess.TimeoutExpired):
            job.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(job.pid, signal.SIGKILL)  # one that did not come to serve leaves its first build
        job.wait()


def _until(holds: Callable[[], bool], limit: float, peak: Peak) -> bool:
    """Whether it came to hold within so many seconds."""
    end = time.perf_counter() + limit
    while time.perf_counter() < end:
        if holds():
            return True
        peak.look()
        time.sleep(10 * PAUSE)
    return False


def _page(address: str) -> str:
    """The page that is served; nothing where none is."""
    with suppress(OSError), urlopen(address, timeout=60) as answer:
        return str(answer.read().decode("utf-8"))
    return ""


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
