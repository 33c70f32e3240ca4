"""JSON Schemas of the documents, made from the tables' definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scoring.render.api.origin import LICENCE, LICENCE_URL, Origin
from scoring.render.api.tables import Column, Table, tables

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
WHOLE = ("agencies", "scores", "indicators", "codes", "accounts", "editions", "changes")  # tables of one document each
Refer = Callable[[str], Schema]  # from a definition's name to a reference to it

_STRING: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_BOTH: Schema = {
    "type": "object", "properties": {"en": _STRING, "ar": _STRING}, "required": ["en", "ar"],
    "additionalProperties": False,
}  # fmt: skip
_TYPES: Mapping[str, Schema] = {
    "date": {"type": "string", "format": "date"},
    "scalar": {"type": ["boolean", "number", "string"]},
    "ids": {"type": "array", "items": _STRING},
    "words": {"type": "array", "items": _STRING},
    "counts": {"type": "object", "additionalProperties": {"type": "number"}},
}


def definitions(origin: Origin) -> dict[str, Schema]:
    """What the documents are made of: `about`, and a row of each table."""
    return {"about": _about(origin)} | {f"{name}_row": row(table) for name, table in tables(origin.view).items()}


def documents(refer: Refer) -> dict[str, Schema]:
    """The schema of each kind of document by name, where `refer` leads to the definitions."""

    def listed(name: str) -> Schema:
        return {"type": "array", "items": refer(f"{name}_row")}

    bodies: dict[str, dict[str, Schema]] = {name: {name: listed(name)} for name in (*WHOLE, "evidence")}
    bodies["agency"] = {"agency": refer("agencies_row")} | {n: listed(n) for n in ("scores", "evidence", "accounts")}
    bodies["index"] = {"tables": {"type": "array", "items": _indexed()}, "agency": _STRING, "descriptions": _links()}
    return {
        name: _object({"$schema": _ADDRESS, "about": refer("about"), **body}) for name, body in sorted(bodies.items())
    }


def schemas(origin: Origin) -> dict[str, Schema]:
    """Each document's schema, whole: it holds the definitions that it needs."""
    known = definitions(origin)
    made = {}
    for name, schema in documents(lambda to: {"$ref": f"#/$defs/{to}"}).items():
        needed = {to: known[to] for to in known if f"#/$defs/{to}" in _references(schema)}
        made[name] = {"$schema": DIALECT, "$id": origin.address(f"schemas/{name}.json"), **schema, "$defs": needed}
    return made


def _references(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"]} if "$ref" in schema else set()
        return own.union(*map(_references, schema.values()))
    return set()


def row(table: Table) -> Schema:
    """A row: every column is there, empty ones as null."""
    return _object({name: _column(column) for name, column in table.columns.items()}) | {"description": table.about.en}


def _column(column: Column) -> Schema:
    schema = dict(_TYPES.get(column.type, {"type": column.type}))
    if column.choices:
        schema["enum"] = [*column.choices, *([None] if column.empty else [])]
    if column.empty:
        known = schema["type"]
        schema["type"] = [*(known if isinstance(known, list) else [known]), "null"]
    unit = {"x-unit": column.unit} if column.unit else {}
    return schema | unit | {"description": column.en, "x-description-ar": column.ar}


def _object(properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _about(origin: Origin) -> Schema:
    licence = {"id": {"const": LICENCE}, "url": {"const": LICENCE_URL}}
    return _object(
        {
            "name": _BOTH, "as_of": _TYPES["date"], "edition": {"type": ["string", "null"]},
            "methodology": _STRING, "commit": {"type": ["string", "null"]}, "licence": _object(licence),
            "attribution": _BOTH,
        } | ({"fictional": {"const": True}} if origin.view.dataset.fictional else {})
    )  # fmt: skip


def _indexed() -> Schema:
    """A table in the index."""
    addresses = dict.fromkeys(("csv", "safe", "parquet", "schema"), _ADDRESS)
    parts = {"json": {"type": "array", "items": _ADDRESS}}
    return _object({"name": _STRING, "title": _BOTH, "about": _BOTH, "rows": _COUNT, **parts, **addresses})


def _links() -> Schema:
    return _object(dict.fromkeys(("openapi", "datapackage", "dcat", "dataset"), _ADDRESS))
