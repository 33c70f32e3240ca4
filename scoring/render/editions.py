"""Past days that are kept in view: who stood where in each edition, what changed since the one before, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace as Row
from typing import Any

from markupsafe import Markup

from scoring.changes import LEAST
from scoring.history import Shift
from scoring.method.compare import CAUSES, Change
from scoring.render import corrections
from scoring.render.charts import frame
from scoring.render.edition import league_pages, leagues_of
from scoring.render.language import Language
from scoring.render.lines import Day, Lines, Point, Series, trend_picture
from scoring.render.many import stands_for
from scoring.render.page import Page, fill
from scoring.render.paging import SIZE
from scoring.render.picture import Picture
from scoring.render.placed import as_shown
from scoring.render.rescored import rescored_pages
from scoring.render.view import View


def editions(view: View, lang: Language) -> Markup:
    """The newest edition's leading league, with what its script needs to show the others."""
    shown = view.kept
    if not shown:
        return Markup("<p>{}</p>").format(lang.t("no_editions"))
    edition, past = shown[-1]
    return fill(
        "editions",
        view,
        lang,
        "../",
        editions=[
            Row(edition=e, version=p.methodology.version, broken=broken(view, at)) for at, (e, p) in enumerate(shown)
        ],
        rows=_rows(view, len(shown) - 1, past.lead)[:SIZE],
        lead=past.lead,
        leagues=[Row(id=node, name=view.node_name(lang, node)) for node in _leagues(view)],
        newest=edition,
        since=since(view, lang),
        corrections=corrections.everything(view, lang),
    )


def edition_pages(view: View, lang: Language) -> Iterator[Page]:
    """Each league of each edition, as it was and by the method of today."""
    for at, (_, past) in enumerate(view.kept):
        for node in leagues_of(past):
            yield from _league(view, lang, at, node)
    yield from rescored_pages(view, lang)


def _league(view: View, lang: Language, at: int, node: str) -> Iterator[Page]:
    edition, past = view.kept[at]
    lead = node == past.lead
    id = lang.own_way(edition.id)
    return league_pages(
        view,
        past,
        lang,
        f"editions/{edition.id}/",
        node,
        lang.t("edition_league", id=id, league=past.node_name(lang, node)),
        lang.t("edition_description", id=id, date=lang.date(edition.as_of)),
        ((lang.t("editions"), "editions/"),),
        _rows(view, at, node),
        edition=edition,
        frozen=view.dataset.frozen.get(edition.id),
        broken=broken(view, at),
        before=view.kept[at - 1][0] if at else None,
        again=view.rescored[at],
        corrections=corrections.of_edition(view, lang, edition.id, "" if lead else node),
        rescored=None,
    )


def _leagues(view: View) -> list[str]:
    """Leagues that ranked anybody in any edition, the whole index first."""
    nodes = [view.methodology.id, *(d.id for d in view.methodology.dimensions)]
    return [node for node in nodes if any(past.places.get(node) for _, past in view.kept)]


def broken(view: View, at: int) -> bool:
    """Whether an edition was made by another method than the one before."""
    return at > 0 and view.kept[at][1].methodology != view.kept[at - 1][1].methodology


def _rows(view: View, at: int, node: str) -> list[Row]:
    """Who stood where, in order, with the change since the edition before."""
    _, past = view.kept[at]
    shifts = view.shifts[at - 1] if at else {}
    return [
        Row(
            profile=past.profile(agency),
            linked=agency in view.dataset.agencies,
            place=place,
            node=past.node(agency, node),
            **_changed(shifts.get(agency), node),
        )
        for agency, place in past.places.get(node, {}).items()
    ]


def _changed(shift: Shift | None, node: str) -> dict[str, Any]:
    return {"score": shift.scores.get(node) if shift else None, "rank": shift.ranks.get(node) if shift else None}


def editions_document(view: View) -> dict[str, Any]:
    """Every league of every edition as its table shows it, for the slider: by column, in the order of positions."""
    return {
        "editions": [
            {
                "id": edition.id,
                "leagues": {
                    view.league_id(n): _columns(_rows(view, at, n)) for n in _leagues(view) if past.places.get(n)
                },
            }
            for at, (edition, past) in enumerate(view.kept)
        ]
    }


def _columns(rows: list[Row]) -> dict[str, list[Any]]:
    moved = [
        row.rank.old - row.rank.new if row.rank and None not in (row.rank.old, row.rank.new) else None for row in rows
    ]
    return {
        "id": [row.profile.id for row in rows],
        "en": [row.profile.name.en for row in rows],
        "ar": [row.profile.name.ar for row in rows],
        "linked": [int(row.linked) for row in rows],
        "rank": [row.place.rank for row in rows],
        "score": [as_shown(row.node.score) for row in rows],
        "low": [as_shown(row.node.shown[0]) for row in rows],
        "high": [as_shown(row.node.shown[1]) for row in rows],
        "moved": [None if m is None else int(m) for m in moved],
        **{cause: [_part(row.score, cause) for row in rows] for cause in CAUSES},
    }


def _part(change: Change | None, cause: str) -> float | None:
    return None if change is None or change.parts is None else as_shown(change.parts[cause]) + 0.0


# --- one agency, and the whole ----------------------------------------------------------------------------


def of_agency(view: View, lang: Language, agency: str) -> Row | None:
    """An agency over time: the chart of its scores, and what changed from edition to edition; None where it was seen
    in fewer than two."""
    shown = trend(view, lang, agency)
    if shown is None:
        return None
    nodes = list(_known(view, agency))
    return Row(
        chart=frame(replace(shown, embed=stands_for(view, agency)), lang, "../../"),
        changes=[_since(view, lang, agency, at, nodes) for at in range(1, len(view.kept))],
    )


def _known(view: View, agency: str) -> dict[str, list[Point | None]]:
    """The scores that an agency had in more than one edition, the leading league's first."""
    nodes = [view.lead, *(d.id for d in view.methodology.dimensions if d.id != view.lead)]
    seen = {node: [point(past, agency, node) for _, past in view.kept] for node in nodes}
    return {node: points for node, points in seen.items() if sum(p is not None for p in points) > 1}


def trend(view: View, lang: Language, agency: str) -> Picture | None:
    """The chart of an agency's scores over time; None where it was seen in fewer than two editions."""
    known = _known(view, agency)
    if not known:
        return None
    chart = Lines(
        id="over-time",
        name=f"trend/{agency}",
        title=lang.t("trend_title", name=lang.pick(view.profile(agency).name)),
        sentence=trend_sentence(view, lang, agency, next(iter(known))),
        days=days(view),
        series=[Series(view.node_name(lang, node), points) for node, points in known.items()],
        header=lang.t("dimension"),
        lowest=view.methodology.lowest,
        highest=view.methodology.highest,
    )
    return trend_picture(chart, lang)


def days(view: View) -> list[Day]:
    """The editions as days of a chart."""
    return [Day(edition.id, edition.as_of, broken(view, at)) for at, (edition, _) in enumerate(view.kept)]


def point(past: View, agency: str, node: str) -> Point | None:
    """A score in an edition and its likely range; None where there was none."""
    if agency not in past.dataset.agencies or node not in past.places:
        return None
    found = past.node(agency, node)
    return None if found.score is None else (found.score, *found.shown)


def trend_sentence(view: View, lang: Language, agency: str, node: str) -> str:
    """Whether a score rose or fell from the first edition to the last, beyond what its ranges allow."""
    points = [p for _, past in view.kept if (p := point(past, agency, node)) is not None]
    (first, low, high), (last, low_now, high_now) = points[0], points[-1]
    key = ("trend_rose" if last > first else "trend_fell") if low_now > high or high_now < low else "trend_unclear"
    return lang.t(key, name=view.node_name(lang, node), old=lang.number(first, 1), new=lang.number(last, 1))


def _since(view: View, lang: Language, agency: str, at: int, nodes: list[str]) -> Row:
    """What changed in one agency from one edition to the next, as sentences."""
    shift = view.shifts[at - 1].get(agency)
    said = [text for node in nodes if shift and (text := told(view, lang, node, shift.scores.get(node)))]
    here = {item.id for item in view.dataset.agencies[agency].evidence}
    added = [id for id in (shift.added if shift else ()) if id in here]
    return Row(before=view.kept[at - 1][0], edition=view.kept[at][0], broken=broken(view, at), said=said, added=added)


def told(view: View, lang: Language, node: str, change: Change | None) -> str:
    """One score's change with its causes, as a sentence; nothing where it hardly changed."""
    if change is None or change.old is None or change.new is None or abs(change.new - change.old) < LEAST:
        return ""
    return with_causes(lang, view.node_name(lang, node), change, "cause")


def with_causes(lang: Language, name: str, change: Change, words: str) -> str:
    """A change from one number to another with its causes, which the keys `<words>_<cause>` name."""
    values = {"name": name, "old": lang.number(change.old, 1), "new": lang.number(change.new, 1)}
    if change.parts is None:
        return lang.t("shift_plain", **values)
    parts = [
        lang.t("shift_part", cause=lang.t(f"{words}_{cause}"), points=lang.signed(change.parts[cause]))
        for cause in CAUSES
        if abs(change.parts[cause]) >= LEAST
    ]
    return lang.t("shift_told", parts=lang.t("comma").join(parts), **values)


def since(view: View, lang: Language, at: int = -1) -> str:
    """How many rose and fell in the leading league since the edition before; nothing where there is none. `at` counts
    back from the newest, -1."""
    if len(view.kept) <= -at:
        return ""
    lead = view.kept[at][1].lead
    changes = [shift.scores[lead] for shift in view.shifts[at].values() if lead in shift.scores]
    moves = [c.new - c.old for c in changes if c.old is not None and c.new is not None]
    return lang.t(
        "since_edition",
        id=lang.own_way(view.kept[at - 1][0].id),
        rose=sum(move >= LEAST for move in moves),
        fell=sum(move <= -LEAST for move in moves),
        name=view.node_name(lang, lead),
    )
