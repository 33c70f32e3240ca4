"""Values, and where each key and value stands."""

import pytest

from scoring.source.yaml_subset import read_yaml

TEXT = """\
# comment
اسم: وزارة   # a comment
list:
- {en: a, "b c": [1, -2.5, true]}
-   text: >-
      folded
      text
    'quoted key': 'it''s'
"""


def test_values() -> None:
    assert read_yaml(TEXT.encode(), "f").value == {
        "اسم": "وزارة",
        "list": [{"en": "a", "b c": [1, -2.5, True]}, {"text": "folded text", "quoted key": "it's"}],
    }


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("اسم",), (2, 6), (2, 1)),
        (("list",), (4, 1), (3, 1)),
        (("list", 0), (4, 3), (4, 3)),
        (("list", 0, "b c"), (4, 18), (4, 11)),
        (("list", 0, "b c", 1), (4, 22), (4, 22)),
        (("list", 1), (5, 5), (5, 5)),
        (("list", 1, "text"), (5, 11), (5, 5)),
        (("list", 1, "quoted key"), (8, 19), (8, 5)),
        (("list", 1, "absent"), (5, 5), (5, 5)),  # the nearest that exists
        (("list", 9), (4, 1), (4, 1)),
        (("absent", "deeper"), (2, 1), (2, 1)),
    ],
)
def test_positions(path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    document = read_yaml(TEXT.encode(), "f")
    assert document.position(path) == value
    assert document.position(path, "key") == key


def test_windows_line_ends_change_nothing() -> None:
    unix, windows = read_yaml(TEXT.encode(), "f"), read_yaml(TEXT.replace("\n", "\r\n").encode(), "f")
    assert (windows.value, windows.problems) == (unix.value, ())
    assert windows.position(("list", 1, "text")) == (5, 11)


LEGITIMATE = [
    "وزارة الصحة (MoPH) 2030",
    "هيئة الأشغال العامة «أشغال» – Ashghal [٢٠٢٤]",
    "محمد ﷺ ﷲ ﷽",
    "می\u200cخواهم",  # ZWNJ
    "شركة ABC\u200e (2.0)\u200f!",  # LRM, RLM
    "\u2067نص\u2069 داخل English",  # balanced isolates
    "مُحَمَّدٌ رَسُولٌ",
    "الآية\u06dd١٢",
    "Māori – Te Puni Kōkiri",
    "naïve cafe\u0301 ệ",
    "日本語 한국어 हिन्दी ไทย 😀",
]


@pytest.mark.parametrize("text", LEGITIMATE)
def test_legitimate_text_passes_unchanged(text: str) -> None:
    document = read_yaml(f"name: '{text}'\n".encode(), "f")
    assert document.problems == ()
    assert document.value == {"name": text}


def test_a_bad_character_does_not_hide_the_rest() -> None:
    document = read_yaml("a: b\u202ec\nd: e\n".encode(), "f")
    assert document.value == {"a": "b\ufffdc", "d": "e"}
