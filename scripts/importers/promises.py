"""Codes about what an agency says it does: policies, rules, promises, routes, audiences."""

from __future__ import annotations

import re

from importers import phrases
from importers.findings import Draft, Finding
from importers.phrases import REASONS

WORKING_DAY, WORKING_WEEK, CALENDAR_DAY, WEEK = 8, 40, 24, 168  # hours
_COMMITMENTS = frozenset(("refuses", "monitors-only", "unspecified", "prompt-without-time", "time-bound"))
_SCOPES = {"content": phrases.CONTENT_FACTS, "own-performance": phrases.OWN_PERFORMANCE}


def flag(finding: Finding, draft: Draft) -> None:
    """`yes`, `no`, or a qualified yes whose words are kept."""
    said = str(finding.said.value)
    if said not in ("yes", "no") and not said.startswith("yes, "):
        raise finding.refuse(f"`value` must be yes or no, not {said!r}")
    draft.value = said != "no"
    draft.stated = draft.stated or (said if said.startswith("yes, ") else None)
    if said == "yes, on social media":
        draft.channel = draft.channel or "social_media"
    if scope := finding.more.get("scope"):
        draft.notes.append(_SCOPES[scope])


def records_retention(finding: Finding, draft: Draft) -> None:
    """Privacy or records make one element of a policy, so that records not kept rule nothing out."""
    flag(finding, draft)
    if draft.value is False:
        draft.show_only(REASONS["records_not_kept"])


def reply_commitment(finding: Finding, draft: Draft) -> None:
    if finding.said.value not in _COMMITMENTS:
        raise finding.refuse(f"`value` must be one of {', '.join(sorted(_COMMITMENTS))}")
    draft.value = finding.said.value
    draft.require_social()


def monitoring_hours(finding: Finding, draft: Draft) -> None:
    draft.value, draft.unit = finding.said.value, "hours_per_week"
    draft.require_social()


def audiences(finding: Finding, draft: Draft) -> None:
    named(finding, draft)
    if "policy_published" not in finding.record.codes:
        draft.show_only(REASONS["outside_policy"])


def named(finding: Finding, draft: Draft) -> None:
    """Words the source lists: audiences, languages."""
    draft.named = [str(word) for word in finding.said.value]
    draft.stated = draft.stated or finding.more.get("measured")
    draft.counts |= {key: finding.more[key] for key in ("posts_total", "posts_irish") if key in finding.more}


def label(finding: Finding, draft: Draft) -> None:
    """A short label in the reader's words, several parted by semicolons."""
    draft.named = [part.strip() for part in str(finding.said.value).split(";")]


def accounts(finding: Finding, draft: Draft) -> None:
    draft.unit = "accounts"
    if isinstance(finding.said.value, int):
        draft.value = finding.said.value
    else:
        draft.stated = str(finding.said.value)


def reply_target(finding: Finding, draft: Draft) -> None:
    """Elapsed hours. Working time is converted by the share of the week that is working time."""
    wording = str(finding.more.get("unit", ""))
    draft.unit = "hours"
    draft.stated = draft.stated or finding.more.get("stated") or _stated(finding.said.value, wording)
    hours = round(_elapsed(finding, draft, wording), 2)
    draft.value = int(hours) if hours.is_integer() else hours
    if "acknowledge" in str(finding.more.get("stated", "")):
        draft.show_only(REASONS["acknowledgement"])
    draft.require_social()


def _stated(value: object, wording: str) -> str:
    return wording if wording[:1].isdigit() else f"{value} {wording}"


def _elapsed(finding: Finding, draft: Draft, wording: str) -> float:
    value = float(finding.said.value)
    if weekly := finding.decided.weekly_hours:
        draft.notes.append(phrases.WORKING_STATED.filled(hours=value, weekly=weekly))
        return value * WEEK / weekly
    if days := re.fullmatch(r"(\d+) working days?", wording):
        value, wording = float(days[1]) * WORKING_DAY, "working"
    if wording in ("working", "working hours"):
        draft.notes.append(phrases.WORKING_ASSUMED.filled(hours=value))
        return value * WEEK / WORKING_WEEK
    if wording == "calendar (working week)":
        draft.notes.append(phrases.WORKING_WEEK.filled(hours=value))
        return value * 7 / 5
    if days := re.fullmatch(r"(\d+) days", wording):
        draft.notes.append(phrases.DAYS_UNSTATED)
        return float(days[1]) * CALENDAR_DAY
    if wording == "unspecified" or wording.startswith("hours, not said"):
        draft.notes.append(phrases.HOURS_UNSTATED)
    elif wording != "calendar":
        raise finding.refuse(f"unit {wording!r} is not known; set `weekly_hours` for this item in decisions")
    return value
