"""The fictional example under /demo/: every kind of page with something on it, and none without its label."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scoring.cli import main
from scoring.render.language import LANGUAGES, language
from scoring.render.tables import scores_csv, scores_json, scores_text
from scoring.render.view import View
from tests.conftest import EXAMPLE, ROOT

pytestmark = pytest.mark.site
EMPTY = ("no_replies", "no_editions", "no_exhibits", "no_codebook")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_nothing_fictional_is_without_its_label(site: Path) -> None:
    embeds = site / "demo" / "embed"
    pages = sorted(path for path in (site / "demo").rglob("*.html") if not path.is_relative_to(embeds))
    assert len(pages) > 200
    for path in pages:
        page = text_of(path)
        assert page.count('<aside class="hw-fictional"') == 1, path
        assert 'class="hw-fictional hw-fictional--foot"' in page, path
        assert '<meta name="robots" content="noindex">' in page, path
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        shared = re.findall(r'property="og:title" content="([^"]*)"', page)
        assert all(any(language(code).t("fictional") in one for code in LANGUAGES) for one in shared), path
        assert title and any(language(code).t("fictional") in title[1] for code in LANGUAGES), path


def test_no_fictional_embed_is_without_its_label(site: Path) -> None:
    said = [language(code).t("fictional") for code in LANGUAGES]
    charts = sorted((site / "demo" / "embed").rglob("chart.json"))
    assert len(charts) > 300
    for path in charts:
        page = text_of(path.with_name("index.html"))
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        assert title and any(one in title[1] for one in said), path
        assert 'class="hw-made-up"' in page and '<meta name="robots" content="noindex">' in page, path
        told = json.loads(text_of(path))
        assert told["fictional"] and any(one in told["citation"] for one in said) and "png" not in told["files"], path
        assert all(row.endswith(",true") for row in text_of(path.with_name("chart.csv")).splitlines()[1:]), path


def test_nothing_real_carries_it(site: Path) -> None:
    real = [p for p in site.rglob("*.html") if "demo" not in p.relative_to(site).parts]
    assert real and not [p for p in real if "hw-fictional" in text_of(p)]


def test_nothing_fictional_lies_outside(site: Path, demo: View) -> None:
    ids = [f"agencies/{id}/" for id in demo.dataset.agencies]
    for code in LANGUAGES:
        found = [text_of(path) for path in sorted((site / code / "search").rglob("*.json"))]
        assert any("agencies/ae-ministry-of-justice/" in text for text in found), "the real ones are in there"
        outside = "".join(found) + text_of(site / code / "sitemap.xml")
        assert not [id for id in ids if id in outside]
        assert all(id in text_of(site / "demo" / code / "sitemap.xml") for id in ids)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_kind_of_page_has_something_on_it(site: Path, view: View, code: str) -> None:
    """The same kinds as the real site, and none that says it is empty."""
    here, there = site / "demo" / code, site / code
    kinds = {p.parent.relative_to(there).parts[:1] for p in there.rglob("index.html")}
    assert {p.parent.relative_to(here).parts[:1] for p in here.rglob("index.html")} == kinds
    said = {language(code).t(key) for key in EMPTY}
    empty = [(p, text) for p in here.rglob("index.html") for text in said if text in text_of(p)]
    assert not empty


def test_the_overall_ranking_works_there(demo: View) -> None:
    overall = demo.places[demo.methodology.id]
    assert demo.lead == demo.methodology.id and len(overall) >= 28
    past = [view.places[demo.methodology.id] for _, view in demo.editions]
    assert len(past) == 3 and len({tuple(sorted(p, key=lambda a: p[a].rank)) for p in past}) == 3


def test_the_way_there_and_back(site: Path) -> None:
    for code in LANGUAGES:
        assert f'href="../demo/{code}/"' in text_of(site / code / "index.html")
        back = {"index.html": f"../../{code}/", "agencies/xs-ministry-of-health/index.html": f"../../../../{code}/"}
        for page, home in back.items():
            assert f'<a href="{home}">' in text_of(site / "demo" / code / page)


def test_no_address_of_the_demonstration_is_that_of_a_real_page(site: Path) -> None:
    for code in LANGUAGES:
        page = text_of(site / "demo" / code / "rankings/index.html")
        assert re.findall(r'<link rel="canonical" href="([^"]+)"', page)[0].endswith(f"/demo/{code}/rankings/")


def test_data_made_of_it_says_so(demo: View, view: View) -> None:
    assert '"fictional": true' in scores_json(demo) and "FICTIONAL" in scores_text(demo).splitlines()[0]
    rows = scores_csv(demo).splitlines()
    assert rows[0].endswith(",fictional") and all(row.endswith(",True") for row in rows[1:])
    assert "fictional" not in scores_json(view)[:200] + scores_csv(view).splitlines()[0] + scores_text(view)[:80]


def test_commands_say_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    example = str(ROOT / EXAMPLE)
    for command in (["explain", "xs-ministry-of-health"], ["score"], ["compare", f"{example}@2025-11-20", example]):
        main([*command, "--data", example])
        assert "FICTIONAL" in capsys.readouterr().out, command
    main(["explain", "xs-ministry-of-health", "--format", "json", "--data", example])
    assert json.loads(capsys.readouterr().out)["fictional"] is True
