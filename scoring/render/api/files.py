"""Every file of the open data, as (path, bytes): of the API, and of an edition that stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scoring.model import Edition
from scoring.render.api.catalogue import dataset, dcat
from scoring.render.api.csv import faithful
from scoring.render.api.documents import document, documents, listed, written
from scoring.render.api.openapi import openapi
from scoring.render.api.origin import FOLDER, Origin
from scoring.render.api.package import datapackage, table_files
from scoring.render.api.rows import rows
from scoring.render.api.schemas import schemas
from scoring.render.api.tables import tables, texts
from scoring.render.view import View

Made = tuple[str, bytes]
KEPT = ("agencies", "scores", "evidence", "indicators", "codes", "accounts")  # tables of an edition


def files(view: View, *, base: str, commit: str | None, changes: Sequence[Mapping[str, Any]] = ()) -> Iterator[Made]:
    """The whole API, below `api/v1/` of the site at `base` (which ends in a slash). `commit` is that of the data."""
    origin = Origin(view, base, commit, view.kept[-1][0].id if view.kept else None)
    for path, content in _api(origin, changes):
        yield FOLDER + path, content


def _api(origin: Origin, changes: Sequence[Mapping[str, Any]]) -> Iterator[Made]:
    known, made = dict(rows(origin.view, changes)), []
    for name in known:
        for file, content in table_files(origin, {name: known[name]}):
            made.append(file)
            yield file.path, content
        known[name] = listed(known[name])  # in their place, so that none stays there twice
    for path, told in documents(origin, known):
        yield path, written(told)
    for name, schema in schemas(origin).items():
        yield f"schemas/{name}.json", written(schema, 1)
    yield "openapi.json", written(openapi(origin, known), 1)
    yield "datapackage.json", written(datapackage(origin, made), 1)
    yield "dcat.jsonld", written(dcat(origin, made), 1)
    yield "dataset.jsonld", written(dataset(origin, made), 1)


def checksum(view: View) -> str:
    """The SHA-256 of the faithful table of scores, by which pages tell what their numbers were made from."""
    told = texts(tables(view)["scores"], rows(view, only=("scores",))["scores"])
    return hashlib.sha256(faithful(told)).hexdigest()


def edition_files(view: View, edition: Edition, *, base: str, commit: str | None) -> Iterator[Made]:
    """The data of an edition, below `data/` of wherever it is kept; `view` are its own results, `base` the site's
    root, where the schemas are."""
    origin = Origin(view, base, commit, edition.id)
    known = {name: found for name, found in rows(view).items() if name in KEPT}
    for name, found in known.items():
        yield f"data/{name}.json", written(document(origin, name, {name: listed(found)}))
    made = []
    for file, content in table_files(origin, known, flat=True):
        made.append(file)
        yield f"data/{file.path}", content
    yield "data/datapackage.json", written(datapackage(origin, made), 1)
