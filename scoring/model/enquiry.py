"""A test enquiry: a question put in public, and whether, when and how it was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from scoring.model.base import Moment, Name, Record, Slug

Gave = Literal["solution", "next_step", "link", "archive", "nothing"]


class Enquiry(Record):
    """One enquiry, in `enquiries.yml`: asked in public, watched until it was answered or the window closed."""

    id: Slug = Field(description="Unique in the whole data set; never reused", examples=["qa-mol-2026-11.e01"])
    asked: Moment = Field(description="When the question stood in public, with its offset from UTC")
    channel: Slug = Field(description="A channel of vocabulary.yml")
    language: str = Field(pattern=r"^[a-z]{2,3}$", examples=["ar"])
    kind: Literal["neutral", "critical"] = "neutral"
    segment: str | None = Field(None, max_length=80, description="Whose question it is, such as jobseekers")
    answered: Moment | None = Field(None, description="First answer by a person; absent = none came while watched")
    watched_until: Moment | None = Field(None, description="Until when an answer was waited for; absent = the window")
    gave: Gave | None = Field(None, description="The most useful thing in the answer")
    tester: Slug = Field(description="Who asked")
    checked_by: Slug | None = Field(None, description="A second person who read question and answer")
    note: Name | None = None

    def hours(self, until: str) -> float:
        """Hours from the question to a moment."""
        return (datetime.fromisoformat(until) - datetime.fromisoformat(self.asked)).total_seconds() / 3600
