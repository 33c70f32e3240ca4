"""Work in pieces: one function, many pieces, the results in order. Where a piece is worked out changes no byte.

What computes asks `elsewhere()` where its pieces go; what commands say so with `sending(run)`. Neither knows the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Got = TypeVar("Got", covariant=True)


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
