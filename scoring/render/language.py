"""One language of the site: its words, numbers, dates and direction.

Numbers keep Western digits in both languages, so that a figure can be compared, searched and copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date, format_skeleton
from markupsafe import Markup, escape

from scoring.model import Name, Text

LANGUAGES = ("ar", "en")  # that come complete
RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "sd", "ug", "ur")
REGIONS = {"ar": "ar_AE", "en": "en_GB"}
_NUMBERS = (int, float)
REMEMBERED = 10_000  # numbers, with the form of a noun after each
Words = dict[str, str | dict[str, str]]

_own: dict[str, Words] = {code: {} for code in LANGUAGES}


def speak(texts: Mapping[str, Words]) -> None:
    """The languages of this benchmark, each with its own texts, which go before the generator's. Said once, when the
    program starts; unless it is, they are Arabic and English as they come."""
    _own.clear()
    _own.update(texts)
    language.cache_clear()


def languages() -> tuple[str, ...]:
    """The languages that the site is published in."""
    return tuple(_own)


def other(code: str) -> str:
    """The language that stands in where a text is not known in one: English for all, Arabic for English."""
    return "ar" if code == "en" else "en"


def twin(code: str) -> str | None:
    """The language that a page leads to from this one; None where there is only one."""
    return next((one for one in (other(code), *languages()) if one != code and one in languages()), None)


@dataclass(frozen=True, eq=False)
class Language:
    code: str
    words: Words

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"

    @property
    def stock(self) -> str:
        """This language where the generator has all its texts, else English."""
        return self.code if self.code in LANGUAGES else "en"

    @property
    def rtl(self) -> bool:
        return self.code in RIGHT_TO_LEFT

    def t(self, key: str, **values: Any) -> str:
        """The text for `key`; with `n`, the plural form the language needs. Unknown keys fail loudly."""
        text = self.words[key]
        if isinstance(text, dict):
            form = "zero" if values["n"] == 0 and "zero" in text else _plural(self.code, values["n"])
            text = text.get(form) or text["other"]
        if "{" not in text:
            return text
        for name, value in values.items():
            if type(value) is not str and isinstance(value, _NUMBERS):
                values[name] = self.number(value)
        if "{brand}" in text:
            values.setdefault("brand", self.words.get("brand", ""))
        return text.format_map(values)

    def pick(self, text: Text | Name) -> str:
        """Plain text in this language, or in the other where this one is unknown (for titles and labels)."""
        return getattr(text, self.code, None) or next(self._known(text))[1]

    def has(self, text: Text | Name) -> bool:
        return bool(getattr(text, self.code, None))

    def _known(self, text: Text | Name) -> Iterator[tuple[str, str]]:
        """A text in every language it is known in, this one first."""
        for code in dict.fromkeys((self.code, *LANGUAGES[::-1])):
            if told := getattr(text, code, None):
                yield code, told

    def show(self, text: Text | Name) -> Markup:
        """Escaped text; where only the other language is known, marked as untranslated with its own direction."""
        if told := getattr(text, self.code, None):
            return escape(told)
        code, told = next(self._known(text))
        return Markup('<span class="hw-untranslated" lang="{0}" dir="{1}" title="{2}">{3}</span>').format(
            code, "rtl" if code in RIGHT_TO_LEFT else "ltr", self.t("untranslated"), told
        )

    def number(self, value: float | None, digits: int | None = None) -> str:
        """A number with thousands separated; `digits` after the point, or as few as it has (at most 2)."""
        if value is None or value != value:
            return "–"
        if digits is None:
            text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
        else:
            text = f"{value:,.{digits}f}"
        if text[0] != "-":
            return text
        if float(text.replace(",", "")) == 0:
            return text[1:]
        # a sign before a number would be drawn after it in text that runs from right to left
        return f"\u200e{text}" if self.rtl else text

    def own_way(self, text: str) -> str:
        """An id or code, isolated so that its parts keep their order in text that runs from right to left."""
        return f"\u2066{text}\u2069" if self.rtl else text

    def signed(self, value: float) -> str:
        """A change in points with its sign, which stays before it in text that runs from right to left."""
        text = self.number(abs(value), 1)
        if float(text.replace(",", "")) == 0:
            return text
        mark = "\u200e" if self.rtl else ""
        return f"{mark}{'+' if value > 0 else '−'}{text}"

    def percent(self, share: float | None) -> str:
        return "–" if share is None or share != share else f"{share * 100:.0f}%"

    def date(self, text: str | date) -> str:
        """A day, month or year as exact as it is known: `2015-03` → March 2015 / مارس 2015."""
        return _date(self.code, str(text))

    def age(self, months: float) -> str:
        """How long ago, in whole years from two years up, else in months."""
        if months >= 24:
            return self.t("age_years", n=int(months // 12))
        return self.t("age_months", n=int(months)) if months >= 1 else self.t("age_new")


@lru_cache(REMEMBERED)
def _plural(code: str, number: float) -> str:
    """By the Unicode rules, the form that a noun takes after a number."""
    return str(_rule(code)(number))


@cache
def _rule(code: str) -> Callable[[float], str]:
    return Locale(code).plural_form


@cache
def _date(code: str, text: str) -> str:
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 1:
        return text
    locale = REGIONS.get(code, code)
    day = date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    if len(parts) == 2:
        return str(format_skeleton("yMMMM", day, locale=locale))
    return str(format_date(day, "d MMMM y", locale=locale))


@cache
def language(code: str) -> Language:
    """The words of `text/<code>.yml`, a benchmark's own before them; English stands in for what a further language
    does not say."""
    return Language(code, complete(code if code in LANGUAGES else "en") | _own.get(code, {}))


def complete(code: str) -> Words:
    """The texts that come with the generator, of a language that it has all of."""
    words: Words = yaml.safe_load(files("scoring.render").joinpath("text", f"{code}.yml").read_text(encoding="utf-8"))
    return words
