"""Text as outlines, so that a picture needs no font: reordered by the Unicode bidirectional algorithm, shaped by
HarfBuzz, each glyph written once.

Lengths of shaped text are in font units, of which the em has `EM`, y downwards; lengths in a picture are in pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

import uharfbuzz as hb
from bidi import get_display
from markupsafe import Markup

EM = 1000
TEXT = "#212121"
_FONTS = {  # the first that has a character draws it
    False: ("NotoSans-Regular", "NotoSansArabic-Regular", "NotoSansMath-Subset"),
    True: ("NotoSans-Bold", "NotoSansArabic-Bold", "NotoSansMath-Subset"),
}
_SIDE = "\u00ad"  # what bidi passes over: put behind each character, it comes before those that run right to left
_ISOLATES, _JOINERS = "\u2066\u2067\u2068", "\u200c\u200d"
_FORCED = re.compile(f"[\u202a-\u202e{_SIDE}]")  # what forces an order is in no text of ours, nor let in with others'
_LINE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")  # one line is drawn, whatever a text would end


@dataclass(frozen=True)
class Glyph:
    """A glyph of a font, where the word that it is part of starts at 0."""

    font: str
    id: int
    x: int
    y: int


Word = tuple[Glyph, ...]


@dataclass(frozen=True)
class Shaped:
    """A line of words, or pieces of them, from left to right, with their places, and how wide it is."""

    words: tuple[tuple[int, Word], ...]
    advance: int


@lru_cache(maxsize=1 << 15)
def shape(text: str, bold: bool = False, rtl: bool = False) -> Shaped:
    """One line of text; `rtl` is the direction of the whole, not of its words."""
    words: list[tuple[int, Word]] = []
    at = 0
    for part, backwards in _runs(text, rtl):
        pieces = list(_by_font(part, bold))
        for font, piece in reversed(pieces) if backwards else pieces:
            found, wide = _shaped(piece, font, backwards)
            words += [(at + x, word) for x, word in found]
            at += wide
    return Shaped(tuple(words), at)


def width(text: str, size: float, bold: bool = False, rtl: bool = False) -> float:
    """How wide a line of text is, in pixels."""
    return shape(text, bold, rtl).advance * size / EM


def _runs(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """What stands beside each other from left to right, each part in the order it is read, and whether that is from
    right to left. Characters that only steer are gone."""
    clean = _LINE.sub(" ", _FORCED.sub("", text)) + "\u2069" * sum(char in _ISOLATES for char in text)
    shown = _shown("".join(char + _SIDE for char in clean) + ("\u200f" if rtl else "\u200e"), rtl)
    shown = shown[1:] if rtl else shown[:-1]
    pairs = [shown[at : at + 2] for at in range(0, len(shown), 2)]
    for backwards, run in groupby(pairs, key=lambda pair: pair[0] == _SIDE):
        part = [pair.strip(_SIDE) for pair in run]
        kept = "".join(char for char in (reversed(part) if backwards else part) if not _steers(char))
        if kept:
            yield kept, backwards


def _shown(text: str, rtl: bool) -> str:
    return str(get_display(text, base_dir="R" if rtl else "L"))


def _steers(char: str) -> bool:
    return unicodedata.category(char) == "Cf" and char not in _JOINERS and not "\u0600" <= char <= "\u08e2"


def _by_font(text: str, bold: bool) -> Iterator[tuple[str, str]]:
    """A text's pieces, each with the font that has all of it; spaces, marks and joiners stay with what they follow."""
    start, font = 0, ""
    for at, char in enumerate(text):
        follows = char == " " or char in _JOINERS or unicodedata.combining(char)
        if font and follows and _has(font, char):
            continue
        wanted = next((name for name in _FONTS[bold] if _has(name, char)), _FONTS[bold][0])
        if font and wanted != font:
            yield font, text[start:at]
            start = at
        font = wanted
    yield font, text[start:]


def _shaped(text: str, font: str, backwards: bool) -> tuple[list[tuple[int, Word]], int]:
    """The words with their places, and the whole advance; what has no ink parts words."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if backwards else "ltr"
    buffer.language = "ar" if "Arabic" in font else "en"  # never the machine's own
    buffer.guess_segment_properties()
    hb.shape(_font(font), buffer)
    words: list[tuple[int, list[Glyph]]] = []
    at, apart = 0, True
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        inked = bool(outline(font, info.codepoint))
        if inked:
            words += [(at, [])] if apart else []
            start, word = words[-1]
            word.append(Glyph(font, info.codepoint, at + place.x_offset - start, -place.y_offset))
        apart = not inked
        at += place.x_advance
    return [(start, tuple(word)) for start, word in words], at


# --- fonts ------------------------------------------------------------------------------------------------


@cache
def _font(name: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob(files("scoring.images").joinpath("fonts", f"{name}.ttf").read_bytes())))


@cache
def _characters(name: str) -> frozenset[int]:
    return frozenset(_font(name).face.unicodes)


def _has(name: str, char: str) -> bool:
    return ord(char) in _characters(name)


@cache
def outline(font: str, glyph: int) -> str:
    """A glyph's path data in whole font units, y downwards; empty for what has no ink."""
    pen = _Pen()
    _font(font).draw_glyph(glyph, _draws(), pen)
    return "".join(pen.parts)


class _Pen:
    """Writes path data with distances from the point before, which are shorter than places."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = self.start = self.next = (0, 0)

    def move(self, x: float, y: float) -> None:
        self._draw("m", (x, y))
        self.start = self.at

    def line(self, x: float, y: float) -> None:
        level, upright = -round(y) == self.at[1], round(x) == self.at[0]
        self._draw("h" if level else "v" if upright else "l", (x, y))

    def curve(self, cx: float, cy: float, x: float, y: float) -> None:
        control = (round(cx), -round(cy))
        smooth = max(abs(control[0] - self.next[0]), abs(control[1] - self.next[1])) <= 1
        control = self.next if smooth else control
        self._draw("t" if smooth else "q", *([] if smooth else [(cx, cy)]), (x, y))
        self.next = (2 * self.at[0] - control[0], 2 * self.at[1] - control[1])

    def close(self) -> None:
        self.parts.append("z")
        self.at = self.next = self.start

    def _draw(self, letter: str, *points: tuple[float, float]) -> None:
        steps = [(round(x) - self.at[0], -round(y) - self.at[1]) for x, y in points]
        self.at = self.next = (round(points[-1][0]), -round(points[-1][1]))
        values = [value for step in steps for value in step]
        values = values[:1] if letter == "h" else values[1:] if letter == "v" else values
        self.parts.append(letter + "".join(f" {v}" if i and v >= 0 else str(v) for i, v in enumerate(values)))


@cache
def _draws() -> hb.DrawFuncs:
    draws = hb.DrawFuncs()
    draws.set_move_to_func(lambda x, y, pen: pen.move(x, y))
    draws.set_line_to_func(lambda x, y, pen: pen.line(x, y))
    draws.set_quadratic_to_func(lambda cx, cy, x, y, pen: pen.curve(cx, cy, x, y))  # TrueType has no other curves
    draws.set_close_path_func(lambda pen: pen.close())
    return draws


# --- in a picture -----------------------------------------------------------------------------------------


def places(value: float, digits: int = 2) -> str:
    """A number below 10,000 for a picture's file, as short as may be."""
    return f"{round(value, digits) + 0.0:g}"  # never minus nothing


class Outlines:
    """The texts of one picture: each glyph, and each word, is defined once and used wherever it stands."""

    def __init__(self) -> None:
        self._names: dict[object, str] = {}
        self._defined: list[str] = []  # markup of names and numbers of ours: a text's letters are drawn, never written

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        anchor: str = "start",
        *,
        bold: bool = False,
        rtl: bool = False,
        fill: str = TEXT,
        halo: float = 0,
    ) -> Markup:
        """A line of text with its baseline at `y`; `anchor` is SVG's: at `start`, `x` is where reading starts, which
        is on the right where `rtl`. `halo` is the width of a white line around the letters, in pixels."""
        line = shape(text, bold, rtl)
        share = {"start": 1.0 if rtl else 0.0, "middle": 0.5, "end": 0.0 if rtl else 1.0}[anchor]
        scale = size / EM
        left = places(x - share * line.advance * scale)
        drawn = "".join([_use(self._word(word), at) for at, word in line.words])
        around = (
            f'<g fill="#fff" stroke="#fff" stroke-width="{round(halo / scale)}" stroke-linejoin="round">{drawn}</g>'
        )
        at = f"translate({left} {places(y)})scale({places(scale, 5)})"
        return Markup(f'<g transform="{at}" fill="{fill}">{around if halo else ""}{drawn}</g>')

    def _word(self, word: Word) -> str:
        if len(word) == 1 and word[0].x == word[0].y == 0:
            return self._glyph(word[0])
        if word not in self._names:
            drawn = "".join([_use(self._glyph(glyph), glyph.x, glyph.y) for glyph in word])
            self._define(word, '<g id="{}">{}</g>', drawn)
        return self._names[word]

    def _glyph(self, glyph: Glyph) -> str:
        key = (glyph.font, glyph.id)
        if key not in self._names:
            self._define(key, '<path id="{}" d="{}"/>', outline(*key))
        return self._names[key]

    def _define(self, key: object, element: str, drawn: str) -> None:
        self._names[key] = f"g{len(self._names) + 1}"
        self._defined.append(element.format(self._names[key], drawn))

    def defs(self) -> Markup:
        """What the texts so far use."""
        return Markup(f"<defs>{''.join(self._defined)}</defs>")


def _use(name: str, x: int, y: int = 0) -> str:
    left, down = f' x="{x}"' if x else "", f' y="{y}"' if y else ""
    return f'<use xlink:href="#{name}"{left}{down}/>'
