"""How long the stages of a command take: told when it ends, where that is asked for, and shown while they go on, on a
terminal, once two seconds have passed.

What works says `with stage("read"):` and knows nothing of who listens; unless a command listens, it costs nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PATIENCE = 2.0  # seconds before anything is shown
_WIDE = 24  # letters of a stage's name


class Stages:
    """The stages so far, in the order they began, with the seconds of each."""

    def __init__(self, out: TextIO) -> None:
        self.seconds: dict[str, float] = {}
        self._begun = time.perf_counter()
        self._shown: Progress | None = None
        self._out = out
        self._name = ""

    def begin(self, name: str) -> float:
        self._name = name
        self.show()
        return time.perf_counter()

    def spend(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def end(self, name: str, begun: float) -> None:
        self.spend(name, time.perf_counter() - begun)

    def show(self, done: int = 0, of: int | None = None) -> None:
        """Draw the stage at work, on a terminal only; without a thread of its own, for a build forks."""
        if not self._out.isatty() or time.perf_counter() - self._begun < PATIENCE:
            return
        if self._shown is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            console = Console(file=self._out)
            self._shown = Progress(*columns, console=console, auto_refresh=False, transient=True)
            self._shown.start()
            self._shown.add_task(self._name)
        self._shown.update(self._shown.task_ids[0], description=self._name, completed=done, total=of, refresh=True)

    def close(self) -> None:
        if self._shown is not None:
            self._shown.stop()

    def lines(self) -> str:
        """A line for each stage, and one for all of it."""
        rows = [*self.seconds.items(), ("all", time.perf_counter() - self._begun)]
        return "".join(f"{name:<{_WIDE}}{seconds:8.2f} s\n" for name, seconds in rows)


_LISTENING: ContextVar[Stages | None] = ContextVar("stages", default=None)


@contextmanager
def listening(out: TextIO, timings: bool) -> Iterator[None]:
    """Within this block stages are shown on `out` where that is a terminal, and told there at the end if `timings`."""
    stages = Stages(out)
    token = _LISTENING.set(stages)
    try:
        yield
    finally:
        _LISTENING.reset(token)
        stages.close()
        if timings:
            out.write(stages.lines())


@contextmanager
def stage(name: str) -> Iterator[None]:
    """What is done within this block is a stage of the command."""
    stages = _LISTENING.get()
    if stages is None:
        yield
        return
    begun = stages.begin(name)
    try:
        yield
    finally:
        stages.end(name, begun)


def spent(name: str, seconds: float) -> None:
    """What a process at work for this one spent on a part of a stage; of several at once, all is counted."""
    if stages := _LISTENING.get():
        stages.spend(f"- {name}", seconds)


def advance(done: int, of: int) -> None:
    """How far the stage at work has come."""
    if stages := _LISTENING.get():
        stages.show(done, of)
