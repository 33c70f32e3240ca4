"""Both languages say the same things, in every form they need."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from scoring.model import Name, Text
from scoring.render.language import language

AR, EN = language("ar"), language("en")
FORMS = {"ar": [0, 1, 2, 5, 40, 300], "en": [0, 1, 2, 40]}


def placeholders(text: str | dict[str, str]) -> set[str]:
    texts = text.values() if isinstance(text, dict) else [text]
    return {field for t in texts for _, field, _, _ in Formatter().parse(t) if field}


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(AR.words) == list(EN.words)


@pytest.mark.parametrize("key", list(EN.words))
def test_a_text_fills_in_the_same_values_in_both_languages(key: str) -> None:
    assert placeholders(AR.words[key]) == placeholders(EN.words[key])
    assert isinstance(AR.words[key], dict) == isinstance(EN.words[key], dict)


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_plural_forms_never_fail(lang) -> None:  # type: ignore[no-untyped-def]
    for key, text in lang.words.items():
        if isinstance(text, dict):
            values = dict.fromkeys(placeholders(text), 7)
            for n in FORMS[lang.code]:
                assert lang.t(key, **values | {"n": n})


def test_arabic_texts_are_arabic_and_english_ones_are_not() -> None:
    for key, text in AR.words.items():
        whole = " ".join(text.values()) if isinstance(text, dict) else text
        if key not in {"comma", "range", "of", "readiness_text"} or re.search("[a-z]{3}", re.sub("{.*?}", "", whole)):
            assert re.search("[\u0600-\u06ff]", whole), key
    assert not re.search("[\u0600-\u06ff]", str(EN.words))


def test_arabic_counts_take_their_form() -> None:
    assert [AR.t("age_years", n=n) for n in (1, 2, 5, 11)] == ["قبل سنة", "قبل سنتين", "قبل 5 سنوات", "قبل 11 سنة"]


def test_a_date_is_shown_as_exactly_as_it_is_known() -> None:
    assert [EN.date(d) for d in ("2015", "2015-03", "2015-03-17")] == ["2015", "March 2015", "17 March 2015"]
    assert AR.date("2015-03-17") == "17 مارس 2015"


def test_unknown_is_a_dash_and_zero_is_zero() -> None:
    assert (EN.number(None), EN.number(float("nan")), EN.number(0.0), EN.percent(None)) == ("–", "–", "0", "–")


def test_a_missing_translation_is_marked_never_made_up() -> None:
    shown = str(AR.show(Name(en="Boston <Parks>")))
    assert 'lang="en"' in shown and 'dir="ltr"' in shown and "&lt;Parks&gt;" in shown
    assert str(AR.show(Text(en="Yes", ar="نعم"))) == "نعم"


def test_an_unknown_key_fails_loudly() -> None:
    with pytest.raises(KeyError):
        EN.t("no_such_key")
