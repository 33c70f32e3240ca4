"""From the codes of a record to evidence items: the table of which code is mapped how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from importers import promises, results
from importers.decisions import Decisions, ItemDecision
from importers.findings import Draft, Finding, Mapper
from importers.periods import period_of
from importers.phrases import REASONS, joined
from importers.records import Entry, Found, ImportProblem
from importers.sources import ORIGINS, Translate, source_of
from scoring.model import Evidence

MAPPERS: dict[str, Mapper] = {
    "policy_published": promises.flag,
    "moderation_rules": promises.flag,
    "privacy_notice": promises.flag,
    "records_retention": promises.records_retention,
    "staff_rules": promises.flag,
    "complaints_route": promises.flag,
    "deletion_appeal": promises.flag,
    "facts_and_figures": promises.flag,
    "services_explained": promises.flag,
    "reply_commitment": promises.reply_commitment,
    "reply_target_hours": promises.reply_target,
    "monitoring_hours_per_week": promises.monitoring_hours,
    "audiences_named": promises.audiences,
    "languages": promises.named,
    "officials_vs_institution": promises.label,
    "other_findings": promises.label,
    "accounts_listed": promises.accounts,
    "participation_results_published": results.participation,
    "measured_response": results.measured_response,
    "satisfaction_measured": results.satisfaction,
    "accessibility_statement": results.accessibility,
    "advertising_or_cost": results.cost,
}
_NOTHING_DECIDED = ItemDecision(because="the rules are enough")


class Mapping(NamedTuple):
    decisions: Decisions
    translate: Translate


def evidence_of(record: Entry, mapping: Mapping) -> Iterator[Evidence]:
    """Every item a record gives, one for each of its codes. Raises ImportProblem naming the record."""
    if record.source_type not in ORIGINS:
        known = ", ".join(sorted(ORIGINS))
        raise ImportProblem(f"record {record.id}: `source_type` {record.source_type!r} must be one of {known}")
    if mended := mapping.decisions.addresses.get(record.id):
        record = record.model_copy(update={"url": mended.url})
    for code, said in _codes(record).items():
        if code not in MAPPERS:
            raise ImportProblem(f"record {record.id}: code {code!r} must be one of {', '.join(MAPPERS)}")
        decided = mapping.decisions.items.get(f"{record.id}.{code}", _NOTHING_DECIDED)
        yield _item(Finding(record, code, said, decided, mapping.decisions), mapping)


def _codes(record: Entry) -> dict[str, Found]:
    others = record.other_findings
    if not others:
        return record.codes
    topics, words = "; ".join(o.topic for o in others), " ".join(o.finding for o in others)
    return record.codes | {"other_findings": Found(value=topics, finding=words)}


def _item(finding: Finding, mapping: Mapping) -> Evidence:
    record, decided = finding.record, finding.decided
    draft = Draft(code=finding.code, channel=_channel(finding), stated=decided.stated)
    MAPPERS[finding.code](finding, draft)
    _apply(decided, draft)
    content = draft.content() | {
        "id": f"{record.id}.{finding.code}",
        "finding": joined([mapping.translate(finding.said.finding)]),
        "source": source_of(record, mapping.translate),
        "observed": date.fromisoformat(record.read_on),
    }
    if "period" in finding.more:
        content["period"] = period_of(str(finding.more["period"]), mapping.decisions.periods)
    return _valid(finding, content)


def _valid(finding: Finding, content: dict[str, Any]) -> Evidence:
    try:
        return Evidence.model_validate(content)
    except ValidationError as error:
        places = "; ".join(f"`{'.'.join(map(str, e['loc']))}` {e['msg']}" for e in error.errors(include_url=False))
        raise finding.refuse(f"does not make valid evidence: {places}") from error


def _channel(finding: Finding) -> str | None:
    wording = finding.more.get("channel")
    if finding.decided.channel or wording is None:
        return finding.decided.channel
    if wording not in finding.decisions.channels:
        raise finding.refuse(f"channel {wording!r} is not known; add it to `channels` in decisions")
    return finding.decisions.channels[wording]


def _apply(decided: ItemDecision, draft: Draft) -> None:
    for key in ("value", "unit", "numerator", "denominator"):
        if (value := getattr(decided, key)) is not None:
            setattr(draft, key, value)
    draft.counts |= decided.counts
    if decided.context:
        draft.context = None if decided.context == "none" else REASONS[decided.context]
