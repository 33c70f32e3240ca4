"""A fictional town of agencies that differ on purpose, made from the small fixture: enough to rank and tell apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from scoring.model import Agency, Dataset, Evidence, Name, Source
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parent / "fixtures" / "small"
TODAY = date(2026, 11, 22)


def item(agency: str, code: str, **values: Any) -> Evidence:
    """A finding of strength A, read today on the agency's own page of today."""
    page = Source(url="https://town.example/page", language="en", kind="own_page", published=str(TODAY), read="full")
    given = {"finding": Name(en="Fictional"), "source": page, "observed": TODAY, "strength": "A"} | values
    return Evidence(id=f"{agency}.{code}", code=code, **given)


def town(*answered: int, out_of: int = 400) -> Dataset:
    """One agency for each number of answered messages; those that answer more than half also have a policy, promise
    replies and a time."""
    reading = read_dataset(SMALL)
    assert reading.dataset is not None
    first = next(iter(reading.dataset.agencies.values()))
    agencies = {}
    for number, count in enumerate(answered):
        id = f"qa-agency-{number:02d}"
        good = count > out_of / 2
        items = (
            item(id, "policy_published", value=good),
            item(id, "reply_commitment", value="time-bound" if good else "refuses", channel="x"),
            item(id, "measured_response", numerator=count, denominator=out_of, value=count / out_of, unit="share"),
        )
        name = Name(en=f"Agency {number}", ar=f"جهة {number}")
        profile = first.profile.model_copy(update={"id": id, "name": name, "parent": None, "successor": None})
        agencies[id] = Agency(profile, items, f"agencies/qa/{id}")
    return replace(reading.dataset, agencies=agencies)
