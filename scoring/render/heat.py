"""How much has been observed: a table whose cells are told by their number and, quickly, by their shade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scoring.render.drawing import cut
from scoring.render.language import Language
from scoring.render.picture import Cell, Column, Grid, as_told, label, numbers

LIGHT = 3  # shades up to which text on them is dark
SHADES = 5  # steps above nothing; their colours, and what is read on them, are in the style sheet


@dataclass(frozen=True)
class HeatRow:
    """A group of agencies, how many they are, and the share of each column's weight observed (0 to 1), at the mean
    over the agencies. `total` marks the row of all."""

    label: str
    count: int
    shares: Sequence[float]
    total: bool = False


@dataclass(frozen=True)
class Heat:
    """Groups of agencies × dimensions."""

    id: str
    title: str
    sentence: str
    row_header: str
    count_header: str
    columns: Sequence[str]
    rows: Sequence[HeatRow]


def shade(share: float) -> int:
    """0 for nothing, then a step for each fifth: 1 up to 20%, 5 above 80%."""
    return 0 if share <= 0 else min(SHADES, 1 + int(share * SHADES * (1 - 1e-9)))


def told(share: float, lang: Language) -> str:
    """A share as its cell says it: what is not nothing is not told as 0%, what is not all not as 100%."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 - 1e-9 else lang.percent(share)


def grid(heat: Heat, lang: Language) -> Grid:
    """The shares in per cent, as told."""
    columns = [Column(name) for name in (heat.row_header, heat.count_header, *heat.columns)]
    rows = [
        [label(row.label), numbers(lang, row.count, 0), *(_cell(share, lang) for share in row.shares)]
        for row in heat.rows
    ]
    return Grid(columns, rows)


def _cell(share: float, lang: Language) -> Cell:
    return Cell(told(share, lang), (as_told(share * 100, 0),))


def table(heat: Heat, lang: Language) -> Markup:
    """The heat map as a real table in a box that scrolls by itself and can be reached by keyboard."""
    names = [heat.row_header, heat.count_header, *heat.columns]
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in names)
    rows = Markup("").join(_row(row, lang) for row in heat.rows)
    return Markup(
        '<div class="hw-heatbox" role="region" tabindex="0" aria-label="{}"><table class="hw-heat">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(heat.title, heads, rows)


def _row(row: HeatRow, lang: Language) -> Markup:
    cells = Markup("").join(
        Markup('<td class="hw-heat__{}"><bdi dir="ltr">{}</bdi></td>').format(shade(share), told(share, lang))
        for share in row.shares
    )
    kind = Markup(' class="hw-heat__all"') if row.total else ""
    return Markup('<tr{}><th scope="row">{}</th><td>{}</td>{}</tr>').format(
        kind, row.label, lang.number(row.count), cells
    )


# --- as a picture, for files -------------------------------------------------------------------------------

NAMES, COUNTS = 30.0, 38.0  # per cent across where the names of rows and their counts end
LINE, HEAD, ROOM = 28, 24, 672  # pixels: a row, the heads, and the width that names are cut for


def svg(heat: Heat, lang: Language) -> Markup:
    """The heat map as an SVG: columns are numbered, and named under it. Pages show the table."""
    wide = (100 - COUNTS) / len(heat.columns)
    parts = [_told(COUNTS + (i + 0.5) * wide, HEAD - 8, f"{i + 1}", "a", lang) for i in range(len(heat.columns))]
    for at, row in enumerate(heat.rows):
        top = HEAD + LINE * at
        parts.append(_named(0, top + 18, row.label, ROOM * NAMES / 100, "v" if row.total else "l", lang))
        parts.append(_told(COUNTS - 3, top + 18, lang.number(row.count), "a", lang))
        for i, share in enumerate(row.shares):
            left, kind = COUNTS + i * wide, shade(share)
            start = 100 - left - wide if lang.rtl else left
            cell = Markup('<rect x="{:.2f}%" y="{}" width="{:.2f}%" height="{}" class="h{}"/>')
            parts.append(cell.format(start + 0.2, top + 1, wide - 0.4, LINE - 2, kind))
            parts.append(_told(left + wide / 2, top + 18, told(share, lang), "u" if kind > LIGHT else "e", lang))
    bottom = HEAD + LINE * len(heat.rows) + 8
    for i, name in enumerate(heat.columns):
        x, y = 50 * (i % 2), bottom + 20 * (i // 2 + 1)
        parts.append(_named(x, y, f"{i + 1}  {name}", ROOM * 0.48, "a", lang))
    tall = bottom + 20 * ((len(heat.columns) + 1) // 2) + 4
    return Markup('<svg class="hw-svg" width="100%" height="{}">{}</svg>').format(tall, Markup("").join(parts))


def _told(x: float, y: float, text: str, kind: str, lang: Language) -> Markup:
    """A number in the middle of its cell."""
    at = 100 - x if lang.rtl else x
    made = Markup('<text x="{:.2f}%" y="{}" class="{}" text-anchor="middle" direction="ltr">{}</text>')
    return made.format(at, y, kind, text)


def _named(x: float, y: float, text: str, room: float, kind: str, lang: Language) -> Markup:
    at = 100 - x if lang.rtl else x
    return Markup('<text x="{:.2f}%" y="{}" class="{}">{}</text>').format(at, y, kind, cut(text, room))
