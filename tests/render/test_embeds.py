"""Embeds: whole by themselves, light, the same numbers as the chart's table, and safe whatever strangers are called."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.model import Name
from scoring.render.charts import table
from scoring.render.cite import Provenance, citation
from scoring.render.embeds import Look, embeds, look, provider, shared
from scoring.render.gallery import gallery
from scoring.render.language import LANGUAGES, language
from scoring.render.pages import agency as agency_page
from scoring.render.pairs import Pairs
from scoring.render.view import View
from scoring.results import compute
from tests.town import TODAY, town

ASSETS = Path(__file__).resolve().parents[2] / "theme" / "assets"
SOURCE = Provenance("https://hiwar.example/", "https://code.example/hiwar", "c0ffee" * 6 + "c0ff")
EVIL = '</title></script><script>alert(1)</script>"\'>&\u202e=HYPERLINK("x")'
FOREIGN = re.compile(r"<(?:img|link rel=.stylesheet|script src|iframe|object|embed|video|audio|source|base)\b", re.I)


@pytest.fixture(scope="module")
def carried() -> Look:
    names = ("hiwar.css", "chart.css", "embed.css", "embed-resize.js")
    return look(*((ASSETS / name).read_text("utf-8") for name in names))


@pytest.fixture(scope="module")
def files(demo: View, carried: Look) -> dict[str, str]:
    return {path: text for code in LANGUAGES for path, text in embeds(demo, language(code), SOURCE, carried)}


def test_every_embed_has_its_files_and_every_agency_a_card(files: dict[str, str], demo: View) -> None:
    names = {path.rsplit("/", 1)[0] for path in files}
    four = {f"{n}/{f}" for n in names for f in ("index.html", "chart.json", "oembed.json", "chart.csv")}
    assert set(files) == four | {f"{n}/chart.svg" for n in names}
    for code in LANGUAGES:
        assert {f"embed/{code}/card/{agency}" for agency in demo.dataset.agencies} <= names


def test_of_very_many_agencies_each_has_one_embed_and_no_picture(
    demo: View, carried: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoring.render.many.MANY", len(demo.dataset.agencies) - 1)
    made = dict(embeds(demo, language("en"), SOURCE, carried))
    agency = next(iter(demo.dataset.agencies))
    assert f"embed/en/card/{agency}/index.html" in made and f"embed/en/card/{agency}/chart.svg" not in made
    assert {path.split("/")[2] for path in made}.isdisjoint(("scores", "trend", "scatter"))
    linked = re.findall(r'data-share href="../../../([^"]+)"', agency_page(demo, language("en"), agency, "").body)
    assert linked and {f"{link}index.html" for link in linked} <= set(made)
    assert "data-share" not in Pairs(demo, language("en")).figure(*Pairs(demo, language("en")).possible[0])
    assert "svg" not in json.loads(made[f"embed/en/card/{agency}/chart.json"])["files"]
    assert "embed/en/league/overall/chart.svg" in made


def test_every_chart_of_every_page_has_an_embed(files: dict[str, str], site: Path) -> None:
    linked = set()
    for page in (site / "demo").rglob("index.html"):
        for link in re.findall(r'data-share href="([^"]+)"', page.read_text("utf-8")):
            linked.add((page.parent / link).resolve().relative_to((site / "demo").resolve()).as_posix())
    assert len(linked) > 200
    assert {f"{link}/index.html" for link in linked} <= set(files)


def test_embeds_load_nothing_else_and_are_light(files: dict[str, str]) -> None:
    for path, text in files.items():
        if path.endswith(".html"):
            assert not FOREIGN.search(text), path
            assert "default-src 'none'" in text and "style=" not in text and " on" + "click" not in text
            assert len(gzip.compress(text.encode())) < 30_000, path


def test_policy_lets_in_exactly_what_stands_in_the_page(files: dict[str, str]) -> None:
    from base64 import b64encode
    from hashlib import sha256

    text = files["embed/ar/league/overall/index.html"]
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert inside
        hashed = b64encode(sha256(inside[1].encode()).digest()).decode()
        assert f"{directive} 'sha256-{hashed}'" in text


def test_numbers_are_the_table_s(demo: View, files: dict[str, str]) -> None:
    lang = language("en")
    for hung in gallery(demo, lang):
        shown = hung.picture
        path = shown.path("en")
        told = json.loads(files[f"{path}chart.json"])
        rows = list(csv.reader(io.StringIO(files[f"{path}chart.csv"].removeprefix("\ufeff"))))
        assert rows[0] == [*shown.grid.names(), "fictional"] == [*told["columns"], "fictional"]
        assert [row[:-1] for row in rows[1:]] == [["" if v is None else str(v) for v in r] for r in told["rows"]]
        if not shown.tabular:
            assert str(table(shown.grid, links=False)) in files[f"{path}index.html"]
        for record, row in zip(told["rows"], shown.grid.rows, strict=True):
            numbers = [v for v in record[1:] if isinstance(v, int | float)]
            said = " ".join(cell.text for cell in row[1:]).replace(",", "")
            assert all(f"{v:g}" in said or f"{v:.1f}" in said for v in numbers if "ranked" not in said), (path, row)


def test_sizes_grow_where_there_is_less_room(files: dict[str, str]) -> None:
    for path, text in files.items():
        if path.endswith("chart.json"):
            heights = json.loads(text)["heights"]
            assert heights["320"] >= heights["480"] >= heights["640"] > 120, path


def test_oembed_says_what_the_specification_asks(files: dict[str, str]) -> None:
    for path, text in files.items():
        if path.endswith("oembed.json"):
            told = json.loads(text)
            assert told["version"] == "1.0" and told["type"] == "rich"
            assert isinstance(told["width"], int) and isinstance(told["height"], int)
            address = f"{SOURCE.base}{path.removesuffix('oembed.json')}"
            assert f'src="{address}"' in told["html"] and "<script" not in told["html"]
            assert f'href="{address}oembed.json"' in files[path.replace("oembed.json", "index.html")]


def test_whoever_provides_covers_latest_and_pinned(files: dict[str, str]) -> None:
    schemes = provider(SOURCE)["endpoints"][0]["schemes"]
    patterns = [re.compile(re.escape(s).replace(r"\*", ".*")) for s in schemes]
    for address in ("embed/en/readiness/", "editions/2026-11/embed/ar/card/x/"):
        assert any(p.fullmatch(SOURCE.base + address) for p in patterns)


def test_a_pinned_embed_says_so_and_leads_to_corrections(demo: View, carried: Look) -> None:
    pinned = Provenance(SOURCE.base, pinned="2026-11")
    found = dict(embeds(demo, language("en"), pinned, carried))
    text = found["embed/en/readiness/index.html"]
    assert "../../../../../en/editions/2026-11/#corrections" in text and "edition 2026-11" in text
    told = json.loads(found["embed/en/readiness/chart.json"])
    assert told["edition"] == "2026-11" and told["embed"] == f"{SOURCE.base}editions/2026-11/embed/en/readiness/"


@pytest.fixture(scope="module")
def evil(carried: Look) -> Iterator[dict[str, str]]:
    dataset = town(390, 200, 100, 20)
    agencies: dict[str, Any] = dict(dataset.agencies)
    first = next(iter(agencies))
    profile = agencies[first].profile
    hostile = profile.model_copy(update={"name": Name(en=EVIL, ar=f"جهة {EVIL}")})
    object.__setattr__(agencies[first], "profile", hostile)
    view = View(compute(dataset, TODAY))
    yield dict(embeds(view, language("ar"), SOURCE, carried))


def test_a_stranger_s_name_stays_text(evil: dict[str, str]) -> None:
    seen = 0
    for path, text in evil.items():
        if path.endswith(".html"):
            seen += "alert(1)" in text
            assert "<script>alert" not in text and text.count("<script>") == 1 and text.count("</title>") == 1, path
        elif path.endswith(".json"):
            json.loads(text)
    assert seen > 1


def test_citations_mean_nothing_to_tex(demo: View) -> None:
    made = citation(demo, language("en"), r"100% \input{x} $a_b^c$ {", "https://hiwar.example/en/", SOURCE)
    title = re.search(r"title = \{(.*)\},", made.bibtex)
    assert title and title[1].endswith(r"100\% \textbackslash{}input\{x\} \$a\_b\textasciicircum{}c\$ \{")
    assert "Fictional" in made.sentence and SOURCE.commit and SOURCE.commit[:10] in made.sentence


def test_what_embeds_share_is_there_in_both_languages(demo: View, carried: Look) -> None:
    assert len(carried.resize.encode()) < 2048
    made = dict(shared(demo, SOURCE, carried))
    assert set(made) == {"embed/ar/share.html", "embed/en/share.html", "embed/resize.js", "embed/provider.json"}
