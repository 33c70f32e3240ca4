"""What `scripts/bench` measured: the shape of its file, how growth is told, and the only reader of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from scoring.home import generator
from scoring.model.base import Record, Seq

FILE = Path("benchmarks", "results", "how_fast.json")
OURS = (
    "check_cold", "check_warm", "score", "build_cold", "build_nothing", "build_edit", "serve", "profiles",
    "profile_pages",
)  # fmt: skip
PEERS = ("mkdocs", "zensical", "hugo_markdown", "hugo_data")
GOALS = {"build_cold": (60.0, 1536.0), "build_nothing": (2.0, None), "build_edit": (5.0, None)}  # s, MiB
GOAL_TIMES = {"mkdocs": 6, "hugo_markdown": 1, "hugo_data": 1}  # the least of a peer's time, in times ours
LIKE = {"hugo_data": "profiles"}  # what of ours does the same as a peer: reading the data too, or else
PAGES = "profile_pages"  # only making the pages
GOAL_AT, GOAL_GROWTH, GOAL_BYTES = 10_000, 1.1, 900_000_000  # agencies, exponent, size of the site
Outcome = Literal["done", "stopped", "failed", "absent"]


class Measure(Record):
    """One whole process, or a stage of one. `seconds` by the clock (where it was stopped: the limit), `cpu` seconds of
    all its processes, `mib` the peak memory of all of them at once, `pages` how many profile pages a peer made; None is
    not known."""

    task: str
    agencies: int
    outcome: Outcome
    seconds: float | None = None
    cpu: float | None = None
    mib: float | None = None
    pages: int | None = None
    note: str = ""


class Part(Record):
    """A folder of the site, with all below it."""

    name: str
    bytes: int
    files: int


class Size(Record):
    """What was measured at one size: the country, and the site made of it."""

    agencies: int
    items: int
    data_bytes: int
    pages: int = 0
    parts: Seq[Part] = ()

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)

    @property
    def files(self) -> int:
        return sum(part.files for part in self.parts)


class Stage(Record):
    """One stage of a cold build, as `--timings` tells it."""

    agencies: int
    name: str
    seconds: float


class Import(Record):
    """One import of an archive of posts: rows and bytes read, bytes of the table that was kept."""

    rows: int
    bytes: int
    kept_bytes: int
    seconds: float
    cpu: float
    mib: float


class Machine(Record):
    """What it was measured on. `memory` in GiB."""

    processor: str
    cores: int
    memory: float
    python: str
    system: str


class Measured(Record):
    """One run of `scripts/bench`."""

    on: str
    commit: str
    machine: Machine
    versions: dict[str, str]
    sizes: Seq[Size]
    measures: Seq[Measure]
    stages: Seq[Stage] = ()
    posts: Import | None = None

    def of(self, task: str, agencies: int) -> Measure | None:
        found = (m for m in self.measures if (m.task, m.agencies) == (task, agencies))
        return next(found, None)

    @property
    def tasks(self) -> list[str]:
        """Ours first, in their order; only those tried at all."""
        tried = {measure.task for measure in self.measures}
        return [task for task in (*OURS, *PEERS) if task in tried]

    def growth(self, task: str) -> float | None:
        """The exponent between the two largest sizes that were finished."""
        done = [m for m in self.measures if m.task == task and m.outcome == "done"]
        points = sorted((m.agencies, m.seconds) for m in done if m.seconds)
        return exponent(points[-2:])

    def alike(self, peer: str, agencies: int) -> float | None:
        """How many times as long a peer takes as what does the same of ours."""
        return self.times(peer, agencies, LIKE.get(peer, PAGES))

    def times(self, task: str, agencies: int, beside: str = "build_cold") -> float | None:
        """How many times as long as our cold build, or another task of ours; at least so many where it was stopped."""
        one, ours = self.of(task, agencies), self.of(beside, agencies)
        if not one or not ours or ours.outcome != "done" or not one.seconds or not ours.seconds:
            return None
        return one.seconds / ours.seconds if one.outcome in ("done", "stopped") else None


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of the logarithms, by least squares: 1 where twice as many take twice as long, 2 where four times.
    None of fewer than two different sizes, or where something took no time."""
    if len({x for x, _ in points}) < 2 or any(x <= 0 or y <= 0 for x, y in points):
        return None
    xs, ys = ([math.log(value) for value in values] for values in zip(*points, strict=True))
    middle, height = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - middle) ** 2 for x in xs)


def measured() -> Measured | None:
    """The results that come with the generator; None where nothing was measured yet. Raises ValidationError of
    pydantic where the file is not what `scripts/bench` writes."""
    path = generator() / FILE
    return Measured.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else None
