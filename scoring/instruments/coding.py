"""From the sheets of several coders to shares: how far they agree, what is left to settle, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.model import Codebook, Variable

Answer = frozenset[str]  # the options chosen; more than one only where the question allows it
UNKNOWN = Answer({"–"})  # nobody can tell: shown apart, and counted nowhere
Answers = Mapping[str, Mapping[str, Answer]]  # post → question → answer, without the unanswered


@dataclass(frozen=True)
class Sheet:
    """What one coder answered."""

    coder: str
    answers: Answers


@dataclass(frozen=True)
class Agreement:
    """How far coders agree on one question: alpha (None where all answers are the same, so that chance cannot be told
    from care), and on how many of the posts answered by at least two."""

    variable: str
    alpha: float | None
    agreed: int
    of: int


@dataclass(frozen=True)
class Share:
    """A settled question's share: `numerator` of `denominator`."""

    variable: Variable
    numerator: int
    denominator: int


def agreement(sheets: Sequence[Sheet], codebook: Codebook) -> list[Agreement]:
    """Agreement on every question, by Krippendorff's alpha for nominal answers (Krippendorff 2018, chapter 12)."""
    return [_agreement(sheets, variable.id) for variable in codebook.variables]


def _agreement(sheets: Sequence[Sheet], variable: str) -> Agreement:
    import krippendorff  # here, because it brings numpy, which the start of most commands does not need
    import numpy as np

    posts = _posts(sheets)
    given = [[_told(sheet.answers.get(post, {}).get(variable)) for post in posts] for sheet in sheets]
    numbers = {answer: n for n, answer in enumerate(dict.fromkeys(a for row in given for a in row if a))}
    table = np.array([[np.nan if a is None else numbers[a] for a in row] for row in given], dtype=float)
    paired = (~np.isnan(table)).sum(axis=0) >= 2
    same = [len({a for a in column if a}) == 1 for column in zip(*given, strict=True)]
    alpha = None
    if len(np.unique(table[:, paired][~np.isnan(table[:, paired])])) > 1:
        alpha = float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
    return Agreement(variable, alpha, sum(s for s, p in zip(same, paired, strict=True) if p), int(paired.sum()))


def _told(answer: Answer | None) -> Answer | None:
    return None if answer == UNKNOWN else answer


def _posts(sheets: Sequence[Sheet]) -> list[str]:
    return list(dict.fromkeys(post for sheet in sheets for post in sheet.answers))


def unsettled(sheets: Sequence[Sheet], decided: Answers, codebook: Codebook) -> list[tuple[str, str]]:
    """Post and question of everything that coders answered differently, or left blank, and nobody has decided."""
    settled = settle(sheets, decided, codebook)
    return [
        (post, variable.id)
        for post in _posts(sheets)
        for variable in codebook.variables
        if variable.id not in settled[post] and _may_be_asked(variable, post, settled, sheets)
    ]


def settle(sheets: Sequence[Sheet], decided: Answers, codebook: Codebook) -> dict[str, dict[str, Answer]]:
    """The answers all coders gave, and those decided where they differ; questions not to be asked are left out."""
    settled: dict[str, dict[str, Answer]] = {}
    for post in _posts(sheets):
        settled[post] = {}
        for variable in codebook.variables:
            given = {sheet.answers.get(post, {}).get(variable.id) for sheet in sheets}
            answer = given.pop() if len(given) == 1 else decided.get(post, {}).get(variable.id)
            answer = answer or decided.get(post, {}).get(variable.id)
            if answer and asked(variable, settled[post]):
                settled[post][variable.id] = answer
    return settled


def asked(variable: Variable, answers: Mapping[str, Answer]) -> bool:
    """Whether a question is asked of a post, by the answers to the questions before."""
    when = variable.asked_when
    return when is None or bool(answers.get(when.variable, Answer()) & set(when.answers))


def _may_be_asked(variable: Variable, post: str, settled: Answers, sheets: Sequence[Sheet]) -> bool:
    """Asked by what is settled; where the question before is not settled yet, by what any coder said."""
    when = variable.asked_when
    if when is None or when.variable in settled[post]:
        return asked(variable, settled[post])
    return any(asked(variable, sheet.answers.get(post, {})) for sheet in sheets)


def shares(settled: Answers, codebook: Codebook) -> Iterator[Share]:
    """The share each question comes to; questions that nobody had to answer come to none."""
    for variable in codebook.variables:
        given = [a for answers in settled.values() if (a := _told(answers.get(variable.id)))]
        wanted = set(variable.counts)
        if variable.distinct and given:
            yield Share(variable, len(wanted & set().union(*given)), len(wanted))
            continue
        among = [a for a in given if not variable.among or a & set(variable.among)]
        if wanted and among:
            yield Share(variable, sum(bool(a & wanted) for a in among), len(among))
