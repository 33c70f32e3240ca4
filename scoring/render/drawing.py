"""What the charts share when they draw: how wide a text is, where an axis has its numbers, and where a value lies.

Everything is measured in per cent across and in pixels down, so that text keeps its size on every screen; what needs
to know how much room there is, is drawn for a narrow and for a wide figure, and the style sheet shows one of them.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from markupsafe import Markup

from scoring.render.language import Language
from scoring.render.markup import markup

TEXT = 13  # pixels, as in the style sheet
NARROW, MIDDLE, WIDE = 272, 326, 480  # pixels: least room across of figures on small phones, on others, and on screens
ROOMS = {"n": NARROW, "h": MIDDLE, "w": WIDE}  # by the classes of which the style sheet shows one
WORDS_APART = 12  # pixels between two texts on a line
_BAR = (
    '<svg class="hw-bar" viewBox="0 0 100 10" width="100" height="10" preserveAspectRatio="none" aria-hidden="true">'
    '<path class="t" d="M0 5h100"/>%s</svg>'
)
_STEPS = (1, 2, 2.5, 5, 10)
_MOST = 4  # steps of an axis
_NEAR = 0.6  # of a step: an end of the axis this close to a number has none of its own


def width(text: str, size: float = TEXT) -> float:
    """About how wide a text is, in pixels; rather too wide than too narrow, because fonts differ."""
    return size / TEXT * sum(map(_advance, text))


@cache
def _advance(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 14.0
    if char in "mwMW@%—":
        return 12.0
    if char in "iljtfrI.,:;'|!()[] ·":
        return 4.8
    if "\u0600" <= char <= "\u06ff":
        return 4.2 if char in "اأإآلى" else 11.0 if char in "سشصض" else 6.9
    return 9.2 if char.isupper() else 7.8


def cut(label: str, room: float, size: float = TEXT) -> str:
    """A label cut to about `room` pixels, by its end."""
    return shortened(label, lambda text: width(text, size) <= room)


def shortened(label: str, fits: Callable[[str], bool]) -> str:
    """A label cut by its end until it fits; the mark after the cut stays there in text that runs the other way."""
    if fits(label):
        return label
    kept = label
    while kept and not fits(f"{kept}…"):
        kept = kept[:-1].rstrip()
    return f"{kept}…\u200f" if kept and "\u0600" <= kept[-1] <= "\u06ff" else f"{kept}…\u200e"


def texts(label: str, taken: float, attributes: Markup, kind: str = "l") -> Markup:
    """A label cut for each kind of figure, where `taken` pixels of its line are not its own; what two kinds have in
    common is there once, with the classes of both."""
    shown: dict[str, list[str]] = {}
    for size, room in ROOMS.items():
        shown.setdefault(cut(label, room - taken), []).append(size)
    text = '<text class="{}" {}>{}</text>'
    if len(shown) == 1:
        return markup(text, kind, attributes, next(iter(shown)))
    return Markup("").join(markup(text, " ".join([kind, *sizes]), attributes, made) for made, sizes in shown.items())


def bar(score: float | None, low: float | None, high: float | None, lowest: float = 1, highest: float = 100) -> Markup:
    """A score, or a position, with the range it lies in, in little: for a cell of a table, which says the numbers."""
    span = highest - lowest
    drawn = ""
    if low is not None and high is not None:
        drawn = (
            f'<path class="i" d="M{round(100 * (low - lowest) / span, 1)} 5H{round(100 * (high - lowest) / span, 1)}"/>'
        )
    if score is not None:
        at = min(98.5, max(1.5, 100 * (score - lowest) / span))
        drawn += f'<path class="d" d="M{round(at, 1)} 0v10"/>'
    return Markup(_BAR % drawn)  # nothing but numbers


def ticks(lowest: float, highest: float, whole: bool = False) -> list[float]:
    """Round numbers for an axis, six at most, with both ends unless a round number stands close by."""
    size = (highest - lowest) / _MOST
    power = 10.0 ** math.floor(math.log10(size))
    step = next(s * power for s in _STEPS if s * power >= size * (1 - 1e-9))
    if whole:
        step = math.ceil(step)
    first = math.ceil(lowest / step)
    inner = [round(i * step, 9) for i in range(first, math.floor(highest / step) + 1)]
    starts = [lowest] if inner[0] - lowest >= _NEAR * step - 1e-9 else []
    ends = [highest] if highest - inner[-1] >= _NEAR * step - 1e-9 else []
    return starts + inner + ends


def across(lowest: float, highest: float, value: float, rtl: bool) -> float:
    """Where a value lies, in per cent from the left: the axis runs as the reader reads."""
    share = 100 * (value - lowest) / (highest - lowest)
    share = min(100.0, max(0.0, share))
    return round(99 - share * 0.98 if rtl else 1 + share * 0.98, 2)


def axis(numbers: Sequence[float], ends: tuple[float, float], bottom: int, title: str, lang: Language) -> Markup:
    """Quiet lines from the top to `bottom`, the numbers under them, and what they count under these."""
    start, end = ("100%", "0%") if lang.rtl else ("0%", "100%")
    parts = []
    for value in numbers:
        x = across(*ends, value, lang.rtl)
        parts.append(markup('<line x1="{}%" x2="{}%" y1="0" y2="{}" class="g"/>', x, x, bottom))
        anchor, at = "middle", f"{x}%"
        if value == ends[0]:
            anchor, at = "start", start
        elif value == ends[1]:
            anchor, at = "end", end
        parts.append(
            markup(
                '<text x="{}" y="{}" class="a" text-anchor="{}">{}</text>', at, bottom + 15, anchor, lang.number(value)
            )
        )
    where = markup('x="{}" y="{}"', start, bottom + 33)
    return Markup("").join(parts) + texts(title, 0, where, "a")
