"""Plain (unquoted) scalars → values. Only the plainest forms of booleans, numbers and dates are known."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from scoring.problems import Message
from scoring.source import messages as m

Scalar = str | int | float | bool | date | None
Found = tuple[Scalar, Message | None, str]  # the value, what is wrong with it, how it would be plain

_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})")
_DATE_LIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t][0-9:.Zz+ -]*)?")
_TIME_LIKE = re.compile(r"[-+]?[0-9]+(?::[0-9]{1,2})+(?:\.[0-9]*)?")
_NUMBER_LIKE = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\.(?:inf|Inf|INF)|[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?)"
    r"|\.(?:nan|NaN|NAN)"
)
_FOREIGN = re.compile(r"[-+]?[\d٫٬.,:/_-]*\d[\d٫٬.,:/_-]*")
_STARTS = frozenset("0123456789+-.")
_WORDS: dict[str, Scalar] = {"true": True, "false": False}
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_DIGITS = 15


def resolve(text: str) -> Found:
    """The value of a plain scalar, with a message where YAML 1.1 would see more than text in it."""
    if text in _NULLS:
        return None, m.NULL, ""
    if text[0] not in _STARTS:
        return _word(text)
    if _INT.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return (float(text), None, "") if len(text) <= 2 * _DIGITS else (text, m.LONG_NUMBER, "")
    return _odd(text)


def _word(text: str) -> Found:
    if text in _WORDS:
        return _WORDS[text], None, ""
    if not text.isascii() and _FOREIGN.fullmatch(text):
        return text, m.FOREIGN_DIGITS, _western(text)
    return text, None, ""


def _integer(text: str) -> Found:
    if len(text.removeprefix("-")) > _DIGITS:
        return text, m.LONG_NUMBER, ""
    return int(text), None, ""


def _odd(text: str) -> Found:
    if _MOMENT.fullmatch(text):  # without seconds it is text for every YAML reader
        return text, None, ""
    if _DATE_LIKE.fullmatch(text):
        return _day(text)
    if _TIME_LIKE.fullmatch(text):
        return text, m.TIME_FORM, text
    if _NUMBER_LIKE.fullmatch(text) and any(c.isdigit() or c in "nN" for c in text):
        return text, m.NUMBER_FORM, ""
    if not text.isascii() and _FOREIGN.fullmatch(text):
        return text, m.FOREIGN_DIGITS, _western(text)
    return text, None, ""


def _day(text: str) -> Found:
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text), None, ""
        except ValueError:
            pass
    return text, m.DATE_FORM, ""


def _western(text: str) -> str:
    """٣٫٥ → 3.5"""
    plain = text.replace("٫", ".").replace("٬", "")
    return "".join(str(unicodedata.decimal(c, c)) for c in plain)
