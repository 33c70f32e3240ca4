"""Changes as records: what changed, when, of which cause and in which commit, told in both languages.

Names and paths are strangers' text: on one line, without characters that act (`visible`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scoring.changes import Correction, Kind, Move, Step, cause, size, swayed
from scoring.method.compare import CAUSES, Change
from scoring.model import Name, Text
from scoring.problems import visible
from scoring.render.editions import since, with_causes
from scoring.render.language import Language, language
from scoring.render.view import View

LISTED = 20  # differences of the method that a text names
LONGEST = 300  # characters of a name
MIDNIGHT = "T00:00:00Z"


@dataclass(frozen=True)
class Record:
    """One change: of an agency by a commit, of the method by a commit, an edition, or a correction of one.

    `node` is what moved most, with its score and rank before and after and each cause's part of its score in points;
    None is unknown, or does not apply. `items` are the ids of evidence items, `paths` what differs in the method.
    `date` is UTC, ISO 8601. What else moved is told in the text. `kind` is the largest cause; a rank that moved only
    because other agencies did is of kind `others`.
    """

    id: str
    date: str
    commit: str | None
    kind: Kind
    agency: str | None
    node: str | None
    old: float | None
    new: float | None
    rank_old: int | None
    rank_new: int | None
    evidence: float | None
    ageing: float | None
    method: float | None
    items: tuple[str, ...]
    paths: tuple[str, ...]
    title_en: str
    title_ar: str
    text_en: str
    text_ar: str

    def title(self, lang: Language) -> str:
        return str(getattr(self, f"title_{lang.stock}"))

    def text(self, lang: Language) -> str:
        return str(getattr(self, f"text_{lang.stock}"))

    @property
    def facts(self) -> dict[str, Any]:
        """The record without its texts, for JSON."""
        return {key: value for key, value in asdict(self).items() if not key.startswith(("title_", "text_"))}

    @property
    def row(self) -> dict[str, Any]:
        """The record as a row of the open data, with its day."""
        told = {key: value for key, value in asdict(self).items() if not key.startswith("title_")}
        return told | {"date": self.date[:10]}


def records(view: View, steps: Sequence[Step], corrections: Sequence[Correction] = ()) -> tuple[Record, ...]:
    """Every change, newest first; those of one commit by how far they moved, the method's before the agencies'."""
    found = [
        *(record for made in steps for record in _of_step(view, made)),
        *(_of_edition(view, at) for at in range(-1, -len(view.kept) - 1, -1)),
        *(_of_correction(view, one) for one in corrections),
    ]
    return tuple(sorted(found, key=lambda record: record.date, reverse=True))  # keeps the order of one moment


def _of_step(view: View, made: Step) -> Iterator[Record]:
    if made.method:
        yield _record(
            id=made.commit,
            date=made.on,
            commit=made.commit,
            kind="method",
            paths=tuple(visible(path, LONGEST) for path in made.method),
            title=_both(lambda lang: lang.t("change_method")),
            text=_both(lambda lang: _sentences(_method(lang, made))),
        )
    for move in sorted(made.moves, key=_furthest_first):
        yield _of_move(view, made, move)


def _furthest_first(move: Move) -> tuple[bool, float, str]:
    """Scores by how far they moved, then ranks, then whatever has only evidence to show."""
    change = move.told.get(move.chief) if move.chief else None
    return change is None, -size(change or Change(0, 0, None)), move.agency


def _of_move(view: View, made: Step, move: Move) -> Record:
    node = move.chief
    score, rank = (changes.get(node, _NONE) if node else _NONE for changes in (move.told, move.ranks))

    return _record(
        id=f"{made.commit}/{move.agency}",
        date=made.on,
        commit=made.commit,
        kind=cause(move, made),
        agency=move.agency,
        node=node,
        old=score.old,
        new=score.new,
        rank_old=_whole(rank.old),
        rank_new=_whole(rank.new),
        **{part: score.parts[part] if score.parts else None for part in CAUSES},
        items=move.items,
        title=_both(lambda lang: f"{called(lang, move.name)}: {_headline(view, lang, move)}"),
        text=_both(lambda lang: f"{called(lang, move.name)}: {_sentences(_everything(view, lang, move))}"),
    )


def _of_edition(view: View, at: int) -> Record:
    """An edition by its place, counted back from the newest, -1."""
    edition, past = view.kept[at]

    def told(lang: Language) -> str:
        day = lang.date(edition.as_of)
        first = lang.t("edition_description", id=lang.own_way(edition.id), date=day)
        return f"{first} {since(view, lang, at)}".strip()

    return _record(
        id=f"edition/{edition.id}",
        date=f"{edition.as_of}{MIDNIGHT}",
        kind="edition",
        node=past.lead,
        title=_both(lambda lang: lang.t("change_edition", id=lang.own_way(edition.id))),
        text=_both(told),
    )


def _of_correction(view: View, one: Correction) -> Record:
    """An entry of the ledger: its first score, or else the first of its numbers, stands for it."""
    node = next((c.node for c in one.changes if c.what == "score"), one.changes[0].node)
    own = {c.what: c for c in one.changes if c.node == node}
    score, rank = own.get("score", _NONE), own.get("rank", _NONE)
    known = view.dataset.agencies.get(one.agency)

    def title(lang: Language) -> str:
        name = called(lang, known.profile.name) if known else lang.own_way(one.agency)
        return lang.t("change_correction", id=lang.own_way(one.edition), agency=name)

    def told(lang: Language) -> Iterator[str]:
        yield title(lang)
        for c in one.changes:
            yield _number(view, lang, c.node, Change(c.old, c.new, None), c.what)

    def text(lang: Language) -> str:
        return f"{_sentences(told(lang))} {visible(lang.pick(one.why), 2000)}"

    return _record(
        id=f"correction/{one.id}",
        date=f"{one.on}{MIDNIGHT}",
        commit=one.commit,
        kind="correction",
        agency=one.agency,
        node=node,
        old=score.old,
        new=score.new,
        rank_old=_whole(rank.old),
        rank_new=_whole(rank.new),
        title=_both(title),
        text=_both(text),
    )


_NONE = Change(None, None, None)
_ABSENT: dict[str, Any] = dict.fromkeys(("commit", "agency", "node", "old", "new", "rank_old", "rank_new", *CAUSES)) | {
    "items": (),
    "paths": (),
}


def _record(title: Text, text: Text, **known: Any) -> Record:
    """A record with nothing in what it does not know."""
    texts = {"title_en": title.en, "title_ar": title.ar, "text_en": text.en, "text_ar": text.ar}
    return Record(**_ABSENT | known | texts)


def _whole(rank: float | None) -> int | None:
    return None if rank is None else int(rank)


# --- words ------------------------------------------------------------------------------------------------


def _both(words: Callable[[Language], str]) -> Text:
    en, ar = words(language("en")), words(language("ar"))
    return Text.model_construct(en=en, ar=ar)  # unchecked, for it may be longer than a text of the data


def _sentences(texts: Iterator[str]) -> str:
    return " ".join(f"{text}." for text in texts)


def called(lang: Language, name: Name) -> str:
    """An agency's name; one that is not in this language keeps its own direction."""
    own = visible(lang.pick(name), LONGEST)
    return own if lang.has(name) else lang.own_way(own)


def _named(view: View, lang: Language, node: str) -> str:
    """A node by its name; by its id where the method knows it no more."""
    try:
        return visible(view.node_name(lang, node), LONGEST)
    except KeyError:
        return lang.own_way(visible(node))


def _headline(view: View, lang: Language, move: Move) -> str:
    """The most important of what changed in an agency, without causes."""
    if move.status != "both":
        return lang.t(f"change_{move.status}")
    if move.chief in move.told:
        return _number(view, lang, move.chief, move.told[move.chief], "score")
    if move.chief:
        return _number(view, lang, move.chief, move.ranks[move.chief], "rank")
    return next(_evidence(lang, move))


def _everything(view: View, lang: Language, move: Move) -> Iterator[str]:
    """All that changed in an agency: scores with their causes, ranks, evidence."""
    if move.status != "both":
        yield lang.t(f"change_{move.status}")
    for node, change in move.told.items():
        if change.kind == "changed":
            yield with_causes(lang, _named(view, lang, node), change, "kind")
        else:
            yield _number(view, lang, node, change, "score")
    for node, change in move.ranks.items():
        yield _number(view, lang, node, change, "rank")
    yield from _evidence(lang, move)


def _number(view: View, lang: Language, node: str, change: Change, what: str) -> str:
    """A score, an end of its range or a rank that changed, appeared or went."""
    digits = 0 if what == "rank" else 1
    old, new = (lang.number(value, digits) for value in (change.old, change.new))
    form = change.kind if change.kind in ("appears", "disappears") else "changed"
    return lang.t(f"change_{what}_{form}", name=_named(view, lang, node), old=old, new=new)


def _evidence(lang: Language, move: Move) -> Iterator[str]:
    for field in ("added", "changed", "removed"):
        if ids := getattr(move, field):
            yield lang.t(f"items_{field}", n=len(ids))
    for file in move.files:
        yield lang.t(f"change_{file}")


def _method(lang: Language, made: Step) -> Iterator[str]:
    """Which paths of the method differ, and how many scores it moved."""
    shown = [lang.own_way(visible(path, LONGEST)) for path in made.method[:LISTED]]
    more = len(made.method) - len(shown)
    paths = lang.t("comma").join(shown)
    yield lang.t("change_method_paths", paths=f"{paths}{lang.t('change_more', n=more) if more else ''}")
    yield lang.t("change_method_moved", n=swayed(made))
