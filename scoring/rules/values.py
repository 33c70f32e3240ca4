"""Values: of the code's type, in its unit, and in agreement with their counts."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scoring.model import Code, Evidence
from scoring.problems import Problem
from scoring.rules import messages as m
from scoring.rules.view import Here, View
from scoring.source.validate import YES_NO

SIGNED_UNITS = ("minus1_to_1",)
ROUNDING = 0.006  # a share given as a whole percentage may be half a point off its counts

_KINDS = {
    "flag": ("true or false", "true أو false"),
    "choice": ("one of its choices", "أحد خياراته"),
    "number": ("a number", "عددًا"),
    "share": ("a number from 0 to 1", "عددًا من 0 إلى 1"),
}


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_scored(item: Evidence, code: Code) -> bool:
    """Whether an item counts: its code feeds an indicator, and no context says otherwise."""
    return bool(code.feeds) and item.context is None and item.state == "observed"


def scored_values_have_the_codes_type(view: View) -> Iterator[Problem]:
    """`yes`, 'about a day' and the like can be shown as context, but not scored."""
    fits = {"flag": lambda v: isinstance(v, bool), "choice": lambda v: isinstance(v, str)}
    for item, code, here in view.coded_evidence():
        if not is_scored(item, code) or code.type == "text":
            continue
        if item.value is None:
            if code.type in fits:
                yield m.NO_VALUE.at(here(), item.id)
        elif not fits.get(code.type, is_number)(item.value):
            meant = code.type == "flag" and str(item.value).casefold() in YES_NO
            message = m.WRITE_BOOLEAN if meant else m.WRONG_VALUE
            yield message.at(here("value"), item.value, kind=_KINDS[code.type])


def choices_exist(view: View) -> Iterator[Problem]:
    """A choice stands for a level; an unknown one stands for none."""
    for item, code, here in view.coded_evidence():
        choices = [choice.id for choice in code.choices]
        if code.type == "choice" and isinstance(item.value, str) and item.value not in choices:
            near = get_close_matches(item.value, choices, n=1, cutoff=0)
            listed = ", ".join(choices)
            yield m.UNKNOWN_CHOICE.at(here("value"), item.value, choices=listed, near="".join(near) or "…")


def numbers_are_in_the_codes_unit(view: View) -> Iterator[Problem]:
    """Numbers in two units would be averaged as if they were one."""
    for item, code, here in view.coded_evidence():
        if not is_number(item.value) or code.type not in ("number", "share"):
            continue
        if item.unit is None and code.type == "number":
            yield m.NO_UNIT.at(here("value"), item.value)
        elif item.unit is not None and code.unit is not None and item.unit != code.unit:
            yield m.WRONG_UNIT.at(here("unit"), item.unit, unit=code.unit)


def numbers_are_in_range(view: View) -> Iterator[Problem]:
    """A share of 85 is a percentage, and no time is negative."""
    for item, code, here in view.coded_evidence():
        if not isinstance(item.value, int | float) or isinstance(item.value, bool):
            continue
        if "share" in (code.type, item.unit):
            if not 0 <= item.value <= 1:
                yield m.NOT_A_SHARE.at(here("value"), item.value)
        elif item.value < 0 and (item.unit or code.unit) not in SIGNED_UNITS:
            yield m.NEGATIVE.at(here("value"), item.value)


def fractions_add_up(view: View) -> Iterator[Problem]:
    """Whoever recounts must arrive at the share that is shown."""
    for item, here in view.evidence():
        part, whole = item.numerator, item.denominator
        if part is not None and whole is None:
            yield m.HALF_A_FRACTION.at(here("numerator"), part)
        elif part is not None and whole is not None:
            yield from _fraction(item, part, whole, here)
        if item.frame is not None and item.frame < (whole or 1):
            yield m.FRAME_TOO_SMALL.at(here("frame"), item.frame, denominator=whole)


def _fraction(item: Evidence, part: int, whole: int, here: Here) -> Iterator[Problem]:
    if part > whole:
        yield m.MORE_THAN_ALL.at(here("numerator"), part, denominator=whole)
    elif isinstance(item.value, float) and abs(item.value - part / whole) > ROUNDING:
        share = round(part / whole, 4)
        yield m.FRACTION_DISAGREES.at(here("value"), item.value, numerator=part, denominator=whole, share=share)


def absences_are_documented(view: View) -> Iterator[Problem]:
    """Absence scores worst, so it rests on dated searches for what must be public, or on the agency's own words."""
    needed = view.rules.absence_searches
    for item, code, here in view.coded_evidence():
        own_words = code.type == "choice" and item.value in [choice.id for choice in code.choices]
        if item.state != "documented_absence" or own_words:
            continue
        if not any(view.indicators[f.indicator].must_publish for f in code.feeds if f.indicator in view.indicators):
            yield m.ABSENCE_OF_OPTIONAL.at(here("state"), item.code)
        elif len(set(item.searches)) < needed:
            yield m.THIN_ABSENCE.at(here("searches"), len(set(item.searches)), needed=needed)
