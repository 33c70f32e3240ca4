"""Editions: what is listed, what is frozen and what was corrected agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.editions import EDITIONS, MANIFEST
from scoring.problems import Problem
from scoring.rules import messages as m
from scoring.rules.answers import past
from scoring.rules.identity import twice
from scoring.rules.references import known
from scoring.rules.view import Here, View
from scoring.source.dataset import ABOUT

OWN = ("the edition that the folder is named after", "الإصدار الذي سُمّي المجلد باسمه")
FROZEN = ("a frozen edition", "إصدار مجمَّد")


def editions_are_past(view: View) -> Iterator[Problem]:
    """An edition is a day that was."""
    for index, edition in enumerate(view.dataset.about.editions if view.dataset.about else ()):
        yield from past(edition.as_of, view.file(ABOUT)("editions", index, "as_of"), view)
    for id, manifest in view.dataset.frozen.items():
        yield from past(manifest.as_of, _manifest(view, id)("as_of"), view)


def editions_are_one(view: View) -> Iterator[Problem]:
    """An id that named two days would send readers to the wrong one."""
    frozen = view.dataset.frozen
    for id, manifest in frozen.items():
        yield from known(manifest.id, {id}, OWN, _manifest(view, id)("id"))
    for index, edition in enumerate(view.dataset.about.editions if view.dataset.about else ()):
        if edition.id in frozen and frozen[edition.id].as_of != edition.as_of:
            first = _manifest(view, edition.id)("as_of")()
            place = view.file(ABOUT)("editions", index, "as_of")
            yield m.DUPLICATE_ID.at(place, edition.id, first=f"{first.path}:{first.line}")


def _manifest(view: View, id: str) -> Here:
    return view.file(f"{EDITIONS}/{id}/{MANIFEST}")


def corrections_point_somewhere(view: View) -> Iterator[Problem]:
    """A correction speaks of an edition that readers can look up, on a day that was."""
    for correction, here in view.corrections():
        yield from known(correction.edition, view.dataset.frozen, FROZEN, here("edition"))
        yield from past(correction.on, here("on"), view)
    yield from twice((correction.id, here("id")) for correction, here in view.corrections())
