"""The agencies' folders: what is there already is kept, what is new is written beside and then renamed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from importers.emit import evidence_text, profile_text
from importers.records import ImportProblem
from scoring.model import Evidence, Name, Profile, Source
from scoring.problems import Problem
from scoring.source.document import Document
from scoring.source.validate import validate
from scoring.source.yaml_subset import read_yaml

_OURS = frozenset(("id", "name", "kind", "country", "level", "sector", "parent", "historical", "note"))
R = TypeVar("R", Evidence, Source)


def store(data: Path, profile: Profile, items: Sequence[Evidence]) -> bool:
    """Write one agency's files where they change. Raises ImportProblem if its present files are invalid."""
    folder = data / "agencies" / profile.country.lower() / profile.id
    merged_profile = _merge_profile(profile, _read_profile(folder / "profile.yml"))
    merged_items = merge_evidence(items, _read_evidence(folder / "evidence.yml"))
    changed = _write(folder / "profile.yml", profile_text(merged_profile))
    return _write(folder / "evidence.yml", evidence_text(merged_items)) or changed


def merge_evidence(new: Sequence[Evidence], present: Sequence[Evidence]) -> list[Evidence]:
    """New items in their order, then items of others.

    An item that somebody has read again (it has a `coder`) stays as it is; Arabic stays where its English is
    unchanged; nothing is deleted.
    """
    kept = {item.id: item for item in present}
    ids = {item.id for item in new}
    merged = [_merge_item(item, kept.get(item.id)) for item in new]
    return merged + [item for item in present if item.id not in ids]


def _merge_item(new: Evidence, present: Evidence | None) -> Evidence:
    if present is None:
        return new
    if present.coder:
        return present
    source = _keep_arabic(new.source, present.source, ("note",))
    return _keep_arabic(new, present, ("finding", "note")).model_copy(update={"source": source})


def _keep_arabic(new: R, present: R, keys: Sequence[str]) -> R:
    names = {key: (getattr(new, key), getattr(present, key)) for key in keys}
    return new.model_copy(update={key: _keep_name(*pair) for key, pair in names.items()})


def _keep_name(new: Name | None, present: Name | None) -> Name | None:
    if new and present and new.ar is None and new.en == present.en:
        return present
    return new


def _merge_profile(new: Profile, present: Profile | None) -> Profile:
    """Accounts, website and whatever else the records don't know stay as contributors wrote them."""
    if present is None:
        return new
    theirs: dict[str, Any] = {
        key: value
        for key in Profile.model_fields
        if (value := getattr(present, key)) and (key not in _OURS or not getattr(new, key))
    }
    return new.model_copy(update=theirs | {"name": _keep_name(new.name, present.name)})


def _read_profile(path: Path) -> Profile | None:
    if not path.exists():
        return None
    profile, problems = validate(Profile, _document(path))
    _refuse_errors(problems, path)
    return profile


def _read_evidence(path: Path) -> list[Evidence]:
    if not path.exists():
        return []
    document = _document(path)
    if not isinstance(document.value, list):
        raise ImportProblem(f"{path}: must be a list of evidence items; nothing written to it")
    read = [validate(Evidence, document, (number,)) for number in range(len(document.value))]
    _refuse_errors([problem for _, found in read for problem in found], path)
    return [item for item, _ in read if item is not None]


def _document(path: Path) -> Document:
    document = read_yaml(path.read_bytes(), str(path))
    _refuse_errors(document.problems, path)
    return document


def _refuse_errors(problems: Sequence[Problem], path: Path) -> None:
    """A file with a mistake is never written over: what is in it would be lost."""
    for problem in problems:
        if problem.severity == "error":
            where = f"{path}:{problem.line}"
            raise ImportProblem(f"{where}: mend this file first (`hiwar check` says how); nothing written to it")


def _write(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".yml.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return True
