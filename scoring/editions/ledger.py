"""The ledger of corrections: what in a frozen edition was wrong. Entries are sealed and only ever added."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from scoring.editions import EditionError
from scoring.editions.numbers import Table, alike, published
from scoring.editions.seal import broken, digest
from scoring.model import PUBLISHED, Branch, Correction, Methodology, Published, Revised, Text
from scoring.sheets import plain_yaml

_HEAD = (
    "# yaml-language-server: $schema=../../schema/corrections.json\n"
    "# Each seal is the SHA-256 of every byte above its line, so nothing here can change unseen: `hiwar verify` names\n"
    "# the byte. Only `hiwar correct` adds to this file.\n"
)
_EMBED = re.compile(r"embed/[a-z]{2}/(.+)/index\.html")
Numbers = Mapping[tuple[str, Published], float | None]  # by node and what of it


def stated(numbers: Table, corrections: Iterable[Correction], edition: str, agency: str) -> Numbers:
    """What an edition says of an agency today: its frozen numbers, each as it was last corrected."""
    found = {
        (node, what): value
        for (one, node), row in numbers.items()
        if one == agency
        for what, value in published(row).items()
    }
    for correction in corrections:
        if (correction.edition, correction.agency) == (edition, agency):
            found |= {(change.node, change.what): change.new for change in correction.changes}
    return found


def changed(old: Numbers, new: Numbers) -> list[Revised]:
    """Every number that differs, in the order of the tree."""
    nodes = dict.fromkeys(node for node, _ in [*old, *new])
    keys = ((node, what) for node in nodes for what in PUBLISHED)
    return [
        Revised(node=node, what=what, old=old.get((node, what)), new=new.get((node, what)))
        for node, what in keys
        if not alike(old.get((node, what)), new.get((node, what)))
    ]


def affected(agency: str, changes: Sequence[Revised], methodology: Methodology, there: Collection[str]) -> list[str]:
    """The pinned embeds, of those that are `there`, which show a number that was wrong: the agency's own, and the
    rankings it changed in, how their scores are spread and how far they hold."""
    leagues = {methodology.id: "overall"} | {d.id: d.id for d in methodology.dimensions}
    changed = dict.fromkeys(leagues[change.node] for change in changes if change.node in leagues)
    scored = {leagues[change.node] for change in changes if change.node in leagues and change.what == "score"}
    names = [
        *(f"{kind}/{agency}" for kind in ("card", "scores", "trend")),
        *(f"league/{league}" for league in changed),
        *(f"distribution/{league}" for league in changed if league in scored),
        *(f"sensitivity/{league}" for league in changed),
    ]
    return [name for name in names if name in there]


def embeds(published: Iterable[str]) -> set[str]:
    """The names of an edition's embeds, told by its published files, such as `embed/en/league/overall/index.html`."""
    return {found[1] for path in published if (found := _EMBED.fullmatch(path))}


def nodes_of(methodology: Methodology) -> list[str]:
    """Every node and indicator that results.csv may name."""
    return [methodology.id, *(id for branch in methodology.dimensions for id in _within(branch))]


def _within(branch: Branch) -> Iterator[str]:
    yield branch.id
    yield from (indicator.id for indicator in branch.indicators)
    for below in branch.branches:
        yield from _within(below)


def next_id(edition: str, taken: Collection[str]) -> str:
    """`2026-11.c01`, and so on."""
    numbers = (f"{edition}.c{number:02d}" for number in range(1, len(taken) + 2))
    return next(id for id in numbers if id not in taken)


def entry(
    edition: str,
    agency: str,
    changes: Sequence[Revised],
    on: date,
    why: Text,
    embeds: Sequence[str],
    taken: Collection[str],
) -> dict[str, object]:
    """An entry as the ledger writes it, without its seal."""
    return {
        "id": next_id(edition, taken),
        "edition": edition,
        "on": on,
        "agency": agency,
        "changes": [change.model_dump(exclude_none=True) for change in changes],
        "why": why.model_dump(),
        "embeds": list(embeds),
    }


def appended(ledger: bytes, entry: Mapping[str, object]) -> bytes:
    """The ledger with one more entry under a seal of its own; every byte that was in it stays. Raises EditionError
    where its seals do not hold: what was altered must not be sealed anew."""
    if ledger and broken(ledger) is not None:
        raise EditionError(
            "the ledger is not as it was sealed: `hiwar verify` names the byte; nothing was added",
            "السجل ليس كما خُتم: الأمر `hiwar verify` يحدد البايت؛ ولم يُضف شيء",
        )
    above = (ledger or _HEAD.encode()) + plain_yaml([dict(entry)]).encode()
    return above + f"  seal: {digest(above)}\n".encode()
