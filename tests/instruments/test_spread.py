"""How sure an observation is: sizes by hand, quantiles against scipy's, and every kind of indicator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import binomtest

from scoring.instruments.spread import (
    Spread,
    beta_quantiles,
    effective_size,
    rate_quantiles,
    spread_of,
    wilson,
)
from scoring.instruments.times import restricted_mean
from scoring.model import Goalposts, Indicator, Rules, Text
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
LEVELS = np.linspace(0.005, 0.995, 199)
SHARES = np.linspace(0, 1, 101)
HALF_LIFE = 12  # months, in the small methodology; documents 24; grades A 1, B 1.5, C 2; a stated figure is 5 elements
INF, NAN = float("inf"), float("nan")


# --- sizes


@pytest.mark.parametrize(
    ("n", "frame", "factor", "halves", "size"),
    [
        (100, INF, 1, 0, 100),
        (100, INF, 2, 0, 25),  # an error twice as large is that of a quarter of the list
        (100, INF, 1, 1, 50),
        (100, INF, 1, 3, 12.5),
        (100, INF, 2, 1, 12.5),
        (100, 400, 1, 0, 100 / 0.75),
        (100, 100, 1, 0, INF),  # read whole: nothing is left to be unsure of
        (100, 100, 1, 1, 100),  # half of what was read whole is forgotten: 50 / (1 - 50 / 100)
        (100, 100, 2, 0, 25 / 0.75),
        (100, 400, 2, 1, 12.5 / (1 - 12.5 / 400)),
    ],
)
def test_effective_size_by_hand(n: float, frame: float, factor: float, halves: float, size: float) -> None:
    assert effective_size(n, frame, factor, halves) == pytest.approx(size, rel=1e-12)


def test_effective_size_has_the_error_of_a_sample_without_replacement() -> None:
    """The variance of a share of 30 drawn from 90, of whom 36 have it: hypergeometric, but for N against N - 1."""
    size = float(effective_size(30, 90, 1, 0))
    exact = stats.hypergeom(90, 36, 30).var() / 30**2
    assert 0.4 * 0.6 / size == pytest.approx(exact * 89 / 90, rel=1e-12)


def test_no_month_and_no_doubt_makes_evidence_worth_more() -> None:
    ages = np.linspace(0, 10, 50)
    assert (np.diff(effective_size(80, 200, 1, ages)) < 0).all()
    assert (np.diff(effective_size(80, 200, np.linspace(1, 3, 50), 0)) < 0).all()


# --- quantiles


@pytest.mark.parametrize("n", [0.05, 0.1, 0.7, 1.0, 1.7, 3.0, 4.5, 12.0, 30.0, 77.0, 400.0, 1e4, 1e5])
def test_beta_quantiles_are_those_of_jeffreys(n: float) -> None:
    found = beta_quantiles(SHARES, np.full(len(SHARES), n), LEVELS)
    exact = stats.beta.ppf(LEVELS, n * SHARES[:, None] + 0.5, n * (1 - SHARES[:, None]) + 0.5)
    assert np.abs(found - exact).max() < 0.0021


def test_beta_quantiles_rise_with_the_level_and_the_share() -> None:
    for n in (0.05, 1.0, 8.0, 300.0):
        found = beta_quantiles(SHARES, np.full(len(SHARES), n), LEVELS)
        assert (np.diff(found, axis=1) >= 0).all() and (found[:, -1] > found[:, 0]).all()
        assert (np.diff(found, axis=0) >= -1e-6).all()
        assert found.min() >= 0 and found.max() <= 1


def test_an_infinite_size_is_the_share_itself_and_the_unobserved_is_not_a_number() -> None:
    found = beta_quantiles(np.array([0.0, 0.3, 1.0, NAN, NAN]), np.array([INF, INF, INF, INF, 20.0]), LEVELS)
    assert (found[:3] == np.array([[0.0], [0.3], [1.0]])).all() and np.isnan(found[3:]).all()


@pytest.mark.parametrize("events", [0, 1, 2, 5, 20, 100, 1000])
@pytest.mark.parametrize("exposure", [0.5, 3.0, 40.0])
def test_rate_quantiles_are_those_of_the_gamma_distribution(events: int, exposure: float) -> None:
    found = rate_quantiles(np.array([events / exposure]), np.array([exposure]), LEVELS)[0]
    exact = stats.gamma.ppf(LEVELS, events + 0.5) / exposure
    assert np.abs(found - exact).max() * exposure < 0.0025  # in events
    assert (np.diff(found) > 0).all() and found[0] >= 0


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 20), (3, 20), (20, 20), (19, 50), (500, 1000)])
def test_wilson_agrees_with_scipy(k: int, n: int, level: float) -> None:
    theirs = binomtest(k, n).proportion_ci(confidence_level=level, method="wilson")
    assert [float(end) for end in wilson(k / n, n, level)] == pytest.approx([theirs.low, theirs.high], abs=1e-9)


@pytest.mark.parametrize(("k", "n", "low", "high"), [(15, 148, 0.0624, 0.1605), (81, 263, 0.2553, 0.3662)])
def test_wilson_is_as_published(k: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    assert np.round(wilson(k / n, n, 0.95), 4).tolist() == [low, high]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    share=st.floats(0, 1) | st.sampled_from([0.0, 1.0]),
    read=st.floats(1, 5000),
    unread=st.floats(0, 5000) | st.just(INF),
    factor=st.sampled_from([1.0, 1.5, 2.0, 3.0]),
    young=st.floats(0, 120),
    older=st.floats(0.5, 120),
)
def test_old_evidence_widens_and_never_lowers(
    share: float, read: float, unread: float, factor: float, young: float, older: float
) -> None:
    """The central 90 % interval of older evidence is no narrower, and holds that of the younger.

    Narrowness is exact. Holding is to 0.01: of a share at an end, Jeffreys' quantile nearest to that end moves away
    from it as the list shrinks (of 0 in 100 the 5 % quantile is 0.00002, of 0 in 0.1 it is 0.0045).
    """
    sizes = effective_size(read, read + unread, factor, np.array([young, young + older]) / HALF_LIFE)
    (low, high), (old_low, old_high) = beta_quantiles(np.full(2, share), sizes, np.array([0.05, 0.95]))
    assert old_high - old_low >= high - low - 1e-6
    assert old_low <= low + 0.01 and old_high >= high - 0.01


# --- answer times cut at a window


def test_unanswered_counts_as_the_window() -> None:
    assert restricted_mean([10.0, INF], 72)[0] == pytest.approx((10 + 72) / 2)
    assert restricted_mean([10.0, 72.0], 72) == restricted_mean([10.0, 500.0], 72) == restricted_mean([10.0, INF], 72)


def test_the_size_of_yes_or_no_answers_is_nearly_their_number() -> None:
    """Four at once and four never: variance 2/7 with n - 1, so 0.25 / (2/7) · 7 - 1 = 5.125."""
    mean, size = restricted_mean([0.0] * 4 + [INF] * 4, 72)
    assert (mean, size) == pytest.approx((36, 5.125))
    assert restricted_mean([0.0] * 400 + [INF] * 400, 72)[1] == pytest.approx(800, rel=0.01)


def test_times_that_agree_are_worth_more_than_yes_or_no_answers() -> None:
    assert restricted_mean([30.0, 36.0, 42.0] * 10, 72)[1] > 30 * 10


@pytest.mark.parametrize(("hours", "size"), [([36.0] * 7, 7), ([INF] * 7, 7), ([5.0], 1), ([0.0, INF], 1)])
def test_times_without_any_variance_count_as_many_as_they_are(hours: list[float], size: float) -> None:
    assert restricted_mean(hours, 72)[1] == size


# --- every kind of indicator


@pytest.fixture(scope="module")
def rules() -> Rules:
    return small().methodology.rules


def small() -> Any:
    dataset = read_dataset(SMALL).dataset
    assert dataset is not None
    return dataset


def indicator(kind: str, unit: str, worst: float, best: float, scale: str = "linear") -> Indicator:
    posts = Goalposts(worst=worst, best=best, scale=scale, because=Text(en="Invented", ar="متخيَّل"))  # type: ignore[arg-type]
    like = small().methodology.indicators()["answered"]
    return like.model_copy(update={"kind": kind, "unit": unit, "goalposts": posts})


def observed(value: float, **more: Any) -> dict[str, Any]:
    blank = {"low": value, "high": value, "denominator": NAN, "frame": NAN, "size": NAN}
    return blank | {"strength": "A", "age_months": 0.0} | more


def made(of: Indicator, rules: Rules, *rows: dict[str, Any]) -> Spread:
    return spread_of(pd.DataFrame(rows), of, rules)


UNSEEN = observed(NAN, strength=NAN, age_months=NAN)


def test_a_level_is_a_share_of_its_elements(rules: Rules) -> None:
    graded = indicator("graded", "level", 0, 4)
    rows = [observed(3.0), observed(3.0, strength="C"), observed(3.0, age_months=24.0), observed(3.0, denominator=900)]
    spread = made(graded, rules, *rows, UNSEEN)
    assert spread.size[:4] == pytest.approx([INF, 1 / (1 - 1 / 4), 2 / (1 - 2 / 4), INF])
    low, high = spread.quantiles(LEVELS)
    assert low is high and (low[0] == 3).all() and np.isnan(low[4]).all()
    exact = 4 * stats.beta.ppf(LEVELS, 4 * 0.75 + 0.5, 4 * 0.25 + 0.5)
    assert low[2] == pytest.approx(4 * beta_quantiles(np.array([0.75]), spread.size[2:3], LEVELS)[0], abs=1e-5)
    assert low[1].min() < exact.min() and low[1].max() > exact.max() - 0.1


def test_a_document_read_in_part_is_a_range_whose_ends_both_have_an_error(rules: Rules) -> None:
    spread = made(
        indicator("graded", "level", 0, 4), rules, observed(1.0, high=3.0, strength="B"), observed(2.0, strength="B")
    )
    low, high = spread.quantiles([0.1, 0.5, 0.9])
    assert spread.ranged and (low[0] < high[0]).all() and (low[1] == high[1]).all()
    assert high[0] == pytest.approx(4 - low[0][::-1], abs=0.01)  # 3 of 4 is 1 of 4 turned round


def test_a_share_of_a_sample_with_and_without_a_frame(rules: Rules) -> None:
    share = indicator("sample_share", "share", 0, 1)
    rows = [
        observed(0.3, denominator=100),
        observed(0.3, denominator=100, frame=400),
        observed(0.3, denominator=100, frame=100),
        observed(0.3, denominator=100, strength="C"),
        observed(0.3, denominator=100, age_months=12.0),
        observed(0.3, strength="C"),  # stated without its base: as a document of five elements
        UNSEEN,
    ]
    spread = made(share, rules, *rows)
    assert spread.size[:6] == pytest.approx([100, 100 / 0.75, INF, 25, 50, 1.25 / 0.75])
    found = spread.quantiles(LEVELS)[0]
    assert np.abs(found[0] - stats.beta.ppf(LEVELS, 30.5, 70.5)).max() < 0.0021
    assert np.abs(found[1] - stats.beta.ppf(LEVELS, 40.5, 280 / 3 + 0.5)).max() < 0.0021
    assert (found[2] == 0.3).all() and np.isnan(found[6]).all()


def test_a_share_lies_on_its_own_scale_not_between_goalposts(rules: Rules) -> None:
    spread = made(indicator("survey_share", "share", 0.2, 0.5), rules, observed(0.9, denominator=50))
    assert (spread.floor[0], spread.ceiling[0]) == (0, 1)
    balance = made(indicator("survey_share", "minus1_to_1", -0.5, 0.5), rules, observed(0.4, denominator=50))
    found = balance.quantiles(LEVELS)[0][0]
    assert np.abs(found - (2 * stats.beta.ppf(LEVELS, 35.5, 15.5) - 1)).max() < 2 * 0.0021


def test_a_quantity_lies_between_goalposts_that_widen_to_hold_it(rules: Rules) -> None:
    quantity = indicator("quantity", "posts", 0, 10)
    rows = [observed(4.0, strength="C"), observed(25.0, strength="C"), observed(-2.0, strength="C"), observed(4.0)]
    spread = made(quantity, rules, *rows, observed(4.0, age_months=24.0, denominator=1000), UNSEEN)
    assert spread.floor[:4].tolist() == [0, 0, -2, 0] and spread.ceiling[:4].tolist() == [10, 25, 10, 10]
    assert spread.size[[0, 3, 4]] == pytest.approx([1.25 / 0.75, INF, 2.5 / 0.5])
    found = spread.quantiles(LEVELS)[0]
    assert np.abs(found[4] - 10 * stats.beta.ppf(LEVELS, 2.5, 3.5)).max() < 10 * 0.0021
    assert (found[1] <= 25).all() and (found[2] >= -2).all() and np.isnan(found[5]).all()


def test_a_promise_has_its_error_on_the_log_scale(rules: Rules) -> None:
    promise = indicator("duration_promise", "hours", 72, 2, "log")
    rows = [observed(12.0, age_months=24.0), observed(12.0), observed(0.0, strength="C"), observed(200.0), UNSEEN]
    spread = made(promise, rules, *rows)
    assert spread.log and spread.size[0] == pytest.approx(5)
    assert spread.floor[:4].tolist() == [2, 2, 2, 2] and spread.ceiling[:4].tolist() == [72, 72, 72, 200]
    found = spread.quantiles(LEVELS)[0]
    at = np.log(12 / 2) / np.log(72 / 2)
    exact = np.log(2) + np.log(36) * stats.beta.ppf(LEVELS, 5 * at + 0.5, 5 * (1 - at) + 0.5)
    assert np.abs(np.log(found[0]) - exact).max() < np.log(36) * 0.0021
    assert found[1] == pytest.approx(12) and found[3] == pytest.approx(200)
    assert found[2].min() >= 2 - 1e-5 and np.isnan(found[4]).all()


def test_a_counted_rate_is_gamma_and_a_stated_one_is_not(rules: Rules) -> None:
    rate = indicator("rate", "per_month", 0, 20)
    rows = [observed(2.5, denominator=12), observed(2.5, denominator=12, age_months=12.0), observed(2.5, strength="C")]
    spread = made(rate, rules, *rows, UNSEEN)
    assert spread.counted.tolist() == [True, True, False, False]
    found = spread.quantiles(LEVELS)[0]
    assert np.abs(found[0] - stats.gamma.ppf(LEVELS, 30.5) / 12).max() < 0.0025 / 12
    assert np.abs(found[1] - stats.gamma.ppf(LEVELS, 15.5) / 6).max() < 0.0025 / 6
    assert found[2].max() <= 20 and np.isnan(found[3]).all()


def test_spreads_of_some_agencies_are_rows_of_the_whole(rules: Rules) -> None:
    rows = [observed(x, denominator=40, strength="B") for x in (0.1, 0.5, 0.7)] + [UNSEEN]
    whole = made(indicator("sample_share", "share", 0, 1), rules, *rows)
    chosen = np.array([2, 0, 3])
    part = whole.rows(chosen).quantiles(LEVELS)[0]
    np.testing.assert_array_equal(part, whole.quantiles(LEVELS)[0][chosen])


def test_a_rate_of_a_list_read_whole_is_the_rate_itself() -> None:
    found = rate_quantiles(np.array([0.5, 0.0]), np.array([np.inf, np.inf]), np.array([0.05, 0.5, 0.95]))
    assert (found.T == [0.5, 0.0]).all()


def test_equal_times_count_as_many_as_they_are() -> None:
    assert restricted_mean([5.0] * 7, 72)[1] == 7
