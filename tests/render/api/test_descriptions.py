"""What describes the data, each by its own validator: JSON Schema, OpenAPI, Frictionless, DCAT and schema.org."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from frictionless import Package
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from pyshacl import validate

from scoring.render.api import edition_files, embedded
from scoring.render.api.tables import defined
from scoring.render.view import View
from tests.conftest import ROOT
from tests.render.api.conftest import BASE, COMMIT, FOLDER, Published, published

SHAPES = ROOT / "tests" / "fixtures" / "dcat-ap.ttl"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
ARABIC = re.compile("[\u0621-\u064a]")


def read(files: Published, path: str) -> Any:
    return json.loads(files.files[path])


def path_of(address: str) -> str:
    assert address.startswith(BASE + FOLDER), address
    return address.removeprefix(BASE + FOLDER)


def addresses(described: Any) -> Iterator[str]:
    """Every concrete address that an OpenAPI document describes, below its server's."""
    for path, item in described["paths"].items():
        parameters = item["get"].get("parameters", [])
        assert re.findall(r"{(\w+)}", path) == [p["name"] for p in parameters] and len(parameters) < 2
        if not parameters:
            yield path
        for parameter in parameters:
            assert parameter["example"] in parameter["schema"]["enum"]
            yield from (path.replace(f"{{{parameter['name']}}}", value) for value in parameter["schema"]["enum"])


def written(files: Published, folder: Path) -> Path:
    for path, content in files.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


# --- JSON Schema and OpenAPI ------------------------------------------------------------------------------


def validator_of(schema: Any) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_every_document_is_valid_by_its_published_schema(open_data: Published) -> None:
    checked: dict[str, Draft202012Validator] = {}
    for path, content in open_data.files.items():
        told = json.loads(content) if path.endswith(".json") else {}
        if "$schema" in told and not path.startswith("schemas/"):
            name = path_of(told["$schema"])
            if name not in checked:
                checked[name] = validator_of(read(open_data, name))
                assert read(open_data, name)["$id"] == told["$schema"]
            checked[name].validate(told)
    assert checked.keys() == {path for path in open_data.files if path.startswith("schemas/")}


def test_schemas_refuse_what_is_not_there(open_data: Published) -> None:
    schema, told = read(open_data, "schemas/scores.json"), read(open_data, "scores.json")
    validator = validator_of(schema)
    row = told["scores"][0]
    wrong: tuple[dict[str, Any], ...] = (
        {"score": "40"}, {"agency": None}, {"state": "seen"}, {"rank": 1.5}, {"more": 1}, {"evidence": "a"},
    )  # fmt: skip
    for change in wrong:
        assert not validator.is_valid(told | {"scores": [row | change]}), change
    assert not validator.is_valid(told | {"about": told["about"] | {"as_of": "tomorrow"}})


def test_openapi_is_valid_and_its_addresses_exist(open_data: Published) -> None:
    described = read(open_data, "openapi.json")
    OpenAPIV31SpecValidator(described).validate()
    assert described["servers"] == [{"url": (BASE + FOLDER).removesuffix("/")}]
    found = [path.removeprefix("/") for path in addresses(described)]
    assert len(found) == len(set(found))
    assert set(found) == set(open_data.files), "each file is described, and each described is there"


def test_openapi_describes_what_is_found(open_data: Published) -> None:
    described = read(open_data, "openapi.json")
    components = {"components": described["components"]}
    for path in ("/scores.json", "/agencies/{id}.json", "/evidence/{part}.json", "/index.json"):
        get = described["paths"][path]["get"]
        schema = get["responses"]["200"]["content"]["application/json"]["schema"]
        for parameter in get.get("parameters", []):
            path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
        Draft202012Validator(schema | components).validate(read(open_data, path.removeprefix("/")))


def test_the_index_leads_to_everything(open_data: Published) -> None:
    index = read(open_data, "index.json")
    named = [a for t in index["tables"] for a in (*t["json"], t["csv"], t["safe"], t["parquet"], t["schema"])]
    named += index["descriptions"].values()
    named += [index["agency"].replace("{id}", id) for id in open_data.view.dataset.agencies]
    missing = set(open_data.files) - {path_of(address) for address in named}
    assert missing == {"index.json", "schemas/index.json", "schemas/agency.json"}
    assert not {path_of(address) for address in named} - set(open_data.files)
    rows = {table["name"]: table["rows"] for table in index["tables"]}
    assert rows["evidence"] == len(open_data.view.items) and rows["scores"] == len(
        read(open_data, "scores.json")["scores"]
    )


# --- Frictionless -----------------------------------------------------------------------------------------


def test_the_data_package_is_valid(open_data: Published, tmp_path: Path) -> None:
    folder = written(open_data, tmp_path)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]
    tables = {path for path in open_data.files if path.endswith((".csv", ".parquet"))}
    assert {resource["path"] for resource in read(open_data, "datapackage.json")["resources"]} == tables
    assert len(report.tasks) == len(tables) == 3 * len(defined())


def test_the_data_package_would_tell(open_data: Published, tmp_path: Path) -> None:
    """A row of an unknown agency, a wrong type and a changed file are found."""
    folder = written(open_data, tmp_path)
    scores = folder / "csv/scores.csv"
    lines = scores.read_bytes().split(b"\r\n")
    first = lines[1].split(b",")
    first[0], first[4] = b"nobody", b"high"
    scores.write_bytes(b"\r\n".join([lines[0], b",".join(first), *lines[2:]]))
    (folder / "parquet/codes.parquet").write_bytes(b"PAR1")
    report = Package(str(folder / "datapackage.json")).validate()
    assert {kind for (kind,) in report.flatten(["type"])} >= {"foreign-key", "type-error", "hash-count", "byte-count"}


def test_the_data_package_of_an_edition_is_valid(demo: View, tmp_path: Path) -> None:
    edition, past = demo.kept[0]
    made = dict(edition_files(past, edition, base=BASE, commit=COMMIT))
    for path, content in made.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    package = Package(str(tmp_path / "data/datapackage.json"))
    assert package.validate().valid
    named = {f"data/{resource.path}" for resource in package.resources}
    assert {path for path in made if not path.endswith(".json")} == named


# --- DCAT and schema.org ----------------------------------------------------------------------------------


def test_dcat_keeps_the_profile(open_data: Published) -> None:
    graph = rdflib.Graph().parse(data=open_data.files["dcat.jsonld"], format="json-ld")
    shapes = rdflib.Graph().parse(SHAPES)
    conforms, _, told = validate(graph, shacl_graph=shapes)
    assert conforms, told
    names = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    tables = {path for path in open_data.files if path.endswith((".csv", ".parquet"))}
    assert {path_of(name) for name in names} == tables
    for service in (DCAT.endpointURL, DCAT.endpointDescription):
        assert all(path_of(str(address)) in open_data.files for address in graph.objects(None, service))


@pytest.mark.parametrize("gone", ["dcterms:title", "dcterms:publisher", "dcat:distribution", "dcat:contactPoint"])
def test_the_shapes_would_tell(hostile: View, gone: str) -> None:
    told = read(published(hostile), "dcat.jsonld")
    del told["dcat:dataset"][0][gone]
    graph = rdflib.Graph().parse(data=json.dumps(told), format="json-ld")
    assert not validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))[0]


def test_search_engines_find_what_they_ask_for(open_data: Published) -> None:
    """Required and recommended by https://developers.google.com/search/docs/appearance/structured-data/dataset."""
    told = read(open_data, "dataset.jsonld")
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Dataset")
    assert told["name"] and 50 <= len(told["description"]) <= 5000 and ARABIC.search(told["description"])
    asked = (
        "alternateName", "creator", "identifier", "isAccessibleForFree", "keywords", "license", "measurementTechnique",
        "spatialCoverage", "temporalCoverage", "variableMeasured", "version", "url", "includedInDataCatalog",
        "distribution",
    )  # fmt: skip
    assert not [name for name in asked if not told.get(name)]
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}/\d{4}-\d\d-\d\d", told["temporalCoverage"])
    for one in told["distribution"]:
        content = open_data.files[path_of(one["contentUrl"])]
        assert one["@type"] == "DataDownload" and one["encodingFormat"] and one["contentSize"] == f"{len(content)} B"
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
    assert {path_of(one["url"]) for one in told["subjectOf"]} <= set(open_data.files)
    page = embedded(open_data.files["dataset.jsonld"])
    script = re.fullmatch(r'<script type="application/ld\+json">([^<>]*)</script>', page)
    assert script and json.loads(script[1]) == told


# --- the definition itself --------------------------------------------------------------------------------


def test_every_column_is_told_in_both_languages() -> None:
    for name, table in defined().items():
        assert set(table.key) <= table.columns.keys()
        for column, told in table.columns.items():
            assert ARABIC.search(told.ar) and not ARABIC.search(told.en), (name, column)
            assert told.refers is None or told.refers in defined()
