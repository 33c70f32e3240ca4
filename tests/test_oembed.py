"""oEmbed on plain files: a consumer that is given nothing but an address finds the embed by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup
from pyoembed import PyOembedException, oEmbed

from scoring.publish import look_of
from scoring.render.cite import Provenance
from scoring.render.embeds import embeds
from scoring.render.frame import head
from scoring.render.language import LANGUAGES, language
from scoring.render.page import Page
from scoring.render.view import View
from scoring.results import compute
from tests.serving import served
from tests.town import TODAY, town

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site of embeds, and one page that leads to one, on a port of this machine."""
    folder = tmp_path_factory.mktemp("embeds")
    with served(folder) as address:
        _write(folder, f"{address}/")
        yield f"{address}/"


def _write(folder: Path, address: str) -> None:
    view, source = View(compute(town(390, 200, 100, 20), TODAY)), Provenance(address)
    for code in LANGUAGES:
        for path, text in embeds(view, language(code), source, look_of(ROOT)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    page = Page("agencies/qa-agency-00/", "Agency 0", "", Markup(""), chart="card/qa-agency-00")
    (folder / "page.html").write_text(f"<html><head>{head(page, view, language('en'), source)}</head></html>")
    (folder / "other.html").write_text("<html><head><title>No embed here</title></head></html>")


@pytest.mark.parametrize("path", ["embed/ar/card/qa-agency-00/", "embed/en/card/qa-agency-01/", "page.html"])
def test_a_consumer_finds_the_embed_by_its_address(base: str, path: str) -> None:
    told = oEmbed(f"{base}{path}")
    assert told["type"] == "rich" and told["version"] == "1.0" and told["provider_url"] == base
    wanted = "embed/en/card/qa-agency-00/" if path == "page.html" else path
    assert f'<iframe src="{base}{wanted}"' in told["html"]
    assert told["title"] and int(told["width"]) == 640 and int(told["height"]) > 100


def test_a_page_without_an_embed_leads_to_none(base: str) -> None:
    with pytest.raises(PyOembedException):
        oEmbed(f"{base}other.html")
