"""Times to an answer, against the reference package and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times, restricted_mean_survival_time

from scoring.instruments.times import answered_by, kaplan_meier, median_time, restricted_mean

WINDOW = 72.0


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_lifelines(seed: int) -> None:
    """Answers at continuous and at whole hours (ties), watching ended at any time."""
    random = np.random.default_rng(seed)
    hours = random.exponential(30, 40)
    hours = np.ceil(hours) if seed % 2 else hours
    watched = random.uniform(5, 120, 40)
    answered, t = hours <= watched, np.minimum(hours, watched)
    fitter = KaplanMeierFitter().fit(t, answered)
    times, unanswered, _, _ = kaplan_meier(t, answered)
    theirs = fitter.survival_function_at_times(times).to_numpy()
    np.testing.assert_allclose(unanswered, theirs, rtol=0, atol=1e-9)
    mean, _ = restricted_mean(t, WINDOW, answered)
    assert mean == pytest.approx(restricted_mean_survival_time(fitter, WINDOW), abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_intervals_agree_with_lifelines(seed: int) -> None:
    random = np.random.default_rng(seed)
    hours = random.exponential(30, 60)
    hours = np.ceil(hours) if seed % 2 else hours
    watched = random.uniform(5, 120, 60)
    answered, t = hours <= watched, np.minimum(hours, watched)
    fitter = KaplanMeierFitter(alpha=0.1).fit(t, answered)
    theirs = fitter.confidence_interval_
    for at in np.unique(t[answered])[1:-1]:
        low, high = 1 - theirs.loc[at].to_numpy()[::-1]
        expected = (1 - fitter.survival_function_at_times(at).iloc[0], low, high)
        assert answered_by(t, answered, float(at), 0.9) == pytest.approx(expected, abs=1e-9)
    ends = median_survival_times(theirs).to_numpy().ravel()
    assert median_time(t, answered, 0.9) == pytest.approx((fitter.median_survival_time_, *sorted(ends)), abs=1e-9)


def test_before_the_first_answer_nothing_is_known_and_half_may_never_be_answered() -> None:
    assert answered_by([5.0, 9.0], [True, False], 2, 0.9) == (0, 0, 0)
    assert median_time([5.0, 9.0, 9.0], [True, False, False], 0.9)[0] == np.inf


def test_by_hand() -> None:
    """Four enquiries: answered after 12 and 36 h, given up after 24, none in 72. Unanswered: 3/4 from 12 h, 3/8 from
    36 h (two watched, one answered). Mean 12 + 24 · 3/4 + 36 · 3/8."""
    times, unanswered, _, _ = kaplan_meier([12, 36, 24, 72], [True, True, False, False])
    assert times.tolist() == [12, 36] and unanswered.tolist() == [0.75, 0.375]
    assert restricted_mean([12, 36, 24, 72], WINDOW, [True, True, False, False])[0] == pytest.approx(12 + 18 + 13.5)


def test_giving_up_early_is_no_answer_and_makes_less_sure() -> None:
    hours = np.array([5.0, 10, 20, 30, 40, 50, 60, 70, 72, 72])
    kept = restricted_mean(hours, WINDOW, hours < 72)
    cut = restricted_mean(np.minimum(hours, 45), WINDOW, hours <= 45)
    assert cut[0] > kept[0] and cut[1] < kept[1]


def test_answered_at_once_and_never() -> None:
    assert restricted_mean([0.0] * 5, WINDOW) == (0.0, 5.0)
    assert restricted_mean([np.inf] * 5, WINDOW) == (WINDOW, 5.0)
