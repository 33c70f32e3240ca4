"""The reader's own ranking: the page with its weights, and the numbers that their browser computes with."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace as Row
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup
from scipy.special import ndtri

from scoring.method.errors import score_errors
from scoring.method.spec import plain_tree
from scoring.render.charts import json_for_html
from scoring.render.language import Language
from scoring.render.page import fill, options
from scoring.render.view import View

ERROR_DIGITS = 2  # of errors, in points; the scores themselves stay whole


def own_page(view: View, lang: Language) -> Markup:
    """Sliders for every dimension and its indicators, and the table that follows them."""
    dimensions = [
        Row(
            id=d.id,
            name=lang.pick(d.name),
            weight=round(d.weight * 100),
            leaves=[Row(id=i.id, name=lang.pick(i.name), weight=round(i.weight * 100)) for i in view.leaves[d.id]],
        )
        for d in view.methodology.dimensions
    ]
    found = options(view, lang, [view.profile(a) for a in listed(view)])
    known = max(view.methodology.dimensions, key=lambda d: len(view.places[d.id]))
    return fill(
        "own",
        view,
        lang,
        "../",
        dimensions=dimensions,
        known=Row(id=known.id, name=lang.pick(known.name)),
        least=round(view.methodology.rules.league_coverage * 100),
        share=lang.percent(view.methodology.rules.uncertainty.interval),
        options=found,
        names=json_for_html({field: dict(pairs) for field, pairs in found.items()}),
    )


def listed(view: View) -> list[str]:
    """Agencies that may be ranked and of which anything was observed."""
    index = view.methodology.id
    return [a for a in view.dataset.agencies if not view.unrankable(a) and view.node(a, index).coverage]


def scores_document(view: View) -> dict[str, Any]:
    """Everything that an own ranking is computed from: the tree with its published weights, and by indicator the
    agencies' scores, their errors, and how much of its weight may count."""
    agencies = listed(view)
    scores, raw = view.results.scores, view.results.scores.raw
    rows = scores.score.index.get_indexer(pd.Index(agencies))
    errors = score_errors(view.results.uncertain)
    indicators = {
        id: {
            **_coded(scores.score[id].to_numpy(float)[rows]),
            "errors": _coded(np.round(errors[id][rows], ERROR_DIGITS)),
            "applies": _coded(raw.applies[id].to_numpy(float)[rows]),
            "counts": _coded(raw.counts[id].to_numpy(float)[rows]),
        }
        for id in view.indicators
    }
    return {
        **({"fictional": True} if view.dataset.fictional else {}),
        "as_of": str(view.as_of),
        "lowest": view.methodology.lowest,
        "highest": view.methodology.highest,
        "deviations": round(float(ndtri(0.5 + view.methodology.rules.uncertainty.interval / 2)), 6),
        "tree": plain_tree(scores.spec.root),
        **identity(view, agencies),
        "indicators": indicators,
    }


def identity(view: View, agencies: Sequence[str]) -> dict[str, list[Any]]:
    """By column, what agencies are found and filtered by; null where a name is not known in a language."""
    profiles = [view.profile(a) for a in agencies]
    return {
        "id": list(agencies),
        "en": [p.name.en for p in profiles],
        "ar": [p.name.ar for p in profiles],
        "country": [p.country for p in profiles],
        "level": [p.level for p in profiles],
        "sector": [p.sector for p in profiles],
        "group": [view.group_id(a) for a in agencies],
    }


def _coded(column: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, Any]:
    """A column as its different values and where each stands, -1 for unknown: most repeat, so it packs small; one that
    is the same everywhere is that value alone."""
    values = sorted({float(x) for x in column if x == x})
    if len(values) == 1 and not np.isnan(column).any():
        return {"values": values}
    place = {x: at for at, x in enumerate(values)}
    return {"values": values, "at": [place[float(x)] if x == x else -1 for x in column]}
