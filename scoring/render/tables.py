"""Scores as plain data: text for people at a terminal, JSON and CSV for programs."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from scoring.render.view import Place, View

DIGITS = 6


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _place(place: Place | None) -> dict[str, int] | None:
    if place is None:
        return None
    return {"rank": place.rank, "best": place.best, "worst": place.worst, "of": place.of}


def _node(view: View, agency: str, node: str) -> dict[str, Any]:
    score = view.node(agency, node)
    return {
        "score": _round(score.score),
        "low": _round(score.low),
        "high": _round(score.high),
        "coverage": _round(score.coverage),
        "place": _place(view.place(agency, node)),
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
    head = {"as_of": str(view.as_of), "methodology": view.methodology.version}
    return json.dumps(head | {"agencies": agencies}, ensure_ascii=False, indent=1, allow_nan=False)


def scores_csv(view: View) -> str:
    """One row for each agency and node that has any observation."""
    rows = [
        {"agency": a, "node": n}
        | {k: v for k, v in _node(view, a, n).items() if k != "place"}
        | (_place(view.place(a, n)) or {})
        for a in view.dataset.agencies
        for n in [view.methodology.id, *(d.id for d in view.methodology.dimensions)]
        if view.node(a, n).coverage
    ]
    columns = ["agency", "node", "score", "low", "high", "coverage", "rank", "best", "worst", "of"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(columns[6:], "Int64")).to_csv(index=False, lineterminator="\n")


def scores_text(view: View) -> str:
    """The leagues that rank anybody, as tables."""
    parts = [f"As of {view.as_of}, methodology {view.methodology.version}"]
    for node, places in view.places.items():
        parts.append(f"\n{node}: {len(places)} ranked")
        for agency, p in places.items():
            s = view.node(agency, node)
            parts.append(f"{p.rank:5d} [{p.best}–{p.worst}]  {s.score:6.1f} ({s.low:.1f}–{s.high:.1f})  {agency}")
    return "\n".join(parts) + "\n"
