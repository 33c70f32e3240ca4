"""The agency's side on the site: the stage of its assessment, its replies, and what they dispute."""

from __future__ import annotations

from collections import Counter
from datetime import date
from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.model import STAGES, Agency, Reply, Stage
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View


def stage_of(agency: Agency, on: date) -> str:
    """How far an assessment had come on a day; nothing is published unseen, so it starts with gathering."""
    known = [stage.stage for stage in agency.stages if stage.since <= on]
    return known[-1] if known else STAGES[0]


def stages(view: View, agency: str) -> list[Row]:
    """All stages in order: whether each is passed or current, and since when the current round was in it."""
    entry = view.dataset.agencies[agency]
    now = STAGES.index(stage_of(entry, view.as_of))
    since: dict[str, Stage] = {stage.stage: stage for stage in entry.stages if stage.since <= view.as_of}
    return [
        Row(id=name, done=at < now, now=at == now, entry=since.get(name) if at <= now else None)
        for at, name in enumerate(STAGES)
    ]


def replies(view: View, agency: str) -> list[Row]:
    """The agency's replies up to the day, newest first, with what each disputes and what became of it."""
    found = [reply for reply in view.dataset.agencies[agency].replies if reply.received <= view.as_of]
    return [_reply(reply, view) for reply in sorted(found, key=lambda r: (r.received, r.id), reverse=True)]


def _reply(reply: Reply, view: View) -> Row:
    outcome = reply.outcome if reply.outcome and reply.outcome.on <= view.as_of else None
    verified = reply.verified if reply.verified and reply.verified.on <= view.as_of else None
    return Row(
        reply=reply,
        verified=verified,
        outcome=outcome,
        about=[view.item[id] for id in reply.about if id in view.item],
        disputes=[view.item[id] for id in reply.disputes if id in view.item],
    )


def replies_page(view: View, lang: Language) -> Markup:
    """How many assessments are at each stage, and every reply, newest first."""
    counted = Counter(stage_of(agency, view.as_of) for agency in view.dataset.agencies.values())
    found = [Row(profile=a.profile, replies=replies(view, id)) for id, a in view.dataset.agencies.items() if a.replies]
    found = sorted((row for row in found if row.replies), key=lambda r: r.replies[0].reply.received, reverse=True)
    steps = [(stage, counted[stage]) for stage in STAGES]
    return fill("replies", view, lang, "../", steps=steps, agencies=found)
