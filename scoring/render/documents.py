"""What interactive pages fetch: the same numbers as in the pages, as JSON, one set for both languages.

Tables go by column, with numbers as they are shown, so that a page and what its script draws cannot differ; only where
the browser computes on are they whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from scoring.render.editions import editions_document
from scoring.render.finding_form import finding_document
from scoring.render.own import identity, scores_document
from scoring.render.placed import as_shown
from scoring.render.side_by_side import agency_document, names_document
from scoring.render.view import View

Document = tuple[str, str]  # its address below the site's `data/`, and its text


def documents(view: View) -> Iterator[Document]:
    """Every document of a data set."""
    for node, places in view.places.items():
        if places:
            yield f"leagues/{view.league_id(node)}.json", compact(league_rows(view, node))
    yield "scores.json", compact(scores_document(view))
    if view.kept:
        yield "editions.json", compact(editions_document(view))
    yield "names.json", compact(names_document(view))
    yield "finding.json", compact(finding_document(view))
    for agency in view.dataset.agencies:
        yield f"agencies/{agency}.json", compact(agency_document(view, agency))


def compact(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def league_rows(view: View, node: str) -> dict[str, list[Any]]:
    """A league's table by column, in the order of its positions; `whole` are the scores exactly, to place others
    among them."""
    places, tiers = view.places[node], view.tiers[node]
    agencies = list(places)
    scores = [view.node(a, node) for a in agencies]
    peers = [view.peer_place(a, node) for a in agencies]
    return identity(view, agencies) | {
        "rank": [p.rank for p in places.values()],
        "tied": [int(p.tied) for p in places.values()],
        "rank_low": [p.low for p in places.values()],
        "rank_high": [p.high for p in places.values()],
        "score": [as_shown(s.score or 0.0) for s in scores],
        "whole": [s.score for s in scores],
        "low": [as_shown(s.shown[0]) for s in scores],
        "high": [as_shown(s.shown[1]) for s in scores],
        "coverage": [int(f"{s.coverage * 100:.0f}") for s in scores],
        "tier": [tiers[a].tier for a in agencies],
        "alike": [tiers[a].alike for a in agencies],
        "set_best": [tiers[a].best for a in agencies],
        "set_worst": [tiers[a].worst for a in agencies],
        "peer_rank": [p.rank if p else None for p in peers],
        "peer_of": [p.of if p else None for p in peers],
    }
