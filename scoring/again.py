"""Editions computed again: old evidence by the method of today, and the evidence of today by the old method."""

from __future__ import annotations

from datetime import date

from scoring.history import known_by
from scoring.method.compare import Snapshot, mixed
from scoring.model import Dataset
from scoring.results import Results, compute


def rescored(now: Dataset, past: Results) -> Results | None:
    """An edition's evidence on its own day, by the method of today; None where that is its own. Evidence of a code that
    today's method does not know is left out."""
    if _method(now) == _method(past.dataset):
        return None
    return compute(_mixed(past.dataset, now, past.as_of), past.as_of)


def _method(dataset: Dataset) -> tuple[object, ...]:
    return dataset.methodology, dataset.vocabulary.channels


def revised(now: Dataset, past: Dataset, as_of: date) -> Results:
    """What an edition would say had its evidence been as it is now: only what had been read by its day, by its own
    method."""
    return compute(_mixed(known_by(now, as_of), past, as_of), as_of)


def _mixed(evidence: Dataset, method: Dataset, as_of: date) -> Dataset:
    return mixed((Snapshot(evidence, as_of), Snapshot(method, as_of)), (0, 0, 1)).dataset
