"""The tables as files, and the data package (Frictionless, version 1) that describes them column by column."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.render.api.csv import faithful, safe
from scoring.render.api.origin import LICENCE, LICENCE_URL, Origin
from scoring.render.api.parquet import parquet
from scoring.render.api.tables import Column, Rows, Table, tables, texts


@dataclass(frozen=True)
class Format:
    """One way in which tables are written; `schema` is OpenAPI's of a whole file."""

    folder: str
    suffix: str
    media: str
    encoding: str | None
    schema: Mapping[str, Any]

    def path(self, table: str) -> str:
        return f"{self.folder}/{table}{self.suffix}"


FORMATS = {
    "csv": Format("csv", ".csv", "text/csv", "utf-8", {"type": "string"}),
    "safe": Format("csv", ".safe.csv", "text/csv", "utf-8-sig", {"type": "string"}),
    "parquet": Format("parquet", ".parquet", "application/vnd.apache.parquet", None, {}),
}


@dataclass(frozen=True)
class File:
    """One table in one format, at a path: its size in bytes, and its SHA-256."""

    table: str
    kind: str
    path: str
    size: int
    checksum: str


def table_files(origin: Origin, rows: Rows, flat: bool = False) -> Iterator[tuple[File, bytes]]:
    """Each table in each format, and what it holds; `flat` leaves out the folders."""
    about = _told(origin)
    for name, table in tables(origin.view).items():
        if name not in rows:
            continue
        told = texts(table, rows[name])
        yield _made(name, "csv", faithful(told), flat)
        yield _made(name, "safe", safe(table, rows[name], told), flat)
        yield _made(name, "parquet", parquet(table, rows[name], told, about), flat)


def _made(table: str, kind: str, content: bytes, flat: bool) -> tuple[File, bytes]:
    path = FORMATS[kind].path(table)
    path = path.rpartition("/")[2] if flat else path
    return File(table, kind, path, len(content), hashlib.sha256(content).hexdigest()), content


def _told(origin: Origin) -> dict[str, str]:
    """What the data stand at, as a Parquet file's metadata can hold it."""
    about = origin.about()
    known = {name: str(about[name]) for name in ("as_of", "edition", "methodology", "commit") if about[name]}
    fictional = {"fictional": "true"} if origin.view.dataset.fictional else {}
    return known | {"licence": LICENCE, "attribution": origin.attribution.en} | fictional


def datapackage(origin: Origin, files: Collection[File]) -> dict[str, Any]:
    """The description of table files that lie beside it."""
    named = tables(origin.view)
    given = {file.table for file in files}
    about = origin.about()
    return {
        "profile": "data-package", "name": "hiwar", "id": f"{origin.base}#data", "title": origin.name.en,
        "description": f"{origin.description.en}\n\n{origin.description.ar}", "homepage": origin.base,
        "version": str(origin.view.as_of), "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "contributors": [{"title": origin.told("data_publisher").en, "role": "publisher"}],
        "keywords": origin.told("data_keywords").en.split(", "),
        **{name: value for name, value in about.items() if name not in ("name", "licence")},
        "resources": [_resource(file, named[file.table], given) for file in files],
    }  # fmt: skip


def _resource(file: File, table: Table, given: Collection[str]) -> dict[str, Any]:
    form = FORMATS[file.kind]
    data = {
        "name": file.table if file.kind == "csv" else f"{file.table}-{file.kind}", "path": file.path,
        "profile": "tabular-data-resource" if form.encoding else "data-resource",
        "title": f"{table.title.en} · {table.title.ar}", "description": f"{table.about.en}\n\n{table.about.ar}",
        "format": form.suffix.rpartition(".")[2], "mediatype": form.media, "bytes": file.size,
        "hash": f"sha256:{file.checksum}",
    }  # fmt: skip
    # Parquet has types of its own and is checked as a file: validators that read it through pandas lose its empty cells
    read = {"encoding": form.encoding} if form.encoding else {"type": "file"}
    return data | read | {"schema": _schema(file, table, given)}


def _schema(file: File, table: Table, given: Collection[str]) -> dict[str, Any]:
    """The columns; keys to other tables stand once, in the faithful CSV."""
    fields = [_field(name, column) for name, column in table.columns.items()]
    keys = [
        {"fields": name, "reference": {"resource": "" if to == file.table else to, "fields": "id"}}
        for name, column in table.columns.items()
        if file.kind == "csv" and (to := column.refers) in given
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    schema |= {"primaryKey": list(table.key)} if table.key else {}
    return schema | ({"foreignKeys": keys} if keys else {})


_TYPES = {"scalar": "string", "ids": "string", "words": "array", "counts": "object"}


def _field(name: str, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": _TYPES.get(column.type, column.type)}
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    required = {} if column.empty or column.type in ("ids", "words", "counts") else {"required": True}
    choices = {"enum": list(column.choices)} if column.choices else {}
    constraints = {"constraints": required | choices} if required | choices else {}
    unit = {"unit": column.unit} if column.unit else {}
    return field | constraints | unit | {"description": column.en, "descriptionAr": column.ar}
