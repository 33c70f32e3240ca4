"""What a rule sees: every part of the data beside the place it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple

from scoring.model import (
    Branch,
    Code,
    Correction,
    Dataset,
    Enquiry,
    Evidence,
    Indicator,
    Methodology,
    Profile,
    Reply,
    Rules,
    Vocabulary,
)
from scoring.problems import Place
from scoring.source.dataset import METHODOLOGY, Reading
from scoring.source.document import Document, Step


class Here(NamedTuple):
    """A part of a file. Called with the steps to a value inside, it gives what finds that value's place."""

    document: Document
    path: tuple[Step, ...] = ()

    def __call__(self, *steps: Step) -> Callable[[], Place]:
        return partial(self.document.place, *self.path, *steps)

    def key(self, *steps: Step) -> Callable[[], Place]:
        return partial(self.document.place, *self.path, *steps, of="key")

    def into(self, *steps: Step) -> Here:
        return Here(self.document, (*self.path, *steps))


@dataclass(frozen=True)
class View:
    """The data as the rules walk through it, on the day of the check."""

    dataset: Dataset
    reading: Reading
    today: date

    @property
    def methodology(self) -> Methodology:
        return self.dataset.methodology

    @property
    def vocabulary(self) -> Vocabulary:
        return self.dataset.vocabulary

    @property
    def rules(self) -> Rules:
        return self.dataset.methodology.rules

    def file(self, path: str) -> Here:
        return Here(self.reading.documents[path])

    def profiles(self) -> Iterator[tuple[Profile, Here]]:
        for agency in self.dataset.agencies.values():
            yield agency.profile, self.file(f"{agency.path}/profile.yml")

    def evidence(self) -> Iterator[tuple[Evidence, Here]]:
        yield from self._evidence

    @cached_property
    def _evidence(self) -> list[tuple[Evidence, Here]]:
        return list(self._items("evidence"))  # a dozen rules go through them

    def enquiries(self) -> Iterator[tuple[Enquiry, Here]]:
        yield from self._items("enquiries")

    def replies(self) -> Iterator[tuple[Reply, Here]]:
        yield from self._items("replies")

    def corrections(self) -> Iterator[tuple[Correction, Here]]:
        yield from self._items("corrections")

    def _items(self, kind: str) -> Iterator[tuple[Any, Here]]:
        for path, items in self.reading.items[kind].items():
            for index, item in items.items():
                yield item, Here(self.reading.documents[path], (index,))

    def coded_evidence(self) -> Iterator[tuple[Evidence, Code, Here]]:
        """Evidence whose code exists, with the code."""
        for item, here in self.evidence():
            if item.code in self.codes:
                yield item, self.codes[item.code], here

    @cached_property
    def codes(self) -> dict[str, Code]:
        return {code.id: code for code in self.methodology.codes}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return self.methodology.indicators()

    def placed_codes(self) -> Iterator[tuple[Code, Here]]:
        for index, code in enumerate(self.methodology.codes):
            yield code, self.file(METHODOLOGY).into("codes", index)

    def branches(self) -> Iterator[tuple[Branch, Here]]:
        """Every node with children, at any depth."""
        yield from _branches(self.methodology.dimensions, self.file(METHODOLOGY).into("dimensions"))

    def placed_indicators(self) -> Iterator[tuple[Indicator, Here]]:
        for branch, here in self.branches():
            for index, indicator in enumerate(branch.indicators):
                yield indicator, here.into("indicators", index)

    @cached_property
    def agency_ids(self) -> set[str]:
        """Every agency with a folder, readable or not."""
        return {path.split("/")[2] for path in self.reading.documents if path.startswith("agencies/")}

    @property
    def evidence_homes(self) -> Mapping[str, str]:
        """The file of each evidence item, by id, also of items that are invalid otherwise."""
        return self.reading.homes

    @cached_property
    def terms(self) -> dict[str, frozenset[str]]:
        """The ids in each list of the vocabulary."""
        lists = type(self.vocabulary).model_fields
        return {name: frozenset(term.id for term in getattr(self.vocabulary, name)) for name in lists}


def _branches(branches: tuple[Branch, ...], here: Here) -> Iterator[tuple[Branch, Here]]:
    for index, branch in enumerate(branches):
        inside = here.into(index)
        yield branch, inside
        yield from _branches(branch.branches, inside.into("branches"))
