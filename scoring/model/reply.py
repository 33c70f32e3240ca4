"""The agency's side: its own answers, what they dispute, and how far its assessment has come."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from scoring.model.base import Name, Record, Seq, Slug, Text

StageName = Literal["gathering", "second_reader", "sent", "answered", "published"]
STAGES: tuple[str, ...] = get_args(StageName)


class Verification(Record):
    """How it was made sure that a reply is the agency's own."""

    how: Literal["official_email", "official_account", "official_website", "letter", "in_person"]
    by: Slug = Field(description="Who made sure")
    on: date


class Outcome(Record):
    """What became of a dispute."""

    decision: Literal["corrected", "kept", "withdrawn"] = Field(
        description="The evidence was mended, it stands, or the agency took the dispute back"
    )
    on: date
    by: Slug
    because: Text


class Reply(Record):
    """One answer of the agency, in `replies.yml`: shown beside the score, which it never changes by itself."""

    id: Slug = Field(description="Unique in the whole data set; never reused", examples=["qa-mol-2026.r01"])
    received: date
    office: Name = Field(description="The office that answers; no name of a person")
    language: str = Field(pattern=r"^[a-z]{2,3}$", description="The language it was sent in", examples=["ar"])
    text: Name = Field(description="As sent; a translation of ours in the other language may stand beside it")
    url: str | None = Field(None, min_length=8, max_length=2000, description="Where the agency published it")
    verified: Verification | None = Field(
        None, description="Absent = not yet verified: shown as such, disputes nothing"
    )
    about: Seq[Slug] = Field((), description="Ids of the evidence items it speaks of")
    disputes: Seq[Slug] = Field((), description="Ids of the evidence items it says are wrong")
    outcome: Outcome | None = Field(None, description="Absent while the dispute is open")

    def opens(self, on: date) -> frozenset[str]:
        """The evidence items that this reply holds in dispute on a day."""
        known = self.verified is not None and max(self.received, self.verified.on) <= on
        settled = self.outcome is not None and self.outcome.on <= on
        return frozenset(self.disputes if known and not settled else ())


class Stage(Record):
    """One step of an agency's assessment, in `stages.yml`; without any it is still gathering."""

    stage: StageName
    since: date
    by: Slug | None = None
    note: Text | None = None
