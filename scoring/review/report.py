"""A review: what a change does, as one bounded JSON document that may travel through strangers' hands.

It is made where a stranger's change is read, and shown where more is allowed. So whatever is read back is held against
this model: every key known, every list and text bounded, every number finite. Its texts are still strangers' texts, to
be escaped where they are shown; its sentences are ours (`scoring.review.words`) and never travel.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field, ValidationError

from scoring.model import Record, Sentence, Seq, Slug, Text
from scoring.problems import visible

MOST_BYTES = 8 * 2**20  # more than the fullest review that the model allows
AGENCIES, MOVES, ITEMS, LOOKS, LISTED, ERRORS, FEW = 30, 16, 25, 80, 15, 20, 6  # entries that a list may have

T = TypeVar("T")


def _whole(value: object) -> object:
    """A number that is no truth value: True equals 1."""
    if type(value) is not int:
        raise ValueError("must be a whole number")
    return value


_LONG = 300  # characters of a line
Line = Annotated[str, Field(min_length=1, max_length=_LONG)]
Points = Annotated[float, Field(allow_inf_nan=False)]
Rank = Annotated[int, Field(ge=1, le=1_000_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Commit = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
Kind = Literal["added", "changed", "removed", "dated"]
Where = Literal["agencies", "method", "editions", "rest"]  # as GOVERNANCE.md divides the repository
Code = Literal[
    "edition-altered",
    "ledger-altered",
    "conflict-of-interest",
    "author-at-agency",
    "own-dispute",
    "agency-removed",
    "item-removed",
    "item-corrected",
    "record-removed",
    "score-lost",
    "large-move",
    "data-and-rules",
    "rules-changed",
    "method-changed",
    "website-changed",
    "account-changed",
    "source-replaced",
    "stronger",
    "rewritten",
    "self-reported",
    "new-domain",
]  # in the order they are shown: what cannot be undone first


class Label(Record):
    """A name as the data give it, cut short where it is long."""

    en: Line | None = None
    ar: Line | None = None


class Side(Record):
    """A state: what it was asked for as, the commit that is (absent: a folder), its day and its method's version."""

    asked: Line
    commit: Commit | None = None
    as_of: date | None = Field(None, description="Absent where its data have errors")
    methodology: Line | None = None


class Node(Record):
    """A league: the index or a dimension."""

    id: Slug
    name: Label


class Standing(Record):
    """Where an agency stands in a league, each number with the interval that pages show; what is absent is unknown."""

    score: Points | None = None
    low: Points | None = None
    high: Points | None = None
    rank: Rank | None = None
    best: Rank | None = None
    worst: Rank | None = None


class Causes(Record):
    """Points of a change of score that each cause made."""

    evidence: Points
    ageing: Points
    method: Points


class Move(Record):
    """A league in which score, interval or rank changed."""

    node: Slug
    old: Standing
    new: Standing
    causes: Causes | None = Field(None, description="Absent where they cannot be told apart")


class Effect(Record):
    """Points that undoing one change alone would take away again."""

    node: Slug
    points: Points | None = Field(None, description="Absent where it decides whether there is a score at all")


class Item(Record):
    """An evidence item that came, went or differs; `dated`: only the later day lets it in."""

    id: Slug
    change: Kind
    code: Slug
    indicators: Seq[Slug] = Field(max_length=FEW)
    host: Line | None = Field(None, description="Where it was read")
    scored: bool
    self_reported: bool
    by: Seq[Slug] = Field(max_length=FEW, description="Who made it; none: the founding collection")
    effects: Seq[Effect] = Field((), max_length=FEW)


class Entry(Record):
    """Anything else of an agency that came, went or differs."""

    kind: Literal["account", "enquiry", "reply", "stage", "profile"]
    id: Line = Field(description="Its id; of an account platform and handle, of the profile the field")
    change: Kind
    by: Seq[Slug] = Field((), max_length=FEW)


class Touched(Record):
    """An agency whose own files changed."""

    id: Slug
    name: Label
    status: Literal["both", "added", "removed"]
    moves: Seq[Move] = Field(max_length=MOVES)
    items: Seq[Item] = Field(max_length=ITEMS)
    items_more: Count = 0
    entries: Seq[Entry] = Field(max_length=ITEMS)
    entries_more: Count = 0


class Pushed(Record):
    """An agency that moved although nothing of its own changed."""

    id: Slug
    name: Label
    move: Move


class Others(Record):
    """Agencies that moved although nothing of their own changed: how many, and those that moved furthest."""

    ranks: Count = Field(0, description="How many have another rank in some league")
    scores: Count = Field(0, description="How many have another score in some league")
    furthest: Seq[Pushed] = Field((), max_length=LISTED)


class Files(Record):
    """Files of one part of the repository."""

    where: Where
    count: Count
    paths: Seq[Line] = Field(max_length=LISTED)


class Look(Record):
    """Something the reviewer should look at. Which of the fields a code fills, its wording says."""

    code: Code
    agency: Slug | None = None
    item: Slug | None = None
    node: Slug | None = None
    what: Line | None = None
    old: Points | None = None
    new: Points | None = None


class Finding(Record):
    """An error of the data, as `hiwar check --format json` tells it."""

    code: str = Field(pattern=r"^[EW]\d{3}-[a-z0-9-]{1,60}$")
    path: Sentence
    line: Count
    column: Count
    must: Text
    found: str = Field(max_length=2000)
    mend: Text | None = None


class Review(Record):
    """What a change does. Lists are cut to what a person reads; `…_more` says how much was left out."""

    version: Annotated[Literal[1], BeforeValidator(_whole)]
    fictional: bool = False
    base: Side
    head: Side
    nodes: Seq[Node] = Field((), max_length=MOVES)
    agencies: Seq[Touched] = Field((), max_length=AGENCIES)
    agencies_more: Count = 0
    others: Others = Others()
    method: Seq[Line] = Field((), max_length=LISTED, description="What differs in the method, as dotted paths")
    method_more: Count = 0
    files: Seq[Files] | None = Field(None, max_length=4, description="Absent where git does not hold both states")
    look: Seq[Look] = Field((), max_length=LOOKS)
    look_more: Count = 0
    errors: Seq[Finding] = Field((), max_length=ERRORS, description="With any, the change could not be scored")
    errors_more: Count = 0

    @property
    def calls(self) -> bool:
        """Whether it calls for a reviewer's eye."""
        return bool(self.look or self.errors)

    @property
    def empty(self) -> bool:
        """Whether the change does nothing to what is scored or shown."""
        return not (self.agencies or self.others.furthest or self.method or self.calls)


def line(text: object) -> str:
    """A stranger's text as a review carries it: short, of characters that are seen, and never empty."""
    return visible(text, _LONG)[:_LONG] or "–"


def cut(things: Sequence[T], most: int) -> tuple[tuple[T, ...], int]:
    """The first of them, and how many are left out."""
    return tuple(things[:most]), max(0, len(things) - most)


def as_json(review: Review) -> str:
    """The document that `read_review` reads."""
    return review.model_dump_json(indent=1) + "\n"


def read_review(data: bytes) -> Review:
    """The review that was written, from anybody's hands.

    Raises ValueError, with a message that is safe to print, where it is anything but a review of this version.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"a review must have at most {MOST_BYTES} bytes, found {len(data)}")
    try:
        return Review.model_validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise ValueError(f"this is no review: {visible(where)}: {visible(first['type'])}") from None
