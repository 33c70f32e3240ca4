"""Text as outlines: the Unicode order of Arabic and Latin, letters that join, glyphs written once."""

from __future__ import annotations

import base64
import io
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scoring.images.outline import EM, Outlines, _runs, outline, places, shape, width
from scoring.images.raster import png
from scoring.images.wrap import wrap

USE = "{http://www.w3.org/2000/svg}use"


def glyphs(text: str, rtl: bool = True) -> list[int]:
    """Glyph numbers from left to right."""
    return [glyph.id for _, word in shape(text, rtl=rtl).words for glyph in word]


def drawn(text: str, rtl: bool, tall: int = 100, wide: int = 600, bold: bool = False) -> str:
    outlines = Outlines()
    line = outlines.text(text, wide - 20 if rtl else 20, 70, 48, bold=bold, rtl=rtl, fill="#000")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide}" '
        f'height="{tall}"><rect width="{wide}" height="{tall}" fill="#fff"/>{outlines.defs()}{line}</svg>'
    )


def ink(picture: bytes) -> Any:
    """Where a picture is dark, cropped to it."""
    dark = np.asarray(Image.open(io.BytesIO(picture)).convert("L")) < 128
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def test_lam_and_alef_become_one_glyph() -> None:
    assert len(glyphs("لا")) == 1
    assert len(glyphs("لب")) == 2


def test_a_letter_has_the_form_of_its_place() -> None:
    isolated = glyphs("ع")[0]
    final, medial, initial = glyphs("ععع")
    assert len({isolated, initial, medial, final}) == 4


def test_a_mark_stands_over_its_letter_and_takes_no_room() -> None:
    assert shape("مُ", rtl=True).advance == shape("م", rtl=True).advance
    assert len(glyphs("مُ")) == 2


@pytest.mark.parametrize(
    ("text", "rtl", "order"),
    [
        ("حوار 63.4 من", True, ["من", " ", "63.4", " ", "حوار"]),
        ("حوار AE-12/x نهاية", True, ["نهاية", " ", "AE-12/x", " ", "حوار"]),
        ("حوار \u206612-AE\u2069 نهاية", True, ["نهاية", " ", "12-AE", " ", "حوار"]),
        ("حوار \u200e-5", True, ["-5", " ", "حوار"]),
        ("see حوار 12", False, ["see", " ", "12", " ", "حوار"]),
        ("see \u2068حوار\u2069 12", False, ["see", " ", "حوار", " ", "12"]),
    ],
)
def test_parts_stand_in_the_order_of_unicode(text: str, rtl: bool, order: list[str]) -> None:
    shown = [word for part, backwards in _runs(text, rtl) for word in _words(part, backwards)]
    assert shown == order


def _words(part: str, backwards: bool) -> list[str]:
    words = [w for word in part.split(" ") for w in (word, " ")][:-1]
    return [w for w in (words[::-1] if backwards else words) if w]


ALPHABET = "ab1 2.,-+%/()[]:«»·–→حورُ،؟ﻻא\u200e\u200f"


@given(st.text(ALPHABET, max_size=24).map(str.strip), st.booleans())
def test_the_order_is_that_of_the_bidirectional_algorithm(text: str, rtl: bool) -> None:
    mine = "".join(part[::-1] if backwards else part for part, backwards in _runs(text, rtl))
    plain = get_display(text, base_dir="R" if rtl else "L")
    assert mine == plain.replace("\u200e", "").replace("\u200f", "")


@given(st.text(max_size=30), st.booleans(), st.booleans())
def test_whatever_a_stranger_writes_can_be_drawn(text: str, bold: bool, rtl: bool) -> None:
    outlines = Outlines()
    line = outlines.text(text, 0, 0, 13, bold=bold, rtl=rtl)
    ElementTree.fromstring(f'<svg xmlns:xlink="http://www.w3.org/1999/xlink">{outlines.defs()}{line}</svg>')


def test_brackets_turn_with_the_direction() -> None:
    assert glyphs("(ح)")[0] == glyphs("(", rtl=False)[0]
    assert glyphs("(ح)")[-1] == glyphs(")", rtl=False)[0]


def test_what_only_steers_leaves_no_trace() -> None:
    plain = shape("حوار")
    for mark in "\u200e\u200f\u2066\u2067\u2068\u2069\u061c":
        assert shape(f"{mark}حوار{mark}").advance == plain.advance
    assert shape("\u2066\u2069").words == ()


def test_joiners_still_join_and_part() -> None:
    assert glyphs("می\u200cخ") != glyphs("میخ")


@pytest.mark.parametrize("sign", "→←↑↓…–−=·“”«»±≥éЖΩş،؟")
def test_signs_that_we_use_are_in_a_font(sign: str) -> None:
    assert glyphs(sign) != glyphs("\U0010fffe"), f"{sign} is drawn as a missing character"
    assert 0 not in glyphs(sign)


def test_a_character_of_no_font_is_seen_to_be_missing() -> None:
    assert glyphs("中") == [0]
    assert outline("NotoSans-Regular", 0)


def test_the_anchor_is_where_reading_starts() -> None:
    left, right = (str(Outlines().text("ab", 100, 0, 10, rtl=rtl)) for rtl in (False, True))
    assert "translate(100 0)" in left
    assert f"translate({places(100 - width('ab', 10))} 0)" in right
    ended = str(Outlines().text("ab", 100, 0, 10, "end"))
    assert "translate(" + places(100 - width("ab", 10)) in ended


def test_each_glyph_and_each_word_is_written_once() -> None:
    outlines = Outlines()
    for y in (0, 20):
        outlines.text("banana banana", 0, y, 13)
    defs = ElementTree.fromstring(f'<a xmlns:xlink="http://www.w3.org/1999/xlink">{outlines.defs()}</a>')[0]
    assert len(defs.findall("path")) == 3
    assert len(defs.findall("g")) == 1


def test_the_same_text_makes_the_same_bytes() -> None:
    assert drawn("حوار Hiwar 12", True) == drawn("حوار Hiwar 12", True)


def test_numbers_are_short_and_never_minus_nothing() -> None:
    assert [places(v) for v in (1.0, 0.004, -0.001, 12.345, 1199.25)] == ["1", "0", "0", "12.35", "1199.25"]


def test_lines_break_between_words_and_fit() -> None:
    text = "وزارة الصحة ووقاية المجتمع في دولة الإمارات العربية المتحدة"
    lines = wrap(text, 120, 13, rtl=True)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert all(width(line, 13, rtl=True) <= 120 for line in lines)


def test_what_is_too_long_is_cut_and_says_so() -> None:
    lines = wrap("one two three four five six seven eight nine ten", 80, 13, most=2)
    assert len(lines) == 2
    assert "…" in lines[1]
    assert all(width(line, 13) <= 80 for line in lines)
    assert wrap("short", 80, 13, most=2) == ["short"]


def test_a_word_wider_than_the_room_is_broken() -> None:
    lines = wrap("a" * 60, 100, 13)
    assert "".join(lines) == "a" * 60
    assert all(width(line, 13) <= 100 for line in lines)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "font", "rtl"),
    [
        ("وزارة الصحة", "NotoSansArabic-Regular", True),
        ("الإنصات للآراء", "NotoSansArabic-Bold", True),
        ("مُحَمَّدٌ لا", "NotoSansArabic-Regular", True),
        ("Office fi Ž", "NotoSans-Regular", False),
    ],
)
def test_a_browser_draws_the_same(browser: Any, text: str, font: str, rtl: bool) -> None:
    data = base64.b64encode(files("scoring.images").joinpath("fonts", f"{font}.ttf").read_bytes()).decode()
    page = browser.new_page(viewport={"width": 600, "height": 140})
    page.set_content(
        f"<style>@font-face{{font-family:t;src:url(data:font/ttf;base64,{data})}}"
        f"p{{font:48px/100px t;margin:20px}}</style><p dir={'rtl' if rtl else 'ltr'}>{text}</p>"
    )
    page.evaluate("document.fonts.load('48px t')")
    page.evaluate("document.fonts.ready")
    theirs, ours = ink(page.screenshot()), ink(png(drawn(text, rtl, bold="Bold" in font)))
    page.close()
    assert np.allclose(theirs.shape, ours.shape, atol=3), (theirs.shape, ours.shape)
    assert overlap(theirs, ours) > 0.85


def overlap(a: Any, b: Any) -> float:
    """The best share of ink in common, the two moved by up to two pixels."""
    tall, wide = (max(x, y) + 4 for x, y in zip(a.shape, b.shape, strict=True))
    first = _padded(a, 2, 2, tall, wide)
    moved = (_padded(b, x, y, tall, wide) for x in range(5) for y in range(5))
    return max(float((first & one).sum() / (first | one).sum()) for one in moved)


def _padded(a: Any, top: int, left: int, tall: int, wide: int) -> Any:
    full = np.zeros((tall + 4, wide + 4), bool)
    full[top : top + a.shape[0], left : left + a.shape[1]] = a
    return full


def test_the_em_is_that_of_every_font() -> None:
    from scoring.images.outline import _FONTS, _font

    assert {_font(name).face.upem for names in _FONTS.values() for name in names} == {EM}
