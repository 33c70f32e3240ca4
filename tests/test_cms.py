"""The CMS's configuration: fresh, valid by the CMS's own schema, and of one mind with what `hiwar check` asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scoring import cms
from scoring.model import Dataset

ROOT = Path(__file__).resolve().parent.parent
ARABIC, LATIN = re.compile("[\u0621-\u064a]"), re.compile("[A-Za-z]")
SCHEMA = ROOT / "tests/fixtures/cms/sveltia-cms.json"


@pytest.fixture(scope="module")
def made(dataset: Dataset) -> Any:
    return cms.configuration(dataset, "owner/name")


def fields(part: Any) -> Iterator[Any]:
    """Every field, type and collection of the configuration."""
    if isinstance(part, dict):
        if "label" in part and "name" in part:
            yield part
        for value in part.values():
            yield from fields(value)
    elif isinstance(part, list):
        for each in part:
            yield from fields(each)


def of(made: Any, collection: str) -> Any:
    return next(one for one in made["collections"] if one["name"] == collection)["fields"]


def by_name(found: list[Any], *names: str) -> Any:
    """The field at the end of a path of names."""
    field = next(each for each in found if each["name"] == names[0])
    return by_name(field["fields"], *names[1:]) if names[1:] else field


def codes(made: Any) -> dict[str, list[Any]]:
    return {kind["name"]: kind["fields"] for kind in of(made, "evidence")[0]["types"]}


def values(field: Any) -> list[Any]:
    return [option["value"] for option in field["options"]]


def test_the_file_is_fresh() -> None:
    assert cms.main([]) == 0, "run python -m scoring.cms --write"


def test_a_changed_file_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cms, "TARGET", tmp_path / "cms" / "config.yml")
    assert cms.main([]) == 1
    assert cms.main(["--write"]) == cms.main([]) == 0
    cms.TARGET.write_text(cms.TARGET.read_text("utf-8") + "x: 1\n", "utf-8")
    assert cms.main([]) == 1


def test_it_is_valid_by_the_schema_of_the_cms() -> None:
    schema, config = json.loads(SCHEMA.read_text("utf-8")), yaml.safe_load(cms.TARGET.read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    assert list(validator.iter_errors(config)) == []
    config["collections"][0]["fields"][0]["widget"] = "list"
    assert not validator.is_valid(config), "a list has no pattern and length"


def test_every_label_is_in_both_languages(made: Any) -> None:
    found = list(fields(made)) + [option for field in fields(made) for option in field.get("options", [])]
    assert len(found) > 300
    assert [each["label"] for each in found if not (ARABIC.search(each["label"]) and LATIN.search(each["label"]))] == []


def test_choices_are_those_of_the_vocabulary_and_the_method(made: Any, dataset: Dataset) -> None:
    words, profile = dataset.vocabulary, of(made, "profile")
    assert values(by_name(profile, "country")) == [term.id for term in words.countries]
    assert values(by_name(profile, "sector")) == [term.id for term in words.sectors]
    assert values(by_name(profile, "accounts", "platform")) == [term.id for term in words.platforms]
    assert values(by_name(profile, "kind")) == ["agency", "service", "office", "group"]
    item = codes(made)["policy_published"]
    assert values(by_name(item, "source", "kind")) == [term.id for term in words.source_kinds]
    assert values(by_name(item, "strength")) == ["A", "B", "C", "D"]


def test_each_code_asks_for_its_own_value(made: Any, dataset: Dataset) -> None:
    kinds = codes(made)
    assert list(kinds) == [code.id for code in dataset.methodology.codes]
    for code in dataset.methodology.codes:
        found = [field for field in kinds[code.id] if field["name"] == "value"]
        if code.type == "flag":
            assert values(found[0]) == [True, False]
        elif code.type == "choice":
            assert values(found[0]) == [choice.id for choice in code.choices]
        elif code.type == "text":
            assert found == []
        else:
            assert found[0]["widget"] == "number" and ("max" in found[0]) == (code.type == "share")


def test_what_must_be_there_and_how_it_looks_is_as_in_the_schema(made: Any) -> None:
    for name in ("profile", "evidence", "replies"):
        schema = json.loads((ROOT / f"schema/{name}.json").read_text("utf-8"))
        shape = schema if name == "profile" else schema["$defs"][schema["items"]["$ref"].rpartition("/")[2]]
        found = next(iter(codes(made).values())) if name == "evidence" else of(made, name)
        found = found if name != "replies" else found[0]["fields"]
        needed = {field["name"] for field in found if field.get("required", True)}
        assert needed == set(shape["required"]) - {"code"}
        assert {field["name"] for field in found} == set(shape["properties"]) - {"code"}
        assert by_name(found, "id")["pattern"][0] == shape["properties"]["id"]["pattern"]
        assert by_name(found, "id")["maxlength"] == shape["properties"]["id"]["maxLength"]


@pytest.mark.parametrize("name", ["profile", "evidence", "replies"])
def test_the_paths_are_those_of_the_files(made: Any, name: str) -> None:
    collection = next(one for one in made["collections"] if one["name"] == name)
    path = re.sub(r"\{\{.*?\}\}", "[^/]+", collection["path"])
    folders = "" if name == "profile" else "(?:[^/]+/){0,1}"
    path = f"{collection['folder']}/{folders}{path}.{collection['extension']}"
    assert re.fullmatch(path, f"data/agencies/qa/qa-tides/{name}.yml")
    assert not re.fullmatch(path, "data/agencies/qa/qa-tides/stages.yml")


def test_every_change_is_a_pull_request(made: Any) -> None:
    assert made["publish_mode"] == "editorial_workflow"
    assert all(one["delete"] is False for one in made["collections"])


def test_dates_are_as_exact_as_the_reader_allows(made: Any) -> None:
    pattern = by_name(codes(made)["policy_published"], "source", "published")["pattern"][0]
    assert all(re.search(pattern, good) for good in ("2015", "2015-03", "2015-03-17"))
    assert not any(re.search(pattern, bad) for bad in ("2015-13", "2015-3", "17.3.2015", "20150317"))


def test_it_is_no_part_of_the_site(site: Path) -> None:
    assert not [path for path in site.rglob("*") if path.name == "cms" or "sveltia" in path.name]
