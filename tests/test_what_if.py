"""What one forged or mistaken item could do, and the verdict on worth."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from scoring.instruments.spread import Spread
from scoring.method.simulate import Uncertain
from scoring.method.spec import Leaf, Node, Spec
from scoring.method.worthwhile import verdicts
from scoring.results import compute
from scoring.what_if import _with, tampering
from tests.town import SMALL, TODAY, item, town


def test_no_item_moves_beyond_what_is_said() -> None:
    """Rules = ½ policy + ½ answered. Policy: scope seen, staff unknown → 1 to 2 of 2, so 75.25; answered 95 %, so
    95.05. A mistaken count (0 %) brings it down to ½ · 75.25 + ½ · 1; without the policy only the 95.05 is left."""
    data = town(380)
    found = tampering(compute(data, TODAY), {"rules": ["qa-agency-00"]})["qa-agency-00", "rules"]
    assert found.low == pytest.approx(0.5 * 75.25 + 0.5 * 1) and found.low_by == "qa-agency-00.measured_response"
    assert found.high == pytest.approx(95.05) and found.high_by == "qa-agency-00.policy_published"


def test_an_agency_with_other_evidence_is_the_same_in_all_else() -> None:
    agency = next(iter(town(380).agencies.values()))
    full = replace(agency, **{each.name: ("kept",) for each in fields(agency) if not getattr(agency, each.name)})
    assert _with(full, ("one",), ("two",)) == replace(full, evidence=("one",), enquiries=("two",))


def test_every_removal_and_reversal_lies_within() -> None:
    data = town(380, 20, 210)
    whole = tampering(compute(data, TODAY), {"rules": list(data.agencies)})
    for id, agency in data.agencies.items():
        for at, one in enumerate(agency.evidence):
            rest = agency.evidence[:at] + agency.evidence[at + 1 :]
            options = [rest]
            if isinstance(one.value, bool):
                options.append((*rest, one.model_copy(update={"value": not one.value})))
            for items in options:
                changed = replace(data, agencies=data.agencies | {id: replace(agency, evidence=items)})
                score = compute(changed, TODAY).scores.score.loc[id, "rules"]
                if not np.isnan(score):
                    assert whole[id, "rules"].low - 1e-9 <= score <= whole[id, "rules"].high + 1e-9


def test_context_is_never_counted() -> None:
    data = town(380)
    agency = data.agencies["qa-agency-00"]
    note = agency.profile.name.model_copy()
    context = item("qa-agency-00", "policy_published", value=False)
    context = context.model_copy(update={"id": "qa-context", "context": note})
    more = replace(data, agencies={"qa-agency-00": replace(agency, evidence=(*agency.evidence, context))})
    asked = {"rules": ["qa-agency-00"]}
    assert tampering(compute(more, TODAY), asked) == tampering(compute(data, TODAY), asked)


def _ratio(*values: float) -> Uncertain:
    n = len(values)
    low = np.array(values)
    spread = Spread(low, low, np.full(n, 200.0), np.full(n, 0.2), np.full(n, 2.0), np.zeros(n, dtype=bool), log=True)
    tree = Spec(Node("index", (Leaf("cost", 1.0, 2, 0.2, "log"),)))
    return Uncertain(tree, [f"agency-{i}" for i in range(n)], {"cost": spread}, {"cost": np.ones(n)})


def test_verdicts_need_money_data_and_certainty() -> None:
    data = town(1)
    rules = data.methodology.rules
    rules = rules.model_copy(update={"worthwhile": rules.worthwhile.model_copy(update={"indicators": ("cost",)})})
    found = verdicts(_ratio(0.4, 1.8, 1.0, np.nan), rules)
    assert found["verdict"].tolist() == ["worthwhile", "not_worthwhile", "unsure", "cannot_say"]
    assert np.isnan(found["probability"].iloc[3])


def test_nobody_real_has_a_verdict_without_money_data() -> None:
    assert SMALL.is_dir()
    data = town(100, 200)
    assert set(verdicts(compute(data, TODAY).uncertain, data.methodology.rules)["verdict"]) == {"cannot_say"}
