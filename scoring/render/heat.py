"""How much has been observed: a table whose cells are told by their number and, quickly, by their shade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scoring.render.language import Language

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
