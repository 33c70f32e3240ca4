"""The form for a finding, and what its script needs: the data files' rules and the method, in both languages.

Limits and patterns come from the schema of evidence, sentences from the messages of the rules, so that who fills in the
form is told what `hiwar check` will say. theme/assets/js/finding-rules.js and observe.js are held to both by vectors.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from markupsafe import Markup

from scoring.method.spec import plain_tree, spec_of
from scoring.model import Code, Dataset, Evidence, Term, Text
from scoring.problems import Message
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View
from scoring.rules import messages as rules
from scoring.rules.dates import FIRST_YEAR
from scoring.rules.references import entry
from scoring.rules.values import ROUNDING, SIGNED_UNITS
from scoring.source import messages as characters
from scoring.source import shape_messages as shape
from scoring.source.validate import FORMS

# The keys of an item that the form fills in, in the order of the file.
KEYS = (
    "id", "code", "value", "unit", "numerator", "denominator", "channel", "finding", "finding.en", "finding.ar",
    "source", "source.url", "source.title", "source.language", "source.kind", "source.published", "source.read",
    "observed", "coder", "strength",
)  # fmt: skip
MESSAGES: dict[str, Message] = {
    "missing": shape.MISSING_KEY, "form": shape.BAD_FORM, "short": shape.TOO_SHORT, "long": shape.TOO_LONG,
    "no_language": shape.NO_LANGUAGE, "partial_date": shape.PARTIAL_DATE, "range": shape.OUT_OF_RANGE,
    "choice": shape.NOT_A_CHOICE,
    "control": characters.CONTROL_CHARACTER, "line_break": characters.LINE_BREAK, "tab": characters.TAB,
    "bidi": characters.BIDI_CONTROL, "isolate": characters.UNBALANCED_ISOLATE,
    "invisible": characters.INVISIBLE_CHARACTER, "private": characters.PRIVATE_CHARACTER,
    "marks": characters.STACKED_MARKS, "presentation": characters.PRESENTATION_FORM, "tatweel": characters.TATWEEL,
    "escape": characters.ESCAPE,
    "not_number": shape.WRONG_TYPE, "not_whole": shape.WRONG_TYPE, "long_number": characters.LONG_NUMBER,
    "future": rules.FUTURE, "early": rules.TOO_EARLY, "after_reading": rules.AFTER_READING, "no_day": rules.NO_SUCH_DAY,
    "no_value": rules.NO_VALUE, "no_unit": rules.NO_UNIT, "not_a_share": rules.NOT_A_SHARE, "negative": rules.NEGATIVE,
    "unknown": rules.UNKNOWN_REFERENCE,
    "half": rules.HALF_A_FRACTION, "more_than_all": rules.MORE_THAN_ALL, "disagrees": rules.FRACTION_DISAGREES,
    "address_scheme": rules.ADDRESS_SCHEME, "address_user": rules.ADDRESS_USER, "address_host": rules.ADDRESS_HOST,
    "address_port": rules.ADDRESS_PORT, "address_scripts": rules.ADDRESS_SCRIPTS, "address_form": rules.ADDRESS_FORM,
}  # fmt: skip
_VALUE = re.compile(r"\{\w+\}")  # what is filled into a sentence
_SAID_BY_SCRIPT = (
    "no_agency", "agency", "none_found", "wrong", "right", "to_do", "moves", "stays", "appears", "unseen", "overall",
    "context", "gives_way", "strength_b", "strength_c", "strength_d", "too_long", "copied", "unnamed",
)  # fmt: skip
# What the rules say of keys of a file is said here of the form's fields.
_OWN_WORDS = (
    "missing", "short", "no_language", "no_value", "no_unit", "not_number", "not_whole", "long_number", "not_a_share",
    "half", "more_than_all", "disagrees", "partial_date", "form", "unknown",
)  # fmt: skip


def finding_form(view: View, lang: Language, edit: str) -> Markup:
    """A finding, checked while it is written, with its effect and its file. `edit` is the repository's address for
    editing."""
    vocabulary = view.dataset.vocabulary
    questions = [
        (lang.pick(q.text), [(c.id, lang.pick(c.label)) for c in codes(view.dataset) if c.question == q.id])
        for q in view.methodology.questions
    ]

    def named(terms: Iterable[Term]) -> list[tuple[str, str]]:
        return [(term.id, lang.pick(term.name)) for term in terms]

    return fill(
        "finding_form",
        view,
        lang,
        "../",
        questions=[(text, found) for text, found in questions if found],
        channels=named(vocabulary.channels),
        languages=named(vocabulary.languages),
        kinds=named(vocabulary.source_kinds),
        units=named(vocabulary.units),
        words=json.dumps({name: lang.words[f"finding_{name}"] for name in said_by_script()}, ensure_ascii=False),
        limits={key: limits(key) for key in KEYS},
        required=[*_REQUIRED, "coder"],  # an item without a coder is the founders'
        sentences=sentences(lang),
        new=f"{edit.replace('/edit/', '/new/', 1)}/agencies",
    )


def sentences(lang: Language) -> list[tuple[str, str]]:
    """Everything that a field can be told, each with the code by which `hiwar check` and `hiwar explain` know it."""
    side = int(lang.code == "ar")
    told = {name: " – ".join(part[side] for part in (one.must, one.mend) if part) for name, one in MESSAGES.items()}
    told |= {name: str(lang.words[f"finding_must_{name}"]) for name in _OWN_WORDS}
    return [(_VALUE.sub("…", told[name]), one.code) for name, one in MESSAGES.items()]


def said_by_script() -> tuple[str, ...]:
    """The texts that the script needs, without their `finding_`."""
    return *_SAID_BY_SCRIPT, *(f"must_{name}" for name in _OWN_WORDS)


def codes(dataset: Dataset) -> list[Code]:
    """What a reader of pages can look for: all but what only a coded sample of posts can tell."""
    sampled = {variable.becomes for variable in dataset.codebook.variables} if dataset.codebook else set()
    return [code for code in dataset.methodology.codes if code.id not in sampled]


def limits(key: str) -> dict[str, Any]:
    """What the schema says of a key such as `source.url`."""
    schema = found = _schema()
    for step in key.split("."):
        found = _resolved(schema, found["properties"][step])
    return found


@cache
def _schema() -> dict[str, Any]:
    return Evidence.model_json_schema()


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema itself, whether it is written there, referred to, or may also be absent."""
    for one in part.get("anyOf", ()):
        if one.get("type") != "null":
            part = {**part, **one}
            break
    return schema["$defs"][part["$ref"].rpartition("/")[2]] | part if "$ref" in part else part


def finding_document(view: View) -> dict[str, Any]:
    """Rules and method as the form's script reads them, the same for both languages."""
    methodology, vocabulary = view.methodology, view.dataset.vocabulary
    shown = Counter((f.indicator, f.element) for code in methodology.codes for f in code.feeds if f.element)
    spec = spec_of(methodology)
    return {
        "limits": {key: _limit(key) for key in KEYS},
        "required": _REQUIRED,
        "messages": {
            name: {"code": one.code, "must": one.must, "mend": one.mend} for name, one in MESSAGES.items()
        },
        "forms": FORMS,
        "what": {"unit": entry("units")},
        "first_year": FIRST_YEAR,
        "rounding": ROUNDING,
        "signed": SIGNED_UNITS,
        "units": {term.id: _both(term.name) for term in vocabulary.units},
        "social": [channel.id for channel in vocabulary.channels if channel.social],
        "codes": {code.id: _code(code) for code in methodology.codes},
        "offered": [code.id for code in codes(view.dataset)],
        "indicators": {
            id: {
                "name": _both(one.name), "worst": one.goalposts.worst, "best": one.goalposts.best,
                "scale": one.goalposts.scale, "elements": len(one.elements),
                "gate": (gate.indicator, gate.below) if (gate := one.not_applicable_when) else None,
            }
            for id, one in methodology.indicators().items()
        },
        "dimensions": {
            d.id: {"name": _both(d.name), "indicators": [one.id for one in d.leaves()]} for d in methodology.dimensions
        },
        "shared": [list(element) for element, count in shown.items() if count > 1],
        "tree": plain_tree(spec.root),
        "lowest": spec.lowest,
        "highest": spec.highest,
        "cap": methodology.rules.self_reported_cap,
    }  # fmt: skip


def _limit(key: str) -> dict[str, Any]:
    found = limits(key)
    kept = ("type", "pattern", "minLength", "maxLength", "minimum", "enum")
    return {name: found[name] for name in kept if name in found}


def _required(key: str) -> bool:
    *above, last = key.split(".")
    schema = part = _schema()
    for step in above:
        part = _resolved(schema, part["properties"][step])
    return last in part.get("required", ())


_REQUIRED = [key for key in KEYS if _required(key)]


def _code(code: Code) -> dict[str, Any]:
    return {
        "type": code.type, "unit": code.unit, "definition": _both(code.definition),
        "choices": [{"id": c.id, "level": c.level, "label": _both(c.label)} for c in code.choices],
        "feeds": [feed.model_dump(exclude_none=True) for feed in code.feeds],
    }  # fmt: skip


def _both(text: Text) -> dict[str, str | None]:
    return {"en": text.en, "ar": text.ar}
