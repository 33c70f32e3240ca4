"""Codes about what an agency reports having done: replies, satisfaction, participation, captions, money."""

from __future__ import annotations

import re
from decimal import Decimal

from importers import phrases
from importers.findings import SOCIAL, Draft, Finding
from importers.phrases import REASONS
from importers.promises import flag

_COUNTS = {  # name in records → name in the vocabulary, where it is not the same without its `n_`
    "n_social_media": "social_media",
    "n_social": "social_media",
    "pct": "pct_reported",
    "isl_percent": "pct_sign_language",
    "percent": "pct_satisfied",
}
_MEASURES = [
    "pct",
    "minutes",
    "seconds",
    "hours",
    "days",
    "target_hours",
    "isl_percent",
    "x_interactions",
    "received",
    "answered",
]
_WORDS = ("response_time", "target", "detail", "numbers", "scope")  # figures in words


def counts_of(finding: Finding) -> dict[str, int | float]:
    """Every number of a record under its vocabulary name."""
    numbers = {
        key: value
        for key, value in finding.more.items()
        if key.startswith(("n_", "pct_", "minutes_")) or key in _MEASURES
    }
    if seconds := re.fullmatch(r"(\d+) seconds", str(finding.more.get("response_time"))):
        numbers["seconds"] = int(seconds[1])
    if target := re.fullmatch(r"(\d+) seconds", str(finding.more.get("target"))):
        numbers["target_seconds"] = int(target[1])
    return {_COUNTS.get(key, key.removeprefix("n_")): value for key, value in numbers.items()}


def _words_of(finding: Finding) -> str | None:
    """The record's own headline of a figure, which no count replaces. Labels without a figure are left out."""
    said = str(finding.said.value).removeprefix("yes, ")
    words = [said] if re.search(r"\d| ", said) else []
    words += [str(finding.more[key]) for key in _WORDS if key in finding.more]
    return "; ".join(words) or None


def measured_response(finding: Finding, draft: Draft) -> None:
    """A rate only where received and answered are both given for social media; else counts."""
    draft.counts = counts_of(finding)
    draft.stated = draft.stated or _words_of(finding)
    draft.strength = "D" if finding.origin.own or finding.origin.quoted else "C"
    if finding.said.value == "not-reported":
        draft.strength = "C"
        return draft.show_only(REASONS["none_reported"])
    if not finding.origin.own:
        return draft.show_only(REASONS["not_own_results"])
    received, answered = draft.counts.get("received"), draft.counts.get("answered")
    social = draft.channel is None or draft.channel in SOCIAL
    if social and isinstance(received, int) and isinstance(answered, int) and received >= answered:
        draft.numerator, draft.denominator = answered, received
        draft.value, draft.unit = round(answered / received, 4), "share"
        draft.notes.append(phrases.HANDLED_WITHIN_DAYS)


def satisfaction(finding: Finding, draft: Draft) -> None:
    """A share only where a number is about social media; items of other numbers say why they are context."""
    draft.stated = draft.stated or _words_of(finding)
    if finding.said.value == "declared-no-number":
        return draft.show_only(REASONS["satisfaction_undeclared"])
    percent = finding.more.get("percent") or _percent(str(finding.said.value))
    if percent is not None:
        draft.value, draft.unit, draft.strength = share(percent), "share", "D"
    if raters := re.search(r"of ([\d,]+) (?:raters|ratings)|from ([\d,]+) ratings", str(finding.said.value)):
        draft.counts["raters"] = int((raters[1] or raters[2]).replace(",", ""))
    if finding.decided.context is None:
        raise finding.refuse("say in decisions whether this figure is about social media (`context`)")


def _percent(words: str) -> str | None:
    found = re.findall(r"([\d.]+)%", words)
    return found[0] if len(found) == 1 or "(from" in words else None


def share(percent: object) -> float:
    """93.02 → 0.9302, without binary noise."""
    return float(Decimal(str(percent)) / 100)


def participation(finding: Finding, draft: Draft) -> None:
    said = str(finding.said.value)
    draft.stated = draft.stated or _words_of(finding)
    draft.named = [finding.more["kind"]] if "kind" in finding.more else []
    if said.endswith(("no-number", "no-numbers")):
        return draft.show_only(REASONS["no_numbers"])
    flag(finding, draft)
    if said == "yes":
        draft.strength = "D" if finding.origin.own or finding.origin.quoted else "C"
        if not finding.origin.own:
            draft.show_only(REASONS["not_own_results"])


def accessibility(finding: Finding, draft: Draft) -> None:
    """A statement, or a measured share of captioned videos."""
    if finding.said.value != "measured":
        return flag(finding, draft)
    draft.code, draft.unit = "captioned_videos", "share"
    draft.value = share(finding.more["captioned_percent"])
    draft.counts = counts_of(finding)


def cost(finding: Finding, draft: Draft) -> None:
    """An amount of money, a refusal to give one, or something about cost that is neither."""
    said, unit = finding.said.value, finding.more.get("unit")
    draft.code = "cost_published"
    if scope := finding.more.get("scope"):
        if scope not in finding.decisions.scopes:
            raise finding.refuse(f"scope {scope!r} has no Arabic; add it to `scopes` in decisions")
        draft.notes.append(phrases.SCOPE.filled(scope=scope, scope_ar=finding.decisions.scopes[scope]))
    if isinstance(said, int | float) and re.fullmatch(r"[A-Z]{3}", str(unit)):
        draft.value, draft.unit = said, unit
    elif isinstance(said, int | float):
        draft.stated = f"{said:g} {unit}"
        draft.show_only(REASONS["not_money"])
    elif said.startswith(("refused", "not-held")):
        draft.code, draft.state = "cost_refused", "documented_absence"
        draft.value = "refused" if said.startswith("refused") else "not-held"
        draft.stated = said
    else:
        draft.stated = said
        draft.show_only(REASONS["no_amount"])
