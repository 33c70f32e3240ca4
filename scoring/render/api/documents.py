"""The JSON documents of the API, each with what its numbers stand at."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scoring.render.api.origin import Origin
from scoring.render.api.schemas import WHOLE
from scoring.render.api.tables import Row, Rows, plain, tables

PART = 1000  # evidence items of a document: about a megabyte
DESCRIPTIONS = {
    "openapi": "openapi.json", "datapackage": "datapackage.json", "dcat": "dcat.jsonld", "dataset": "dataset.jsonld",
}  # fmt: skip
Document = tuple[str, dict[str, Any]]  # its address below the API's, and what it says


def documents(origin: Origin, rows: Rows) -> Iterator[Document]:
    """Every JSON document of data; the rows are as JSON has them."""
    yield "index.json", document(origin, "index", _index(origin, rows))
    for name in WHOLE:
        yield f"{name}.json", document(origin, name, {name: rows[name]})
    for part, items in parts(rows["agencies"], rows["evidence"]).items():
        yield f"evidence/{part}.json", document(origin, "evidence", {"evidence": items})
    of = {name: _by_agency(rows[name]) for name in ("scores", "evidence", "accounts")}
    for agency in rows["agencies"]:
        body = {"agency": agency} | {name: found[agency["id"]] for name, found in of.items()}
        yield f"agencies/{agency['id']}.json", document(origin, "agency", body)


def document(origin: Origin, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"$schema": origin.address(f"schemas/{name}.json"), "about": origin.about(), **body}


def listed(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as JSON has them."""
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def written(data: Mapping[str, Any], indent: int | None = None) -> bytes:
    separators = (",", ":") if indent is None else None
    return (json.dumps(data, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False) + "\n").encode()


def parts(agencies: Sequence[Row], evidence: Sequence[Row]) -> dict[str, list[Row]]:
    """The evidence by country in documents of a size that a browser takes: `GB-1`, `GB-2` …"""
    country = {agency["id"]: agency["country"] for agency in agencies}
    of: dict[str, list[Row]] = defaultdict(list)
    for item in evidence:
        of[country[item["agency"]]].append(item)
    return {
        f"{code}-{start // PART + 1}": items[start : start + PART]
        for code, items in sorted(of.items())
        for start in range(0, len(items), PART)
    }


def _by_agency(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["agency"]].append(row)
    return found


def _index(origin: Origin, rows: Rows) -> dict[str, Any]:
    """What there is, and where."""
    evidence = [f"evidence/{part}.json" for part in parts(rows["agencies"], rows["evidence"])]
    at = origin.address
    return {
        "tables": [
            {
                "name": name, "title": table.title.model_dump(), "about": table.about.model_dump(),
                "rows": len(rows[name]),
                "json": [at(path) for path in (evidence if name == "evidence" else [f"{name}.json"])],
                "csv": at(f"csv/{name}.csv"), "safe": at(f"csv/{name}.safe.csv"),
                "parquet": at(f"parquet/{name}.parquet"), "schema": at(f"schemas/{name}.json"),
            }
            for name, table in tables(origin.view).items()
        ],
        "agency": at("agencies/{id}.json"),
        "descriptions": {name: at(path) for name, path in DESCRIPTIONS.items()},
    }  # fmt: skip
