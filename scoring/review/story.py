"""A review in sentences of one language, before they are laid out: headings, points and rows of numbers.

Whoever lays them out gives the `Voice`: how a stranger's text and an id are written so that nothing in them acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from scoring.render.language import Language
from scoring.review.report import (
    Causes,
    Effect,
    Entry,
    Finding,
    Item,
    Label,
    Look,
    Move,
    Review,
    Side,
    Standing,
    Touched,
)

Kind = Literal["title", "heading", "agency", "plain", "point", "row"]
_SHOWN_OF_HASH = 12


@dataclass(frozen=True)
class Line:
    """One line: its text, or of a `row` its three cells (what, before, after)."""

    kind: Kind
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Voice:
    """A language, and how it writes a stranger's text (`text`) and an id (`id`)."""

    lang: Language
    text: Callable[[object], str]
    id: Callable[[str], str]

    def label(self, label: Label) -> str:
        return self.text((label.ar or label.en) if self.lang.rtl else (label.en or label.ar))


def story(review: Review, voice: Voice) -> Iterator[Line]:
    """Everything that a review says, in the order it is read."""
    yield _line("title", voice.lang.t("title"))
    if review.fictional:
        yield _line("plain", voice.lang.t("fictional"))
    for key in ("base", "head"):
        yield _line("point", voice.lang.t(key, state=_state(getattr(review, key), voice)))
    teller = _Teller(review, voice)
    yield from chain(
        teller.errors(), teller.look(), teller.agencies(), teller.others(), teller.method(), teller.files()
    )


def _line(kind: Kind, *cells: str) -> Line:
    return Line(kind, cells)


def _state(side: Side, voice: Voice) -> str:
    asked = voice.text(side.asked)
    if side.commit and side.commit != side.asked:
        asked += f" ({voice.id(side.commit[:_SHOWN_OF_HASH])})"
    if side.as_of is None:
        return asked
    version = voice.text(side.methodology or "–")
    return voice.lang.t("state_dated", asked=asked, day=voice.lang.date(side.as_of), version=version)


class _Teller:
    """The parts of a review in one voice."""

    def __init__(self, review: Review, voice: Voice) -> None:
        self.review, self.voice, self.t = review, voice, voice.lang.t
        self.nodes = {node.id: node.name for node in review.nodes}
        self.names = {one.id: one.name for one in review.others.furthest}
        self.names |= {one.id: one.name for one in review.agencies}

    # --- names

    def node(self, id: str | None) -> str:
        if id is None:
            return "–"
        return self.voice.label(self.nodes[id]) if id in self.nodes else self.voice.id(id)

    def agency(self, id: str | None) -> str:
        if id is None:
            return "–"
        name = self.names.get(id)
        return f"{self.voice.id(id)} {self.voice.label(name)}" if name else self.voice.id(id)

    def joined(self, parts: Sequence[str], by: str = "comma") -> str:
        return self.t(by).join(parts)

    def heading(self, key: str) -> Line:
        return _line("heading", self.t(key))

    def more(self, count: int) -> Iterator[Line]:
        if count:
            yield _line("point", self.t("more", n=count))

    # --- parts

    def errors(self) -> Iterator[Line]:
        if self.review.errors:
            yield self.heading("errors")
            yield _line("plain", self.t("errors_intro", n=len(self.review.errors) + self.review.errors_more))
            for error in self.review.errors:
                yield _line("point", self._error(error))
            yield from self.more(self.review.errors_more)

    def _error(self, error: Finding) -> str:
        own = "ar" if self.voice.lang.rtl else "en"
        text = self.voice.text
        head = self.t(
            "error", path=text(error.path), line=str(error.line), column=str(error.column),
            code=self.voice.id(error.code), must=text(getattr(error.must, own)),
        )  # fmt: skip
        found = [self.t("found", text=text(error.found))] if error.found else []
        mend = [self.t("mend", text=text(getattr(error.mend, own)))] if error.mend else []
        return " — ".join([head, *found, *mend])

    def look(self) -> Iterator[Line]:
        if self.review.errors:
            return
        if self.review.empty:
            yield _line("plain", self.t("nothing"))
            return
        yield self.heading("look")
        if not self.review.look:
            yield _line("plain", self.t("look_none"))
        for look in self.review.look:
            yield _line("point", self._look(look))
        yield from self.more(self.review.look_more)

    def _look(self, look: Look) -> str:
        number = self.voice.lang.number
        return self.t(
            look.code, agency=self.agency(look.agency), item=self.voice.id(look.item) if look.item else "–",
            node=self.node(look.node), what=self.voice.text(look.what) if look.what else "–",
            old=number(look.old, 1), new=number(look.new, 1),
        )  # fmt: skip

    def agencies(self) -> Iterator[Line]:
        if self.review.agencies:
            yield self.heading("agencies")
        for agency in self.review.agencies:
            yield _line("agency", self.t(agency.status, agency=self.agency(agency.id)))
            yield from self._touched(agency)
        yield from self.more(self.review.agencies_more)

    def _touched(self, agency: Touched) -> Iterator[Line]:
        if not agency.moves:
            yield _line("plain", self.t("no_move"))
        for move in agency.moves:
            yield from self._rows(move)
        for move in agency.moves:
            if move.causes:
                yield _line("point", self._causes(move.node, move.causes))
        for item in agency.items:
            yield _line("point", self.t(f"item_{item.change}", item=self._item(item)))
        yield from self.more(agency.items_more)
        for entry in agency.entries:
            yield _line("point", self._entry(entry))
        yield from self.more(agency.entries_more)

    def _rows(self, move: Move, whose: str = "") -> Iterator[Line]:
        node = whose + self.node(move.node)
        for key, said in (("score_of", self._score), ("rank_of", self._rank)):
            before, after = said(move.old), said(move.new)
            if before != after:
                yield _line("row", self.t(key, node=node), before, after)

    def _score(self, at: Standing) -> str:
        return self._interval(at.score, at.low, at.high, 1)

    def _rank(self, at: Standing) -> str:
        return self._interval(at.rank, at.best, at.worst, 0)

    def _interval(self, value: float | None, low: float | None, high: float | None, digits: int) -> str:
        number = self.voice.lang.number
        if value is None:
            return self.t("none")
        if low is None or high is None:
            return number(value, digits)
        shown = {"value": number(value, digits), "low": number(low, digits), "high": number(high, digits)}
        return self.t("interval", **shown)

    def _causes(self, node: str, causes: Causes) -> str:
        parts = {cause: self.voice.lang.signed(points) for cause, points in causes}
        return self.t("causes", node=self.node(node), **parts)

    def _item(self, item: Item) -> str:
        names = [self.voice.id(one) for one in (item.indicators or (item.code,))]
        facts = [self.voice.id(item.id), self.t("item_about", names=self.joined(names))]
        if item.host:
            facts.append(self.t("item_host", host=self.voice.text(item.host)))
        if item.self_reported:
            facts.append(self.t("item_own"))
        if not item.scored:
            facts.append(self.t("item_shown"))
        by = [self.voice.id(one) for one in item.by]
        facts.append(self.t("item_by", names=self.joined(by)) if by else self.t("item_founding"))
        return self.joined([*facts, *map(self._effect, item.effects)], "part")

    def _effect(self, effect: Effect) -> str:
        node = self.node(effect.node)
        if effect.points is None:
            return self.t("item_decides", node=node)
        return self.t("item_effect", points=self.voice.lang.signed(effect.points), node=node)

    def _entry(self, entry: Entry) -> str:
        said = self.t(f"entry_{entry.change}", kind=self.t(entry.kind), id=self.voice.text(entry.id))
        by = self.joined([self.voice.id(one) for one in entry.by])
        return self.joined([said, self.t("item_by", names=by)], "part") if by else said

    def others(self) -> Iterator[Line]:
        others = self.review.others
        if not (others.ranks or others.scores):
            return
        yield self.heading("others")
        yield _line("point", self.t("others_ranks", n=others.ranks))
        yield _line("point", self.t("others_scores", n=others.scores))
        if others.furthest:
            yield _line("plain", self.t("furthest"))
        for pushed in others.furthest:
            yield from self._rows(pushed.move, f"{self.agency(pushed.id)} · ")

    def method(self) -> Iterator[Line]:
        if self.review.method:
            yield self.heading("method")
            paths = self.joined([self.voice.text(path) for path in self.review.method])
            yield _line("point", self.t("method_differs", paths=paths))
            yield from self.more(self.review.method_more)

    def files(self) -> Iterator[Line]:
        if self.review.files is None:
            yield self.heading("files")
            yield _line("point", self.t("files_unknown"))
        elif self.review.files:
            yield self.heading("files")
            for part in self.review.files:
                yield _line("point", self.t(f"files_{part.where}", n=part.count))
                if part.where != "agencies":
                    for path in part.paths:
                        yield _line("point", self.voice.text(path))
                    yield from self.more(part.count - len(part.paths))
