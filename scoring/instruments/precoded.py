"""How often the dictionary's proposals are right, on posts that other people coded by hand.

The counts are kept in `precoded.yml`, for the posts themselves are not part of the package; a test counts them anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

import yaml

from scoring.instruments.spread import wilson

LEVEL = 0.95


@dataclass(frozen=True)
class Measured:
    """Proposals beside a person's codes, on one set of posts: how often both said yes, one alone, or neither."""

    posts: str  # held_out: invented by others, nara: tweets of the National Archives
    language: str
    variable: str  # names_official or states_figure
    both: int
    proposed: int  # the dictionary alone
    coded: int  # the person alone
    neither: int

    @property
    def precision(self) -> tuple[float, float, float]:
        """Share of proposals that are right, with Wilson's 95 % interval."""
        return _share(self.both, self.both + self.proposed)

    @property
    def recall(self) -> tuple[float, float, float]:
        """Share of what there was that was proposed, with Wilson's 95 % interval."""
        return _share(self.both, self.both + self.coded)


def _share(part: int, whole: int) -> tuple[float, float, float]:
    low, high = wilson(part / whole, whole, LEVEL)
    return part / whole, float(low), float(high)


def measure(posts: str, language: str, variable: str, pairs: Iterable[tuple[bool, bool]]) -> Measured:
    """Count pairs of (proposed, coded by a person)."""
    found = list(pairs)
    return Measured(posts, language, variable, *(found.count(pair) for pair in _KINDS))


_KINDS = ((True, True), (True, False), (False, True), (False, False))


def as_yaml(measured: Iterable[Measured]) -> str:
    head = "# Counted by scripts/measure_precoder.py; tests/instruments/test_precoded.py counts it anew.\n"
    return head + yaml.safe_dump([asdict(one) for one in measured], sort_keys=False)


@cache
def measured() -> tuple[Measured, ...]:
    """What was counted last."""
    text = files("scoring.instruments").joinpath("precoded.yml").read_text(encoding="utf-8")
    return tuple(Measured(**one) for one in yaml.safe_load(text))
