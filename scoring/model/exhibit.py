"""What behaviour looks like in open data: dated figures with their intervals, beside the ranking and never in it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scoring.model.agency import Period
from scoring.model.base import Record, Seq, Slug, Text


class Bar(Record):
    """One figure with the interval that its error allows."""

    name: Text
    value: float
    low: float
    high: float
    numerator: int | None = None
    denominator: int | None = Field(None, description="How many cases the figure rests on")


class Panel(Record):
    """Figures of one kind side by side."""

    id: Slug
    title: Text
    sentence: Text = Field(description="What it shows, in one sentence")
    unit: Literal["share", "hours", "days"]
    lowest: float
    highest: float
    bars: Seq[Bar]


class OpenData(Record):
    """Where the records came from."""

    name: Text
    publisher: Text
    url: str = Field(min_length=8, max_length=2000)
    licence: Text
    file: str = Field(description="Name of the file that was counted")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    rows: int = Field(ge=1)


class Exhibit(Record):
    """One page: a question, what the records say about it, how that was worked out, and what it does not show."""

    id: Slug
    title: Text
    question: Text
    answer: Text
    period: Period
    sources: Seq[OpenData]
    panels: Seq[Panel]
    method: Seq[Text]
    caveats: Seq[Text]
