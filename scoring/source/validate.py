"""Values → models. What pydantic finds becomes Problems at the right line and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from scoring.problems import Place, Problem
from scoring.source import messages
from scoring.source import shape_messages as m
from scoring.source.document import Document, Step

MOST = 100  # findings about one file that are listed
M = TypeVar("M", bound=BaseModel)
Path = tuple[Step, ...]
Details = dict[str, Any]  # one error as pydantic gives it

# The plain name of what pydantic wanted, by the type of its error.
_KINDS = {
    "string_type": ("text", "نصًا"),
    "bool_type": ("true or false", "true أو false"),
    "int_type": ("a whole number", "عددًا صحيحًا"),
    "float_type": ("a number", "عددًا"),
    "date_type": ("a day such as 2026-11-22", "يومًا مثل 2026-11-22"),
    "date_from_datetime_parsing": ("a day such as 2026-11-22", "يومًا مثل 2026-11-22"),
    "model_type": ("keys with values", "مفاتيح لها قيم"),
    "dict_type": ("keys with values", "مفاتيح لها قيم"),
    "tuple_type": ("a list", "قائمة"),
    "list_type": ("a list", "قائمة"),
}
_BOUNDS = {
    "greater_than": ("gt", ">"),
    "greater_than_equal": ("ge", "≥"),
    "less_than": ("lt", "<"),
    "less_than_equal": ("le", "≤"),
}
# What the patterns of the model mean.
FORMS = {
    r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$": (
        "of an id: a–z and 0–9, joined by single - _ or .",
        "معرّف: ‏a–z و0–9 تصل بينها - أو _ أو . مفردة",
    ),
    r"^[A-Z]{2}$": ("of a country: two letters A–Z, such as QA", "رمز بلد: حرفان A–Z مثل QA"),
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$": (
        "of a moment with its offset: 2026-11-02T09:30+03:00",
        "لحظة مع فارقها عن التوقيت العالمي: 2026-11-02T09:30+03:00",
    ),
    r"^[a-z]{2,3}$": ("of a language: two or three letters a–z, such as ar", "رمز لغة: حرفان أو ثلاثة a–z مثل ar"),
}
YES_NO = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "نعم", "لا"))


def validate(model: type[M], document: Document, at: Path = ()) -> tuple[M | None, list[Problem]]:
    """The model of the value at a path of a document, or None and why not."""
    try:
        return model.model_validate(_value(document.value, at)), []
    except ValidationError as error:
        return None, list(islice(_problems(model, document, at, error), MOST))


def too_many(document: Document) -> Problem:
    """Said once a file has MOST findings: a flood helps nobody."""
    return messages.TOO_MANY.at(document.place(), "", limit=MOST)


def _value(value: Any, path: Sequence[Step]) -> Any:
    for step in path:
        value = value[step]
    return value


def _problems(model: type[BaseModel], document: Document, at: Path, error: ValidationError) -> Iterator[Problem]:
    known = {problem.place for problem in document.problems if problem.severity == "error"}
    errors: dict[tuple[Path, bool], list[Details]] = {}
    for found in error.errors(include_url=False):
        path = _existing(document.value, (*at, *found["loc"]))
        errors.setdefault((path, found["type"] == "missing"), []).append(dict(found))
    for (path, missing), group in errors.items():
        for details in group if missing else group[:1]:
            problem = _problem(model, document, at, path, details, group)
            if problem.place not in known:  # said already, more precisely
                yield problem


def _existing(value: Any, path: Path) -> Path:
    """The part of a pydantic location that is in the file, without union members and missing keys."""
    for length, step in enumerate(path):
        if not (step in value if isinstance(value, dict) else isinstance(value, list) and isinstance(step, int)):
            return path[:length]
        value = value[step]
    return path


def _problem(
    model: type[BaseModel], document: Document, at: Path, path: Path, details: Details, group: list[Details]
) -> Problem:
    kind, location, value = details["type"], details["loc"], _value(document.value, path)
    if kind == "missing":
        listed = ", ".join(value) if value else ""
        return m.MISSING_KEY.at(document.place(*path), listed, key=location[-1])
    if kind == "extra_forbidden":
        return _unknown_key(model, document, path, location)
    if "[key]" in location:
        return _bad_value(document.place(*path, of="key"), path[-1], details, group)
    return _bad_value(document.place(*path), value, details, group)


def _bad_value(place: Place, value: Any, details: Details, group: list[Details]) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "literal_error":
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return m.NOT_A_CHOICE.at(place, value, choices=choices)
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        return m.BAD_FORM.at(place, value, form=FORMS.get(pattern, (pattern, pattern)))
    if kind == "string_too_short":
        return m.TOO_SHORT.at(place, value, least=context["min_length"])
    if kind == "string_too_long":
        return m.TOO_LONG.at(place, f"{len(value)}: {value}", most=context["max_length"])
    if kind in _BOUNDS:
        key, sign = _BOUNDS[kind]
        return m.OUT_OF_RANGE.at(place, value, bound=f"{sign} {context[key]:g}")
    if kind == "value_error":
        return _own_rule(place, value, str(context["error"]))
    return _wrong_type(place, value, group)


def _unknown_key(model: type[BaseModel], document: Document, path: Path, location: Sequence[Step]) -> Problem:
    known = _fields(model, location[:-1])
    place, key = document.place(*path, of="key"), str(location[-1])
    near = get_close_matches(key.casefold(), known, n=1, cutoff=0.6)
    listed = ", ".join(known)
    if near:
        return m.MISSPELT_KEY.at(place, key, known=listed, near=near[0])
    return m.UNKNOWN_KEY.at(place, key, known=listed)


def _fields(model: type[BaseModel], location: Sequence[Step]) -> list[str]:
    """The keys that the model at a location knows."""
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models_in(model.model_fields[step].annotation), model)
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _own_rule(place: Place, value: Any, text: str) -> Problem:
    """What the models' own validators say; a test holds their words and these to each other."""
    if "one language" in text:
        return m.NO_LANGUAGE.at(place, described(value))
    if "a year" in text:
        return m.PARTIAL_DATE.at(place, described(value))
    return m.MODEL_RULE.at(place, described(value), rule=text)


def _wrong_type(place: Place, value: Any, group: list[Details]) -> Problem:
    known = dict.fromkeys(_KINDS[d["type"]] for d in group if d["type"] in _KINDS)
    found = described(value)
    if not known:
        return m.MODEL_RULE.at(place, found, rule=group[0]["msg"])
    kind = (" / ".join(en for en, _ in known), " / ".join(ar for _, ar in known))
    types = {d["type"] for d in group}
    if "bool_type" in types and isinstance(value, str) and value.casefold() in YES_NO:
        return m.WRITE_BOOLEAN.at(place, found, kind=kind)
    if "string_type" in types and isinstance(value, bool | int | float | date):
        return m.QUOTE_TEXT.at(place, found, kind=kind, value=_written(value))
    return m.WRONG_TYPE.at(place, found, kind=kind)


def described(value: Any) -> str:
    """A value as its author wrote it, with what it is where that is not plain to see."""
    if isinstance(value, dict):
        return "{" + ", ".join(value) + "}"
    if isinstance(value, list):
        return f"[{len(value)}]"
    return f'"{value}"' if isinstance(value, str) else _written(value)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
