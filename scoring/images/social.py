"""A card as a picture that needs no font: 1200 × 630 pixels, as the places where addresses are shared expect."""

from __future__ import annotations

from collections.abc import Iterator

from bidi import get_base_level
from markupsafe import Markup

from scoring.images.outline import Outlines, places, width
from scoring.images.wrap import wrap
from scoring.render.cards import Card
from scoring.render.language import Language, language, languages

WIDE, TALL, EDGE = 1200, 630, 72  # pixels
GROUND, DEEP, RULE = "#0d3941", "#092a31", "#3a6f79"
WHITE, PALE, GOLD, DARK = "#ffffff", "#d3e6ea", "#f0c36a", "#14252b"
LOGO = (  # theme/assets/logo.svg, 32 pixels across
    ("#e9b44c", "M4 5h16a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-8l-6 5v-5H4a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3z"),
    ("#2a9d8f", "M26 11h2a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3h-1v4l-5-4h-8a3 3 0 0 1-3-3v-1h10a6 6 0 0 0 5-6z"),
)
COLUMN = 420  # pixels for the number and what it counts
ROWS = 6  # that the further lines share


def social_card(card: Card, lang: Language) -> str:
    """The card as a whole SVG file."""
    drawing = _Drawing(lang)
    parts = [*drawing.brand(card), *drawing.heading(card), *drawing.number(card), *drawing.foot(card)]
    file = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{0}" height="{1}" '
        'viewBox="0 0 {0} {1}"><rect width="{0}" height="{1}" fill="{2}"/>{3}{4}</svg>\n'
    ).format(WIDE, TALL, GROUND, drawing.outlines.defs(), Markup("").join(parts))
    return str(file)


class _Drawing:
    """Where things stand is measured from the side where reading starts."""

    def __init__(self, lang: Language) -> None:
        self.outlines = Outlines()
        self._rtl = lang.rtl

    def _at(self, across: float) -> float:
        return WIDE - across if self._rtl else across

    def _text(self, text: str, across: float, y: float, size: float, fill: str, bold: bool = False) -> Markup:
        return self.outlines.text(text, self._at(across), y, size, bold=bold, rtl=self._rtl, fill=fill)

    def _wrapped(self, text: str, room: float, size: float, most: int, bold: bool = False) -> list[str]:
        return wrap(text, room, size, bold=bold, rtl=self._rtl, most=most)

    def _box(self, across: float, y: float, wide: float, tall: float, fill: str, round_by: float = 0) -> Markup:
        left = self._at(across) - (wide if self._rtl else 0)
        return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}"/>').format(
            places(left), y, places(wide), tall, round_by, fill
        )

    def brand(self, card: Card) -> Iterator[Markup]:
        """Whose card it is, in both languages, and whether all of it is made up."""
        paths = Markup("").join(Markup('<path fill="{}" d="{}"/>').format(*one) for one in LOGO)
        left = self._at(EDGE) - (58 if self._rtl else 0)
        yield Markup('<g transform="translate({} 46)scale(1.8)">{}</g>').format(places(left), paths)
        yield self._text(_in_both("brand", self._rtl), EDGE + 76, 86, 32, WHITE, bold=True)
        if card.fictional:
            told = _in_both("fictional", self._rtl)
            wide = width(told, 24, True, self._rtl) + 48
            yield self._box(WIDE - EDGE - wide, 48, wide, 52, GOLD, 26)
            yield self._text(told, WIDE - EDGE - wide + 24, 82, 24, DARK, bold=True)

    def heading(self, card: Card) -> Iterator[Markup]:
        """Where the page belongs, and its title in two large lines or three smaller ones."""
        room = WIDE - 2 * EDGE
        for line in self._wrapped(card.kicker, room, 27, 1):
            yield self._text(line, EDGE, 166, 27, GOLD)
        size, height = (56, 70) if len(self._wrapped(card.title, room, 56, 3, bold=True)) < 3 else (46, 58)
        own = "\u2067" if get_base_level(card.title) else "\u2066"  # a name may run the other way, in all its lines
        for at, line in enumerate(self._wrapped(card.title, room, size, 3, bold=True)):
            yield self._text(f"{own}{line}\u2069", EDGE, 232 + at * height, size, WHITE, bold=True)

    def number(self, card: Card) -> Iterator[Markup]:
        """The number with what it counts under it, and the further lines beside it."""
        size = min(96.0, 96 * COLUMN / max(1, width(card.number, 96, True, self._rtl)))
        yield self._text(card.number, EDGE, 470, size, WHITE, bold=True)
        for at, line in enumerate(self._wrapped(card.label, COLUMN, 23, 3)):
            yield self._text(line, EDGE, 507 + at * 30, 23, PALE)
        beside = EDGE + COLUMN + 60
        rows = [row for line in card.lines for row in self._rows(line, WIDE - EDGE - beside, len(card.lines))]
        if rows:
            yield self._box(beside - 30, 396, 2, 160, RULE)
        height = min(40, 156 / max(1, len(rows) - 1))
        for at, row in enumerate(rows):
            yield self._text(row, beside, 484 + (at - (len(rows) - 1) / 2) * height, 24, PALE)

    def _rows(self, line: str, room: float, of: int) -> list[str]:
        return self._wrapped(line, room, 24, ROWS // of)

    def foot(self, card: Card) -> Iterator[Markup]:
        yield self._box(0, 578, WIDE, TALL - 578, DEEP)
        yield self._text(card.foot, EDGE, 611, 21, PALE)


def _in_both(key: str, rtl: bool) -> str:
    """A word in both languages, the reader's first, each kept whole."""
    codes = languages() if rtl else languages()[::-1]
    return " · ".join(f"\u2068{language(code).t(key)}\u2069" for code in codes)
