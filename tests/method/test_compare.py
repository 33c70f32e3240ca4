"""What changed and why: the parts are exact, blame has no order, and other agencies move ranks only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.instruments.observe import observe
from scoring.method.compare import Change, Comparison, Snapshot, compare
from scoring.method.rank import eligibility, rank_league
from scoring.method.score import score
from scoring.method.shapley import shapley
from scoring.model import Agency, Branch, Dataset, Evidence, Methodology, Profile
from scoring.source.dataset import read_dataset

SMALL = read_dataset(Path(__file__).resolve().parents[1] / "fixtures" / "small").dataset
assert SMALL is not None
BASE: Dataset = SMALL
METHOD = BASE.methodology
TIDES, EARLY, LATE = "qa-ministry-of-tides", date(2026, 1, 1), date(2026, 6, 1)
SOURCE = {"url": "https://tides.example/page", "language": "en", "kind": "own_page", "read": "full"}
CODES: dict[str, Sequence[Any]] = {
    "policy_published": (True, False),
    "reply_commitment": ("refuses", "time-bound"),
    "reply_target_hours": (1, 12, 48),
    "measured_response": (0.1, 0.5, 0.9),
}


def item(code: str, value: Any, observed: date = EARLY, id: str = "", **more: Any) -> Evidence:
    return Evidence(
        id=id or f"t.{code}", code=code, value=value, finding={"en": "Found."}, source=SOURCE, observed=observed,
        **{"strength": "B", **more},
    )  # fmt: skip


def data(methodology: Methodology = METHOD, **evidence: Sequence[Evidence]) -> Dataset:
    """Fictional agencies with this evidence, `-` written `_`."""

    def agency(id: str, items: Sequence[Evidence]) -> Agency:
        profile = Profile(id=id, name={"en": id}, country="QA", level="national", sector="tides")
        return Agency(profile, tuple(items), f"agencies/qa/{id}")

    agencies = {name.replace("_", "-"): agency(name.replace("_", "-"), items) for name, items in evidence.items()}
    return replace(BASE, methodology=methodology, agencies=dict(sorted(agencies.items())))


def weighing(talk: float) -> Methodology:
    """The same methodology, with another weight of its first dimension."""
    first, second = METHOD.dimensions
    dimensions = (
        first.model_copy(update={"weight": talk}),
        second.model_copy(update={"weight": 1 - talk}),
    )
    return METHOD.model_copy(update={"dimensions": dimensions})


def with_goalpost(best: float) -> Methodology:
    first, second = METHOD.dimensions
    promise, target = first.indicators
    easier = target.model_copy(update={"goalposts": target.goalposts.model_copy(update={"best": best})})
    return METHOD.model_copy(
        update={"dimensions": (first.model_copy(update={"indicators": (promise, easier)}), second)}
    )


def without_code(code: str) -> Methodology:
    return METHOD.model_copy(update={"codes": tuple(c for c in METHOD.codes if c.id != code)})


def without_rules() -> Methodology:
    kept: tuple[Branch, ...] = (METHOD.dimensions[0].model_copy(update={"weight": 1.0}),)
    codes = tuple(c for c in METHOD.codes if all(f.indicator in ("promise", "target") for f in c.feeds))
    return METHOD.model_copy(update={"dimensions": kept, "codes": codes})


METHODS = [
    METHOD,
    weighing(0.8),
    with_goalpost(24),
    METHOD.model_copy(update={"aggregation": "arithmetic"}),
    METHOD.model_copy(update={"rules": METHOD.rules.model_copy(update={"self_reported_cap": 0.9})}),
    without_code("measured_response"),
    without_rules(),
]


@st.composite
def states(draw: st.DrawFn) -> Snapshot:
    """Up to three agencies, each with up to three items, on one of two days, by one of several methods."""
    methodology = draw(st.sampled_from(METHODS))
    known = sorted(code.id for code in methodology.codes if code.id in CODES)

    def one(agency: str, number: int) -> Evidence:
        code = draw(st.sampled_from(known))
        observed = draw(st.sampled_from([EARLY, LATE]))
        strength = draw(st.sampled_from(["B", "D"]))
        return item(code, draw(st.sampled_from(CODES[code])), observed, f"{agency}.{number}", strength=strength)

    evidence = {
        name: [one(name, n) for n in range(draw(st.integers(0, 3)))]
        for name in draw(st.sets(st.sampled_from(["one", "two", "three"]), min_size=1))
    }
    return Snapshot(data(methodology, **evidence), draw(st.sampled_from([EARLY, LATE])))


def changes(comparison: Comparison) -> list[tuple[tuple[str, ...], Change]]:
    """Every number compared, with its place."""
    found: list[tuple[tuple[str, ...], Change]] = []
    for id, agency in comparison.agencies.items():
        found += [((id, n, m), c) for n, measures in agency.scores.items() for m, c in measures.items()]
        found += [((id, n, "rank"), c) for n, c in agency.ranks.items()]
    return found


SLOWLY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


# --- properties -------------------------------------------------------------------------------------------


@SLOWLY
@given(states(), states())
def test_parts_sum_to_the_change(a: Snapshot, b: Snapshot) -> None:
    for where, change in changes(compare(a, b)):
        if change.parts is None:
            continue
        assert change.old is not None and change.new is not None
        assert sum(change.parts.values()) == pytest.approx(change.new - change.old, abs=1e-9), where


@SLOWLY
@given(states())
def test_the_same_state_twice_differs_in_nothing(a: Snapshot) -> None:
    comparison = compare(a, a)
    assert comparison.moved == () and comparison.method == ()
    assert all(part == 0 for _, c in changes(comparison) for part in (c.parts or {}).values())


@SLOWLY
@given(states(), states())
def test_the_way_back_negates(a: Snapshot, b: Snapshot) -> None:
    there, back = compare(a, b), dict(changes(compare(b, a)))
    for where, change in changes(there):
        other = back[where]
        assert (change.old, change.new) == (other.new, other.old)
        assert (change.parts is None) == (other.parts is None)
        for cause, part in (change.parts or {}).items():
            assert part == pytest.approx(-(other.parts or {})[cause], abs=1e-9), (where, cause)


@SLOWLY
@given(states(), states(), states())
def test_other_agencies_move_no_score(a: Snapshot, b: Snapshot, c: Snapshot) -> None:
    """Goalposts are fixed, so what the others of `b` have is nothing to this agency's score."""
    others = {id: agency for id, agency in c.dataset.agencies.items() if id != "one"}
    own = {id: agency for id, agency in b.dataset.agencies.items() if id == "one"}
    changed = replace(b, dataset=replace(b.dataset, agencies=dict(sorted((others | own).items()))))
    one, other = (compare(a, state).agencies.get("one") for state in (b, changed))
    if one is None or other is None:
        assert one is other
        return
    assert one.scores.keys() == other.scores.keys()
    for node, measures in one.scores.items():
        for measure, change in measures.items():
            seen = other.scores[node][measure]
            assert seen.kind == change.kind
            assert seen.parts == (None if change.parts is None else pytest.approx(change.parts, abs=1e-9))


@SLOWLY
@given(states(), states())
def test_both_ends_are_what_is_published(a: Snapshot, b: Snapshot) -> None:
    comparison = compare(a, b)
    for state, end in ((a, "old"), (b, "new")):
        methodology, ids = state.dataset.methodology, list(state.dataset.agencies)
        observations = observe(state.dataset, state.as_of)
        scores = score(observations, methodology, ids)
        leagues = eligibility(scores, observations, methodology).league
        for node, members in leagues.items():
            league = rank_league(scores, str(node), scores.score.index[members])
            for id in ids:
                found = getattr(comparison.agencies[id].scores[str(node)]["score"], end)
                published = scores.score.loc[id, node]
                assert found is None if np.isnan(published) else found == pytest.approx(published, abs=1e-9)
                rank = getattr(comparison.agencies[id].ranks[str(node)], end)
                assert rank == (league.loc[id, "rank"] if id in league.index else None)


@given(st.lists(st.floats(-100, 100), min_size=8, max_size=8))
def test_shapley_is_the_mean_over_all_orders(values: list[float]) -> None:
    table = np.array(values).reshape(2, 2, 2)
    orders = list(permutations(range(3)))

    def moved(cause: int, order: tuple[int, ...]) -> float:
        before = [int(order.index(c) < order.index(cause)) for c in range(3)]
        after = [1 if c == cause else on for c, on in enumerate(before)]
        return float(table[tuple(after)] - table[tuple(before)])

    expected = [sum(moved(cause, order) for order in orders) / len(orders) for cause in range(3)]
    assert shapley(table, 3) == pytest.approx(expected, abs=1e-9)


def test_orders_through_the_unknown_are_left_out() -> None:
    """10 → 30, where the second cause alone gives nothing: the first must come first."""
    assert shapley(np.array([[10.0, np.nan], [15.0, 30.0]]), 2).tolist() == [5.0, 15.0]
    assert np.isnan(shapley(np.array([[10.0, np.nan], [np.nan, 30.0]]), 2)).all()


# --- one cause at a time ----------------------------------------------------------------------------------

FULL = (item("reply_commitment", "time-bound"), item("reply_target_hours", 12), item("policy_published", True))


def parts(comparison: Comparison, agency: str = "one", node: str = "index") -> dict[str, float]:
    found = comparison.agencies[agency].scores[node]["score"].parts
    assert found is not None
    return dict(found)


def test_a_new_reading_is_evidence() -> None:
    a, b = data(one=FULL), data(one=(*FULL[:1], item("reply_target_hours", 24), item("measured_response", 0.5)))
    comparison = compare(Snapshot(a, EARLY), Snapshot(b, EARLY))
    found = parts(comparison)
    assert found["evidence"] < 0 and found["ageing"] == found["method"] == 0
    evidence = comparison.agencies["one"].evidence
    assert (evidence.added, evidence.removed, evidence.changed) == (
        ("t.measured_response",),
        ("t.policy_published",),
        ("t.reply_target_hours",),
    )


def test_a_later_day_alone_is_ageing() -> None:
    state = data(one=(*FULL, item("measured_response", 0.1, LATE)))
    comparison = compare(Snapshot(state, EARLY), Snapshot(state, LATE))
    found = parts(comparison)
    assert found["ageing"] < -1 and found["evidence"] == found["method"] == 0
    assert comparison.agencies["one"].evidence.dated == ("t.measured_response",)
    assert parts(comparison, node="talk") == {"evidence": 0, "ageing": 0, "method": 0}


def test_a_weight_alone_is_method() -> None:
    comparison = compare(Snapshot(data(one=FULL), EARLY), Snapshot(data(weighing(0.8), one=FULL), EARLY))
    found = parts(comparison)
    assert found["method"] != 0 and found["evidence"] == found["ageing"] == 0
    assert comparison.method == ("dimensions.talk.weight", "dimensions.rules.weight")
    assert not comparison.agencies["one"].evidence.moved
    assert not comparison.agencies["one"].scores["talk"]["score"].moved


def test_two_causes_worked_by_hand() -> None:
    """Talking alone, by an arithmetic mean of promise (100, weight .6) and target (worst 72, best 2 hours, log).

    24 hours are 1 + 99·ln(72/24)/ln(72/2) = 31.351 by the old goalposts, 100 by a best of 24; 72 hours are 1 by
    either. From 72 to 24 hours by evidence and from 2 to 24 by method: evidence first is worth .4·30.351 = 12.140,
    after the method .4·99 = 39.6; so evidence is (12.140 + 39.6) / 2 = 25.870 and method (27.460 + 0) / 2 = 13.730.
    """
    promise = item("reply_commitment", "time-bound")
    a = Snapshot(data(one=(promise, item("reply_target_hours", 72))), EARLY)
    b = Snapshot(data(with_goalpost(24), one=(promise, item("reply_target_hours", 24))), EARLY)
    found = parts(compare(a, b), node="talk")
    assert found == pytest.approx({"evidence": 25.870, "ageing": 0, "method": 13.730}, abs=1e-3)


def test_an_unknown_code_is_left_out_of_the_mixtures() -> None:
    """The item and its code come together: neither moves anything without the other, so each is half of it."""
    known = (*FULL, item("measured_response", 0.1))
    a, b = data(without_code("measured_response"), one=FULL), data(one=known)
    found = parts(compare(Snapshot(a, EARLY), Snapshot(b, EARLY)), node="rules")
    assert found["evidence"] == pytest.approx(found["method"]) and found["evidence"] < 0


def test_causes_that_cannot_be_told_apart_are_not_split() -> None:
    """Each item is scored only by its own method, so neither mixture has a score."""
    a = data(without_code("policy_published"), one=[item("measured_response", 0.2)])
    b = data(without_code("measured_response"), one=[item("policy_published", True)])
    change = compare(Snapshot(a, EARLY), Snapshot(b, EARLY)).agencies["one"].scores["rules"]["score"]
    assert change.kind == "changed" and change.parts is None


def test_a_reading_replaced_by_a_later_one_is_still_split() -> None:
    """On the earlier day the later reading is unknown, so only the order day, evidence has scores all along."""
    a, b = data(one=[item("reply_commitment", "refuses")]), data(one=[item("reply_commitment", "time-bound", LATE)])
    assert parts(compare(Snapshot(a, EARLY), Snapshot(b, LATE))) == pytest.approx(
        {"evidence": 99, "ageing": 0, "method": 0}
    )


# --- agencies, leagues ------------------------------------------------------------------------------------


def test_scores_appear_and_disappear_without_a_split() -> None:
    a, b = Snapshot(data(one=FULL, two=[]), EARLY), Snapshot(data(one=[], two=FULL, three=FULL), EARLY)
    found = compare(a, b).agencies
    kinds = {id: (agency.status, agency.scores["index"]["score"].kind) for id, agency in found.items()}
    assert kinds == {"one": ("both", "disappears"), "two": ("both", "appears"), "three": ("added", "appears")}
    assert all(agency.scores["index"]["score"].parts is None for agency in found.values())
    assert compare(b, a).agencies["three"].status == "removed"


def test_a_dimension_of_one_method_only_appears() -> None:
    a, b = Snapshot(data(without_rules(), one=FULL[:2]), EARLY), Snapshot(data(one=FULL), EARLY)
    assert compare(a, b).agencies["one"].scores["rules"]["score"].kind == "appears"
    assert compare(b, a).agencies["one"].scores["rules"]["score"].kind == "disappears"


def replying(hours: float) -> tuple[Evidence, ...]:
    return (item("reply_commitment", "time-bound"), item("reply_target_hours", hours))


def test_an_added_agency_moves_the_rank_of_others_only() -> None:
    a = Snapshot(data(one=replying(24)), EARLY)
    b = Snapshot(data(one=replying(24), two=replying(4)), EARLY)
    one = compare(a, b).agencies["one"]
    assert one.ranks["talk"] == Change(1, 2, {"evidence": 0, "ageing": 0, "method": 0, "others": 1})
    assert not one.evidence.moved and not one.scores["talk"]["score"].moved and one.moved
    assert compare(a, b).agencies["two"].ranks["talk"].kind == "appears"


def test_a_rank_is_split_between_itself_and_the_others() -> None:
    """From third of three to first, past one that stays and one that falls behind by itself, too.

    Alone, its own reading takes it past both (−2), and the fall of `two` to the last place takes it up one (−1).
    In either order the two sum to −2: own −2 then others 0, or others −1 then own −1.
    """
    a = Snapshot(data(one=replying(48), two=replying(24), three=replying(12)), EARLY)
    b = Snapshot(data(one=replying(4), two=replying(70), three=replying(12)), EARLY)
    rank = compare(a, b).agencies["one"].ranks["talk"]
    assert (rank.old, rank.new) == (3, 1)
    assert rank.parts == pytest.approx({"evidence": -1.5, "ageing": 0, "method": 0, "others": -0.5})


@pytest.mark.parametrize("empty", [data(), data(one=[])])
def test_nothing_to_score_is_no_error(empty: Dataset) -> None:
    full = Snapshot(data(one=FULL), EARLY)
    assert compare(Snapshot(empty, EARLY), full).agencies["one"].scores["index"]["score"].kind == "appears"
    assert compare(Snapshot(empty, EARLY), Snapshot(empty, LATE)).moved == ()


def test_a_profile_that_differs_is_told() -> None:
    a = data(one=FULL)
    agency = a.agencies["one"]
    historical = replace(agency, profile=agency.profile.model_copy(update={"historical": True}))
    one = compare(Snapshot(a, EARLY), Snapshot(replace(a, agencies={"one": historical}), EARLY)).agencies["one"]
    assert one.evidence.profile and one.moved
    assert one.ranks["talk"].kind == "disappears" and not one.scores["index"]["score"].moved


def test_real_data_sum_too(dataset: Dataset) -> None:
    """The real evidence, without a third of it on the day before, and by two weights."""
    first, second, *rest = dataset.methodology.dimensions
    swapped = (
        first.model_copy(update={"weight": second.weight}),
        second.model_copy(update={"weight": first.weight}),
        *rest,
    )
    heavier = dataset.methodology.model_copy(update={"dimensions": swapped})
    fewer = {id: replace(a, evidence=a.evidence[::3] + a.evidence[1::3]) for id, a in dataset.agencies.items()}
    last = max(i.observed for a in dataset.agencies.values() for i in a.evidence)
    a, b = Snapshot(replace(dataset, agencies=fewer), last), Snapshot(replace(dataset, methodology=heavier), last)
    assert sum(change.parts is not None and change.moved for _, change in changes(compare(a, b))) > 100
    for where, change in changes(compare(a, b)):
        if change.parts is not None:
            assert change.old is not None and change.new is not None
            assert sum(change.parts.values()) == pytest.approx(change.new - change.old, abs=1e-9), where
