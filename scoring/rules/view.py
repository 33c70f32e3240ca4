"""What a rule sees: every part of the data beside the place it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

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


@dataclass(frozen=True)
class Here:
    """A part of a file. Called with the steps to a value inside, it gives that value's place."""

    document: Document
    path: tuple[Step, ...] = ()

    def __call__(self, *steps: Step) -> Place:
        return self.document.place(*self.path, *steps)

    def key(self, *steps: Step) -> Place:
        return self.document.place(*self.path, *steps, of="key")

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
        yield from self._items("evidence")

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

    @cached_property
    def evidence_homes(self) -> dict[str, str]:
        """The file of each evidence item, by id, also of items that are invalid otherwise."""
        homes: dict[str, str] = {}
        for path in self.reading.evidence:
            for item in self.reading.documents[path].value or ():
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    homes.setdefault(item["id"], path)
        return homes


def _branches(branches: tuple[Branch, ...], here: Here) -> Iterator[tuple[Branch, Here]]:
    for index, branch in enumerate(branches):
        inside = here.into(index)
        yield branch, inside
        yield from _branches(branch.branches, inside.into("branches"))
