"""Text broken into lines by what its letters really measure."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.images.outline import width
from scoring.render.drawing import shortened

SPACE = 0.26  # of the size: how wide a space is
CLOSE = 0.9  # how near to the room's end a line is measured exactly


def wrap(
    text: str, room: float, size: float, *, bold: bool = False, rtl: bool = False, most: int | None = None
) -> list[str]:
    """Lines no wider than `room` pixels, broken between words, or within a word that is wider than that; of more than
    `most` lines, the last that is kept ends with a mark of the cut."""

    def fits(part: str) -> bool:
        rough = sum(width(word, size, bold, rtl) for word in part.split()) + part.count(" ") * size * SPACE
        if not CLOSE * room < rough < room / CLOSE:  # clear without shaping the line as a whole
            return rough < room
        return width(part, size, bold, rtl) <= room

    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fits(longer):
            lines[-1] = longer
        else:
            lines += _pieces(word, room, size, bold, rtl)
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), fits)]


def _pieces(word: str, room: float, size: float, bold: bool, rtl: bool) -> Iterator[str]:
    if width(word, size, bold, rtl) <= room:
        yield word
        return
    start = 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and width(word[start:end], size, bold, rtl) > room:
            yield word[start : end - 1]
            start = end - 1
    yield word[start:]
