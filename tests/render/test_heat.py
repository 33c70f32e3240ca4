"""The heat map: a number in every cell, shades that keep it readable, one table that is the picture."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scoring.render.explore import coverage
from scoring.render.heat import SHADES, Heat, HeatRow, shade, table, told
from scoring.render.language import Language, language
from scoring.render.view import View

AR, EN = language("ar"), language("en")
ASSETS = Path(__file__).resolve().parents[2] / "theme/assets"
CSS = "".join((ASSETS / name).read_text("utf-8") for name in ("hiwar.css", "chart.css"))


def heat(rows: list[HeatRow]) -> Heat:
    return Heat("h", "T", "S.", "Country", "Agencies", ["<i>A</i>", "B"], rows)


def test_shades_are_fifths_and_nothing_is_apart() -> None:
    shares = [0, 0.001, 0.2, 0.21, 0.4, 0.6, 0.8, 0.81, 1]
    assert [shade(share) for share in shares] == [0, 1, 1, 2, 2, 3, 4, 5, 5]


def test_a_little_is_not_told_as_nothing_nor_nearly_all_as_all() -> None:
    assert [told(share, EN) for share in (0, 0.0001, 0.004, 0.01, 0.99, 0.999, 1)] == [
        "0%", "<1%", "<1%", "1%", "99%", ">99%", "100%",
    ]  # fmt: skip


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    return reader


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_cells_say_what_was_observed(lang: Language) -> None:
    made = table(heat([HeatRow("X", 1234, [0.5, 0.0]), HeatRow("All", 9, [0.004, 1.0], total=True)]), lang)
    found = read(made)
    assert found.text == ["Country", "Agencies", "<i>A</i>", "B", "X", "1,234", "50%", "0%", "All", "9", "<1%", "100%"]
    shades = [a["class"] for t, a in found.tags if t == "td" and "class" in a]
    assert shades == ["hw-heat__3", "hw-heat__0", "hw-heat__1", "hw-heat__5"]


def test_the_box_scrolls_by_keyboard_and_has_a_name() -> None:
    box = read(table(heat([]), EN)).tags[0][1]
    assert (box["role"], box["tabindex"], box["aria-label"]) == ("region", "0", "T")


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_every_agency_is_in_one_row(view: View, demo: View, lang: Language) -> None:
    for shown in (view, demo):
        made = coverage(shown, lang)
        assert sum(row.count for row in made.rows if not row.total) == len(shown.dataset.agencies)
        assert made.rows[-1].total and made.rows[-1].count == len(shown.dataset.agencies)
        for i, whole in enumerate(made.rows[-1].shares):
            parts = sum(row.count * row.shares[i] for row in made.rows[:-1]) / made.rows[-1].count
            assert parts == pytest.approx(whole)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def schemes() -> list[dict[str, str]]:
    """The shades and their texts, as often as the style sheet sets them: light, dark, dark without scripts."""
    blocks = re.findall(r"\{([^{}]*--hw-heat-1:[^{}]*)\}", CSS)
    return [dict(re.findall(r"--hw-heat-([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks]


def test_numbers_are_readable_on_their_shades() -> None:
    assert len(schemes()) == 3
    for scheme in schemes():
        for step in range(1, SHADES + 1):
            assert contrast(scheme[str(step)], scheme[f"text-{step}"]) >= 4.5, (scheme, step)


def test_each_shade_stands_out_more_than_the_one_before() -> None:
    """In lightness, so that the order is seen without colour, too."""
    for scheme in schemes():
        values = [luminance(scheme[str(step)]) for step in range(1, SHADES + 1)]
        assert values in (sorted(values), sorted(values, reverse=True)) and len(set(values)) == SHADES
