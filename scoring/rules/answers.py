"""The agency's side: replies that point somewhere, disputes of its own evidence, stages in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from scoring.model import STAGES, Agency, Reply
from scoring.problems import Problem, Spot
from scoring.rules import instrument_messages as im
from scoring.rules import messages as m
from scoring.rules.addresses import check_address
from scoring.rules.references import EVIDENCE, known
from scoring.rules.view import Here, View


def replies_point_somewhere(view: View) -> Iterator[Problem]:
    """A reply speaks of evidence about the agency that sent it, and of no other's."""
    for reply, here in view.replies():
        if reply.url:
            yield from check_address(reply.url, here("url"))
        for key in ("about", "disputes"):
            for index, item in enumerate(getattr(reply, key)):
                place = here(key, index)
                yield from known(item, view.evidence_homes, EVIDENCE, place)
                home = view.evidence_homes.get(item)
                if home and _folder(view.reading.documents[home].path) != _folder(here.document.path):
                    yield m.DISPUTE_ELSEWHERE.at(place, item)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def replies_are_in_order(view: View) -> Iterator[Problem]:
    """A reply is verified and settled after it came, and only a dispute can be settled."""
    for reply, here in view.replies():
        if reply.outcome and not reply.disputes:
            yield im.OUTCOME_OF_NOTHING.at(here("outcome"), reply.outcome.decision)
        for day, place in _days(reply, here):
            if day < reply.received:
                yield im.BEFORE_THE_REPLY.at(place, day, received=reply.received)
            yield from past(day, place, view)


def _days(reply: Reply, here: Here) -> Iterator[tuple[date, Spot]]:
    yield reply.received, here("received")
    if reply.verified:
        yield reply.verified.on, here("verified", "on")
    if reply.outcome:
        yield reply.outcome.on, here("outcome", "on")


def past(day: date, place: Spot, view: View) -> Iterator[Problem]:
    """What happened has a day that was."""
    if day > view.today:
        yield m.FUTURE.at(place, day, today=view.today)


def stages_are_in_order(view: View) -> Iterator[Problem]:
    """An assessment goes forward, or begins anew after it was published; it is answered by a reply."""
    for agency in view.dataset.agencies.values():
        if agency.stages:
            yield from _stages(agency, view.file(f"{agency.path}/stages.yml"), view)


def _stages(agency: Agency, here: Here, view: View) -> Iterator[Problem]:
    for index, stage in enumerate(agency.stages):
        yield from past(stage.since, here(index, "since"), view)
        if stage.stage == "answered" and not any(r.received <= stage.since for r in agency.replies):
            yield im.ANSWERED_WITHOUT_REPLY.at(here(index, "stage"), stage.stage)
    for index, (before, stage) in enumerate(pairwise(agency.stages), 1):
        anew = before.stage == "published"
        forward = anew or STAGES.index(stage.stage) > STAGES.index(before.stage)
        if not forward or stage.since < before.since:
            found = f"{stage.stage} ({stage.since})"
            yield im.STAGE_ORDER.at(here(index), found, before=before.stage, since=before.since)
