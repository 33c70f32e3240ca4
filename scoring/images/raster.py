"""SVG files of ours as PNG, on all cores, and only those that changed since the last build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import resvg_py

FEW = 8  # pictures that are drawn sooner than processes start


class Job(NamedTuple):
    """A picture to be drawn `zoom` times as large as its SVG says, into `target`."""

    svg: str
    zoom: float
    target: Path


def png(svg: str, zoom: float = 1) -> bytes:
    """The picture as PNG, the same bytes on every machine: no font is read, so its texts must be outlines."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, skip_system_fonts=True))


class Rasters:
    """Pictures kept in the folder `cache`, which grows until `prune` is called."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._used: set[str] = set()

    def draw(self, jobs: Iterable[Job]) -> int:
        """Every job's PNG in its place; how many had to be drawn, the others were kept from before."""
        self._cache.mkdir(parents=True, exist_ok=True)
        named = [(self._cache / _name(job), job) for job in jobs]
        self._used |= {kept.name for kept, _ in named}
        missing = {kept: job for kept, job in named if not kept.exists()}
        _all_kept(missing)
        for kept, job in named:
            _placed(kept, job.target)
        return len(missing)

    def prune(self) -> int:
        """Removes what no job has asked for since this object was made; how many."""
        stale = [path for path in self._cache.glob("*.png") if path.name not in self._used]
        for path in stale:
            path.unlink()
        return len(stale)


def _name(job: Job) -> str:
    """The same for the same pixels: what is drawn, how large, and by which version."""
    told = f"{resvg_py.__version__} {resvg_py.__resvg_version__} {job.zoom:g}\n{job.svg}"
    return f"{sha256(told.encode()).hexdigest()}.png"


def _all_kept(missing: dict[Path, Job]) -> None:
    """resvg holds Python's lock while it draws, so threads would wait for each other."""
    given = [(job.svg, job.zoom, path) for path, job in missing.items()]
    cores = min(os.cpu_count() or 1, len(given) // FEW)
    if cores < 2:
        for one in given:
            _kept(one)
        return
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        for _ in pool.map(_kept, given, chunksize=FEW):
            pass


def _kept(one: tuple[str, float, Path]) -> None:
    svg, zoom, path = one
    _whole(path, lambda beside: beside.write_bytes(png(svg, zoom)))


def _placed(kept: Path, target: Path) -> None:
    """A second name for the same bytes, or a copy where the two cannot share them."""

    def link(beside: Path) -> None:
        try:
            beside.hardlink_to(kept)
        except OSError:
            shutil.copyfile(kept, beside)

    target.parent.mkdir(parents=True, exist_ok=True)
    if not (target.exists() and target.samefile(kept)):  # renaming one of two such names to the other does nothing
        _whole(target, link)


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Written beside, then renamed: nobody ever reads half a picture."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    write(beside)
    beside.replace(path)
