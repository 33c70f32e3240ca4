"""Editions: days whose results are kept, what was frozen of them, and what had to be corrected since."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field

from scoring.model.base import Record, Seq, Slug, Text

Checksum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256")]
Published = Literal["score", "low", "high", "rank"]  # what of a node stands on pages and pictures
PUBLISHED: tuple[Published, ...] = get_args(Published)


class Edition(Record):
    """A day whose results are kept in view; by the method of `methods/<id>.yml` where there is one, else today's."""

    id: Slug = Field(examples=["2026-11"])
    as_of: date


class Counts(Record):
    """How much an edition holds."""

    agencies: int = Field(ge=0)
    evidence: int = Field(ge=0, description="Items that had been read by its day")
    numbers: int = Field(ge=0, description="Rows of results.csv: agencies × nodes of which anything was observed")


class Manifest(Record):
    """A frozen edition, in `editions/<id>/edition.yml`: what it was made of, and how much it holds."""

    id: Slug
    as_of: date
    commit: str = Field(
        pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$", description="The commit that holds its data and code"
    )
    methodology: str = Field(description="Version of its method")
    counts: Counts

    @property
    def edition(self) -> Edition:
        return Edition(id=self.id, as_of=self.as_of)


class Revised(Record):
    """One published number and what it should have been; absent: there was, or should have been, none."""

    node: Slug = Field(description="Of the index, a dimension or an indicator")
    what: Published = Field(description="`low` and `high` are the range that pages show")
    old: float | None = None
    new: float | None = None


class Correction(Record):
    """An entry of the ledger `editions/corrections.yml`. A frozen edition stays as it was; this says what was wrong."""

    id: Slug = Field(examples=["2026-11.c01"])
    edition: Slug
    on: date
    agency: Slug
    changes: Seq[Revised] = Field(min_length=1)
    why: Text
    embeds: Seq[str] = Field(description="Pinned embeds that show what was wrong, such as card/qa-ministry-of-labour")
    commit: str | None = Field(None, pattern=r"^[0-9a-f]{40,64}$", description="The commit that mended the data")
    seal: Checksum = Field(description="SHA-256 of every byte of the file above this line")
