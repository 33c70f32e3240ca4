"""Intervals hold the truth as often as they say: simulated from known truths, with fixed seeds.

Jeffreys' interval is Bayesian: for one fixed share its coverage swings about the nominal level (Brown, Cai and DasGupta
2001, figure 3), and it is on average over shares that it is calibrated. So every design draws the truth anew each time,
shares evenly from 0 to 1. An interval is taken as it is published: the central quantiles, stretched to hold the
reading. That matters only for readings of none or all, where Brown, Cai and DasGupta stretch it likewise; a finite list
has none or all in it often enough to tell.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtr

from scoring.instruments.spread import Spread, beta_quantiles, effective_size
from scoring.instruments.times import restricted_mean
from scoring.method.ranksets import RankSets, normal_errors, rank_sets, sets_from_intervals

Column = NDArray[np.float64]
RUNS = 20_000  # of shares; the standard error of a coverage is 0.2 points
NOMINAL = [0.9, 0.95]
WINDOW = 72.0  # hours


def ends(nominal: float) -> Column:
    return np.array([(1 - nominal) / 2, (1 + nominal) / 2])


def share_coverage(share: Column, size: Column, truth: Column, nominal: float) -> float:
    low, high = beta_quantiles(share, size, ends(nominal)).T
    return float(((np.minimum(low, share) <= truth) & (truth <= np.maximum(high, share))).mean())


# --- shares


@pytest.mark.parametrize("nominal", NOMINAL)
def test_shares_of_a_sample(nominal: float) -> None:
    draw = np.random.default_rng(1)
    n, truth = draw.integers(30, 201, RUNS), draw.uniform(size=RUNS)
    share = draw.binomial(n, truth) / n
    assert share_coverage(share, n.astype(float), truth, nominal) == pytest.approx(nominal, abs=0.02)


@pytest.mark.parametrize("nominal", NOMINAL)
@pytest.mark.parametrize(("smallest", "largest"), [(40, 100), (100, 1000)])
def test_shares_of_a_finite_list(nominal: float, smallest: int, largest: int) -> None:
    """Of a list of N, in which each element has it with a share drawn evenly, n are read without replacement: from a
    quarter of the list to nine tenths. The truth is the share of the list, not the one it was made from."""
    draw = np.random.default_rng(2)
    frame = draw.integers(smallest, largest, RUNS)
    n = (frame * draw.uniform(0.25, 0.9, RUNS)).astype(int)
    having = draw.binomial(frame, draw.uniform(size=RUNS))
    share = draw.hypergeometric(having, frame - having, n) / n
    size = effective_size(n, frame, 1, 0)
    assert share_coverage(share, size, having / frame, nominal) == pytest.approx(nominal, abs=0.02)


@pytest.mark.parametrize("nominal", NOMINAL)
@pytest.mark.parametrize("halves", [0.5, 1.0, 2.0, 3.0])
def test_aged_shares_of_a_truth_that_drifted(nominal: float, halves: float) -> None:
    """n were read when the truth was p; since then it drifted to p′, and the interval is asked to hold p′.

    Ageing says that after h half-lives n is worth m = n · 2^-h. So the error of the reading as one of p′ has variance
    p(1 - p) / m = p(1 - p) / n · 2^h. Reading itself makes p(1 - p) / n of it; the drift is the rest,
    p(1 - p) (2^h - 1) / n. A drift of that variance which leaves shares spread evenly, as calibration on average over
    them asks: j of M tosses with p, then p′ from the posterior of a share so tossed, Beta(1 + j, 1 + M - j). Tosses and
    posterior each have variance p(1 - p) / M, so M = 2n / (2^h - 1).
    """
    draw = np.random.default_rng(3)
    n, before = draw.integers(30, 201, RUNS), draw.uniform(size=RUNS)
    share = draw.binomial(n, before) / n
    tosses = np.round(2 * n / (2**halves - 1)).astype(int)
    heads = draw.binomial(tosses, before)
    after = draw.beta(1 + heads, 1 + tosses - heads)
    assert share_coverage(share, effective_size(n, np.inf, 1, halves), after, nominal) == pytest.approx(
        nominal, abs=0.02
    )
    assert share_coverage(share, n.astype(float), after, nominal) < nominal - 0.02  # what not ageing it would claim


# --- answer times, cut at the window


def exponential(draw: np.random.Generator, n: int) -> tuple[Column, float]:
    """Times and their true mean when cut: the scale from 6 to 150 hours, so that 0 to 62 % stay unanswered."""
    scale = draw.uniform(6, 150)
    return draw.exponential(scale, n), scale * (1 - np.exp(-WINDOW / scale))


def log_normal(draw: np.random.Generator, n: int) -> tuple[Column, float]:
    """The same of log-normal times; their mean when cut at w is e^(μ + σ²/2) Φ(z - σ) + w Φ(-z), z = (ln w - μ)/σ."""
    mu, sigma = np.log(draw.uniform(4, 100)), draw.uniform(0.5, 1.5)
    z = (np.log(WINDOW) - mu) / sigma
    return draw.lognormal(mu, sigma, n), np.exp(mu + sigma**2 / 2) * ndtr(z - sigma) + WINDOW * ndtr(-z)


@pytest.mark.parametrize("nominal", NOMINAL)
@pytest.mark.parametrize("times", [exponential, log_normal])
def test_restricted_mean_answer_times(
    nominal: float, times: Callable[[np.random.Generator, int], tuple[Column, float]]
) -> None:
    draw = np.random.default_rng(4)
    made = [times(draw, int(draw.integers(30, 121))) for _ in range(5000)]
    truth = np.array([mean for _, mean in made])
    mean, size = np.array([restricted_mean(np.where(x < WINDOW, x, np.inf), WINDOW) for x, _ in made]).T
    nothing, window = np.zeros(len(mean)), np.full(len(mean), WINDOW)
    spread = Spread(mean, mean, size, nothing, window, np.zeros(len(mean), dtype=bool))
    low, high = spread.quantiles(ends(nominal))[0].T
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(nominal, abs=0.02)


# --- sets of ranks, at 95 %

MEANS = {
    "spread": np.linspace(0, 6, 5),
    "tied": np.zeros(5),
    "pairs": np.array([0, 0, 3.5, 3.5, 7]),
    "near": np.array([0, 0.05, 0.1, 0.6, 3]),
    "a hair apart": np.arange(5) * 1e-6,
}
ERRORS = {"equal": np.ones(5), "unequal": np.array([1.5, 0.5, 1.0, 0.7, 1.2])}
Sets = Callable[[Column, Column], RankSets]


def admissible(truth: Column) -> tuple[Column, Column]:
    """The best and worst rank of each unit, those tied with it sharing theirs."""
    return 1 + (truth > truth[:, None]).sum(axis=1), len(truth) - (truth < truth[:, None]).sum(axis=1)


def rank_hits(truth: Column, deviation: Column, sets: Sets, runs: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each unit's set holds some admissible rank, and whether it holds all, runs × units. Draws of the errors
    are new in every run, so that a lucky critical value doesn't serve them all."""
    draw = np.random.default_rng(5)
    pool = normal_errors(deviation, 30_000, 6)
    best, worst = admissible(truth)
    some, every = np.empty((2, runs, len(truth)), dtype=bool)
    for run in range(runs):
        start = draw.integers(len(pool) - 1500)
        found = sets(truth + deviation * draw.standard_normal(len(truth)), pool[start : start + 1500])
        some[run] = (found.best <= worst) & (found.worst >= best)
        every[run] = (found.best <= best) & (found.worst >= worst)
    return some, every


def stepdown(estimate: Column, errors: Column) -> RankSets:
    return rank_sets(estimate, errors)


def single_step(estimate: Column, errors: Column) -> RankSets:
    return rank_sets(estimate, errors, stepdown=False)


def joint_intervals(estimate: Column, errors: Column) -> RankSets:
    return sets_from_intervals(estimate, errors.T)


def marginal(estimate: Column, errors: Column) -> RankSets:
    return rank_sets(estimate, errors, simultaneous=False)


@pytest.mark.parametrize("errors", ERRORS)
@pytest.mark.parametrize("means", MEANS)
@pytest.mark.parametrize("sets", [stepdown, single_step, joint_intervals])
def test_simultaneous_rank_sets_hold_all_ranks_together(sets: Sets, means: str, errors: str) -> None:
    """Of tied units a set need only hold some admissible rank, yet these hold all of them as often as they say."""
    some, every = rank_hits(MEANS[means], ERRORS[errors], sets, 1500)
    assert some.all(axis=1).mean() >= 0.94
    assert every.all(axis=1).mean() >= 0.94


@pytest.mark.parametrize("sets", [stepdown, single_step])
def test_rank_sets_of_tied_units_are_no_wider_than_asked(sets: Sets) -> None:
    _, every = rank_hits(MEANS["tied"], ERRORS["equal"], sets, 1500)
    assert every.all(axis=1).mean() <= 0.965


@pytest.mark.parametrize("means", MEANS)
def test_marginal_rank_sets_hold_each_rank(means: str) -> None:
    some, every = rank_hits(MEANS[means], ERRORS["unequal"], marginal, 1000)
    assert some.mean(axis=0).min() >= 0.94
    assert every.mean() >= 0.94
