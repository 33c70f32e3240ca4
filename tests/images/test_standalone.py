"""Charts as files of their own: whole, in need of nothing, looking as on the site, whatever a stranger is called."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markupsafe import Markup
from PIL import Image

from scoring.images.raster import png
from scoring.images.standalone import LOOKS, standalone
from scoring.render import figures
from scoring.render.charts import Chart, Row, svg
from scoring.render.gallery import gallery
from scoring.render.language import LANGUAGES, Language, language
from scoring.render.view import View

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
KINDS = {"hw-svg", "hw-svg hw-lines", "hw-svg hw-svg--scatter"}


def charts(view: View, lang: Language) -> list[tuple[Markup, Markup | str]]:
    """Charts of every kind, a few of each, with what their marks mean."""
    found: dict[str, list[tuple[Markup, Markup | str]]] = {}
    for picture in (hung.picture for hung in gallery(view, lang)):
        if picture.drawn.startswith("<svg"):
            found.setdefault(picture.name.split("/")[0], []).append((picture.drawn, picture.marks))
    return [one for kind in found.values() for one in kind[:3]]


def made(drawn: str, lang: Language, marks: str = "", **given: str) -> str:
    said = {"title": "T", "sentence": "S"} | given
    return standalone(Markup(drawn), foot=["F"], lang=lang, marks=Markup(marks), **said)


def in_need_of_nothing(file: str) -> ElementTree.Element:
    """The file as a tree, with nothing in it that would need a font, a style sheet, a script or another file."""
    root = ElementTree.fromstring(file)
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            *("svg", "title", "desc", "defs", "g", "path", "use", "rect", "line", "circle"),
        }
        assert not {name for name in element.attrib if name in ("style", "class") or name.startswith(("font", "on"))}
        for name, value in element.attrib.items():
            assert "url(" not in value
            if name.endswith("href"):
                assert name == LINK
                assert value[1:] in ids
    return root


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_kind_of_chart_becomes_a_file(demo: View, code: str) -> None:
    lang = language(code)
    found = charts(demo, lang)
    assert {re.match(r'<svg class="([^"]*)"', drawn)[1] for drawn, _ in found} == KINDS  # type: ignore[index]
    for drawn, marks in found:
        file = made(drawn, lang, marks)
        root = in_need_of_nothing(file)
        assert root.attrib["width"] == "720"
        assert root.attrib["viewBox"] == f"0 0 720 {root.attrib['height']}"
        assert file == made(drawn, lang, marks)
        assert len(file) < 100_000


def test_the_picture_is_as_large_as_it_says(demo: View) -> None:
    lang = language("ar")
    file = made(svg(figures.readiness(demo, lang), lang), lang)
    tall = int(ElementTree.fromstring(file).attrib["height"])
    for zoom in (1, 2):
        assert Image.open(io.BytesIO(png(file, zoom))).size == (720 * zoom, tall * zoom)


def test_a_strangers_name_stays_text() -> None:
    name = '<script>alert("1")</script>&amp;'
    lang = language("en")
    chart = Chart("c", name, name, [Row(name, 50.0)])
    file = made(svg(chart, lang), lang, title=name, sentence=name)
    root = in_need_of_nothing(file)
    assert "<script" not in file
    assert root.findtext(f"{SVG}title") == root.findtext(f"{SVG}desc") == name


def test_only_our_own_markup_is_drawn() -> None:
    lang = language("en")
    for bad in ('<svg height="9"><image href="x"/></svg>', '<!DOCTYPE a [<!ENTITY b "c">]><svg height="9">&b;</svg>'):
        with pytest.raises((ValueError, KeyError, ElementTree.ParseError)):
            made(bad, lang)


def test_one_version_of_each_text_is_shown() -> None:
    lang = language("en")
    drawn = '<svg height="40">{}</svg>'.format(
        "".join(f'<text class="l {kind}" x="0%" y="20">{text}</text>' for kind, text in (("n", "iii"), ("w", "ww")))
    )
    wide = standalone(Markup(drawn), title="", sentence="", foot=[], lang=lang)
    narrow = standalone(Markup(drawn), title="", sentence="", foot=[], lang=lang, width=330)
    assert wide.count("<path") == narrow.count("<path") == 1
    assert wide[wide.index("<path") :] != narrow[narrow.index("<path") :]


def test_arabic_is_set_from_the_right(demo: View) -> None:
    places = {}
    for code in LANGUAGES:
        file = made(svg(Chart("c", "t", "s", [Row("حوار", 20.0)]), language(code)), language(code))
        places[code] = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', file)]
    assert sum(places["ar"] + places["en"]) == pytest.approx(672, abs=0.2)  # mirrored in the room between the margins


def test_the_key_is_drawn_without_what_is_hidden() -> None:
    lang, drawn = language("en"), '<svg height="9"></svg>'
    one = '<span class="hw-key"><span><i class="hw-glyph hw-glyph--d"></i>Score</span>{}</span>'
    hidden = '<span data-ranges hidden><i class="hw-glyph hw-glyph--x"></i>Range</span>'
    assert made(drawn, lang, one.format(hidden)) == made(drawn, lang, one.format(""))
    assert made(drawn, lang, one.format(hidden.replace(" hidden", ""))).count("<line") == 1
    assert made(drawn, lang, one.format("")).count("<circle") == 1


def test_marks_look_as_the_style_sheet_says() -> None:
    colours, marks = ((ROOT / "theme/assets" / name).read_text(encoding="utf-8") for name in ("hiwar.css", "chart.css"))
    rules = _rules(colours + marks)
    for kind, look in LOOKS.items():
        tag, _, letter = kind.partition(".")
        said = rules.get(f".{letter}", {}) | rules.get(f"{tag}.{letter}", {})
        assert said == {name: value.lstrip("0") for name, value in look.items()}, kind


def _rules(css: str) -> dict[str, dict[str, str]]:
    """What holds for the marks in light colours, with names of colours replaced and shades told apart."""
    css = re.sub(r"@\w[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    names = dict(re.findall(r"(--[\w-]+): ([^;]+);", css[: css.index("}")])) | {"--md-default-bg-color": "#ffffff"}
    rules: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"^\.hw-svg ((?:rect)?\.\w) \{([^}]*)\}", css, re.M):
        for name, value in re.findall(r"([\w-]+): ([^;]+);", body):
            value = re.sub(r"var\((--[\w-]+)\)", lambda m: names[m[1]], value)
            rules.setdefault(selector, {}).update(_shade(name, value))
    return rules


def _shade(name: str, value: str) -> dict[str, str]:
    """`#1f7a8c55` as a colour and how much of it is seen."""
    if not value.startswith("#"):
        return {name: value.lstrip("0") or "0"}
    digits = value[1:] if len(value) > 5 else "".join(2 * digit for digit in value[1:])
    share = {f"{name}-opacity": f"{int(digits[6:], 16) / 255:.2f}".lstrip("0")} if digits[6:] else {}
    return {name: f"#{digits[:6]}"} | share
