"""One number, one value: what a page says of an agency is what open data, charts, embeds and files say."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

pytestmark = pytest.mark.site

SEED, AGENCIES = 6, 25
Key = tuple[str, str]


@pytest.fixture(scope="module", params=["", "demo"])
def tree(request: pytest.FixtureRequest, site: Path) -> Path:
    return site / request.param


@pytest.fixture(scope="module")
def api(tree: Path) -> dict[Key, dict[str, Any]]:
    rows = json.loads((tree / "api/v1/scores.json").read_text("utf-8"))["scores"]
    return {(row["agency"], row["node"]): row for row in rows}


def told(value: Any, digits: int = 1) -> str:
    return "–" if value in (None, "") else f"{float(value):,.{digits}f}"


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def agencies(api: dict[Key, dict[str, Any]]) -> list[str]:
    known = sorted({agency for agency, _ in api})
    return Random(SEED).sample(known, min(AGENCIES, len(known)))


def test_csv_and_parquet_say_what_the_json_says(tree: Path, api: dict[Key, dict[str, Any]]) -> None:
    with (tree / "api/v1/csv/scores.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["agency"], row["node"]): row for row in csv.DictReader(file)}
    packed = pd.read_parquet(tree / "api/v1/parquet/scores.parquet").set_index(["agency", "node"])
    assert set(rows) == set(api) == set(packed.index)
    for key, row in api.items():
        for name in ("score", "low", "high", "likely_low", "likely_high", "rank", "coverage"):
            assert (float(rows[key][name]) if rows[key][name] else None) == row[name], (key, name)
    for name in ("score", "rank"):
        column = packed[name].astype(object).where(packed[name].notna(), None)
        assert all(column[key] == row[name] for key, row in api.items())


def ranked(tree: Path, code: str, league: str) -> Iterator[tuple[str, str, str]]:
    """Agency, position and score as the pages of a ranking say them."""
    for page in sorted((tree / code / "rankings" / league).glob("**/index.html")):
        if "unranked" in page.parts:
            continue
        body = page.read_text("utf-8")
        table = re.search(r'<table[^>]*id="league".*?</table>|<table[^>]*hw-ranking.*?</table>', body, re.S)
        for row in re.findall(r"<tr[ >].*?</tr>", table[0] if table else "", re.S):
            agency = re.search(r'agencies/([a-z0-9.-]+)/"', row)
            strong = [text(cell) for cell in re.findall(r"<strong[^>]*>(.*?)</strong>", row, re.S)]
            if agency and len(strong) > 1:
                yield agency[1], strong[0].rstrip("="), strong[1]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_rankings_say_what_the_open_data_say(tree: Path, api: dict[Key, dict[str, Any]], code: str) -> None:
    nodes = {row["node"] for row in api.values() if row["node_kind"] != "indicator" and row["rank"]}
    assert nodes
    for node in nodes:
        league = node if (tree / code / "rankings" / node).is_dir() else "overall"
        found = {agency: (rank, score) for agency, rank, score in ranked(tree, code, league)}
        wanted = {a: (str(row["rank"]), told(row["score"])) for (a, n), row in api.items() if n == node and row["rank"]}
        assert found == wanted, (node, code)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_profiles_say_what_the_open_data_say(tree: Path, api: dict[Key, dict[str, Any]], code: str) -> None:
    seen = 0
    for agency in agencies(api):
        body = (tree / code / "agencies" / agency / "index.html").read_text("utf-8")
        own = json.loads((tree / "api/v1/agencies" / f"{agency}.json").read_text("utf-8"))
        by_node = {row["node"]: row for row in own["scores"]}
        for row in re.findall(r'<tr><th scope="row"><a href="[./]*indicators/.*?</tr>', body, re.S):
            node = re.search(r"indicators/([a-z0-9_]+)/", row)
            cell = re.search(r'<td class="hw-num"[^>]*data-sort="[^"]*">(.*?)</td>', row, re.S)
            assert node and cell
            said = re.search(r"<strong>(.*?)</strong>", cell[1])
            known = by_node.get(node[1], {}).get("score")
            assert (said[1] if said else "–") == told(known), (agency, node[1])
            assert known == api.get((agency, node[1]), {}).get("score")
            seen += known is not None
    assert seen > 20


@pytest.mark.parametrize("code", ["en", "ar"])
def test_embeds_and_charts_say_what_the_open_data_say(tree: Path, api: dict[Key, dict[str, Any]], code: str) -> None:
    seen = 0
    for agency in agencies(api):
        card = tree / "embed" / code / "card" / agency
        document = json.loads((card / "chart.json").read_text("utf-8"))
        names = {row[f"name_{code}"]: row["id"] for row in nodes(tree)}
        page = text((card / "index.html").read_text("utf-8"))
        for name, score, low, high, rank, of, share in document["rows"]:
            row = api[agency, names[name]]
            ends = ("likely_low", "likely_high") if row["likely_low"] is not None else ("low", "high")
            likely = [row[end] for end in ends]
            shown = row["score"] is not None
            assert told(score) == told(row["score"])
            assert (told(low), told(high)) == tuple(told(end if shown else None) for end in likely)
            assert (rank, of) == (row["rank"], row["rank_of"]) and told(share, 0) == told(row["coverage"] * 100, 0)
            assert not shown or told(score) in page
            seen += shown
    assert seen > 20


def nodes(tree: Path) -> list[dict[str, Any]]:
    """Every node of the index with its names; the whole is called the overall ranking."""
    found = json.loads((tree / "api/v1/indicators.json").read_text("utf-8"))["indicators"]
    overall = {"name_en": "Overall ranking", "name_ar": "الترتيب العام"}
    return [row | overall if row["kind"] == "overall" else row for row in found]
