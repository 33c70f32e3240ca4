"""Scores as plain data: text for people at a terminal, JSON and CSV for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from scoring.render.placed import Place, Tier, number
from scoring.render.view import View

DIGITS = 6


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _place(place: Place | None, tier: Tier | None) -> dict[str, float | int | None] | None:
    """A position: `likely_*` is the simulated interval, `best` and `worst` what the evidence allows at all, `set_*` the
    simultaneous confidence set that tiers rest on."""
    if place is None or tier is None:
        return None
    return {
        "rank": place.rank, "likely_best": place.low, "likely_worst": place.high, "best": place.best,
        "worst": place.worst, "of": place.of, "tier": tier.tier, "alike": tier.alike, "set_best": tier.best,
        "set_worst": tier.worst, "first_ten": _round(place.top), "above_peers": _round(tier.above_peers),
    }  # fmt: skip


def _node(view: View, agency: str, node: str) -> dict[str, Any]:
    score = view.node(agency, node)
    return {
        "score": _round(score.score),
        "low": _round(score.low),
        "high": _round(score.high),
        "likely_low": _round(score.likely[0]) if score.likely else None,
        "likely_high": _round(score.likely[1]) if score.likely else None,
        "coverage": _round(score.coverage),
        "place": _place(view.place(agency, node), view.tier(agency, node)),
    }


def _indicators(view: View, agency: str) -> dict[str, dict[str, Any]]:
    return {
        i: {
            "state": o.state,
            "value": _round(None if pd.isna(o.value) else float(o.value)),
            "score": _round(view.node(agency, i).score),
            "evidence": list(o.used),
        }
        for i, o in view.by_agency(agency).items()
    }


def scores_json(view: View) -> str:
    """Everything scored, by agency: each node with bounds, coverage and place, each indicator with its evidence."""
    nodes = [view.methodology.id, *(d.id for d in view.methodology.dimensions)]
    agencies = {
        a: {"nodes": {n: _node(view, a, n) for n in nodes}, "indicators": _indicators(view, a)}
        for a in view.dataset.agencies
    }
    head: dict[str, Any] = {"as_of": str(view.as_of), "methodology": view.methodology.version}
    head |= {"fictional": True} if view.dataset.fictional else {}
    return json.dumps(head | {"agencies": agencies}, ensure_ascii=False, indent=1, allow_nan=False)


SCORED = ["score", "low", "high", "likely_low", "likely_high", "coverage"]
PLACED = ["rank", "likely_best", "likely_worst", "best", "worst", "of", "tier", "alike", "set_best", "set_worst"]


def scores_csv(view: View) -> str:
    """One row for each agency and node that has any observation; of a fictional data set every row says so."""
    nodes = [view.methodology.id, *(d.id for d in view.methodology.dimensions)]
    frame = _csv_frame(_csv_row(view, a, n) for a in view.dataset.agencies for n in nodes if view.node(a, n).coverage)
    frame = frame.assign(fictional=True) if view.dataset.fictional else frame
    return frame.to_csv(index=False, lineterminator="\n")


def results_csv(view: View) -> str:
    """Every number of an edition: one row for each agency and node or indicator that has any observation; of an
    indicator also its state and raw value."""
    nodes = [str(node) for node in view.results.scores.score.columns]
    rows = [
        _csv_row(view, a, n) | _observed(view, a, n)
        for a in view.dataset.agencies
        for n in nodes
        if view.node(a, n).coverage or (a, n) in view.observations
    ]
    return _csv_frame(rows, "state", "value").to_csv(index=False, lineterminator="\n")


def _observed(view: View, agency: str, node: str) -> dict[str, Any]:
    row = view.observations.get((agency, node))
    return {} if row is None else {"state": row.state, "value": _round(number(row.value))}


def _csv_row(view: View, agency: str, node: str) -> dict[str, Any]:
    values = {k: v for k, v in _node(view, agency, node).items() if k != "place"}
    return {"agency": agency, "node": node} | values | (_place(view.place(agency, node), view.tier(agency, node)) or {})


def _csv_frame(rows: Iterable[dict[str, Any]], *more: str) -> pd.DataFrame:
    columns = ["agency", "node", *more, *SCORED, *PLACED, "first_ten", "above_peers"]
    return pd.DataFrame(list(rows), columns=columns).astype(dict.fromkeys(PLACED, "Int64"))


def scores_text(view: View) -> str:
    """The leagues that rank anybody, as tables."""
    share = view.methodology.rules.uncertainty.interval
    parts = ["FICTIONAL EXAMPLE: nothing here is real · مثال متخيَّل"] if view.dataset.fictional else []
    parts += [f"As of {view.as_of}, methodology {view.methodology.version}; intervals hold {share:.0%} of the draws"]
    for node, places in view.places.items():
        parts.append(f"\n{node}: {len(places)} ranked")
        for agency, p in places.items():
            s = view.node(agency, node)
            tier = view.tiers[node][agency].tier
            low, high = s.shown
            parts.append(
                f"{p.rank:5d} [{p.low}–{p.high}]  {s.score:6.1f} ({low:.1f}–{high:.1f})  tier {tier}  {agency}"
            )
    return "\n".join(parts) + "\n"
