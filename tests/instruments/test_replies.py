"""What a reply does to the evidence it disputes: nothing until verified, nothing after it was settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scoring.instruments.observe import observe
from scoring.model import Dataset, Reply, Stage
from scoring.render.answers import stage_of, stages
from scoring.render.view import View
from scoring.results import compute
from tests.town import TODAY, town

BODY = "qa-agency-00"
TEXT = {"en": "Fictional", "ar": "متخيَّل"}


def reply(**values: Any) -> Reply:
    base = {"id": f"{BODY}.r1", "received": date(2026, 11, 10), "office": TEXT, "language": "en", "text": TEXT}
    verified = {"how": "letter", "by": "e1", "on": date(2026, 11, 12)}
    return Reply.model_validate(base | {"verified": verified, "disputes": (f"{BODY}.measured_response",)} | values)


def answered(*replies: Reply, steps: tuple[Stage, ...] = ()) -> Dataset:
    dataset = town(300, 100)
    agency = replace(dataset.agencies[BODY], replies=replies, stages=steps)
    return replace(dataset, agencies={**dataset.agencies, BODY: agency})


def states(dataset: Dataset, as_of: date = TODAY) -> dict[str, str]:
    table = observe(dataset, as_of).table
    return dict(table[table["agency"] == BODY].set_index("indicator")["state"])


def test_a_verified_dispute_shows_with_and_without() -> None:
    dataset = answered(reply())
    assert states(dataset)["answered"] == "disputed"
    undisputed = compute(town(300, 100), TODAY).scores
    scores = compute(dataset, TODAY).scores
    assert scores.score.loc[BODY, "answered"] == undisputed.score.loc[BODY, "answered"], "a reply changes no score"
    assert scores.without.isna().loc[BODY, "answered"], "without the item nothing is left"


@pytest.mark.parametrize(
    "values",
    [
        {"verified": None},
        {"disputes": ()},
        {"received": date(2026, 11, 23)},
        {"verified": {"how": "letter", "by": "e1", "on": date(2026, 11, 23)}},
        {"outcome": {"decision": "kept", "on": date(2026, 11, 20), "by": "e1", "because": TEXT}},
    ],
)
def test_what_opens_no_dispute(values: dict[str, Any]) -> None:
    assert states(answered(reply(**values)))["answered"] == "observed"


def test_a_dispute_settled_later_was_open_before() -> None:
    later = {"decision": "kept", "on": date(2026, 11, 23), "by": "e1", "because": TEXT}
    assert states(answered(reply(outcome=later)))["answered"] == "disputed"


def test_stages_stand_as_they_did_on_the_day() -> None:
    steps = tuple(
        Stage(stage=s, since=date(2026, 11, d)) for s, d in (("sent", 1), ("answered", 11), ("published", 23))
    )
    dataset = answered(reply(), steps=steps)
    assert [stage_of(dataset.agencies[BODY], date(2026, 11, day)) for day in (1, 12, 23)] == [
        "sent",
        "answered",
        "published",
    ]
    shown = stages(View(compute(dataset, TODAY)), BODY)
    assert [(row.id, row.done, row.now) for row in shown][2:] == [
        ("sent", True, False), ("answered", False, True), ("published", False, False),
    ]  # fmt: skip
    assert stage_of(town(300).agencies[BODY], TODAY) == "gathering"
