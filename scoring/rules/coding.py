"""Coded samples: a codebook whose questions lead somewhere, and coders who agree with somebody."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.model import Option, Variable
from scoring.problems import Problem
from scoring.rules import instrument_messages as im
from scoring.rules.references import CODE, known
from scoring.rules.view import Here, View
from scoring.source.dataset import CODEBOOK

OPTION = ("an answer of this question", "جواب لهذا السؤال")
VARIABLE = ("a question of the codebook", "سؤال في دليل الترميز")


def codebook_points_somewhere(view: View) -> Iterator[Problem]:
    """An answer that does not exist would never be counted, and a share without a code never be evidence."""
    listed = view.dataset.codebook.variables if view.dataset.codebook else ()
    variables = {variable.id: variable for variable in listed}
    for index, variable in enumerate(listed):
        here = view.file(CODEBOOK).into("variables", index)
        yield from known(variable.becomes, view.codes, CODE, here("becomes"))
        yield from _answers(variable, here)
        if when := variable.asked_when:
            yield from known(when.variable, variables, VARIABLE, here("asked_when", "variable"))
            options = variables[when.variable].options if when.variable in variables else ()
            for at, answer in enumerate(when.answers):
                yield from known(answer, _ids(options), OPTION, here("asked_when", "answers", at))


def _ids(options: tuple[Option, ...]) -> set[str]:
    return {option.id for option in options}


def _answers(variable: Variable, here: Here) -> Iterator[Problem]:
    options = _ids(variable.options)
    for key in ("counts", "among"):
        for index, answer in enumerate(getattr(variable, key)):
            yield from known(answer, options, OPTION, here(key, index))
    for key in ("examples", "borderline"):
        for index, case in enumerate(getattr(variable, key)):
            yield from known(case.answer, options, OPTION, here(key, index, "answer"))
    taken: dict[str, str] = {}
    for index, option in enumerate(variable.options):
        other = taken.setdefault(option.key, option.id)
        if other != option.id:
            yield im.KEY_TWICE.at(here("options", index, "key"), option.key, other=other)


def coders_agree_with_somebody(view: View) -> Iterator[Problem]:
    """One coder agrees with nobody, and nobody with themselves."""
    for item, here in view.evidence():
        if item.alpha is not None and (len(item.coders) < 2 or len(set(item.coders)) < len(item.coders)):
            yield im.ALPHA_ALONE.at(here("alpha"), item.alpha)
