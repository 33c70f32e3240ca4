"""A transparent proposal for coders: does a post name an official, and does it state a figure? It shows the words it
went by, and is never evidence until a person confirms it. No model, no network: the dictionary is `titles.yml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_TOKEN = re.compile("(?:[^\\W\\d_]|[\u0610-\u061a\u064b-\u065f\u0670\u0640])+")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_HIDDEN = re.compile(r"https?://\S+|www\.\S+|[#@]\w+|\b[\w.]+@[\w.]+")
_DATE = re.compile(
    r"\b\d{1,4}[/-]\d{1,2}(?:[/-]\d{1,4})?\b|\b\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?\b|ص\b|م\b)?|\b\d{1,2}\s*(?:[ap]\.?m\.?\b)"
    r"|(?<!\d)(?:19|20|14)\d{2}(?![\d,.]*\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b"
    r"|\b\d{1,2}\s+(?:يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر"
    r"|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|ذو|ذي)"
)
_PHONE = re.compile(
    r"\+\d[\d\s-]{6,}\d|\b0?\d{3}[\s-]?\d{3}[\s-]?\d{3,4}\b|\b(?:9\d{2}|1\d{2}|8\d{2,3})\b(?=\s*(?:$|[.!،,]))"
)
_FIGURE = re.compile(
    r"[\d][\d,.٬٫]*\s*(?:%|٪|percent|per cent|في المئة|في المائة|بالمئة|بالمائة|thousand|million"
    r"|billion|[mbk]n?\b|ألف|آلاف|الف|مليون|ملايين|مليار|مليارات|بليون)|[$£€]\s?\d[\d,.]*|\d[\d,.٬٫]*\s*(?:ريال|درهم|دينار|جنيه|دولار|AED|SAR|QAR|USD)"
    r"|\d{1,3}(?:[,٬]\d{3})+|\d{2,}|\d+\.\d+"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:new|more|days|weeks|months|years|hours|minutes|people|services|schools|projects)"
    r"|(?:hundreds|thousands|millions|dozens)\s+of\b|(?:مئات|آلاف|ملايين|عشرات)\s|(?<!\w)(?:مليون|مليار|مليوني|مليونا)(?!\w)",
    re.I,
)


@dataclass(frozen=True)
class Match:
    """Words of the text by which something is proposed, and where they stand."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Proposal:
    """What a post may be coded as, with the words that say so; empty where nothing does."""

    names_official: tuple[Match, ...]
    states_figure: tuple[Match, ...]


def propose(text: str) -> Proposal:
    """Propose codes for one post in Arabic, English or both."""
    shown = _HIDDEN.sub(lambda m: " " * len(m[0]), unicodedata.normalize("NFC", text))
    return Proposal((*_arabic(shown), *_english(shown)), tuple(_figures(shown)))


def plain(word: str) -> str:
    """An Arabic word without marks and with one spelling of hamza, alef and taa marbuta."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS)


def forms(word: str) -> tuple[str, ...]:
    """A plain word as it stands, and without the conjunction, preposition and article it may begin with."""
    found = [word]
    for prefix in ("و", "ف"):
        if word.startswith(prefix) and len(word) > 3:
            found.append(word[1:])
    for one in list(found):
        if one[:1] in "بكل" and len(one) > 3:
            found.append(one[1:])
        if one.startswith("لل") and len(one) > 4:
            found.append(one[2:])
    return tuple(dict.fromkeys([*found, *(one[2:] for one in found if one.startswith("ال") and len(one) > 3)]))


@cache
def _dictionary() -> dict[str, Any]:
    text = files("scoring.instruments").joinpath("titles.yml").read_text(encoding="utf-8")
    words = yaml.safe_load(text)
    arabic = words["ar"]
    phrases = sorted((tuple(map(_base, phrase.split())) for phrase in arabic["always"]), key=len, reverse=True)
    return {
        "phrases": phrases,
        "before": {_base(title): frozenset(map(_base, nexts)) for title, nexts in arabic["before"].items()},
        "places": frozenset(map(_base, arabic["places"])),
        "not_people": frozenset(map(_base, arabic["not_people"])),
        "titles": [re.compile(one) for one in words["en"]["titles"]],
        "not_before": re.compile(words["en"]["not_before"]),
        "not_after": re.compile(words["en"]["not_after"]),
    }


def _base(word: str) -> str:
    bare = plain(word)
    return bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare


def _arabic(text: str) -> Iterator[Match]:
    known = _dictionary()
    tokens = [(forms(plain(m[0])), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        length = _title_at(tokens, at, known)
        if length:
            start, end = tokens[at][1], tokens[at + length - 1][2]
            yield Match(text[start:end], start, end)
        at += max(1, length)


Token = tuple[tuple[str, ...], int, int]


def _title_at(tokens: list[Token], at: int, known: dict[str, Any]) -> int:
    """How many words of a title begin here; 0 for none."""
    if at and known["places"].intersection(tokens[at - 1][0]):
        return 0
    for phrase in known["phrases"]:
        here = tokens[at : at + len(phrase)]
        if len(here) == len(phrase) and all(word in token[0] for word, token in zip(phrase, here, strict=True)):
            return len(phrase)
    following = tokens[at + 1][0] if at + 1 < len(tokens) else ()
    for title in known["before"].keys() & set(tokens[at][0]):
        wanted = known["before"][title]
        named = "name" in wanted and following and not known["not_people"].intersection(following)
        if named or wanted.intersection(following):
            return 2
    return 0


def _english(text: str) -> Iterator[Match]:
    known = _dictionary()
    ends = 0
    spans = sorted((m.start(), m.end()) for title in known["titles"] for m in title.finditer(text))
    for start, end in spans:
        place = known["not_before"].match(text[end:].lstrip())
        if start < ends or place or known["not_after"].search(text[:start]):
            continue
        ends = end
        yield Match(text[start:end].strip(), start, end)


def _figures(text: str) -> Iterator[Match]:
    western = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    for hidden in (_DATE, _PHONE):
        western = hidden.sub(lambda m: " " * len(m[0]), western)
    for found in _FIGURE.finditer(western):
        yield Match(text[found.start() : found.end()].strip(), found.start(), found.end())
