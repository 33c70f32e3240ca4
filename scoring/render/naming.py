"""Names beside dots: greedily, the outstanding first, so that no name touches another, a dot or the edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.render.drawing import cut, width

SMALL = 12  # pixels of the names' text
Box = tuple[float, float, float, float]  # left, top, right, bottom
_PLACES = (("right", 8, 4), ("left", -8, 4), ("middle", 0, -9), ("middle", 0, 18))


@dataclass(frozen=True)
class Dot:
    """A dot to be named, at `x` per cent across and `y` pixels down."""

    id: str
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Label:
    """A name held `dx` and `dy` pixels from its dot: on its right, on its left or centred."""

    dot: Dot
    text: str
    side: str
    dx: int
    dy: int

    def box(self, room: float) -> Box:
        """What it covers in a figure of `room` pixels across."""
        wide = width(self.text, SMALL)
        left = self.dot.x / 100 * room + self.dx - {"right": 0, "middle": wide / 2, "left": wide}[self.side]
        return left - 2, self.dot.y + self.dy - SMALL, left + wide + 2, self.dot.y + self.dy + 4


@dataclass(frozen=True)
class Field:
    """Where names may stand: per cent across and pixels down."""

    left: float
    right: float
    top: float
    bottom: float


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def named(
    dots: Sequence[Dot],
    first: Sequence[str],
    field: Field,
    taken: Mapping[float, Sequence[Box]],
    most: int,
    room: float,
) -> list[Label]:
    """Up to `most` names, tried in the order `first`, each cut to `room` pixels. A name stays only where it is free at
    every width of `taken`, which tells for each width of the figure, in pixels, the boxes of other texts."""
    by_id = {dot.id: dot for dot in dots}
    placed: list[Label] = []
    for id in first:
        text = cut(by_id[id].name, room, SMALL)
        tried = (Label(by_id[id], text, side, dx, dy) for side, dx, dy in _PLACES)
        free = (label for label in tried if all(_free(label, w, dots, field, placed, b) for w, b in taken.items()))
        placed += [label for label in [next(free, None)] if label]
        if len(placed) == most:
            break
    return placed


def _free(
    label: Label, wide: float, dots: Sequence[Dot], field: Field, placed: Sequence[Label], taken: Sequence[Box]
) -> bool:
    box = label.box(wide)
    inside = (
        box[0] >= field.left / 100 * wide
        and box[2] <= field.right / 100 * wide
        and box[1] >= field.top
        and box[3] <= field.bottom
    )
    if not inside or any(meet(box, other) for other in [*taken, *(other.box(wide) for other in placed)]):
        return False
    around = ((dot.x / 100 * wide, dot.y) for dot in dots if dot is not label.dot)
    return not any(meet(box, (x - 5, y - 5, x + 5, y + 5)) for x, y in around)
