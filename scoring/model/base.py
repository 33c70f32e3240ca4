"""What every record shares: strict types, dates as exact as known, and texts in two languages."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

T = TypeVar("T")
Seq = Annotated[tuple[T, ...], Field(strict=False)]  # a YAML list, kept immutable

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", max_length=80)]
Sentence = Annotated[str, Field(min_length=1, max_length=2000)]
Moment = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$",
        examples=["2026-11-02T09:30+03:00"],
    ),
]
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

    def model_post_init(self, _: object, /) -> None:
        """Which fields were given is the same for thousands of records: kept once, a third of their memory less."""
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))


_GIVEN: dict[frozenset[str], set[str]] = {}


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
