"""The JSON Schemas: fresh, valid, and of one mind with the reader."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scoring.schema import main, schemas, stale
from scoring.source.yaml_subset import Limits, read_yaml

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests/fixtures/small"
FILES = {
    "methodology": SMALL / "methodology.yml",
    "vocabulary": SMALL / "vocabulary.yml",
    "peer_groups": SMALL / "peer_groups.yml",
    "profile": SMALL / "agencies/qa/qa-ministry-of-tides/profile.yml",
    "evidence": SMALL / "agencies/qa/qa-ministry-of-tides/evidence.yml",
}
NAMES = list(FILES)


def _schema(name: str) -> Any:
    return json.loads(schemas()[name])


def _as_an_editor_sees(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_an_editor_sees(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_an_editor_sees(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _value(name: str) -> Any:
    return _as_an_editor_sees(read_yaml(FILES[name].read_bytes(), name, Limits()).value)


def test_the_files_are_fresh() -> None:
    assert stale() == [], "run python -m scoring.schema --write"
    assert main([]) == 0


def test_a_changed_file_is_stale(tmp_path: Path) -> None:
    (tmp_path / "profile.json").write_text(schemas()["profile"] + " ", encoding="utf-8")
    assert stale(tmp_path) == list(schemas())


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_valid_schema_that_explains_itself(name: str) -> None:
    schema = _schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
    assert schema["description"]
    assert not any(part == "null" for part in _types(schema)), "the reader knows no null"


@pytest.mark.parametrize("name", NAMES)
def test_each_accepts_a_valid_file_and_its_own_examples(name: str) -> None:
    validator = jsonschema.Draft202012Validator(_schema(name))
    validator.validate(_value(name))
    for example in _schema(name).get("examples", []):
        validator.validate(example)


@pytest.mark.parametrize("name", NAMES)
def test_each_rejects_an_unknown_key_and_a_missing_one(name: str) -> None:
    validator = jsonschema.Draft202012Validator(_schema(name))
    value = _value(name)
    for spoil in (lambda v: v.update(unknown=1), lambda v: v.pop(next(iter(v)))):
        broken = copy.deepcopy(value)
        spoil(broken[0] if isinstance(broken, list) else broken)
        assert not validator.is_valid(broken)


def test_every_data_file_names_its_schema() -> None:
    for path in (ROOT / "data").rglob("*.yml"):
        first = path.open(encoding="utf-8").readline()
        target = (path.parent / first.partition("$schema=")[2].strip()).resolve()
        assert first.startswith("# yaml-language-server: $schema="), path
        assert target.is_relative_to(ROOT / "schema"), path
        assert target.exists(), path


def _types(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [found for part in schema for found in _types(part)]
    if not isinstance(schema, dict):
        return []
    return [str(schema.get("type")), *(found for part in schema.values() for found in _types(part))]
