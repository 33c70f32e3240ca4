"""Work in pieces: one function, many pieces, the results in order. Where a piece is worked out changes no byte.

What computes asks `elsewhere()` where its pieces go; what commands say so with `sending(run)`. Neither knows the other.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import get_all_start_methods, get_context
from typing import Any, Protocol, TypeVar

from scoring.stages import advance, spent

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Got = TypeVar("Got", covariant=True)
_PARENT_DIES = 1  # PR_SET_PDEATHSIG of linux/prctl.h


class Run(Protocol):
    """Works a function out for each piece, in any place and order; gives the results in the order of the pieces.

    Function, pieces and results must be such that they can be pickled, and a result depend on its piece alone. Raises
    what the function raises.
    """

    def __call__(self, function: Callable[[Piece], Result], pieces: Iterable[Piece], /) -> Iterator[Result]: ...


class Promise(Protocol[Got]):
    """A result that may not be there yet."""

    def result(self) -> Got: ...


_ELSEWHERE: ContextVar[Run | None] = ContextVar("elsewhere", default=None)


def elsewhere() -> Run | None:
    """Where pieces are to be sent; None: they stay in this process."""
    return _ELSEWHERE.get()


@contextmanager
def sending(run: Run) -> Iterator[None]:
    """Within this block, pieces go to `run`."""
    token = _ELSEWHERE.set(run)
    try:
        yield
    finally:
        _ELSEWHERE.reset(token)


def threads(count: int = 2) -> Run:
    """Threads of this process: for functions that leave the interpreter alone, as numpy's do."""

    def run(function: Callable[[Piece], Result], pieces: Iterable[Piece], /) -> Iterator[Result]:
        with ThreadPoolExecutor(count) as pool:
            yield from in_order(lambda piece: pool.submit(function, piece), pieces, 2 * count)

    return run


def forked(count: int) -> Run:
    """Processes forked from this one, for functions that keep the interpreter busy: they see all that was made before,
    so only pieces and results are pickled, not the function nor what it knows. With one process, where the system
    cannot fork, or where threads of this one may hold what a copy would wait for, this process does all of it itself.
    Raises ChildProcessError where a process was ended from outside."""

    def run(function: Callable[[Piece], Result], pieces: Iterable[Piece], /) -> Iterator[Result]:
        pieces = list(pieces)
        if min(count, len(pieces)) < 2 or "fork" not in get_all_start_methods() or threading.active_count() > 1:
            yield from map(function, pieces)
            return
        _inherited[0] = function
        gc.freeze()  # what is there is not looked through again by each process, nor copied for it
        with ProcessPoolExecutor(count, get_context("fork"), _end_with, (os.getpid(),)) as pool:
            try:
                yield from in_order(lambda piece: pool.submit(_call, piece), pieces, len(pieces) + 1)
            except BrokenProcessPool:
                raise ChildProcessError(_ENDED) from None

    return run


Work = tuple[str, Callable[[], Any]]  # the stage it belongs to, and what is to be done


def at_once(works: Sequence[Work]) -> Iterator[Any]:
    """Different works, as many at a time as there are cores; the results in order. Begin with the longest."""

    def work(at: int) -> tuple[float, Any]:
        begun = time.perf_counter()
        result = works[at][1]()
        return time.perf_counter() - begun, result

    for at, (seconds, result) in enumerate(forked(os.cpu_count() or 1)(work, range(len(works))), 1):
        spent(works[at - 1][0], seconds)
        advance(at, len(works))
        yield result


_ENDED = (
    "a process at work was ended from outside, perhaps for want of memory · أُنهيت عملية من خارجها، ولعل الذاكرة لم تكفِ"
)
_inherited: list[Callable[[Any], Any]] = [lambda piece: piece]  # what a forked process works out, known by the fork


def _call(piece: Any) -> Any:
    return _inherited[0](piece)


def _end_with(parent: int) -> None:
    """A worker ends when the process that wants its work is killed: nobody else would tell it to."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIES, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def in_order(submit: Callable[[Piece], Promise[Result]], pieces: Iterable[Piece], ahead: int) -> Iterator[Result]:
    """The results in order. Pieces are taken as they are needed, and no more than `ahead` wait at once, so that neither
    pieces nor results pile up."""
    waiting: deque[Promise[Result]] = deque()
    for piece in pieces:
        waiting.append(submit(piece))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
