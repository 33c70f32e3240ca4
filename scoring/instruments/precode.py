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
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)(?=..)")
_NO_TITLES = frozenset(("وإلى", "وألى", "والى"))  # "and to" looks like والي, a governor, in one spelling of hamza
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_HIDDEN = re.compile(r"https?://\S+|www\.\S+|@\w+|#[a-zA-Z0-9]\w*|\b[\w.]+@[\w.]+")
_DATE = re.compile(
    r"\b\d+(?:st|nd|rd|th)\b|\b\d{1,4}[/-]\d{1,2}(?:[/-]\d{1,4})?\b|\b\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?\b|ص\b|م\b)?|\b\d{1,2}\s*(?:[ap]\.?m\.?\b)"
    r"|(?<!\d)(?:19|20|14)\d{2}(?![\d,.]*\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b"
    r"|\b\d{1,2}\s+(?:يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر"
    r"|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|ذو|ذي)"
)
_PHONE = re.compile(
    r"(?:\b(?:call|dial|text|phone|ring|number|tel|whatsapp)\b|اتصل\w*|الرقم|رقم|هاتف|واتساب)\D{0,14}\d[\d\s-]*"
    r"|\b\d{3}[\s-]\d{4}\b|\b0\d{2,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?\b|\+\d[\d\s-]{6,}\d|\b0?\d{3}[\s-]?\d{3}[\s-]?\d{3,4}\b|\b(?:9\d{2}|1\d{2}|8\d{2,3})\b(?=\s*(?:$|[.!،,]))"
)
_FIGURE = re.compile(
    r"[\d][\d,.٬٫]*\s*(?:%|٪|percent|per cent|في المئة|في المائة|بالمئة|بالمائة|thousand|million"
    r"|billion|[mbk]n?\b|ألف|آلاف|الف|مليون|ملايين|مليار|مليارات|بليون)|[$£€]\s?\d[\d,.]*|\d[\d,.٬٫]*\s*(?:ريال|درهم|دينار|جنيه|دولار|AED|SAR|QAR|USD)"
    r"|\d{1,3}(?:[,٬]\d{3})+|\d{2,}|\d+\.\d+|\b(?:\d+|one)\s+(?:in|out\s+of)\s+(?:\d+|\w+)\b|\d+\s+من\s+(?:كل|أصل)\s+\d+"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:new|more|days|weeks|months|years|hours|minutes|people|services|schools|projects|[GMk]W|km|kg|tonnes|metres)"
    r"|\d+\s+(?:جيجاوات|غيغاوات|ميغاوات|ميجاوات|كيلومتر\w*|كم|طن\w*|أطنان|متر\w*|لتر\w*|دقيقة|دقائق|ساعة|ساعات|يوم\w*|أيام|أسبوع\w*|أسابيع"
    r"|أشهر|شهر\w*|سنوات|خدمات|مشاريع|مراكز|مدارس|حالات|أشخاص|مرات|أضعاف|حرائق|حوادث|وفيات|إصابات)"
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
    shown = shown.replace("_", " ")  # Arabic hashtags are words of the sentence
    return Proposal((*_arabic(shown), *_english(shown)), tuple(_figures(shown)))


def plain(word: str) -> str:
    """An Arabic word without marks and with one spelling of hamza, alef and taa marbuta."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS)


def forms(word: str) -> tuple[str, ...]:
    """A plain word as it stands, and without the conjunction, preposition and article it may begin with, and the
    possessive it may end with."""
    found = [word]
    for prefix in ("و", "ف"):
        if word.startswith(prefix) and len(word) > 3:
            found.append(word[1:])
    for one in list(found):
        if one.endswith(("نا", "ها", "هم", "كم")) and len(one) > 5:
            found.append(one[:-2])
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
        **{name: frozenset(map(_base, arabic[name])) for name in ("vacancy", "with_article", "preachers", "private")},
        **{name: re.compile(words["en"][name]) for name in ("private_before", "private_after")},
        "english_vacancy": re.compile(words["en"]["vacancy"]),
        "titles": [re.compile(one) for one in words["en"]["titles"]],
        "not_before": re.compile(words["en"]["not_before"]),
        "not_after": re.compile(words["en"]["not_after"]),
    }


def _base(word: str) -> str:
    bare = plain(word)
    return bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare


@dataclass(frozen=True)
class Token:
    """An Arabic word in the forms it may stand for, whether with the article, and where."""

    forms: tuple[str, ...]
    article: bool
    start: int
    end: int


def _token(found: re.Match[str]) -> Token:
    word = plain(found[0])
    return Token(forms(word), bool(_ARTICLE.match(word)), found.start(), found.end())


def _arabic(text: str) -> Iterator[Match]:
    known = _dictionary()
    tokens = [_token(found) for found in _TOKEN.finditer(text) if found[0] not in _NO_TITLES]
    vacancy = any(known["vacancy"].intersection(token.forms) for token in tokens)
    at = 0
    while at < len(tokens):
        length = _title_at(tokens, at, known)
        if length and (tokens[at].article or not vacancy):
            start, end = tokens[at].start, tokens[at + length - 1].end
            yield Match(text[start:end], start, end)
        at += max(1, length)


def _title_at(tokens: list[Token], at: int, known: dict[str, Any]) -> int:
    """How many words of a title begin here; 0 for none."""
    before = tokens[at - 1].forms if at else ()
    if known["places"].intersection(before) or known["preachers"].intersection(before):
        return 0
    length = _phrase_at(tokens, at, known) or _pair_at(tokens, at, known)
    after = tokens[at + length : at + length + 2] if length else []
    return 0 if any(known["private"].intersection(token.forms) for token in after) else length


def _phrase_at(tokens: list[Token], at: int, known: dict[str, Any]) -> int:
    for phrase in known["phrases"]:
        here = tokens[at : at + len(phrase)]
        if len(here) == len(phrase) and all(word in token.forms for word, token in zip(phrase, here, strict=True)):
            return 0 if phrase[0] in known["with_article"] and not here[0].article else len(phrase)
    return 0


def _pair_at(tokens: list[Token], at: int, known: dict[str, Any]) -> int:
    """A title that is one only before certain words."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    for title in known["before"].keys() & set(tokens[at].forms):
        wanted = known["before"][title]
        if following is None or (title in known["with_article"] and not tokens[at].article):
            continue
        named = "name" in wanted and not known["not_people"].intersection(following.forms)
        if named or wanted.intersection(following.forms):
            return 2
    return 0


def _english(text: str) -> Iterator[Match]:
    known = _dictionary()
    if known["english_vacancy"].search(text):
        return
    ends = 0
    spans = sorted((m.start(), m.end()) for title in known["titles"] for m in title.finditer(text))
    for start, end in spans:
        after, before = text[end:].lstrip(), text[:start]
        place = known["not_before"].match(after) or known["not_after"].search(before)
        if start < ends or place or known["private_after"].match(after) or known["private_before"].search(before):
            continue
        ends = end
        yield Match(text[start:end].strip(), start, end)


def _figures(text: str) -> Iterator[Match]:
    western = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    for hidden in (_DATE, _PHONE):
        western = hidden.sub(lambda m: " " * len(m[0]), western)
    for found in _FIGURE.finditer(western):
        yield Match(text[found.start() : found.end()].strip(), found.start(), found.end())
