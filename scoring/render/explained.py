"""Why an agency stands where it stands, as sentences in either language: for its page and for `hiwar explain`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from scoring.method.spec import Leaf, plain_tree
from scoring.problems import visible
from scoring.render import phrases
from scoring.render.language import Language
from scoring.render.view import View

MOST = 3  # strengths and weaknesses that are named
MOST_RAISES = 5  # steps that can be tried


@dataclass(frozen=True)
class Contribution:
    """Points an indicator adds to the score, and the evidence they rest on."""

    indicator: str
    name: str
    points: float
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Raise:
    """What one step of an indicator would do."""

    indicator: str
    text: str


@dataclass(frozen=True)
class Explained:
    """One league: what the score is made of (adding up to it), and what to say about it."""

    node: str
    name: str
    sentence: str
    contributions: tuple[Contribution, ...]
    peers: tuple[str, ...]
    standing: tuple[str, ...]
    steps: tuple[Raise, ...]
    ways: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def raises(self) -> tuple[str, ...]:
        """What would raise the score, as sentences: single steps, then the way into the next tier."""
        return (*(one.text for one in self.steps), *self.ways)


def explained(view: View, lang: Language, agency: str, node: str) -> Explained:
    """Everything there is to say about an agency's score in a league that ranks it."""
    score = view.node(agency, node).score
    return Explained(
        node,
        view.node_name(lang, node),
        lang.t(
            "why_sum_overall" if node == view.methodology.id else "why_sum",
            score=lang.number(score, 1),
            name=view.node_name(lang, node),
        ),
        _contributions(view, lang, agency, node),
        _peers(view, lang, agency, node),
        standing(view, lang, agency, node),
        _raises(view, lang, agency, node),
        _ways(view, lang, agency, node),
        _doubts(view, lang, agency, node),
    )


def standing(view: View, lang: Language, agency: str, node: str) -> tuple[str, ...]:
    """Position, its interval, tier and peers, as the card on the profile says them."""
    place, tier, peer = view.place(agency, node), view.tier(agency, node), view.peer_place(agency, node)
    assert place is not None and tier is not None
    said = [
        lang.t("place_of", rank=place.rank, of=place.of)
        + lang.t("comma")
        + lang.t("rank_likely", low=place.low, high=place.high),
        lang.t("tier_of", tier=tier.tier, of=tier.of) + lang.t("comma") + lang.t("tier_alike", n=tier.alike),
        lang.t("chances", top=lang.percent(place.top))
        + (
            lang.t("comma") + lang.t("chances_peers", share=lang.percent(tier.above_peers))
            if tier.above_peers is not None
            else ""
        ),
        lang.t("rank_range", best=place.best, worst=place.worst),
    ]
    if peer is not None:
        said.insert(2, lang.t("peer_place", rank=peer.rank, of=peer.of, low=peer.low, high=peer.high))
    return tuple(said)


def verdict(view: View, lang: Language, agency: str) -> str:
    """Whether the presence was worthwhile, or that nobody can say."""
    found = view.analysis.verdicts
    rules = view.methodology.rules.worthwhile
    return lang.t(
        f"verdict_{found['verdict'][agency]}",
        share=lang.percent(found["probability"][agency]),
        low=lang.percent(rules.at_most),
        high=lang.percent(rules.at_least),
    )


def _contributions(view: View, lang: Language, agency: str, node: str) -> tuple[Contribution, ...]:
    observed = view.by_agency(agency)
    rows = []
    for leaf, points in _falling(view.analysis.explanations[node].contributions[agency]):
        score = view.node(agency, leaf).score
        if score is not None:
            text = lang.t("why_points", points=lang.number(points, 1), score=lang.number(score, 1))
            rows.append(Contribution(leaf, view.node_name(lang, leaf), points, text, observed[leaf].used))
    return tuple(rows)


def _falling(cells: Mapping[str, float]) -> list[tuple[str, float]]:
    """Highest first."""
    return sorted(cells.items(), key=lambda pair: -pair[1])


def _peers(view: View, lang: Language, agency: str, node: str) -> tuple[str, ...]:
    """Where it is furthest above and below the median of its peers."""
    gaps = []
    for leaf in view.analysis.explanations[node].contributions[agency]:
        own, median = view.node(agency, leaf).score, view.peer_median(agency, leaf)
        if own is not None and median is not None and abs(own - median) >= 1:
            gaps.append((own - median, leaf))
    said = []
    for key, found in (("peers_above", sorted(gaps, reverse=True)), ("peers_below", sorted(gaps))):
        named = [
            lang.t("peers_gap", name=view.node_name(lang, leaf), gap=lang.number(abs(gap), 1))
            for gap, leaf in found[:MOST]
            if (gap > 0) == (key == "peers_above")
        ]
        if named:
            said.append(lang.t(key, list=lang.t("comma").join(named)))
    return tuple(said)


def _raises(view: View, lang: Language, agency: str, node: str) -> tuple[Raise, ...]:
    """The single steps that would raise the score most."""
    found, score = view.analysis.explanations[node], view.node(agency, node).score or 0.0
    said: list[Raise] = []
    for id, after in _falling(found.single[agency]):
        if after - score < 0.05 or len(said) == MOST_RAISES:
            break
        then = 1 + len(found.scores) - np.searchsorted(found.scores, after + 1e-9, side="right")
        text = lang.t(
            f"raise_{_step(view, id)}",
            name=view.node_name(lang, id),
            score=lang.number(after, 1),
            gain=lang.number(after - score, 1),
            rank=int(then),
        )
        said.append(Raise(id, text))
    return tuple(said)


def _ways(view: View, lang: Language, agency: str, node: str) -> tuple[str, ...]:
    """The cheapest way into the next tier."""
    found, tier = view.analysis.explanations[node], view.tier(agency, node)
    assert tier is not None
    if tier.tier == 1:
        return (lang.t("tier_first", n=tier.of),)
    if not found.path[agency]:
        return (lang.t("tier_beyond", tier=tier.tier - 1),)
    steps = [lang.t("tier_step", name=view.node_name(lang, id), n=n) for id, n in found.path[agency].items()]
    reached = lang.number(found.after[agency], 1)
    return (lang.t("tier_path", tier=tier.tier - 1, list=lang.t("comma").join(steps), score=reached),)


def trial(view: View, agency: str, node: str, indicators: Sequence[str]) -> dict[str, Any]:
    """What a browser needs to try steps of these indicators together: the league's part of the index, the agency's
    scores now and after a step, and how much of each indicator's weight may count."""
    spec, holds = view.results.scores.spec, view.results.uncertain.holds
    part = next(part for part in spec.root.parts() if part.id == node)
    row = view.row(agency)
    leaves = [part] if isinstance(part, Leaf) else list(part.leaves())
    observed = {leaf.id: view.node(agency, leaf.id).score for leaf in leaves}
    return {
        "tree": plain_tree(part),
        "now": {id: score for id, score in observed.items() if score is not None},
        "after": {id: view.analysis.explanations[node].steps[agency][id] for id in indicators},
        "holds": {id: held for id in observed if (held := float(holds[id][row])) != 1},
    }


def _step(view: View, indicator: str) -> str:
    leaf = view.indicators[indicator]
    if leaf.kind != "graded":
        return "tenth"
    return "element" if leaf.elements else "level"


def _doubts(view: View, lang: Language, agency: str, node: str) -> tuple[str, ...]:
    """How far one item, and one choice of method, could move it."""
    said = []
    item = view.analysis.tampering(agency, node)
    if item is not None:
        said.append(
            lang.t(
                "one_item",
                low=lang.number(item.low, 1),
                low_by=_item(view, lang, item.low_by),
                high=lang.number(item.high, 1),
                high_by=_item(view, lang, item.high_by),
            )
        )
    if node in view.analysis.moved:
        kind, what, by = view.analysis.moved[node][agency]
        places = 0 if by != by else int(by)
        if places:
            name = alternative(view, lang, kind, what)
            said.append(lang.t("choice_down" if places > 0 else "choice_up", n=abs(places), choice=name))
    return tuple(said)


def _item(view: View, lang: Language, by: str) -> str:
    """An item that is there, by its code and id; else a forged one, by its code."""
    if by in view.codes:
        return lang.t("item_forged", code=view.code_name(lang, by))
    return lang.t("item_mistaken", code=view.code_name(lang, view.item[by].code), id=by)


def alternative(view: View, lang: Language, kind: str, what: str) -> str:
    """What another way of scoring is called."""
    if kind == "without":
        return lang.t("alt_without", name=view.node_name(lang, what))
    return lang.t(f"alt_{kind}_{what}")


def leagues_of(view: View, agency: str) -> list[str]:
    """The leagues that rank an agency, dimensions first."""
    nodes = [*(d.id for d in view.methodology.dimensions), view.methodology.id]
    return [node for node in nodes if view.place(agency, node)]


def explained_text(view: View, lang: Language, agency: str) -> str:
    """Everything about an agency for a terminal; what comes from the data cannot move its cursor."""
    lines = [lang.t("fictional").upper()] if view.dataset.fictional else []
    lines.append(f"{visible(lang.pick(view.profile(agency).name))} ({agency})")
    for d in view.methodology.dimensions:
        if view.node(agency, d.id).score is not None:
            lines.append(f"\n{lang.pick(d.name)}: {phrases.dimension(view, lang, agency, d.id)}")
        if view.place(agency, d.id):
            lines += _lines(lang, explained(view, lang, agency, d.id))
    if view.place(agency, view.methodology.id):
        lines += _lines(lang, explained(view, lang, agency, view.methodology.id))
    else:
        lines.append(f"\n{lang.t('overall')}: {lang.t('why_not_ranked')}")
        lines += [f"  - {reason}" for reason in phrases.reasons(view, lang, agency)]
    return "\n".join([*lines, f"\n{lang.t('worthwhile')} {verdict(view, lang, agency)}"]) + "\n"


def _plain(why: Explained) -> dict[str, Any]:
    return asdict(why) | {"raises": why.raises}


def _lines(lang: Language, why: Explained) -> list[str]:
    lines = [*(f"  {text}" for text in why.standing), f"  {why.sentence}"]
    lines += [f"  - {one.name}: {one.text} [{', '.join(one.evidence)}]" for one in why.contributions]
    lines += [f"  {text}" for text in why.peers]
    for title, texts in (("raise_title", why.raises), ("doubt_title", why.doubts)):
        lines += [f"  {lang.t(title)}", *(f"  - {text}" for text in texts)]
    return lines


def explained_json(view: View, lang: Language, agency: str) -> str:
    """The same for programs: numbers where there are any, sentences in the language asked for."""
    data: dict[str, Any] = {"fictional": True} if view.dataset.fictional else {}
    data |= {
        "agency": agency,
        "as_of": str(view.as_of),
        "language": lang.code,
        "leagues": [_plain(explained(view, lang, agency, node)) for node in leagues_of(view, agency)],
        "reasons": phrases.reasons(view, lang, agency) if not view.place(agency, view.methodology.id) else [],
        "verdict": {"code": str(view.analysis.verdicts["verdict"][agency]), "text": verdict(view, lang, agency)},
    }
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
