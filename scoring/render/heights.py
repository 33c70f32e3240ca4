"""How high an embed needs to be, for sites that cannot ask it: estimated from its words and its picture."""

from __future__ import annotations

import re
from math import ceil

from scoring.render.drawing import width
from scoring.render.picture import Picture

FRAME, EDGES = 150, 32  # pixels: what stands around every chart, and what the edges take of its width
TALLEST = 2000
_TILE, _TILE_WIDTH = 100, 190  # pixels: a score card's tile and its least width
_PHONE = 480  # pixels of room below which names have less, as in the style sheet
_LOOSE = 1.08  # words do not fill their lines


def height(shown: Picture, across: int) -> int:
    """About how many pixels high an embed of a width is; rather more than it needs."""
    room = across - EDGES
    told = _lines(shown.title, 17, room) * 25 + _lines(shown.sentence, 15, room) * 24
    if shown.tabular:
        inside = _heat(shown, across)
    else:
        found = re.match(r'<svg class="hw-svg[^>]* height="(\d+)"', shown.drawn)
        inside = 34 + (int(found[1]) if found else 0)
    tiles = ceil(shown.lead.count('class="hw-tile"') / max(1, room // _TILE_WIDTH)) * _TILE
    return min(TALLEST, FRAME + told + _key(shown, room) + inside + tiles)


def _heat(shown: Picture, across: int) -> int:
    """Of a table that is the picture: its heads and the names of its rows take as many lines as they need."""
    named, counted = (120, 56) if across - EDGES < _PHONE else (170, 56)
    head = max(_lines(column.head, 13, counted) for column in shown.grid.columns)
    rows = [_lines(row[0].text, 13, named - 16) for row in shown.grid.rows]
    return 18 * head + 12 + sum(18 * lines + 12 for lines in rows)


def _key(shown: Picture, room: int) -> int:
    """Of what the marks mean, each with its mark before it."""
    said = re.sub(r"<[^>]+>", "mmm", shown.marks)
    return _lines(said, 13, room) * 24 if said else 0


def _lines(text: str, size: int, room: int) -> int:
    return ceil(width(text, size) * _LOOSE / room)
