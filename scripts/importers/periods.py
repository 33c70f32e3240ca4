"""Periods as sources word them → intervals, only where the wording leaves no doubt."""

from __future__ import annotations

import re

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_NUMBER = {name: f"{number:02d}" for number, name in enumerate(_MONTHS, 1)}
_MON = f"(?:{'|'.join(_MONTHS)})"
_QUARTERS = {"1": ("01", "03"), "2": ("04", "06"), "3": ("07", "09"), "4": ("10", "12")}
_HALVES = {"1": ("01", "06"), "2": ("07", "12")}

Interval = tuple[str, str]


def period_of(wording: str, decided: dict[str, dict[str, str]]) -> dict[str, str]:
    """`start` and `end` (year, month or day) where certain, and the wording where it says more than they do.

    `decided` holds the intervals a person has read out of irregular wordings.
    """
    if wording in decided:
        return decided[wording] | {"label": wording}
    if interval := _month_names(wording) or _numbers(wording):
        return dict(zip(("start", "end"), interval, strict=True))
    if years := _financial_year(wording):
        return {"start": years[0], "end": years[1], "label": wording}
    return {"label": wording}


def _numbers(text: str) -> Interval | None:
    """2024 · 2024-Q3 · 2024-H1 · 2024-11 · day/day · day..day · month..month"""
    if re.fullmatch(r"\d{4}(-(0\d|1[0-2]))?", text):
        return text, text
    if m := re.fullmatch(r"(\d{4})-([QH])([1-4])", text):
        first, last = (_QUARTERS if m[2] == "Q" else _HALVES)[m[3]]
        return f"{m[1]}-{first}", f"{m[1]}-{last}"
    if m := re.fullmatch(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", text):
        return m[1], m[2]
    if m := re.fullmatch(r"(\d{4}(?:-\d{2})+)\.\.(\d{2}(?:-\d{2})?)", text):
        return m[1], m[1][: len(m[1]) - len(m[2])] + m[2]
    return None


def _financial_year(text: str) -> Interval | None:
    """2023/24 · 2023-24 · FY2023/24, whose first day differs by country: exact to the year only"""
    m = re.fullmatch(r"(?:FY)?(\d{2})(\d{2})[/-](\d{2})", text)
    return (m[1] + m[2], m[1] + m[3]) if m and int(m[3]) == int(m[2]) + 1 else None


def _month_names(text: str) -> Interval | None:
    """Jan 2023 · Jan-Nov 2023 · May 2022-Apr 2023 · 1 Jan-12 Jun 2021 · Jan-27 Nov 2023"""
    if m := re.fullmatch(rf"({_MON}) (\d{{4}})", text):
        month = f"{m[2]}-{_NUMBER[m[1]]}"
        return month, month
    if m := re.fullmatch(rf"({_MON}) (\d{{4}})-({_MON}) (\d{{4}})", text):
        return f"{m[2]}-{_NUMBER[m[1]]}", f"{m[4]}-{_NUMBER[m[3]]}"
    if m := re.fullmatch(rf"(\d{{1,2}} )?({_MON})-(\d{{1,2}} )?({_MON}) (\d{{4}})", text):
        return _day(m[5], m[2], m[1]), _day(m[5], m[4], m[3])
    return None


def _day(year: str, month: str, day: str | None) -> str:
    return f"{year}-{_NUMBER[month]}" + (f"-{int(day):02d}" if day else "")
