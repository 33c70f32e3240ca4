"""A chart of the site as a picture of its own: with its title, sentence and source, and in need of nothing else.

The site's charts measure in per cent across and take their looks from `theme/assets/chart.css`; here both are written
out, the light colours always, and every text is an outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from markupsafe import Markup

from scoring.images.outline import TEXT, Outlines, places, width
from scoring.images.wrap import wrap
from scoring.render.drawing import ROOMS
from scoring.render.language import Language

MARGIN = 24  # pixels on all sides
MUTED, OBSERVED, LINE = "#59666c", "#1f7a8c", "#d5dde0"
_FAINT = {"stroke": OBSERVED, "stroke-opacity": "0.33"}
LOOKS: Mapping[str, Mapping[str, str]] = {  # of the marks, by element and class, as in the style sheet
    "line.t": {"stroke": "#888888", "stroke-opacity": "0.27", "stroke-width": "2"},
    "line.i": {**_FAINT, "stroke-width": "8", "stroke-linecap": "round"},
    "line.c": {"stroke": OBSERVED, "stroke-width": "3", "opacity": ".65"},
    "line.m": {"stroke": "#c8553d", "stroke-width": "3"},
    "line.g": {"stroke": LINE, "stroke-width": "1"},
    "line.b": {"stroke": OBSERVED, "stroke-width": "12"},
    "line.x": {**_FAINT, "stroke-width": "1.5"},
    "line.q": {"stroke": MUTED, "stroke-width": "1.25", "stroke-dasharray": "5 4"},
    "line.s": {"stroke": OBSERVED, "stroke-width": "2", "opacity": ".55"},
    "line.o": {"stroke": "#c8553d", "stroke-width": "3.5"},
    "circle.d": {"fill": OBSERVED},
    "circle.p": {"fill": OBSERVED, "stroke": "#ffffff", "stroke-width": "1", "fill-opacity": ".85"},
    "rect.b": {"fill": OBSERVED, "stroke": "#ffffff", "stroke-width": "2"},
}
_FILLS = ("#f4f7f8", "#e4f0f3", "#bfdde4", "#8dc3cf", OBSERVED, "#0d4753")
SHADES: Mapping[str, Mapping[str, str]] = {f"rect.h{i}": {"fill": fill} for i, fill in enumerate(_FILLS)}
_PLACES = {
    "line": ("x1", "x2", "y1", "y2"),
    "circle": ("cx", "cy", "r"),
    "rect": ("x", "width", "y", "height"),
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def standalone(
    drawn: Markup,
    *,
    title: str,
    sentence: str,
    foot: Sequence[str],
    lang: Language,
    marks: Markup | str = "",
    width: float = 720,
) -> str:
    """A whole SVG file, `width` pixels across, of a chart's inline SVG. `marks` is what its marks mean, as
    `charts.key` writes it; `foot` are the lines under it. Raises ValueError at markup that no chart of ours has."""
    sheet = _Sheet(lang, width)
    sheet.write([title], 20, 27, bold=True)
    sheet.down(4)
    sheet.write([sentence], 14, 21, fill=MUTED)
    sheet.key(marks)
    sheet.down(14)
    sheet.chart(drawn)
    sheet.down(14)
    sheet.write(foot, 12, 18, fill=MUTED)
    return sheet.file(title, sentence)


class _Sheet:
    """What has been drawn so far, and down to where."""

    def __init__(self, lang: Language, width: float) -> None:
        self._lang, self._width, self._room = lang, width, width - 2 * MARGIN
        self._outlines = Outlines()
        self._parts: list[Markup] = []
        self._y: float = MARGIN - 4

    def down(self, pixels: float) -> None:
        self._y += pixels

    def write(self, texts: Sequence[str], size: float, height: float, *, bold: bool = False, fill: str = TEXT) -> None:
        """Texts one under another, each wrapped to lines of `height` pixels."""
        rtl = self._lang.rtl
        start = self._width - MARGIN if rtl else MARGIN
        for line in (line for text in texts for line in wrap(text, self._room, size, bold=bold, rtl=rtl)):
            self._y += height
            base = self._y - 0.3 * size
            self._parts.append(self._outlines.text(line, start, base, size, bold=bold, rtl=rtl, fill=fill))

    def key(self, marks: Markup | str) -> None:
        """What the marks mean, beside each other as far as there is room."""
        bare = (
            str(marks).replace("<span data-ranges hidden>", '<span hidden="">').replace("<span data-ranges>", "<span>")
        )
        x, rtl = 0.0, self._lang.rtl
        for entry in _parsed(Markup("<span>{}</span>").format(Markup(bare))).findall(".//span[i]"):
            if "hidden" in entry.attrib:
                continue
            kind, meaning = entry[0].attrib["class"].rpartition("--")[2], "".join(entry.itertext())
            wide = 30 + width(meaning, 12, rtl=rtl)
            if x == 0 or x + wide > self._room:
                x, self._y = 0.0, self._y + 22
            left = self._width - MARGIN - x - 22 if rtl else MARGIN + x
            self._parts.append(_sample(kind, left, self._y - 4))
            beside = left - 8 if rtl else left + 30
            self._parts.append(self._outlines.text(meaning, beside, self._y, 12, rtl=rtl, fill=MUTED))
            x += wide + 20

    def chart(self, drawn: Markup) -> None:
        """The chart itself, in the room between the margins."""
        root = _parsed(drawn[drawn.index("<svg") : drawn.index("</svg>") + 6])  # a script's controls may follow
        shown = Markup("").join(self._mark(element) for element in root if _shown(element, self._room))
        self._parts.append(Markup('<g transform="translate({} {})">{}</g>').format(MARGIN, places(self._y), shown))
        self._y += float(root.attrib["height"])

    def _mark(self, element: ElementTree.Element) -> Markup:
        if element.tag == "text":
            return self._text(element)
        if element.tag not in _PLACES:
            raise ValueError(f"no chart draws with <{element.tag}>")
        where = [(name, places(self._at(element.attrib[name]), 1)) for name in _PLACES[element.tag]]
        kind = element.attrib["class"].split()[0]
        return _element(element.tag, [*where, *{**LOOKS, **SHADES}[f"{element.tag}.{kind}"].items()])

    def _text(self, element: ElementTree.Element) -> Markup:
        given, classes = element.attrib, element.attrib.get("class", "").split()
        return self._outlines.text(
            "".join(element.itertext()),
            self._at(given["x"]) + float(given.get("dx", 0)),
            float(given["y"]),
            12 if {"a", "k"} & {*classes} else 13,
            given.get("text-anchor", "start"),
            bold="v" in classes,
            rtl=self._lang.rtl and given.get("direction") != "ltr",
            fill=MUTED if "a" in classes else "#ffffff" if "u" in classes else TEXT,
            halo=4 if "k" in classes else 0 if {"a", "e", "u"} & {*classes} else 3,
        )

    def _at(self, length: str) -> float:
        return float(length[:-1]) / 100 * self._room if length.endswith("%") else float(length)

    def file(self, title: str, sentence: str) -> str:
        """All of it as a file, named and described."""
        file = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{0}" '
            'height="{1}" viewBox="0 0 {0} {1}" xml:lang="{2}" role="img"><title>{3}</title><desc>{4}</desc>'
            '<rect width="{0}" height="{1}" fill="#fff"/>{5}{6}</svg>\n'
        ).format(
            places(self._width),
            round(self._y + MARGIN - 4),
            self._lang.code,
            _NOT_XML.sub("", title),
            _NOT_XML.sub("", sentence),
            self._outlines.defs(),
            Markup("").join(self._parts),
        )
        return str(file)


def _parsed(markup: Markup | str) -> ElementTree.Element:
    """Our own markup as a tree; a document type, where entities could be made, is in none of it."""
    if "<!" in markup or "<?" in markup:
        raise ValueError("no chart has declarations")
    return ElementTree.fromstring(_NOT_XML.sub("", str(markup)))


def _shown(element: ElementTree.Element, room: float) -> bool:
    """Of a text's versions for several kinds of figure, the one for this room."""
    size = max((name for name in ROOMS if ROOMS[name] <= room), key=lambda name: ROOMS[name], default="n")
    versions = {*element.attrib.get("class", "").split()} & {*ROOMS}
    return element.tag != "text" or not versions or size in versions


def _element(tag: str, attributes: Sequence[tuple[str, str]]) -> Markup:
    """An element of our own names, numbers and colours."""
    written = "".join([f' {name}="{value}"' for name, value in attributes])
    return Markup(f"<{tag}{written}/>")


def _sample(kind: str, left: float, y: float) -> Markup:
    """A mark of the key, 22 pixels across."""
    tag = "circle" if kind in "dp" else "line"
    return _element(tag, [*_sample_places(kind, left, y), *LOOKS[f"{tag}.{kind}"].items()])


def _sample_places(kind: str, left: float, y: float) -> Iterator[tuple[str, str]]:
    middle = left + 11
    ends = (middle, y - 8, middle, y + 8) if kind == "m" else (left + 4, y, left + 18, y)
    named = (
        zip(("cx", "cy", "r"), (middle, y, 5), strict=True)
        if kind in "dp"
        else zip(("x1", "y1", "x2", "y2"), ends, strict=True)
    )
    return ((name, places(value, 1)) for name, value in named)
