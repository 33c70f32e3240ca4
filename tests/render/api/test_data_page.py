"""The page that tells how to use the data: its examples run, and every column is on it."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from scoring.render.api import fields
from scoring.render.api.tables import defined
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View
from tests.conftest import ROOT
from tests.render.api.conftest import FOLDER, published

ADDRESS = "https://hiwar-benchmark.github.io/hiwar/"


def blocks(code: str, kind: str) -> list[str]:
    text = (ROOT / "docs" / code / "data.md").read_text("utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.S)


@pytest.fixture(scope="module")
def site(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the real data, where the published address would have them."""
    root = tmp_path_factory.mktemp("site")
    for path, content in published(view).files.items():
        (root / FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (root / FOLDER / path).write_bytes(content)
    return root


def here(code: str, site: Path) -> str:
    assert ADDRESS in code
    return code.replace(ADDRESS, f"{site}/")


def test_the_pandas_examples_run(site: Path, capsys: pytest.CaptureFixture[str], view: View) -> None:
    codes = blocks("en", "python")
    assert len(codes) == 2
    told = []
    for code in codes:
        exec(compile(here(code, site), "data.md", "exec"), {})
        told.append(capsys.readouterr().out)
    first = next(iter(view.places["commitments"]))
    assert str(view.profile(first).name.en)[:20] in told[0] and "scored" in told[1]


def test_the_duckdb_example_runs(site: Path, view: View) -> None:
    (code,) = blocks("en", "sql")
    found = duckdb.sql(here(code, site)).fetchall()
    places = view.places["commitments"]
    assert [(rank, agency) for rank, agency, _ in found] == [
        (p.rank, a) for a, p in sorted(places.items(), key=lambda pair: pair[1].rank) if p.rank <= 10
    ] or {agency for _, agency, _ in found} == {a for a, p in places.items() if p.rank <= 10}


def test_every_address_of_the_examples_exists(site: Path) -> None:
    for kind in ("python", "r", "sql", "sh", "text"):
        for code in blocks("en", kind):
            base = re.findall(rf'base (?:=|<-) "{ADDRESS}(.*?)"', code)
            named = re.findall(rf"{ADDRESS}([\w./-]*\.\w+)", code)
            named += [base[0] + path for path in re.findall(r'"((?:csv|parquet)/[\w.]+)"', code) if base]
            assert named, code
            assert all((site / path).is_file() for path in named), named


def test_both_languages_run_the_same(site: Path) -> None:
    for kind in ("python", "r", "sql", "sh", "text"):
        assert blocks("ar", kind) == blocks("en", kind) != []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_column_is_documented_and_every_file_linked(site: Path, view: View, code: str) -> None:
    shown = fields(view, language(code))
    for name, table in defined().items():
        section = re.search(rf'<h3 id="table-{name}">(.*?)</section>', shown, re.S)
        assert section
        assert re.findall(r'<th scope="row"><code dir="ltr">(\w+)</code>', section[1]) == list(table.columns)
    links = re.findall(r'href="\.\./\.\./([^"]+)"', shown)
    assert len(links) == 3 * len(defined()) and all((site / path).is_file() for path in links)
