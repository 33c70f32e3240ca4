"""The agencies of the example and how good each is, dimension by dimension and year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from example.chance import Chance, logistic

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data"
YEARS = (2024, 2025, 2026)
CLOSES = {year: date(year, 11, 20) for year in YEARS}
STEP = 2.1  # from one kind of agency to the next: weak, middling, strong (on a logit scale)
TURNS = {"rise": 1, "fall": -1}
EITHER_OR = ("listening", "transparency", "services", "segments", "institution_first")
MAIN = ("x", "facebook", "instagram")
BARE, SINGLE = "xs-archives-board", "xs-maritime-registry"


@dataclass(frozen=True)
class Body:
    """One agency; see the head of `agencies.yml`."""

    id: str
    level: str
    sector: str
    ar: str
    en: str | None = None
    kind: str = "agency"
    parent: str | None = None
    historical: bool = False
    successor: str | None = None
    trend: str = "drift"
    kin: int | None = None
    gaps: Mapping[str, list[int]] = field(default_factory=dict)
    stage: str = "published"

    @property
    def short(self) -> str:
        return self.id.removeprefix("xs-")

    @property
    def site(self) -> str:
        return f"https://{self.short}.sample.example"

    @property
    def main(self) -> str:
        """The platform it writes on most."""
        return Chance(self.id, "main").pick(MAIN)

    @property
    def handle(self) -> str:
        """As every platform would take it, and plainly made up."""
        letters = "".join(word[:3] for word in self.short.split("-"))
        return f"xs_{letters[:9]}_ex"


@dataclass(frozen=True)
class Visit:
    """One agency in one year's wave of evidence."""

    body: Body
    year: int

    @property
    def prefix(self) -> str:
        return f"{self.body.id}-{self.year}"

    @property
    def wave(self) -> int:
        return YEARS.index(self.year)

    def lacks(self, gap: str) -> bool:
        return self.year in self.body.gaps.get(gap, ())

    def chance(self, *names: object) -> Chance:
        """Chance of this wave; of an agency that stands still, of all its waves."""
        return Chance(self.body.id, 0 if self.body.trend == "still" else self.year, *names)

    def before(self) -> Visit | None:
        """The visit before, if it was read then."""
        earlier = [Visit(self.body, year) for year in YEARS[: self.wave]]
        seen = [visit for visit in earlier if visit.documented]
        return seen[-1] if seen else None

    @property
    def full(self) -> bool:
        """What changes slowly is asked every other year, and of newcomers at once."""
        return self.year != YEARS[1] or self.before() is None

    @property
    def documented(self) -> bool:
        return not self.lacks("nothing") and not self.lacks("no_evidence")

    def quality(self, dimension: str, detail: str = "") -> float:
        """From 0 to 1: how good the agency is at this, in this year."""
        own = _normal(0.25, self.body.id, "detail", detail) if detail else 0.0
        return logistic(STEP * self._kin(dimension) + _lean(self.body, dimension) + own + self._drift(dimension))

    def _kin(self, dimension: str) -> int:
        """Strong, middling or weak. Middling agencies do some things well and others badly, with little between."""
        kin = _pick((-1, 0, 1), self.body.id, "kin") if self.body.kin is None else self.body.kin
        when = _pick(YEARS[1:], self.body.id, "turn")
        if self.year >= when:  # an agency that rises or falls does so in one year, as with a new team
            kin = min(1, max(-1, kin + TURNS.get(self.body.trend, 0)))
        if kin == 0 and dimension in EITHER_OR:
            return _pick((-1, 1), self.body.id, "either", dimension)
        return kin

    def _drift(self, dimension: str) -> float:
        if self.body.trend == "still":
            return 0.0
        return sum(_normal(0.12, self.body.id, year, "drift", dimension) for year in YEARS[1 : self.wave + 1])


def _lean(body: Body, dimension: str) -> float:
    return _normal(0.2, body.id, "lean", dimension)


@lru_cache(maxsize=1000)
def _normal(deviation: float, *names: object) -> float:
    """The first number of a stream; an agency's are asked for again and again."""
    return Chance(*names).normal(0, deviation)


@lru_cache(maxsize=1000)
def _pick(options: tuple[int, ...], *names: object) -> int:
    return Chance(*names).pick(options)


@cache
def cast() -> tuple[Body, ...]:
    return tuple(Body(**entry) for entry in words("agencies"))


@cache
def words(name: str) -> Any:
    """A word list of the example."""
    return yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))


@cache
def vocabulary() -> Any:
    return yaml.safe_load((DATA / "vocabulary.yml").read_text(encoding="utf-8"))
