"""The built site holds what the data hold, in both languages, and asks nothing of anybody else."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from scoring.render.language import LANGUAGES
from scoring.render.view import View
from scoring.search import tokens
from tests.index import numbers, terms

pytestmark = pytest.mark.site
LOADING = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")}
NOT_LOADED = {"canonical", "alternate", "next", "prev"}


class Reader(HTMLParser):
    """Ids, links and loaded resources of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        for element, attribute in LOADING:
            if tag == element and attribute in values and values.get("rel") not in NOT_LOADED:
                self.loads.append(values[attribute])


@cache
def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


def every_page(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_agency_and_every_evidence_item_has_its_place(site: Path, view: View, code: str) -> None:
    for id, agency in view.dataset.agencies.items():
        page = read(site / code / "agencies" / id / "index.html")
        missing = {item.id for item in agency.evidence} - set(page.ids)
        sources = {item.source.url for item in agency.evidence} - set(page.links)
        assert not missing and not sources, id


@pytest.mark.parametrize("code", LANGUAGES)
def test_from_a_rank_to_its_sources_in_two_clicks(site: Path, view: View, code: str) -> None:
    for node, places in view.places.items():
        if places:
            folder = site / code / "rankings" / view.league_id(node)
            pages = [folder, *(p for p in folder.iterdir() if p.name.isdigit())]
            linked = {
                urljoin(f"/{p.relative_to(site).as_posix()}/", link)
                for p in pages
                for link in read(p / "index.html").links
            }
            assert {f"/{code}/agencies/{a}/" for a in places} <= linked


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    broken = set()
    for page in every_page(site):
        if page.name == "404.html":
            continue  # shown at any address; its links start from the site's published path
        here = f"/{page.relative_to(site).as_posix()}"
        for link in read(page).links:
            target, anchor = urldefrag(urljoin(here, link))
            if urlsplit(target).scheme:
                continue
            path = site / unquote(urlsplit(target).path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file() or (anchor and unquote(anchor) not in read(path).ids and anchor != "__top"):
                broken.add((here, link))
    assert not sorted(broken)[:10]


def test_ids_are_unique_on_every_page(site: Path) -> None:
    for page in every_page(site):
        ids = read(page).ids
        assert len(ids) == len(set(ids)), (page, {i for i in ids if ids.count(i) > 1})


def test_no_page_loads_anything_from_another_origin(site: Path) -> None:
    loads = {load for page in every_page(site) for load in read(page).loads if urlsplit(load).netloc}
    assert not loads
    styles = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.css"))
    assert not re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\"']+", styles)


def test_nothing_is_left_unfilled(site: Path) -> None:
    for page in every_page(site):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"HIWAR-(TITLE|DESCRIPTION)|<!-- hiwar:|shell/page", text), page


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_search_knows_every_agency_and_every_page(site: Path, view: View, code: str) -> None:
    folder = site / code / "search"
    about = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    blocks = (folder / about["folder"]).glob("d*.json")
    found = {address for block in blocks for address, *_ in json.loads(block.read_text(encoding="utf-8"))}
    assert {f"agencies/{a}/" for a in view.dataset.agencies} <= found
    assert {"", "about/", "about/#corrections", "method/#score", "own/", "dimensions/"} <= found
    for address in found:
        path, _, anchor = address.partition("#")
        assert not anchor or anchor in read(site / code / path / "index.html").ids, address


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_search_finds_every_agency_by_each_word_of_its_names(site: Path, view: View, code: str) -> None:
    folder = site / code / "search"
    about = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    files = {p.name: p.read_text(encoding="utf-8") for p in (folder / about["folder"]).iterdir()}
    shards = [files[f"p{at}.txt"] for at in range(len(about["shards"]["p"]))]
    held = {term: numbers(line) for shard in shards for term, line in terms(shard)}
    order = [one for at in range(-(-about["documents"] // about["block"])) for one in json.loads(files[f"d{at}.json"])]
    place = {address: number for number, (address, *_) in enumerate(order)}
    for id, agency in view.dataset.agencies.items():
        names = filter(None, (agency.profile.name.en, agency.profile.name.ar))
        assert all(place[f"agencies/{id}/"] in held[word] for name in names for word in tokens(name)), id


def test_both_languages_have_the_same_pages(site: Path) -> None:
    pages = [{p.relative_to(site / code) for p in (site / code).rglob("*.html")} for code in LANGUAGES]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_shared_page_introduces_itself(site: Path, view: View, code: str) -> None:
    """In its own words and language, by its own address; the manifest it names is there."""
    for path in ("index.html", "rankings/index.html", "agencies/ae-ministry-of-justice/index.html"):
        page = (site / code / path).read_text(encoding="utf-8")
        told = dict(re.findall(r'<meta property="og:([a-z_:]+)" content="([^"]*)">', page))
        assert {"type", "site_name", "title", "description", "url", "locale", "locale:alternate"} <= told.keys()
        assert "HIWAR" not in "".join(told.values()) and told["url"].endswith(
            f"/{code}/{path.removesuffix('index.html')}"
        )
        assert told["locale"].startswith(code)
        manifest = json.loads((site / code / "assets" / f"manifest-{code}.webmanifest").read_text(encoding="utf-8"))
        assert (manifest["lang"], manifest["dir"]) == (code, "rtl" if code == "ar" else "ltr")


def test_an_untranslated_name_is_marked_on_the_arabic_page(site: Path, view: View) -> None:
    english_only = next(a for a, entry in view.dataset.agencies.items() if entry.profile.name.ar is None)
    heading = re.search(
        r"<h1>(.*?)</h1>", (site / "ar" / "agencies" / english_only / "index.html").read_text("utf-8"), re.S
    )
    assert heading and 'class="hw-untranslated" lang="en" dir="ltr"' in heading[1]


def test_the_home_page_says_plainly_that_nobody_is_ranked_overall(site: Path, view: View) -> None:
    if view.places[view.methodology.id]:
        pytest.skip("somebody is ranked overall by now")
    text = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert "No agency can be ranked overall yet" in text


def test_building_again_gives_the_same_bytes(site: Path, view: View, tmp_path: Path) -> None:
    from scoring.render.language import language
    from scoring.render.pages import pages

    lang = language("ar")
    first, second = ({p.path: p.body for p in pages(view, lang, "e")} for _ in range(2))
    assert first == second
