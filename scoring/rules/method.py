"""The method: weights, levels, goalposts and codes that can be computed with."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import count

from scoring.model import Branch, Indicator
from scoring.problems import Problem, Spot
from scoring.rules import method_messages as m
from scoring.rules.view import Here, View
from scoring.source.dataset import METHODOLOGY

TOLERANCE = 1e-9


def weights_sum_to_one(view: View) -> Iterator[Problem]:
    """A weight is a share of its parent; shares that do not add up would change meaning silently."""
    yield from _weights(view.methodology.dimensions, view.file(METHODOLOGY).key("dimensions"))
    for branch, here in view.branches():
        children: list[Branch | Indicator] = [*branch.indicators, *branch.branches]
        if not children:
            yield m.NO_CHILDREN.at(here(), branch.id)
        else:
            yield from _weights(children, here.key("indicators" if branch.indicators else "branches"))


def _weights(children: Iterable[Branch | Indicator], place: Spot) -> Iterator[Problem]:
    total = math.fsum(child.weight for child in children)
    if abs(total - 1) > TOLERANCE:
        yield m.WEIGHTS.at(place, f"{total:.12g}")


def levels_are_contiguous(view: View) -> Iterator[Problem]:
    """Levels are counted: a gap would score nothing, and a graded indicator without levels means nothing."""
    for indicator, here in view.placed_indicators():
        for index, (expected, level) in enumerate(zip(count(), indicator.levels, strict=False)):
            if level.level != expected:
                yield m.LEVELS.at(here("levels", index, "level"), level.level)
                break
        if indicator.kind == "graded" and not indicator.levels and not indicator.elements:
            yield m.NO_LEVELS.at(here(), indicator.id)


def goalposts_span_a_scale(view: View) -> Iterator[Problem]:
    """Between equal goalposts, or a logarithm of zero, no score can be computed."""
    for indicator, here in view.placed_indicators():
        posts, inside = indicator.goalposts, here.into("goalposts")
        if posts.worst == posts.best:
            yield m.GOALPOSTS_EQUAL.at(inside("best"), f"{posts.best:g}")
        for key in ("worst", "best"):
            yield from _goalpost(indicator, key, inside)


def _goalpost(indicator: Indicator, key: str, here: Here) -> Iterator[Problem]:
    value, top = getattr(indicator.goalposts, key), top_level(indicator)
    if indicator.goalposts.scale == "log" and value <= 0:
        yield m.GOALPOSTS_LOG.at(here(key), f"{value:g}")
    if top is not None and not 0 <= value <= top:
        yield m.GOALPOSTS_LEVELS.at(here(key), f"{value:g}", top=top)


def top_level(indicator: Indicator) -> int | None:
    """The highest level of a graded indicator; None where it is a quantity."""
    if indicator.levels:
        return max(level.level for level in indicator.levels)
    return len(indicator.elements) or None


def codes_can_be_scored(view: View) -> Iterator[Problem]:
    """What a code says must be a level or a number of the indicators it feeds."""
    for code, here in view.placed_codes():
        if (code.type == "choice") != bool(code.choices):
            yield m.CHOICES.at(here("type"), code.type)
        for index, feed in enumerate(code.feeds):
            indicator = view.indicators.get(feed.indicator)
            if indicator is None:
                continue
            top = top_level(indicator)
            if feed.at_least is not None and top is not None and not 0 <= feed.at_least <= top:
                place = here("feeds", index, "at_least")
                yield m.AT_LEAST.at(place, feed.at_least, indicator=indicator.id, top=top)
            whole = feed.at_least is None and feed.element is None
            if whole and code.type in ("number", "share") and code.unit != indicator.unit:
                yield m.FED_UNIT.at(here("unit"), code.unit, indicator=indicator.id, unit=indicator.unit)


def choice_levels_exist(view: View) -> Iterator[Problem]:
    """A choice that stands for a level above the top would be clipped without a word."""
    for code, here in view.placed_codes():
        whole = (feed.indicator for feed in code.feeds if feed.at_least is None and feed.element is None)
        for indicator in (view.indicators[id] for id in whole if id in view.indicators):
            top = top_level(indicator) or 0
            for index, choice in enumerate(code.choices):
                if choice.level is None or not 0 <= choice.level <= top:
                    place = here("choices", index, "level")
                    yield m.CHOICE_LEVEL.at(place, choice.level, indicator=indicator.id, top=top)


def strengths_are_complete(view: View) -> Iterator[Problem]:
    """Every item has a grade, so every grade needs a meaning and an error."""
    grades = sorted(strength.grade for strength in view.rules.strengths)
    if grades != ["A", "B", "C", "D"]:
        yield m.STRENGTHS.at(view.file(METHODOLOGY)("rules", "strengths"), ", ".join(grades))
