"""The coding page of a sample: one file that works offline, in both languages, with keys, and saves the sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from scoring.instruments.precode import propose
from scoring.instruments.sampling import Post
from scoring.model import Codebook, Variable
from scoring.render.language import LANGUAGES, language
from scoring.render.page import templates
from scoring.render.policy import digest


def coding_page(posts: Mapping[str, Post], codebook: Codebook, about: Mapping[str, Any]) -> str:
    """The page of a sample whose posts are given by their short names. Posts are a stranger's text: they reach the page
    as data, and are shown as text."""
    data = {
        "name": about["name"],
        "posts": [_post(key, post) for key, post in posts.items()],
        "variables": [_variable(variable) for variable in codebook.variables],
        "note": codebook.note.model_dump(),
        "words": {code: _words(code) for code in LANGUAGES},
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    parts = {name: _file(f"coding.{name}") for name in ("css", "js")}
    hashes = {f"{name}_hash": digest(part) for name, part in parts.items()}
    parts = {name: Markup(part) for name, part in parts.items()}
    return templates().get_template("coding.html").render(data=Markup(text), name=about["name"], **parts, **hashes)


def _file(name: str) -> str:
    return files("scoring.render").joinpath("templates", name).read_text(encoding="utf-8")


def _words(code: str) -> dict[str, Any]:
    words = language(code).words
    return {key.removeprefix("coding_"): text for key, text in words.items() if key.startswith("coding_")}


def _post(key: str, post: Post) -> dict[str, Any]:
    found = propose(post.text)
    hints = {"names_official": found.names_official, "states_figure": found.states_figure}
    marks = sorted((m.start, m.end, hint) for hint, matches in hints.items() for m in matches)
    url = post.url if post.url.startswith(("https://", "http://")) else ""
    shown = {hint: [m.words for m in matches] for hint, matches in hints.items()}
    return {"key": key, "time": post.time, "url": url, "parts": list(_parts(post.text, marks)), "hints": shown}


def _parts(text: str, marks: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the hint that marked it (none: an empty one)."""
    at = 0
    for start, end, hint in marks:
        if start < at:
            continue
        yield text[at:start], ""
        yield text[start:end], hint
        at = end
    yield text[at:], ""


def _variable(variable: Variable) -> dict[str, Any]:
    kept = {"id", "name", "question", "definition", "options", "many", "asked_when", "examples", "borderline", "hint"}
    cannot_tell = {"id": "–", "key": "-", "label": {code: language(code).t("coding_unknown") for code in LANGUAGES}}
    shown = variable.model_dump(include=kept, mode="json")
    return shown | {"options": [*shown["options"], cannot_tell]}
