"""Who an agency is, and one sourced finding about it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from scoring.model.base import Country, Moment, Name, PartialDate, Record, Seq, Slug, Text


class Account(Record):
    """One account on one platform, as an interval of time."""

    platform: Slug = Field(description="A platform of vocabulary.yml", examples=["x"])
    handle: str = Field(min_length=1, max_length=120, examples=["@moj_qatar"])
    url: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = Field(None, description="Absent while the account is live")


class Profile(Record):
    """Who an agency is: the stable part, in `profile.yml`."""

    id: Slug = Field(description="Same as the folder's name; never reused", examples=["qa-ministry-of-labour"])
    name: Name
    kind: Literal["agency", "service", "office", "group"] = Field(
        "agency",
        description="`group`: several bodies that a source counts together; shown, never ranked",
    )
    country: Country
    level: Slug = Field(description="A level of vocabulary.yml", examples=["national"])
    sector: Slug = Field(description="A sector of vocabulary.yml", examples=["health"])
    parent: Slug | None = Field(None, description="Id of the body it belongs to")
    historical: bool = Field(False, description="It no longer exists under this name; shown, never ranked")
    successor: Slug | None = Field(None, description="Id of the body that took over")
    website: str | None = None
    accounts: Seq[Account] = ()
    note: Name | None = None


class Source(Record):
    """Where a finding was read."""

    url: str = Field(min_length=8, max_length=2000)
    also: Seq[str] = Field((), description="Other addresses that carry the same page")
    title: str | None = Field(None, max_length=500, description="The page's own title, in its language")
    language: str = Field(pattern=r"^[a-z]{2,3}$", examples=["ar"])
    kind: Slug = Field(description="A source kind of vocabulary.yml", examples=["own_page"])
    published: PartialDate | None = Field(None, description="When the page says it was made; absent = unknown")
    read: Literal["excerpt", "full"] = Field(description="How much of it was read")
    note: Name | None = Field(None, description="Mirror, test host, older version …")


class Period(Record):
    """The time a figure speaks of."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    label: str | None = Field(None, max_length=120, description="As the source words it, where it is no plain interval")


class State(StrEnum):
    OBSERVED = "observed"
    DOCUMENTED_ABSENCE = "documented_absence"
    NOT_OBSERVED = "not_observed"
    NOT_APPLICABLE = "not_applicable"
    DISPUTED = "disputed"


class Evidence(Record):
    """One sourced finding about one agency, in `evidence.yml`."""

    id: Slug = Field(
        description="Unique in the whole data set; never reused", examples=["qa-mol-2024.reply_commitment"]
    )
    code: Slug = Field(description="What was looked for: a code of methodology.yml", examples=["reply_commitment"])
    value: bool | int | float | str | None = Field(
        None,
        description="true/false, a number in the code's unit, or one of its choices; absent where words only",
    )
    unit: str | None = Field(None, max_length=40, description="Unit of a number, e.g. hours, GBP, share")
    numerator: int | None = Field(None, ge=0, description="For shares: how many of …")
    denominator: int | None = Field(None, ge=1, description="… how many")
    frame: int | None = Field(
        None, ge=1, description="Size of the whole list they were drawn from; the denominator, where all were counted"
    )
    counts: dict[Slug, int | float] = Field(
        default_factory=dict, description="Further figures the source gives; names from vocabulary.yml"
    )
    named: Seq[str] = Field((), description="Words listed by the source: audiences, languages …")
    stated: str | None = Field(None, max_length=300, description="A quantity as the source words it, before conversion")
    channel: Slug | None = Field(
        None, description="A channel of vocabulary.yml; absent = the agency's social media in general"
    )
    period: Period | None = None
    finding: Name = Field(description="What the source supports, in our own words")
    context: Text | None = Field(None, description="Why this item is shown but not scored; absent = it is scored")
    note: Name | None = Field(None, description="Caveats and assumptions of a conversion")
    state: Literal["observed", "documented_absence", "not_applicable"] = "observed"
    searches: Seq[date] = Field((), description="Dates of the searches that a documented absence rests on")
    disputes: Slug | None = Field(None, description="Id of the evidence item this one contradicts")
    source: Source
    observed: date = Field(description="When it was read or counted")
    coder: Slug | None = Field(None, description="Who read it; absent = the founding collection")
    coders: Seq[Slug] = Field((), description="For coded samples: everybody who coded the posts, each alone")
    alpha: float | None = Field(
        None, ge=-1, le=1, description="Their agreement: Krippendorff's alpha; absent where all answers were the same"
    )
    sample: str | None = Field(
        None, max_length=300, description="For samples: what they were drawn from, how, and the seed"
    )
    strength: Literal["A", "B", "C", "D"]
    archived: str | None = Field(None, max_length=2000, description="Address of a copy in a public web archive")
    sha256: str | None = Field(
        None, pattern=r"^[0-9a-f]{64}$", description="Of the capture that was kept of the source"
    )
    captured_at: Moment | None = Field(None, description="When the capture was made")
    method: Literal["pdf", "image", "warc", "html", "sheet"] | None = Field(
        None, description="What the capture is: a print, a picture, a web archive, the page itself, a coding sheet"
    )

    @property
    def speaks_of(self) -> str:
        """The date the finding stands for: end of its period, else publication, else reading."""
        return (self.period and self.period.end) or self.source.published or str(self.observed)

    @property
    def dated(self) -> bool:
        """Whether anything but the day of reading tells when the item stood."""
        return bool((self.period and self.period.end) or self.source.published)
