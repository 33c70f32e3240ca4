"""What an error code means, with a wrong and a right example, for `hiwar explain CODE`."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

import scoring
from scoring.problems import Message

ITEM = """\
- id: qa-example-2026-11.facts
  code: facts_and_figures
  value: true
  finding:
    en: It publishes figures.
  source:
    url: https://www.example.qa/figures
    language: en
    kind: own_page
    published: 2026-11-01
    read: full
  observed: 2026-11-22
  strength: B
"""
_WORDS = {
    "en": {"must": "What must be", "mend": "How to mend it", "wrong": "Not like this", "right": "But like this"},
    "ar": {"must": "ما يجب", "mend": "كيف تصلحه", "wrong": "لا هكذا", "right": "بل هكذا"},
}
_SEVERITY = {
    "en": {
        "error": "error: the data are refused until it is mended",
        "warning": "warning: look at it; it may be right",
    },
    "ar": {"error": "خطأ: لا تُقبل البيانات حتى يُصلح", "warning": "تنبيه: انظر فيه، فقد يكون صوابًا"},
}


@cache
def messages() -> Mapping[str, Sequence[Message]]:
    """Every message of the program by its code, in the order of codes; a code may be worded in several ways."""
    found: dict[str, list[Message]] = {}
    for module in pkgutil.walk_packages(scoring.__path__, "scoring."):
        if module.name.endswith("messages"):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Message) and value not in found.setdefault(value.code, []):
                    found[value.code].append(value)
    return dict(sorted(found.items(), key=lambda pair: pair[0][1:]))


@cache
def examples() -> Mapping[str, Mapping[str, str]]:
    """By code, lines as they must not be (`wrong`) and as they may be (`right`)."""
    read: dict[str, dict[str, str]] = yaml.safe_load(
        files("scoring.contribute").joinpath("examples.yml").read_text(encoding="utf-8")
    )
    return read


def matching(asked: str) -> str | None:
    """The whole code that a person means by `E121`, or None."""
    return next(
        (code for code in messages() if code == asked or code.partition("-")[0] == asked.partition("-")[0]), None
    )


def explained(code: str, language: str) -> str:
    """What a code means, in one language: severity, sentence, mend, and an example where there is one."""
    words, found = _WORDS[language], messages()[code]
    lines = [code, f"  {_SEVERITY[language][found[0].severity]}"]
    for title, texts in (("must", [m.must for m in found]), ("mend", [m.mend for m in found if m.mend])):
        said = list(dict.fromkeys(_bare(text[language == "ar"]) for text in texts))
        lines += [f"  {words[title]}: {one}" for one in said]
    example = examples().get(code, {})
    for kind in ("wrong", "right"):
        if kind in example:
            lines += [f"  {words[kind]}:", *(f"    {line}" for line in example[kind].split("\n"))]
    return "\n".join(lines) + "\n"


def _bare(text: str) -> str:
    """A wording without its values: what is filled in is told as an ellipsis."""
    return re.sub(r"\{\w+\}", "…", text)


def applied(example: Mapping[str, str], kind: str) -> str:
    """The file that an example stands in, with its lines in the place of the same keys, or at the end."""
    snippet, lines = example[kind].split("\n"), ITEM.split("\n")[:-1]
    key = (example.get("drop") or snippet[0].strip().partition(":")[0]).strip()
    deep = len(snippet[0]) - len(snippet[0].lstrip()) + 2
    at = next((i for i, line in enumerate(lines) if line.startswith(" " * deep + key + ":")), None)
    if at is None:
        return "\n".join([*lines, *(f"  {line}" for line in snippet)]) + "\n"
    end = next((i for i in range(at + 1, len(lines)) if len(lines[i]) - len(lines[i].lstrip()) <= deep), len(lines))
    new = [] if kind == "wrong" and "drop" in example else [f"  {line}" for line in snippet]
    return "\n".join([*lines[:at], *new, *lines[end:]]) + "\n"
