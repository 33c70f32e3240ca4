"""Sentences that say what the numbers show, in the reader's language."""

from __future__ import annotations

import math
from statistics import median

from scoring.method.rank import Shortfall
from scoring.model import Evidence, Indicator
from scoring.render.language import Language
from scoring.render.view import View

SHARES = {"coverage_total", "coverage_dimension"}


def overall(view: View, lang: Language) -> str:
    """Who is ranked overall, or, plainly, that nobody is yet and how far the best-observed agency is."""
    index = view.methodology.id
    ranked = len(view.places[index])
    if ranked:
        return lang.t("overall_some", n=ranked)
    best = max((view.node(a, index).coverage for a in view.dataset.agencies), default=0.0)
    total = lang.percent(view.methodology.rules.overall_coverage)
    return lang.t("overall_nobody", total=total, best=lang.percent(best))


def league(view: View, lang: Language, node: str) -> str:
    """How many are ranked, who leads, and where the evidence would allow the leader to stand."""
    places = view.places[node]
    name = view.node_name(lang, node)
    if not places:
        return lang.t("league_sentence", n=0, dimension=name)
    agency, place = next(iter(places.items()))
    top = view.node(agency, node).score
    return lang.t(
        "league_sentence",
        n=len(places),
        dimension=name,
        top=lang.number(top, 1),
        name=lang.pick(view.profile(agency).name),
        low=place.low,
        high=place.high,
        share=lang.percent(view.methodology.rules.uncertainty.interval),
    )


def apart(view: View, lang: Language, node: str) -> str:
    """Into how many tiers a league falls, or that nobody in it can be told apart from all others."""
    tiers = view.tiers[node]
    if not tiers:
        return ""
    count = next(iter(tiers.values())).of
    confidence = lang.percent(view.methodology.rules.uncertainty.confidence)
    return lang.t("apart", n=count, confidence=confidence)


def shortfall(view: View, lang: Language, missing: Shortfall) -> str:
    """One reason why an agency is not ranked overall."""
    show = lang.percent if missing.code in SHARES else "{:g}".format
    name = view.node_name(lang, missing.dimension) if missing.dimension else ""
    return lang.t(f"reason_{missing.code}", dimension=name, have=show(missing.have), need=show(missing.need))


def reasons(view: View, lang: Language, agency: str) -> list[str]:
    """Why an agency is not ranked overall."""
    barred = view.unrankable(agency)
    if barred:
        return [lang.t(f"reason_{barred}")]
    return [shortfall(view, lang, s) for s in view.results.shortfalls[agency]]


def observed_enough(view: View, lang: Language, agency: str) -> str:
    """The dimensions that an agency without an overall rank has enough observed of."""
    lacking = {s.dimension for s in view.results.shortfalls[agency]}
    names = [view.node_name(lang, d.id) for d in view.methodology.dimensions if d.id not in lacking]
    return lang.t("enough_in", dimensions=lang.t("comma").join(names)) if names else lang.t("enough_nowhere")


def not_in_league(view: View, lang: Language, agency: str, dimension: str) -> str:
    """Why an agency is not ranked in a dimension's league."""
    reason = view.unrankable(agency)
    if reason:
        return lang.t(f"reason_{reason}")
    missing = [leaf for leaf in view.leaves[dimension] if view.state(agency, leaf.id) == "not_observed"]
    return lang.t(
        "reason_league",
        have=lang.percent(view.node(agency, dimension).coverage),
        need=lang.percent(view.methodology.rules.league_coverage),
        missing=lang.t("comma").join(lang.pick(leaf.name) for leaf in missing),
    )


def observed(view: View, lang: Language, key: str, node: str, agencies: list[str]) -> str:
    """How many agencies are observed at a node, and the median of their scores."""
    scores = [s for a in agencies if (s := view.node(a, node).score) is not None]
    return lang.t(key, n=len(scores), median=lang.number(median(scores), 1) if scores else "–")


def dimension(view: View, lang: Language, agency: str, node: str) -> str:
    """An agency's score in a dimension, or in the whole index, with its range and coverage. A score of the whole of who
    is not ranked would be taken for more than it is."""
    score = view.node(agency, node)
    if node == view.methodology.id and not view.place(agency, node):
        observed = lang.t("observed_of_weight", share=lang.percent(score.coverage))
        return f"{lang.t('not_ranked')}{lang.t('comma')}{observed}."
    if score.score is None:
        return lang.t("dimension_sentence_unscored")
    low, high = score.shown
    return lang.t(
        "overall_sentence" if node == view.methodology.id else "dimension_sentence",
        score=lang.number(score.score, 1),
        low=lang.number(low, 1),
        high=lang.number(high, 1),
        share=lang.percent(view.methodology.rules.uncertainty.interval),
        lowest=lang.number(score.low, 1),
        highest=lang.number(score.high, 1),
        coverage=lang.percent(score.coverage),
    )


def question(view: View, lang: Language, items: list[tuple[str, Evidence]]) -> str:
    """How much evidence bears on a seed question."""
    scored = sum(view.use(item.id) == "scored" for _, item in items)
    return lang.t("question_sentence", n=len(items), agencies=len({a for a, _ in items}), scored=scored)


def raw_value(
    view: View,
    lang: Language,
    indicator: Indicator,
    value: float | None,
    low: float | None,
    high: float | None,
) -> str:
    """A raw value in its unit, with its range where it is not one number."""
    if value is None or math.isnan(value):
        return ""
    bare = indicator.unit in {"share", "level"}

    def one(x: float) -> str:
        return f"{lang.number(x * 100)}%" if indicator.unit == "share" else lang.number(x)

    if low is not None and high is not None and high > low:
        unit = "" if bare else f" {view.term(lang, 'units', indicator.unit)}"
        return lang.t("range", low=one(low), high=one(high)) + unit
    return one(value) if bare else view.quantity(lang, value, indicator.unit)
