"""Pages about the index itself: what its order owes to choices of method, and whether its parts hold together."""

from __future__ import annotations

from types import SimpleNamespace as Row

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from scoring.method.coherence import Flag, correlations, cronbach_alpha, effective_weights, importance
from scoring.method.sensitivity import Sensitivity
from scoring.render import figures
from scoring.render.charts import figure
from scoring.render.explained import alternative
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View

MOVED = 10  # agencies named as those that a choice of method moves most
TWO = 2  # numbers shown of correlations and shares


def sensitivity(view: View, lang: Language) -> Markup:
    """Every league that ranks anybody: its order under every alternative, and what its variance comes from."""
    leagues = [_league(view, lang, node, found) for node, found in view.analysis.sensitivity.items()]
    unranked = [
        Markup('<span id="{}">{}</span>').format(view.league_id(node), view.node_name(lang, node))
        for node in view.places
        if node not in view.analysis.sensitivity
    ]
    none = Markup(escape(lang.t("sensitivity_none", list="{}"))).format(Markup(lang.t("comma")).join(unranked))
    return fill("sensitivity", view, lang, "../", leagues=leagues, unranked=none if unranked else "")


def _league(view: View, lang: Language, node: str, found: Sensitivity) -> Row:
    return Row(
        id=view.league_id(node),
        name=view.node_name(lang, node),
        chart=figure(figures.sensitivity(view, lang, node), lang, "../"),
        alternatives=_alternatives(view, lang, found),
        exact=[
            Row(name=lang.t(f"factor_{name}"), first=row["first"], total=row["total"])
            for name, row in _rows(found.exact)
        ],
        joint=[
            Row(name=lang.t(f"source_{name}"), total=row["total"], half=row["half"]) for name, row in _rows(found.joint)
        ],
        moved=_moved(view, lang, found),
        sentence=_sentence(view, lang, node, found),
    )


def _rows(frame: pd.DataFrame) -> list[tuple[str, pd.Series[float]]]:
    return [(str(name), row) for name, row in frame.iterrows()]


def _alternatives(view: View, lang: Language, found: Sensitivity) -> list[Row]:
    """Every alternative with how far it moves its members, those that move most first."""
    rows, first = [], str(found.default.idxmin())
    for one in found.alternatives:
        shift = (one.rank - found.default).abs()
        if shift.isna().all():
            continue  # it leaves nobody with a score
        rows.append(
            Row(
                name=alternative(view, lang, one.kind, one.what),
                mean=float(shift.mean()),
                most=int(shift.max()),
                who=view.profile(str(shift.idxmax())),
                leader=int(one.rank[first]) if one.rank[first] == one.rank[first] else None,
            )
        )
    return sorted(rows, key=lambda row: -row.mean)


def _moved(view: View, lang: Language, found: Sensitivity) -> list[Row]:
    order = found.most["by"].abs().sort_values(ascending=False, kind="stable").index[:MOVED]
    return [
        Row(
            profile=view.profile(agency),
            choice=alternative(view, lang, found.most["kind"][agency], found.most["what"][agency]),
            rank=int(found.default[agency]),
            then=int(found.default[agency] + found.most["by"][agency]),
        )
        for agency in map(str, order)
    ]


def _sentence(view: View, lang: Language, node: str, found: Sensitivity) -> str:
    """The source that matters most."""
    total = found.joint["total"].dropna()
    if not len(total):
        return lang.t("joint_nothing")
    return lang.t("joint_most", source=lang.t(f"source_{total.idxmax()}"), share=lang.percent(min(1.0, total.max())))


def health(view: View, lang: Language) -> Markup:
    """Whether the parts of the index hold together, and what a maintainer can act on."""
    flags = view.analysis.flags
    seen = [d for d in view.methodology.dimensions if any(view.observed_count(leaf.id) for leaf in d.leaves())]
    return fill(
        "health",
        view,
        lang,
        "../",
        flags=[_flag(view, lang, flag) for flag in flags if flag.code != "unobserved"],
        unobserved=[
            view.node_name(lang, f.node) for f in flags if f.code == "unobserved" and f.node in view.indicators
        ],
        dimensions=[_dimension(view, lang, d.id) for d in seen],
        across=_matrix(view, lang, [d.id for d in seen]),
    )


def _flag(view: View, lang: Language, flag: Flag) -> str:
    return lang.t(
        f"flag_{flag.code}",
        node=view.node_name(lang, flag.node),
        other=view.node_name(lang, flag.other) if flag.other else "",
        value=lang.number(flag.value, TWO),
        limit=lang.number(flag.limit, TWO),
    )


def _dimension(view: View, lang: Language, node: str) -> Row:
    scores = view.results.scores.score
    leaves = [leaf.id for leaf in view.leaves[node]]
    weights = effective_weights(view.results.scores.spec)
    shares = importance(scores[leaves], scores[node])
    whole = shares.sum() if shares.notna().sum() >= TWO else 0.0
    return Row(
        id=node,
        name=view.node_name(lang, node),
        alpha=_or_none(cronbach_alpha(scores[leaves])),
        rows=[
            Row(
                id=leaf,
                name=view.node_name(lang, leaf),
                observed=view.observed_count(leaf),
                weight=weights[leaf] / weights[node],
                importance=_or_none(shares[leaf] / whole if whole else np.nan),
            )
            for leaf in leaves
        ],
        matrix=_matrix(view, lang, [leaf for leaf in leaves if view.observed_count(leaf)]),
    )


def _matrix(view: View, lang: Language, nodes: list[str]) -> Row | None:
    """Correlations of some nodes, as a square table; None where fewer than two can be compared."""
    found = correlations(view.results.scores.score[nodes])
    known = [n for n in nodes if found[n].drop(n).notna().any()]
    if len(known) < TWO:
        return None
    rows = [Row(name=view.node_name(lang, a), cells=[_or_none(found[b][a]) for b in known]) for a in known]
    return Row(heads=[view.node_name(lang, n) for n in known], rows=rows)


def _or_none(value: float) -> float | None:
    return None if value != value else float(value)
