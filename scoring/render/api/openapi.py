"""The OpenAPI description of the API: every address there is, and what is found at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.render.api.documents import DESCRIPTIONS, parts
from scoring.render.api.origin import FOLDER, LICENCE, Origin
from scoring.render.api.package import FORMATS
from scoring.render.api.schemas import WHOLE, definitions, documents, schemas
from scoring.render.api.tables import Rows, tables

Content = dict[str, Any]
_JSON, _LINKED = "application/json", "application/ld+json"


def openapi(origin: Origin, rows: Rows) -> dict[str, Any]:
    """The document, in version 3.1; what stands in braces lists all its values."""
    view = origin.view
    return {
        "openapi": "3.1.0",
        "info": {
            "title": origin.name.en, "version": "1", "summary": origin.name.ar,
            "description": f"{origin.description.en}\n\n{origin.description.ar}\n\n{origin.attribution.en}",
            "license": {"name": LICENCE, "identifier": LICENCE}, "x-about": origin.about(),
        },
        "servers": [{"url": f"{origin.base}{FOLDER}".removesuffix("/")}],
        "paths": _documents(rows) | _tables(origin) | _descriptions(origin),
        "components": {"schemas": definitions(origin) | documents(_component)},
    } | ({"x-fictional": True} if view.dataset.fictional else {})  # fmt: skip


def _component(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _documents(rows: Rows) -> dict[str, Any]:
    """The addresses of the JSON documents."""
    told = {"index": "What there is"} | {name: f"The table {name}, whole" for name in WHOLE}
    paths = {f"/{name}.json": _get(name, text, {_JSON: {"schema": _component(name)}}) for name, text in told.items()}
    found = {
        "/agencies/{id}.json": ("agency", "An agency with its scores, evidence and accounts", "id",
                                [row["id"] for row in rows["agencies"]]),
        "/evidence/{part}.json": ("evidence", "Evidence of a country, in parts", "part",
                                  list(parts(rows["agencies"], rows["evidence"]))),
    }  # fmt: skip
    return paths | {
        path: _get(name, text, {_JSON: {"schema": _component(name)}}, {parameter: values})
        for path, (name, text, parameter, values) in found.items()
        if values
    }


def _tables(origin: Origin) -> dict[str, Any]:
    """The addresses of whole tables as CSV and Parquet."""
    return {
        f"/{form.path(name)}": _get(
            f"{name}_{kind}",
            f"The table {name}: {origin.told(f'data_{kind}').en}",
            {form.media: {"schema": form.schema}},
        )
        for name in tables(origin.view)
        for kind, form in FORMATS.items()
    }


def _descriptions(origin: Origin) -> dict[str, Any]:
    """The addresses of what describes the data."""
    names = {"name": sorted(schemas(origin))}
    any_object = {"schema": {"type": "object"}}
    paths = {
        f"/{path}": _get(name, f"Description: {name}", {_LINKED if path.endswith("ld") else _JSON: any_object})
        for name, path in DESCRIPTIONS.items()
    }
    schema = _get("schema", "The JSON Schema of a document", {"application/schema+json": any_object}, names)
    return paths | {"/schemas/{name}.json": schema}


def _get(name: str, summary: str, content: Content, parameters: Mapping[str, Sequence[str]] | None = None) -> Content:
    """The only thing that can be done at an address: reading."""
    given = [
        {
            "name": parameter, "in": "path", "required": True, "schema": {"type": "string", "enum": list(values)},
            "example": values[0],
        }
        for parameter, values in (parameters or {}).items()
    ]  # fmt: skip
    responses = {"200": {"description": summary, "content": content}, "404": {"description": "There is no such file"}}
    return {
        "get": {"operationId": name, "summary": summary, "responses": responses}
        | ({"parameters": given} if given else {})
    }
