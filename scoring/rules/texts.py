"""Texts: what two keyboards write differently and readers take for the same."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.problems import Problem
from scoring.rules import messages as m
from scoring.rules.view import View

_PERSIAN = str.maketrans({"ی": "ي", "ک": "ك"})


def arabic_names_use_arabic_letters(view: View) -> Iterator[Problem]:
    """Farsi yeh and keheh look like their Arabic kin, so that one agency is entered twice and found once."""
    for profile, here in view.profiles():
        name = profile.name.ar or ""
        plain = name.translate(_PERSIAN)
        if plain != name:
            yield m.PERSIAN_LETTER.at(here("name", "ar"), name, plain=plain)
