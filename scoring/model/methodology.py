"""What is measured, how it is weighed, and what is needed to be ranked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scoring.model.base import Record, Seq, Slug, Text


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


class EnquiryMeasures(Record):
    """Which indicators test enquiries are measured for."""

    window_hours: float = Field(72.0, gt=0, description="An answer later than this is none")
    span_days: int = Field(365, gt=0, description="An enquiry so much older than the newest has had its time")
    answered: Slug | None = None
    first_answer: Slug | None = None
    substantive: Slug | None = None
    even_handed: Slug | None = None


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
    enquiries: EnquiryMeasures = EnquiryMeasures()

    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in the order of the tree."""
        return {leaf.id: leaf for dimension in self.dimensions for leaf in dimension.leaves()}
