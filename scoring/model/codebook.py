"""How posts are coded: the variables of a coding sheet, each with its definition, examples and borderline cases."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scoring.model.base import Name, Record, Seq, Slug, Text


class Option(Record):
    """One answer a coder may give."""

    id: Slug
    label: Text
    key: str = Field(pattern=r"^[a-z0-9]$", description="Its key on the coding page")


class Coded(Record):
    """A post, or what one shows, with the answer it gets."""

    text: Name
    answer: Slug = Field(description="An option's id")
    because: Text | None = None


class When(Record):
    """Asks a question only of posts that got one of these answers to another."""

    variable: Slug
    answers: Seq[Slug]


class Variable(Record):
    """One question put to every post of a sample."""

    id: Slug
    name: Text
    question: Text
    definition: Text
    options: Seq[Option]
    many: bool = Field(False, description="More than one answer may apply")
    asked_when: When | None = None
    examples: Seq[Coded]
    borderline: Seq[Coded]
    hint: Literal["names_official", "states_figure"] | None = Field(
        None, description="What the dictionary proposes beside this question"
    )
    becomes: Slug = Field(description="The evidence code its share is recorded under")
    counts: Seq[Slug] = Field(description="Answers that count towards the share")
    among: Seq[Slug] = Field((), description="Answers it is a share of; none: all that were given")
    distinct: bool = Field(False, description="Counts how many of the answers in `counts` occur at all, not posts")


class Codebook(Record):
    """Everything a coder needs to know, in `codebook.yml`."""

    version: str
    note: Text
    variables: Seq[Variable]
