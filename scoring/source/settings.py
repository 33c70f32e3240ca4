"""Reads the settings of a benchmark that was made by `hiwar init`, and its own texts."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from scoring.home import OWN_LANGUAGES, SETTINGS, Home, generator, nearest
from scoring.model.benchmark import Benchmark, Frame
from scoring.problems import Place, Problem
from scoring.render.language import LANGUAGES, Words, complete
from scoring.rules.languages import check_words
from scoring.source import shape_messages as m
from scoring.source.document import Document
from scoring.source.files import read_bytes
from scoring.source.validate import validate
from scoring.source.yaml_subset import read_yaml

M = TypeVar("M", bound=BaseModel)


def read_home(start: Path) -> tuple[Home, list[Problem]]:
    """The benchmark that the folder `start` lies in, else this repository, and what is wrong with its settings."""
    root = nearest(start.resolve())
    if root is None:
        return Home(generator(), generator()), []
    problems: list[Problem] = []
    benchmark = _model(root / SETTINGS, Benchmark, problems)
    if benchmark is None:
        return Home(root, generator()), problems
    home = Home(root, generator(), benchmark)
    for code in benchmark.languages:
        folder = root / OWN_LANGUAGES / code
        if code not in LANGUAGES or (folder / "words.yml").exists():
            home.words[code] = _words(folder / "words.yml", code, problems)
        if code not in LANGUAGES and (frame := _model(folder / "frame.yml", Frame, problems)):
            home.frames[code] = frame
    return home, problems


def _words(path: Path, code: str, problems: list[Problem]) -> Words:
    """The texts of a language; those that cannot be used are left out, and English stands in."""
    document = _document(path, problems)
    if document is None or not isinstance(document.value, dict):
        return {}
    found = check_words(document, complete("en"), code, whole=code not in LANGUAGES)
    problems += found
    wrong = {problem.line for problem in found if problem.severity == "error"}
    return {key: text for key, text in document.value.items() if document.position((key,), of="key")[0] not in wrong}


def _document(path: Path, problems: list[Problem]) -> Document | None:
    if not path.is_file():
        problems.append(m.MISSING_FILE.at(Place(path.parent.as_posix()), "", name=path.name))
        return None
    data = read_bytes(path, 1024 * 1024)
    if isinstance(data, Problem):
        problems.append(data)
        return None
    document = read_yaml(data, path.as_posix())
    problems += document.problems
    return document


def _model(path: Path, model: type[M], problems: list[Problem]) -> M | None:
    document = _document(path, problems)
    if document is None or document.value is None:
        return None
    value, found = validate(model, document)
    problems += found
    return value
