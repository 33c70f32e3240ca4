"""What stands in the files: the same values in every format, and the same as on the pages."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from scoring.render.api import edition_files
from scoring.render.api.csv import guarded
from scoring.render.api.rows import rows
from scoring.render.language import language
from scoring.render.view import View
from tests.render.api.conftest import BASE, COMMIT, FOLDER, HOSTILE, Published, published

TABLES = ("agencies", "scores", "evidence", "indicators", "codes", "accounts", "editions", "changes")
ARROW = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
WOULD_RUN = re.compile(r"[\s\"'«\u202e]*[=+\-@＝＋－＠]|[\t\r\n]")


def declared(files: Published, name: str) -> dict[str, pa.DataType]:
    """Types of a table's columns, as the data package declares them."""
    package = json.loads(files.files["datapackage.json"])
    fields = next(r for r in package["resources"] if r["name"] == name)["schema"]["fields"]
    return {field["name"]: ARROW.get(field["type"], pa.string()) for field in fields}


def cells(content: bytes, encoding: str = "utf-8") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), strict=True))


def said(value: Any) -> str:
    """A value of JSON as the one cell of CSV that means it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else repr(value)


@pytest.mark.parametrize("name", TABLES)
def test_pandas_reads_equal_frames(open_data: Published, name: str) -> None:
    types = declared(open_data, name)
    read = {column: pd.ArrowDtype(kind) for column, kind in types.items()}
    table = io.BytesIO(open_data.files[f"csv/{name}.csv"])
    flat = pd.read_csv(table, dtype=read, keep_default_na=False, na_values=[""])
    content = open_data.files[f"parquet/{name}.parquet"]
    assert_frame_equal(flat, pd.read_parquet(io.BytesIO(content), dtype_backend="pyarrow"), check_exact=True)
    assert {field.name: field.type for field in pq.read_schema(io.BytesIO(content))} == types


@pytest.mark.parametrize("name", [n for n in TABLES if n != "evidence"])
def test_csv_and_json_hold_the_same(open_data: Published, name: str) -> None:
    header, *lines = cells(open_data.files[f"csv/{name}.csv"])
    listed = json.loads(open_data.files[f"{name}.json"])[name]
    lists = {column for row in listed for column, value in row.items() if isinstance(value, list | dict)}
    assert len(lines) == len(listed)
    for line, row in zip(lines, listed, strict=True):
        assert header == list(row)
        found = dict(zip(header, line, strict=True))
        assert all(found[c] == said(value) for c, value in row.items() if c not in lists)
        assert all(found[c] == " ".join(row[c]) for c in lists)


def test_evidence_is_the_models_text_exactly(open_data: Published) -> None:
    header, *lines = cells(open_data.files["csv/evidence.csv"])
    found = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    assert len(found) == len(lines) == len(open_data.view.items) > 0
    for profile, item in open_data.view.items:
        row = found[item.id]
        told = [profile.id, item.finding.en, item.finding.ar, item.stated, item.source.title, item.source.url]
        columns = ("agency", "finding_en", "finding_ar", "stated", "source_title", "source_url")
        assert [row[c] for c in columns] == [text or "" for text in told]
        assert json.loads(row["named"] or "[]") == list(item.named)
        assert json.loads(row["counts"] or "{}") == item.counts
        assert row["value"] == said(item.value) and date.fromisoformat(row["observed"]) == item.observed
        number = isinstance(item.value, int | float) and not isinstance(item.value, bool)
        assert (float(row["value_number"]) == item.value) if number else (row["value_number"] == "")


def test_evidence_is_the_same_in_its_parts_and_by_agency(open_data: Published) -> None:
    parts = [json.loads(c)["evidence"] for path, c in open_data.files.items() if path.startswith("evidence/")]
    whole = {item["id"]: item for part in parts for item in part}
    assert len(whole) == sum(map(len, parts)) == len(open_data.view.items)
    agencies = [json.loads(c) for path, c in open_data.files.items() if path.startswith("agencies/")]
    assert [a["agency"] for a in agencies] == json.loads(open_data.files["agencies.json"])["agencies"]
    assert {item["id"]: item for a in agencies for item in a["evidence"]} == whole
    assert [row for a in agencies for row in a["scores"]] == json.loads(open_data.files["scores.json"])["scores"]


def test_numbers_are_those_of_the_pages(open_data: Published) -> None:
    view, lang = open_data.view, language("en")
    scores = json.loads(open_data.files["scores.json"])["scores"]
    assert len(scores) > 50
    for row in random.Random(7).sample(scores, 50):
        agency = row["agency"]
        node = view.methodology.id if row["node"] == "overall" else row["node"]
        shown, told = view.node(agency, node), row["node"] != "overall" or view.place(agency, node) is not None
        for name, value in (("score", shown.score), ("peer_median", view.peer_median(agency, node))) if told else ():
            assert row[name] == value
            assert lang.number(value, 1) == ("–" if row[name] is None else f"{row[name]:.1f}")
        assert told or row["score"] is row["likely_low"] is None
        if told and shown.score is not None and row["node_kind"] != "indicator":
            assert (row["likely_low"], row["likely_high"]) == shown.shown
        place, tier, peers = view.place(agency, node), view.tier(agency, node), view.peer_place(agency, node)
        if row["node_kind"] != "indicator":
            ranks = (place.rank, place.low, place.high, place.of) if place else (None,) * 4
            assert tuple(row[c] for c in ("rank", "rank_low", "rank_high", "rank_of")) == ranks
            assert row["tier"] == (tier and tier.tier) and row["peer_rank"] == (peers and peers.rank)


def test_no_number_has_more_decimals_than_pages_and_machines_agree_on(open_data: Published) -> None:
    """So that a reader of floats that is one bit off, as that of pandas is by default, reads the same."""
    for name in ("scores", "indicators"):
        content = open_data.files[f"csv/{name}.csv"]
        assert not re.findall(rb"(?<=,)-?\d+\.\d{7,}(?=,)", content), name
        flat = pd.read_csv(io.BytesIO(content))
        packed = pd.read_parquet(io.BytesIO(open_data.files[f"parquet/{name}.parquet"]))
        for column in packed.select_dtypes("float"):
            assert_series_equal(flat[column].astype(float), packed[column], check_exact=True)


def test_what_was_not_observed_is_nowhere_a_zero(view: View) -> None:
    found = rows(view)["scores"]
    unscored = [row for row in found if row["node_kind"] == "indicator" and row["state"] == "not_applicable"]
    assert unscored and all(row["score"] is None and row["value"] is None for row in unscored)
    seen = {(row["agency"], row["node"]) for row in found}
    assert seen and all(view.state(agency, i) != "not_observed" for agency, i in seen if i in view.indicators)


def test_weights_add_up(view: View) -> None:
    found = rows(view)["indicators"]
    for parent in {row["parent"] for row in found if row["parent"]}:
        assert sum(row["weight"] for row in found if row["parent"] == parent) == pytest.approx(1)
    for row in found:
        if row["kind"] == "indicator":
            assert row["effective_weight"] == view.effective_weight(row["id"])


# --- spreadsheets -----------------------------------------------------------------------------------------


def test_no_cell_of_the_safe_files_is_a_formula(open_data: Published) -> None:
    guards = 0
    for name in TABLES:
        content = open_data.files[f"csv/{name}.safe.csv"]
        assert content.startswith(b"\xef\xbb\xbf")
        kinds = declared(open_data, name)
        header, *lines = cells(content, "utf-8-sig")
        faithful = cells(open_data.files[f"csv/{name}.csv"])
        assert header == faithful[0]
        for line, told in zip(lines, faithful[1:], strict=True):
            for column, cell, old in zip(header, line, told, strict=True):
                if kinds[column] != pa.string() or _numeric(old):
                    assert cell == old, "numbers stay numbers"
                else:
                    assert not any(WOULD_RUN.match(part) for part in re.split("[;\t\r\n]", cell) if part[:1] != "'")
                    assert cell.replace("'", "") == old.replace("'", "")
                guards += cell != old
    assert guards > 2 * len(HOSTILE) or "qa-agency-00" not in open_data.view.dataset.agencies


def _numeric(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text))


def test_a_guard_stands_where_it_must_and_nowhere_else() -> None:
    assert [guarded(text, text) for text in ("=1", "\t", "a;=1", "＝1", "\u202e@x")] == [
        "'=1", "'\t", "a;'=1", "'＝1", "'\u202e@x",
    ]  # fmt: skip
    for text in ("a-b", "1=1", "plain", "", "https://x.example/?a=b", "e-mail; then"):
        assert guarded(text, text) == text
    assert guarded(-5, "-5") == "-5" and guarded(-0.5, "-0.5") == "-0.5" and guarded(None, None) is None


def test_faithful_csv_is_as_the_rfc_has_it(open_data: Published) -> None:
    for name in TABLES:
        content = open_data.files[f"csv/{name}.csv"].decode("utf-8")
        assert content.endswith("\r\n") and not content.startswith("\ufeff")
        outside = re.sub(r'"(?:[^"]|"")*"', "", content)
        assert outside.count("\r\n") == outside.count("\n") == outside.count("\r") == len(cells(content.encode()))


# --- what every file says ---------------------------------------------------------------------------------


def test_every_document_says_what_it_stands_at(open_data: Published) -> None:
    view = open_data.view
    named = [path for path in open_data.files if path.endswith(".json") and not path.startswith("schemas/")]
    assert len(named) > 10
    for path in named:
        told = json.loads(open_data.files[path])
        about = told.get("about") or told.get("info", {}).get("x-about") or told
        assert about["as_of"] == str(view.as_of) and about["commit"] == COMMIT, path
        assert about["methodology"] == view.methodology.version and BASE in about["attribution"]["ar"]
        assert about["edition"] == (view.kept[-1][0].id if view.kept else None)


def test_everything_made_of_a_fictional_data_set_says_so(open_data: Published) -> None:
    fictional = open_data.view.dataset.fictional
    for path, content in open_data.files.items():
        if path.endswith(".csv"):
            header, *lines = cells(content, "utf-8-sig")
            assert (header[-1] == "fictional") == fictional
            assert not fictional or all(line[-1] == "true" for line in lines)
        elif path.endswith(".parquet"):
            metadata = pq.read_metadata(io.BytesIO(content)).metadata or {}
            assert (metadata.get(b"fictional") == b"true") == fictional, path
        elif path.endswith(".jsonld"):
            assert (language("ar").t("data_fictional").encode() in content) == fictional, path
        elif not path.startswith("schemas/"):
            assert (b'fictional": true' in content or b'fictional":true' in content) == fictional, path
            named = json.loads(content).get("about", {})
            assert named.get("fictional", False) == ("about" in json.loads(content) and fictional)


def test_the_only_commit_may_be_unknown(hostile: View) -> None:
    from scoring.render.api import files

    made = dict(files(hostile, base=BASE, commit=None))
    assert json.loads(made[f"{FOLDER}index.json"])["about"]["commit"] is None


def test_files_stay_small(open_data: Published) -> None:
    sizes = {path: len(c) for path, c in open_data.files.items() if path.endswith("json")}
    assert max(sizes.values()) < 2_000_000, max(sizes, key=lambda path: sizes[path])


def test_changes_must_be_in_the_columns_that_are_documented(hostile: View) -> None:
    with pytest.raises(ValueError, match="surprise"):
        rows(hostile, [{"id": "c1", "surprise": 1}])


# --- the same bytes ---------------------------------------------------------------------------------------


def test_the_same_bytes_twice(hostile: View) -> None:
    assert published(hostile).files == published(hostile).files


def test_tables_that_are_handed_over_in_parts_are_the_same(hostile: View, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = published(hostile).files
    monkeypatch.setattr("scoring.render.api.parquet.AT_ONCE", 3)
    assert published(hostile).files == whole


CHILD = """
import hashlib
from scoring.render.api import files
from scoring.render.view import View
from scoring.results import compute
from tests.town import TODAY, town
made = hashlib.sha256()
for path, content in files(View(compute(town(380, 300, 120, 20), TODAY)), base="https://example.org/", commit=None):
    made.update(path.encode() + b"\\0" + content)
print(made.hexdigest())
"""


def test_the_same_bytes_whatever_the_order_of_sets() -> None:
    found = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": "."}
        done = subprocess.run(
            [sys.executable, "-c", CHILD], env=environment, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1


# --- editions ---------------------------------------------------------------------------------------------


def test_an_edition_has_the_same_tables_as_its_day(demo: View) -> None:
    edition, past = demo.kept[0]
    made = dict(edition_files(past, edition, base=BASE, commit=COMMIT))
    whole = published(past)
    assert all(path.startswith("data/") for path in made)
    for name in ("agencies", "scores", "evidence", "indicators"):
        for suffix, folder in ((".csv", "csv"), (".safe.csv", "csv")):
            assert made[f"data/{name}{suffix}"] == whole.files[f"{folder}/{name}{suffix}"]
        told = json.loads(made[f"data/{name}.json"])
        assert told["about"]["edition"] == edition.id and told["about"]["as_of"] == str(edition.as_of)
        assert len(told[name]) == len(cells(made[f"data/{name}.csv"])) - 1 > 0
    assert len(made["data/evidence.csv"]) < len(dict(published(demo).files)["csv/evidence.csv"])
