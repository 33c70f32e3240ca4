"""What changed between two states: text for people at a terminal, Markdown for a pull request, JSON for programs.

Names, and whatever else comes from the data or the command line, are strangers' text: shown on one line without
characters that act, and in Markdown inside code, where nothing is markup, a link or a mention.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from scoring.method.compare import AgencyChange, Change, Comparison
from scoring.problems import visible
from scoring.states import State

DIGITS = 12  # of JSON: beyond them is noise of floating point
_WORDS = {
    "added": "evidence added",
    "removed": "evidence removed",
    "changed": "evidence changed",
    "dated": "evidence that only the later day lets in",
}
_LISTED = 20  # differences of the method that people are shown

Words = Callable[[object], str]


def compared_json(comparison: Comparison, a: State, b: State) -> str:
    """Everything that changed, unrounded: by agency its evidence, and old, new and parts of each number."""
    whole = {
        "a": _as_json(a), "b": _as_json(b), "summary": _counts(comparison),
        "method": [visible(path, 500) for path in comparison.method],
        "agencies": {agency.id: _agency_json(agency) for agency in comparison.moved},
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def compared_text(comparison: Comparison, a: State, b: State) -> str:
    """Everything that changed, for a terminal."""
    lines = [*_head(comparison, a, b, visible), ""]
    for agency in comparison.moved:
        lines.append("  ".join([agency.id, *_name(comparison, agency, visible), *_newness(agency)]))
        lines += [f"  {line}" for line in _agency(agency, visible)]
    return "\n".join(lines).rstrip() + "\n"


def compared_markdown(comparison: Comparison, a: State, b: State) -> str:
    """Everything that changed, for a page or a pull request."""
    lines = [f"- {line}" for line in _head(comparison, a, b, code)]
    for agency in comparison.moved:
        title = " ".join([code(agency.id), *_name(comparison, agency, code), *_newness(agency)])
        lines += ["", f"### {title}", "", *(f"- {line}" for line in _agency(agency, code))]
    return "\n".join(lines) + "\n"


def code(value: object) -> str:
    """A stranger's text as a Markdown code span: fenced by more backticks than it holds."""
    text = visible(value)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if text[:1] in ("`", " ", "") or text[-1:] in ("`", " ") else ""
    return f"{fence}{space}{text}{space}{fence}"


# --- words ------------------------------------------------------------------------------------------------


def _head(comparison: Comparison, a: State, b: State, words: Words) -> Iterator[str]:
    """Which states, how much changed, and what in the method."""
    for letter, state in (("A", a), ("B", b)):
        version = state.snapshot.dataset.methodology.version
        source = "" if state.source == state.asked else f" ({words(state.source)})"
        fictional = ", FICTIONAL" if state.snapshot.dataset.fictional else ""
        shown = f"{words(state.asked)}{source}, as of {state.snapshot.as_of}, methodology {words(version)}"
        yield f"{letter}: {shown}{fictional}"
    yield ", ".join(f"{count} {what}" for what, count in _counts(comparison).items())
    if comparison.method:
        more = len(comparison.method) - _LISTED
        shown = ", ".join(words(path) for path in comparison.method[:_LISTED])
        yield f"method changed: {shown}" + (f" and {more} more" if more > 0 else "")


def _counts(comparison: Comparison) -> dict[str, int]:
    moved = comparison.moved
    counts = {status: sum(agency.status == status for agency in moved) for status in ("added", "removed")}
    return (
        {"changed": len(moved) - sum(counts.values())} | counts | {"unchanged": len(comparison.agencies) - len(moved)}
    )


def _name(comparison: Comparison, agency: AgencyChange, words: Words) -> list[str]:
    state = comparison.a if agency.status == "removed" else comparison.b
    name = state.dataset.agencies[agency.id].profile.name
    return [words(name.en or name.ar)]


def _newness(agency: AgencyChange) -> list[str]:
    return [] if agency.status == "both" else [f"({agency.status})"]


def _agency(agency: AgencyChange, words: Words) -> Iterator[str]:
    """One line for each number that changed, then the evidence."""
    for node, measures in agency.scores.items():
        for measure, change in measures.items():
            if change.moved:
                yield f"{words(node)} {measure}: {_change(change, 2)}"
        if node in agency.ranks and agency.ranks[node].moved:
            yield f"{words(node)} rank: {_change(agency.ranks[node], 0)}"
    for field, label in _WORDS.items():
        ids: Sequence[str] = getattr(agency.evidence, field)
        if ids:
            yield f"{label}: {', '.join(words(id) for id in ids)}"
    if agency.evidence.profile:
        yield "profile changed"


def _change(change: Change, digits: int) -> str:
    """`40.00 → 45.00 (+5.00): evidence +4.00, ageing 0.00, method +1.00`"""
    if change.old is None or change.new is None:
        known = change.new if change.old is None else change.old
        return f"{change.kind}, {'now' if change.old is None else 'was'} {known:.{digits}f}"
    head = f"{change.old:.{digits}f} → {change.new:.{digits}f} ({_signed(change.new - change.old, digits)})"
    if change.parts is None:
        return f"{head}: its causes cannot be told apart"
    return f"{head}: " + ", ".join(f"{cause} {_signed(part, 2)}" for cause, part in change.parts.items())


def _signed(value: float, digits: int) -> str:
    text = f"{value:+.{digits}f}".replace("-", "−")
    return text if text.strip("+−0.") else text[1:]


# --- JSON -------------------------------------------------------------------------------------------------


def _as_json(state: State) -> dict[str, str | bool]:
    said: dict[str, str | bool] = {"fictional": True} if state.snapshot.dataset.fictional else {}
    return said | {
        "state": visible(state.asked, 500),
        "source": visible(state.source, 500),
        "as_of": str(state.snapshot.as_of),
        "methodology": visible(state.snapshot.dataset.methodology.version),
    }


def _agency_json(agency: AgencyChange) -> dict[str, Any]:
    evidence = {field: list(getattr(agency.evidence, field)) for field in _WORDS}
    return {
        "status": agency.status,
        "profile_changed": agency.evidence.profile,
        "evidence": evidence,
        "scores": {node: found for node, m in agency.scores.items() if (found := _changes_json(m))},
        "ranks": _changes_json(agency.ranks),
    }


def _changes_json(changes: Mapping[str, Change]) -> dict[str, dict[str, Any]]:
    return {key: _change_json(change) for key, change in changes.items() if change.moved}


def _change_json(change: Change) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, DIGITS)

    parts = None if change.parts is None else {cause: rounded(part) for cause, part in change.parts.items()}
    return {"kind": change.kind, "old": rounded(change.old), "new": rounded(change.new), "parts": parts}
