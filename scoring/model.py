"""What an agency, a piece of evidence and a methodology are.

Frozen and strict: unknown keys are refused, nothing is coerced. No file is read here. The JSON Schemas
under `schema/` are generated from these classes, so every field says what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

T = TypeVar("T")
Seq = Annotated[tuple[T, ...], Field(strict=False)]  # a YAML list, kept immutable

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", max_length=80)]
Sentence = Annotated[str, Field(min_length=1, max_length=2000)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["QA"], description="ISO 3166-1 alpha-2")]

_PARTIAL = re.compile(r"\A\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")


def _partial_date(value: object) -> object:
    """A day, month or year as text, as exact as the source is and no more."""
    if isinstance(value, bool):
        raise ValueError("must be a year, a month or a day")
    if isinstance(value, date | int):
        value = str(value)
    if isinstance(value, str) and _PARTIAL.match(value):
        return value
    raise ValueError("must be a year (2015), a month (2015-03) or a day (2015-03-17)")


PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date, json_schema_input_type=date | int | str),
    Field(examples=["2015", "2015-03", "2015-03-17"]),
]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(Record):
    """A text of our own: always in both languages."""

    en: Sentence = Field(description="English")
    ar: Sentence = Field(description="Arabic (Modern Standard)")


class Name(Record):
    """A name or finding known in at least one language; the other is absent, never made up."""

    en: Sentence | None = Field(None, description="English, absent where unknown")
    ar: Sentence | None = Field(None, description="Arabic, absent where unknown")

    @model_validator(mode="after")
    def _one_language(self) -> Name:
        if self.en is None and self.ar is None:
            raise ValueError("must have a text in at least one language: en or ar")
        return self


# --- agencies ---------------------------------------------------------------------------------------------


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
    strength: Literal["A", "B", "C", "D"]

    @property
    def speaks_of(self) -> str:
        """The date the finding stands for: end of its period, else publication, else reading."""
        return (self.period and self.period.end) or self.source.published or str(self.observed)


# --- methodology ------------------------------------------------------------------------------------------


class Question(Record):
    """A seed question (q1–q12) of the article this benchmark started from."""

    id: Slug
    name: Text = Field(description="Short name")
    text: Text


class Goalposts(Record):
    """The raw values that score lowest and highest; their order is the direction."""

    worst: float
    best: float
    scale: Literal["linear", "log"] = "linear"
    because: Text
    provisional: bool = Field(False, description="A judgement, shown as such")


class Level(Record):
    level: int = Field(ge=0)
    meaning: Text


class Element(Record):
    id: Slug
    name: Text


class Below(Record):
    """Makes an indicator not applicable where another one is below a value."""

    indicator: Slug
    below: float
    because: Text


class Indicator(Record):
    id: Slug
    code: str = Field(examples=["R1"])
    name: Text
    question: Text
    kind: Literal[
        "sample_share", "enquiry_times", "quantity", "graded", "duration_promise", "survey_share", "rate", "money_ratio"
    ]
    unit: Slug = Field(description="A unit of vocabulary.yml")
    goalposts: Goalposts
    levels: Seq[Level] = Field((), description="Meaning of each level, where graded")
    elements: Seq[Element] = Field((), description="Where the level counts elements found")
    weight: float = Field(gt=0, le=1, description="Within its dimension")
    provisional: bool = Field(False, description="The weight is a judgement")
    source: Text
    answers: Seq[Slug] = Field(description="Seed questions it answers")
    must_publish: bool = Field(
        False, description="The agency itself must publish it, so that absence can be documented"
    )
    not_applicable_when: Below | None = None


class Branch(Record):
    """A node with children: a dimension, or a group inside one. May nest to any depth."""

    id: Slug
    code: str
    name: Text
    why: Text
    weight: float = Field(gt=0, le=1)
    provisional: bool = False
    aggregation: Literal["arithmetic", "geometric", "harmonic"] = "arithmetic"
    answers: Seq[Slug] = ()
    indicators: Seq[Indicator] = ()
    branches: Seq[Branch] = ()

    def leaves(self) -> Iterator[Indicator]:
        yield from self.indicators
        for branch in self.branches:
            yield from branch.leaves()


class Feed(Record):
    """How an evidence code becomes an observation of an indicator."""

    indicator: Slug
    element: Slug | None = Field(None, description="The element whose presence it shows")
    at_least: int | None = Field(None, description="A true finding shows at least this level (a range up to the top)")
    social_only: bool = Field(False, description="Only evidence about social media, or about all channels, counts")


class Choice(Record):
    id: Slug
    level: int | None = None
    label: Text


class Code(Record):
    """What a reader of pages looks for."""

    id: Slug
    label: Text
    definition: Text
    type: Literal["flag", "choice", "number", "share", "text"]
    unit: Slug | None = None
    choices: Seq[Choice] = ()
    feeds: Seq[Feed] = Field((), description="Empty: context only, never scored")
    question: Slug = Field(description="The seed question it is shown under")


class Strength(Record):
    grade: Literal["A", "B", "C", "D"]
    meaning: Text
    error_factor: float = Field(ge=1)


class Uncertainty(Record):
    """How far the simulation lets evidence and method vary; each number is a judgement written down.

    A methodology that does not say lets the evidence vary and nothing else.
    """

    seed: int = Field(1, description="Start of the simulation's random numbers: the same seed gives the same intervals")
    draws: int = Field(1000, ge=100, le=20_000)
    weights: float = Field(0.0, ge=0, lt=1, description="Each weight varies by up to this share of itself")
    goalposts: float = Field(
        0.0, ge=0, lt=0.5, description="Each goalpost varies by up to this share of their distance"
    )
    aggregations: Seq[Literal["arithmetic", "geometric", "harmonic"]] = Field(
        (), description="Means that take turns at every node; none: each keeps its own"
    )
    interval: float = Field(0.9, gt=0.5, lt=1, description="Share of the draws that score and rank intervals hold")
    confidence: float = Field(0.95, gt=0.5, lt=1, description="Confidence of the rank sets that tiers rest on")
    stated_elements: int = Field(
        5, ge=1, description="A figure stated without its base is as sure as a document of so many elements"
    )


class Worthwhile(Record):
    """When the presence is said to have been worthwhile: by the probability that benefit exceeds cost."""

    indicators: Seq[Slug] = Field((), description="Cost ratios: below 1 the benefit exceeds the cost")
    at_least: float = Field(0.8, gt=0.5, le=1)
    at_most: float = Field(0.2, ge=0, lt=0.5, description="So little or less: not worthwhile")


class Rules(Record):
    """Thresholds of the method; each is a judgement written down."""

    strengths: Seq[Strength]
    self_reported_cap: float = Field(description="Largest share of a dimension that grade D may carry")
    half_life_months: float
    documents_half_life_months: float
    absence_searches: int = Field(description="Dated searches a documented absence needs")
    overall_coverage: float
    overall_dimension_coverage: float
    mandatory_dimensions: Seq[Slug]
    min_enquiries: int
    min_posts: int
    min_krippendorff_alpha: float
    max_median_age_months: float
    league_coverage: float
    uncertainty: Uncertainty = Uncertainty()
    worthwhile: Worthwhile = Worthwhile()


class Methodology(Record):
    version: str
    status: Text
    id: Slug = "index"
    name: Text
    aggregation: Literal["arithmetic", "geometric", "harmonic"] = "geometric"
    lowest: float = 1.0
    highest: float = 100.0
    questions: Seq[Question]
    dimensions: Seq[Branch]
    codes: Seq[Code]
    rules: Rules

    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in the order of the tree."""
        return {leaf.id: leaf for dimension in self.dimensions for leaf in dimension.leaves()}


class Term(Record):
    id: str = Field(min_length=1, max_length=60)
    name: Text
    social: bool = Field(False, description="For channels: social media, or all channels together")


class Vocabulary(Record):
    """The closed lists that profiles and evidence choose from, named in both languages."""

    countries: Seq[Term]
    levels: Seq[Term]
    sectors: Seq[Term]
    platforms: Seq[Term]
    channels: Seq[Term]
    source_kinds: Seq[Term]
    units: Seq[Term]
    counts: Seq[Term]
    languages: Seq[Term]


class PeerGroup(Record):
    """Agencies that are compared with each other first."""

    id: Slug
    name: Text
    country: Country
    level: Slug


# --- the whole --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agency:
    profile: Profile
    evidence: tuple[Evidence, ...]
    path: str  # of its folder, relative to the data folder, for "edit this" links


@dataclass(frozen=True)
class Dataset:
    methodology: Methodology
    vocabulary: Vocabulary
    peer_groups: tuple[PeerGroup, ...]
    agencies: Mapping[str, Agency]  # by id, sorted

    def peer_group_of(self, agency: str) -> PeerGroup | None:
        profile = self.agencies[agency].profile
        return next((g for g in self.peer_groups if (g.country, g.level) == (profile.country, profile.level)), None)
