"""What people decided where rules can't tell: `decisions.yml`, each entry with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from importers.records import ImportProblem, Loader
from scoring.model import Seq, Text


class _Decision(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AgencyDecision(_Decision):
    """How the names of one country's records become one agency."""

    country: str
    names: Seq[str] = Field(min_length=1, description="`agency_en` as the records write it")
    name: str | None = Field(None, description="English name to show; absent = the first of `names`")
    kind: Literal["agency", "service", "office", "group"] = "agency"
    parent: str | None = None
    level: str | None = None
    sector: str | None = None
    historical: bool = False
    successor: str | None = None
    note: Text | None = None
    because: str


class ItemDecision(_Decision):
    """What one item becomes where its record's words need reading. Only what is set replaces the rule."""

    value: bool | int | float | None = None
    unit: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    counts: dict[str, int | float] = Field(default_factory=dict)
    stated: str | None = None
    channel: str | None = None
    weekly_hours: float | None = Field(None, description="Hours a week of the stated calendar")
    context: str | None = Field(None, description="A reason of phrases.REASONS, or `none` to score the item")
    because: str


class AddressDecision(_Decision):
    """An address that a record gives in a form no browser would open."""

    url: str
    because: str


class Decisions(_Decision):
    country_suffixes: dict[str, Seq[str]]
    agencies: Seq[AgencyDecision]
    sectors: dict[str, str] = Field(description="Sector as records word it → the one that means the same")
    channels: dict[str, str] = Field(description="Channel as records word it → channel of the vocabulary")
    scopes: dict[str, str] = Field(description="Scope of an amount, English → Arabic")
    periods: dict[str, dict[str, str]]
    addresses: dict[str, AddressDecision] = Field(default_factory=dict)
    items: dict[str, ItemDecision]

    def agency(self, country: str, name: str) -> AgencyDecision | None:
        """The decision on a name, or None where its own words are enough."""
        return self._by_name.get((country, name))

    @property
    def _by_name(self) -> dict[tuple[str, str], AgencyDecision]:
        return {(a.country, name): a for a in self.agencies for name in a.names}


def read_decisions(path: Path) -> Decisions:
    """Raises ImportProblem naming the entry that is wrong."""
    try:
        raw: Any = yaml.load(path.read_text(encoding="utf-8"), Loader)
        return Decisions.model_validate(raw)
    except ValidationError as error:
        places = (".".join(map(str, e["loc"])) + ": " + e["msg"] for e in error.errors(include_url=False))
        raise ImportProblem("\n".join(f"{path.name}: {place}" for place in places)) from error
    except (OSError, yaml.YAMLError) as error:
        raise ImportProblem(f"{path}: cannot be read: {error}") from error
