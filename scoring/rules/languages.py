"""The texts of a language that a benchmark brings itself, held against English, of which there is all."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from babel import Locale, UnknownLocaleError

from scoring.problems import Place, Problem
from scoring.rules import language_messages as m
from scoring.source.document import Document

Told = str | dict[str, str]


def check_words(document: Document, english: dict[str, Told], code: str, whole: bool) -> list[Problem]:
    """What is wrong with the words of a language; `whole`: whether every text of English must be among them."""
    found = [problem for key, text in document.value.items() for problem in _text(document, key, text, english, code)]
    missing = [key for key in english if key not in document.value]
    if whole and missing:
        shown = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
        found.append(m.MISSING_TEXTS.at(document.place(), shown, count=str(len(missing)), of=str(len(english))))
    return found


def _text(document: Document, key: str, text: object, english: dict[str, Told], code: str) -> Iterator[Problem]:
    here = document.place(key)
    if key not in english:
        yield m.UNKNOWN_TEXT.at(document.place(key, of="key"), key)
        return
    forms = {"": text} if isinstance(text, str) else text
    if not isinstance(forms, dict) or not all(isinstance(form, str) for form in forms.values()):
        yield m.NO_TEXT.at(here, type(text).__name__)
        return
    yield from _forms(here, forms, english[key], code)


def _forms(here: Place, forms: dict[str, str], model: Told, code: str) -> Iterator[Problem]:
    wanted = set.union(*(_placeholders(one) for one in ([model] if isinstance(model, str) else model.values())))
    for form in forms.values():
        used = _placeholders(form)
        if used - wanted or (isinstance(model, str) and used != wanted):
            told = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "–"
            yield m.PLACEHOLDERS.at(here, form, wanted=told)
        if "<" in form:
            yield m.MARKUP.at(here, form)
    if "" not in forms and (missing := _plurals(code) - forms.keys()):
        message = m.NO_OTHER if "other" in missing else m.PLURALS
        yield message.at(here, ", ".join(forms), forms=", ".join(sorted(missing)))


def _placeholders(text: str) -> set[str]:
    """The fields of a text as written, with what is asked of each: `{n.__class__}` is another than `{n}`."""
    try:
        return {
            name + (f"!{turned}" if turned else "") + (f":{form}" if form else "")
            for _, name, form, turned in Formatter().parse(text)
            if name is not None
        }
    except ValueError:
        return {text}  # braces that do not match


def _plurals(code: str) -> set[str]:
    """The forms that a number takes in a language, by the Unicode rules; `other` where they are not known."""
    try:
        return set(Locale(code).plural_form.tags) | {"other"}
    except UnknownLocaleError:
        return {"other"}
