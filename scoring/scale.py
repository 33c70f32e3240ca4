"""The arithmetic of a million agencies and ten billion posts, from what was measured at the largest size. Numbers only.

Everything is taken to grow with the agencies (or posts) in proportion: the measured exponent says how far that holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from scoring.speed import Import, Measure, Measured, Size

AGENCIES, POSTS = 1_000_000, 10_000_000_000
CPU_STEPS = ("check_cold", "score", "build_cold", "build_nothing", "build_edit")


@dataclass(frozen=True)
class Step:
    """A piece of work: what one agency or post takes, and what all take. CPU seconds, CPU hours, memory in GB as one
    process would need it; None is not known."""

    task: str
    each: float
    hours: float
    memory: float | None


@dataclass(frozen=True)
class Store:
    """Something kept or sent: bytes of one agency or post, and of all."""

    name: str
    each: float
    all: float


@dataclass(frozen=True)
class Scale:
    """What a million agencies and ten billion posts take; `measured` is how many agencies were measured."""

    measured: int
    steps: tuple[Step, ...]
    stores: tuple[Store, ...]


def scale(found: Measured) -> Scale | None:
    """The arithmetic; None where no build was finished."""
    done = [size for size in found.sizes if size.parts]
    if not done:
        return None
    size = max(done, key=lambda one: one.agencies)
    measures = (found.of(task, size.agencies) for task in CPU_STEPS)
    steps = [_step(one) for one in measures if one and one.outcome == "done" and one.cpu]
    posts = [_import(found.posts)] if found.posts else []
    return Scale(size.agencies, (*steps, *posts), (*_stores(size), *_post_stores(found.posts)))


def _step(one: Measure) -> Step:
    each = (one.cpu or 0) / one.agencies
    memory = None if one.mib is None else one.mib * 2**20 / one.agencies * AGENCIES / 1e9
    return Step(one.task, each, each * AGENCIES / 3600, memory)


def _import(one: Import) -> Step:
    """Its memory does not grow with the posts."""
    each = one.cpu / one.rows
    return Step("import", each, each * POSTS / 3600, one.mib * 2**20 / 1e9)


def _stores(size: Size) -> tuple[Store, ...]:
    """The data, the whole site, and the folders that make up a tenth of it or more."""
    pairs = {"data": size.data_bytes, "site": size.bytes}
    pairs |= {part.name: part.bytes for part in size.parts if part.bytes > 0.1 * size.bytes}
    return tuple(Store(name, n / size.agencies, n / size.agencies * AGENCIES) for name, n in pairs.items())


def _post_stores(one: Import | None) -> tuple[Store, ...]:
    if one is None:
        return ()
    pairs = {"posts": one.bytes, "posts_kept": one.kept_bytes}
    return tuple(Store(name, n / one.rows, n / one.rows * POSTS) for name, n in pairs.items())
