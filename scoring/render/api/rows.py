"""The rows of the open data: what the view knows, in the columns that `text/tables.yml` defines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from scoring.model import Branch, Evidence, Indicator, Profile
from scoring.render.api.tables import Row, Rows, Table, tables
from scoring.render.placed import Place, Tier, number
from scoring.render.view import EXACT, View


def rows(view: View, changes: Sequence[Mapping[str, Any]] = (), only: Collection[str] | None = None) -> Rows:
    """Every table's rows, or those of some. `changes` are records in the columns of their table, made elsewhere."""
    made: dict[str, Iterator[Row]] = {
        "agencies": _agencies(view), "scores": _scores(view), "evidence": _evidence(view),
        "indicators": _indicators(view), "codes": _codes(view), "accounts": _accounts(view),
        "editions": _editions(view), "changes": (dict(change) for change in changes),
    }  # fmt: skip
    wanted = {name: table for name, table in tables(view).items() if only is None or name in only}
    return {name: [_whole(row, table) for row in made[name]] for name, table in wanted.items()}


def _whole(row: Row, table: Table) -> Row:
    """A row with all columns of its table in their order; an empty text is none. Raises ValueError for others."""
    if unknown := row.keys() - table.columns.keys():
        raise ValueError(f"no such columns: {sorted(unknown)}")
    given = row | ({"fictional": True} if "fictional" in table.columns else {})
    return {name: _typed(given.get(name), column.type) for name, column in table.columns.items()}


def _typed(value: Any, kind: str) -> Any:
    """A value as its column's type has it."""
    if kind in ("ids", "words"):
        return tuple(value or ())
    if kind == "counts":
        return dict(value or {})
    if value is None or value == "":
        return None
    if kind == "number":
        return number(float(value))
    return date.fromisoformat(value) if kind == "date" and isinstance(value, str) else value


# --- who --------------------------------------------------------------------------------------------------


def _agencies(view: View) -> Iterator[Row]:
    for id, agency in view.dataset.agencies.items():
        p = agency.profile
        yield {
            "id": id, "country": p.country, "level": p.level, "sector": p.sector, "kind": p.kind,
            "peer_group": view.group_id(id), "parent": p.parent, "successor": p.successor,
            "historical": p.historical, "website": p.website, **_both("name", p.name), **_both("note", p.note),
        }  # fmt: skip


def _accounts(view: View) -> Iterator[Row]:
    for id, agency in view.dataset.agencies.items():
        for account in agency.profile.accounts:
            yield {"agency": id, **account.model_dump()}


def _both(name: str, text: Any) -> Row:
    """A text in its two columns."""
    return {f"{name}_en": text and text.en, f"{name}_ar": text and text.ar}


# --- how they do ------------------------------------------------------------------------------------------


# of the whole index where an agency is not ranked in it: a score of what little was observed would be taken for more
UNTOLD = dict.fromkeys(("score", "likely_low", "likely_high", "peer_median"))


def _scores(view: View) -> Iterator[Row]:
    index = view.methodology.id
    kinds = {index: "overall", **{d.id: "dimension" for d in view.methodology.dimensions}}
    single = {i: view.indicator_places(i) for i in view.indicators}
    for agency in view.dataset.agencies:
        for node, kind in kinds.items():
            if view.node(agency, node).coverage:
                placed = _placed(view.place(agency, node), view.tier(agency, node), view.peer_place(agency, node))
                told = _score(view, agency, node) | ({} if kind == "dimension" or placed else UNTOLD)
                yield {"node_kind": kind, **told, **placed}
        for node, row in view.by_agency(agency).items():
            placed = _ranked(single[node].get(agency))
            yield {"node_kind": "indicator", **_score(view, agency, node), **_observed(view, row), **placed}


def _score(view: View, agency: str, node: str) -> Row:
    s = view.node(agency, node)
    likely_low, likely_high = s.likely or (None, None)
    return {
        "agency": agency, "node": view.league_id(node), "score": s.score, "low": s.low, "high": s.high,
        "likely_low": likely_low, "likely_high": likely_high, "coverage": s.coverage,
        "peer_median": view.peer_median(agency, node),
    }  # fmt: skip


def _observed(view: View, row: Any) -> Row:
    """What an indicator's score is made of."""
    return {
        "state": row.state, "value": _exact(row.value), "value_low": _exact(row.low), "value_high": _exact(row.high),
        "strength": row.strength, "evidence": row.used, "without": view.without(row.agency, row.indicator),
    }  # fmt: skip


def _exact(value: Any) -> float | None:
    """A number that the view does not hold, with as many decimals as every published one."""
    told = number(value)
    return None if told is None else round(told, EXACT)


def _placed(place: Place | None, tier: Tier | None, peers: Place | None) -> Row:
    """A position with all that says how sure it is; nothing where there is none."""
    found = _ranked(place)
    if place:
        found |= {"rank_low": place.low, "rank_high": place.high, "first_ten": place.top}
    if tier:
        found |= {
            "tier": tier.tier, "tier_of": tier.of, "alike": tier.alike, "set_best": tier.best,
            "set_worst": tier.worst, "above_peers": tier.above_peers,
        }  # fmt: skip
    return found | ({"peer_rank": peers.rank, "peer_of": peers.of} if peers else {})


def _ranked(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "rank": place.rank, "rank_best": place.best, "rank_worst": place.worst, "rank_of": place.of,
        "tied": place.tied,
    }  # fmt: skip


# --- why --------------------------------------------------------------------------------------------------

_SAME = (
    "id", "code", "state", "value", "unit", "numerator", "denominator", "frame", "counts", "named", "stated", "channel",
    "speaks_of", "observed", "searches", "disputes", "coder", "coders", "alpha", "sample", "strength", "archived",
    "sha256", "captured_at",
)  # fmt: skip
_OF_SOURCE = ("url", "title", "kind", "language", "published", "read")


def _evidence(view: View) -> Iterator[Row]:
    used = _used(view)
    for profile, item in view.items:
        yield _item(profile, item) | {"use": view.use(item.id), "indicators": used.get(item.id)}


def _item(profile: Profile, item: Evidence) -> Row:
    numeric = isinstance(item.value, int | float) and not isinstance(item.value, bool)
    period = {f"period_{part}": getattr(item.period, part, None) for part in ("start", "end", "label")}
    return {
        **{name: getattr(item, name) for name in _SAME},
        **{f"source_{name}": getattr(item.source, name) for name in _OF_SOURCE},
        **_both("finding", item.finding), **_both("context", item.context), **_both("note", item.note),
        **period, "agency": profile.id, "value_number": item.value if numeric else None,
    }  # fmt: skip


def _used(view: View) -> dict[str, list[str]]:
    """By evidence item, the indicators whose score rests on it."""
    found: dict[str, list[str]] = {}
    for (_, indicator), row in view.observations.items():
        for item in row.used:
            found.setdefault(item, []).append(indicator)
    return found


# --- what is measured -------------------------------------------------------------------------------------


def _indicators(view: View) -> Iterator[Row]:
    m = view.methodology
    root = view.league_id(m.id)
    yield {
        "id": root, "kind": "overall", "effective_weight": 1.0, "aggregation": m.aggregation, **_both("name", m.name),
    }  # fmt: skip
    for dimension in m.dimensions:
        yield from _branch(dimension, root, 1.0)


def _branch(branch: Branch, parent: str, share: float) -> Iterator[Row]:
    """A dimension, then what it consists of; `share` is its parent's weight in the whole index."""
    within = branch.weight * share
    yield {
        "kind": "dimension", **_node(branch, parent, within), **_both("definition", branch.why),
        "aggregation": branch.aggregation,
    }  # fmt: skip
    for indicator in branch.indicators:
        yield _leaf(indicator, branch.id, within)
    for below in branch.branches:
        yield from _branch(below, branch.id, within)


def _leaf(indicator: Indicator, parent: str, share: float) -> Row:
    goalposts = indicator.goalposts
    return {
        "kind": "indicator", **_node(indicator, parent, indicator.weight * share),
        **_both("definition", indicator.question), "unit": indicator.unit, "worst": goalposts.worst,
        "best": goalposts.best, "scale": goalposts.scale, "goalposts_provisional": goalposts.provisional,
        "must_publish": indicator.must_publish,
    }  # fmt: skip


def _node(node: Branch | Indicator, parent: str, effective: float) -> Row:
    return {
        "id": node.id, "parent": parent, "code": node.code, **_both("name", node.name), "weight": node.weight,
        "effective_weight": _exact(effective), "provisional": node.provisional, "answers": node.answers,
    }  # fmt: skip


def _codes(view: View) -> Iterator[Row]:
    for code in view.methodology.codes:
        yield {
            "id": code.id, **_both("label", code.label), **_both("definition", code.definition), "type": code.type,
            "unit": code.unit, "choices": [choice.id for choice in code.choices], "question": code.question,
            "indicators": list(dict.fromkeys(feed.indicator for feed in code.feeds)),
        }  # fmt: skip


def _editions(view: View) -> Iterator[Row]:
    for edition, past in view.kept:
        ranked = len(past.places[past.methodology.id])
        yield {
            "id": edition.id, "as_of": edition.as_of, "methodology": past.methodology.version, "ranked": ranked,
        }  # fmt: skip
