"""What a benchmark is called, which languages it speaks and where it is found: `benchmark.yml` of its folder."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from scoring.model.base import Record, Sentence, Seq

Code = Annotated[str, Field(pattern=r"^[a-z]{2,3}$", examples=["ar"])]
Address = Annotated[str, Field(pattern=r"^https://[^\s<>\"'\\]+$", max_length=500)]


class Benchmark(Record):
    """The settings of one benchmark; this repository keeps its own in `mkdocs.yml`."""

    name: dict[Code, Sentence] = Field(description="By language")
    description: dict[Code, Sentence] = Field(description="By language, in one sentence")
    languages: Seq[Code] = Field(
        min_length=1, description="Arabic and English come complete; another has its folder under languages/"
    )
    address: Address = Field(description="Where the site is published", examples=["https://example.org/benchmark/"])
    repository: Address = Field(description="Where its files are kept", examples=["https://github.com/someone/theirs"])

    @model_validator(mode="after")
    def _in_each_language(self) -> Benchmark:
        missing = [code for code in self.languages if code not in self.name or code not in self.description]
        if missing:
            raise ValueError(f"name and description must be given in every language: {', '.join(missing)}")
        return self


class Frame(Record):
    """What stands around the pages of a further language: `frame.yml` of its folder."""

    words: dict[str, Sentence] = Field(description="As `extra.words` of the generator's mkdocs.yml")
    titles: dict[str, Sentence] = Field(description="What each page and section is called, by its English title")
    copyright: Sentence
