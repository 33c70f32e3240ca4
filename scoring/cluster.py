"""Pieces of work on a Dask cluster that exists already. The only module that knows Dask, and only when it is asked for.

A cluster may change how long something takes, never what comes out. So every worker must be what this process is: the
same code, the same libraries, and a processor on which numpy's functions give the same bits.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from scoring.pieces import Piece, Result, Run, in_order, threads

PATIENCE = 10  # seconds until a cluster that does not answer is given up
AHEAD = 2  # pieces for each of the cluster's threads: one that is worked out, and one that waits
LIBRARIES = ("numpy", "scipy", "pandas", "duckdb")  # what pieces are worked out with


class ClusterError(Exception):
    """A cluster that cannot be used: what is wrong and how to mend it, in English and Arabic."""

    def __init__(self, en: str, ar: str) -> None:
        super().__init__(f"{en}\n{ar}")


@contextmanager
def connected(address: str) -> Iterator[Run]:
    """A run that hands pieces to the cluster whose scheduler is at this address, such as tcp://10.0.0.5:8786.

    Raises ClusterError where Dask is not installed, nobody answers, there is no worker, or one is not like this
    process; and in the block where the cluster is lost.
    """
    client = _client(address)
    try:
        _refuse_others(client, address)
        with _lost(address):
            yield _run_on(client, os.getpid())
    finally:
        client.close()


def fingerprint() -> dict[str, str]:
    """What must be the same wherever pieces are worked out: by name, a version or a digest."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    x = np.linspace(0.001, 80, 4096, dtype=np.float32)
    bits = b"".join(np.asarray(f(x)).tobytes() for f in (np.log, np.exp, np.reciprocal, np.sin))
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    found |= {name: version(name) for name in LIBRARIES}
    return found | {"hiwar": code.hexdigest()[:12], "arithmetic": hashlib.sha256(bits).hexdigest()[:12]}


def _client(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.comm import connect
    except ImportError:
        raise ClusterError(
            "Dask is not installed: pip install 'hiwar[dask]'", "‏Dask غير مثبت: نفّذ pip install 'hiwar[dask]'‎"
        ) from None
    try:
        with ThreadPoolExecutor(1) as apart:  # where a loop runs already, as in notebooks, another cannot
            apart.submit(lambda: asyncio.run(asyncio.wait_for(_knock(connect, address), PATIENCE))).result()
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}: {error}; give the address that it prints when it starts",
            f"لا يجيب أي مجدول Dask على العنوان {address}؛ أعط العنوان الذي يطبعه عند بدئه",
        ) from None


async def _knock(connect: Callable[..., Any], address: str) -> None:
    """Raises OSError, ValueError or TimeoutError where nobody who speaks Dask answers: a client that fails hangs."""
    comm = await connect(address, timeout=PATIENCE)
    comm.abort()


def _refuse_others(client: Any, address: str) -> None:
    """Raises ClusterError unless there are workers, all of them like this process."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        workers: Mapping[str, Mapping[str, str]] = client.run(fingerprint)
    except TimeoutError:
        raise ClusterError(
            f"the Dask cluster at {address} has no worker", f"ليس في عنقود Dask على العنوان {address} أي عامل"
        ) from None
    except Exception as error:  # whatever happened to a worker
        raise ClusterError(
            f"a worker of {address} cannot run Hiwar: {error}; install the same version there",
            f"لا يستطيع أحد عمّال {address} تشغيل حوار: ثبّت عليه الإصدار نفسه",
        ) from None
    here = fingerprint()
    for worker, there in workers.items():
        if other := [f"{name} {there.get(name)} ≠ {here[name]}" for name in here if there.get(name) != here[name]]:
            raise ClusterError(
                f"the worker {worker} would not give the same bytes: {', '.join(other)}",
                f"لن يعطي العامل {worker} البايتات نفسها: {'، '.join(other)}",
            )


def _run_on(client: Any, process: int) -> Run:
    def run(function: Callable[[Piece], Result], pieces: Iterable[Piece], /) -> Iterator[Result]:
        if os.getpid() != process:  # a connection does not outlive a fork
            return threads()(function, pieces)
        ahead = AHEAD * max(1, sum(client.nthreads().values()))
        return in_order(lambda piece: client.submit(function, piece, pure=False), pieces, ahead)

    return run


@contextmanager
def _lost(address: str) -> Iterator[None]:
    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    try:
        yield
    except (KilledWorker, CommClosedError, CancelledError, TimeoutError) as error:
        raise ClusterError(
            f"the Dask cluster at {address} was lost: {error}; without --dask the same is worked out here",
            f"انقطع الاتصال بعنقود Dask على العنوان {address}؛ وبدون ‎--dask‎ يُحسب الشيء نفسه هنا",
        ) from None
