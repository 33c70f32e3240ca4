"""Feeds that readers accept: valid in both forms, with cause, evidence and commit, and no text that acts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from scoring.changes import Move, Step
from scoring.method.compare import Change
from scoring.model import Name, Text
from scoring.render.changed import MIDNIGHT, Record, records
from scoring.render.feeds import MOST, changes_page, feeds
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View
from scoring.results import compute
from tests.town import TODAY, town

SCHEMAS = Path(__file__).parents[1] / "fixtures" / "feeds"
ATOM = "{http://www.w3.org/2005/Atom}"
BASE, REPOSITORY = "https://hiwar.example/hiwar/", "https://git.example/hiwar"
WHERE = {"base": BASE, "repository": REPOSITORY}
FIRST, SECOND, THIRD = (f"qa-agency-0{n}" for n in range(3))
HOSTILE = "]]></content></entry><script>alert(1)</script>&lt;script&gt;\x00\x0b\x1b[31m\ud800\u202egnp.exe\ufffe"
SAFE = (
    "]]></content></entry><script>alert(1)</script>&lt;script&gt;"
    "\\u{0}\\u{B}\\u{1B}[31m\\u{D800}\\u{202E}gnp.exe\\u{FFFE}"
)
COMMITS = ["a" * 40, "b" * 40, "c" * 40]


@dataclass(frozen=True)
class Revised:
    node: str
    what: str
    old: float | None
    new: float | None


@dataclass(frozen=True)
class Correction:
    id: str
    edition: str
    on: date
    agency: str
    changes: Sequence[Revised]
    why: Text
    commit: str | None = None


WRONG = Correction(
    "2026-11.c01", "2026-11", date(2026, 12, 1), SECOND,
    (Revised("talk", "score", 40.0, 55.5), Revised("talk", "rank", 7.0, None), Revised("talk", "low", 30.0, 50.0)),
    Text(en="A sum was wrong <b>.", ar="كان مجموع خاطئاً <b>."),
)  # fmt: skip


def moved(agency: str, scores: dict[str, Change] | None = None, **given: Any) -> Move:
    base: dict[str, Any] = {"name": Name(en="Agency", ar="جهة"), "status": "both", "ranks": {}, "files": ()}
    return Move(agency, scores=scores or {}, **base | dict.fromkeys(("added", "removed", "changed"), ()) | given)


def by(old: float, new: float, **parts: float) -> Change:
    return Change(old, new, dict.fromkeys(("evidence", "ageing", "method"), 0.0) | parts)


STEPS = (
    Step(COMMITS[0], "2026-11-24T09:00:00Z", (
        moved(THIRD, ranks={"talk": Change(2, 3, {"evidence": 0, "ageing": 0, "method": 0, "others": 1})}),
        moved(FIRST, {"talk": by(40, 45, evidence=6.0, ageing=-1.0), "rules": by(10, 9.9, evidence=-0.1)},
              ranks={"talk": Change(3, 2, {"evidence": -1, "ageing": 0, "method": 0, "others": 0})},
              added=(f"{FIRST}.policy_published",), removed=("gone.item",)),
    ), ()),
    Step(COMMITS[1], "2026-11-23T09:00:00Z", (
        moved(SECOND, {"rules": by(20, 70, method=50.0)}),
        moved(FIRST, {"talk": by(40.5, 40, ageing=-0.5)}),
    ), ("dimensions.rules.weight",)),
    Step(COMMITS[2], "2026-11-22T09:00:00Z", (moved("qa-gone", status="removed", name=Name(ar="جهة أخرى"),),), ()),
)  # fmt: skip


@pytest.fixture(scope="module")
def small() -> View:
    return View(compute(town(300, 100, 200), TODAY))


@pytest.fixture(scope="module")
def told(small: View) -> tuple[Record, ...]:
    return records(small, STEPS, [WRONG])


@pytest.fixture(scope="module")
def made(small: View, told: tuple[Record, ...]) -> dict[str, str]:
    return dict(feeds(small, told, **WHERE))


@cache
def judges() -> tuple[etree.RelaxNG, Draft202012Validator]:
    schema = json.loads((SCHEMAS / "jsonfeed-1.1.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng")), Draft202012Validator(schema)


def valid_atom(text: str) -> Any:
    """A feed that the schema, the RFC's further rules and a feed reader accept; gives what the reader finds."""
    root = etree.fromstring(text.encode())
    judges()[0].assertValid(root)
    assert root.find(f"{ATOM}author/{ATOM}name").text
    kinds = [(e.get("type"), e.get("hreflang")) for e in root.iterfind(f"{ATOM}link[@rel='alternate']")]
    assert len(kinds) == len(set(kinds)) == 3
    for entry in root.iterfind(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None
    found = feedparser.parse(text.encode(), resolve_relative_uris=False, sanitize_html=False)
    assert not found.bozo and found.version == "atom10"
    assert len({e.id for e in found.entries}) == len(found.entries) == len(root.findall(f"{ATOM}entry"))
    assert found.feed.updated == max((e.updated for e in found.entries), default=found.feed.updated)
    return found


def valid_json(text: str) -> Any:
    found = json.loads(text)
    judges()[1].validate(found)
    assert len({item["id"] for item in found["items"]}) == len(found["items"])
    return found


def test_every_feed_is_valid_in_both_forms_and_says_the_same(made: dict[str, str]) -> None:
    assert {name.rpartition(".")[2] for name in made} == {"atom", "json"}
    for name in sorted(made):
        if name.endswith(".atom"):
            read, data = valid_atom(made[name]), valid_json(made[name.replace(".atom", ".json")])
            assert [e.id for e in read.entries] == [item["id"] for item in data["items"]], name
            assert [e.title for e in read.entries] == [item["title"] for item in data["items"]]
            assert [e.content[0].value for e in read.entries] == [item["content_html"] for item in data["items"]]
            assert read.feed.title == data["title"] and read.feed.updated == data["_hiwar"]["updated"]


@pytest.mark.parametrize("wrong", ["<id>", "<title>", "<updated>", 'href="'])
def test_the_schema_refuses_what_lacks_something(made: dict[str, str], wrong: str) -> None:
    text = made["feeds/en/changes.atom"].replace(wrong, wrong.replace("<", "<x").replace("href", "ref"), 1)
    text = text.replace("</" + wrong[1:], "</x" + wrong[1:], 1) if wrong[0] == "<" else text
    assert not judges()[0].validate(etree.fromstring(text.encode()))


@pytest.mark.parametrize("key", ["id", "content_html"])
def test_the_json_schema_refuses_what_lacks_something(made: dict[str, str], key: str) -> None:
    found = json.loads(made["feeds/en/changes.json"])
    del found["items"][0][key]
    found["items"][0].pop("content_text")
    assert not judges()[1].is_valid(found)


def test_there_is_a_feed_for_everything(made: dict[str, str], small: View) -> None:
    names = {"changes", "corrections", *(f"groups/{g.id}" for g in small.dataset.peer_groups)}
    names |= {f"agencies/{id}" for id in small.dataset.agencies}
    assert set(made) == {
        f"feeds/{code}/{name}.{form}" for code in LANGUAGES for name in names for form in ("atom", "json")
    }


def ids(made: dict[str, str], name: str) -> list[str]:
    return [item["_hiwar"]["id"] for item in json.loads(made[f"feeds/en/{name}.json"])["items"]]


def test_who_is_told_what(made: dict[str, str], small: View) -> None:
    a, b, c = COMMITS
    correction = "correction/2026-11.c01"
    assert ids(made, "changes") == [f"{a}/{FIRST}", b, f"{b}/{SECOND}", f"{b}/{FIRST}", f"{c}/qa-gone"]
    assert ids(made, "corrections") == [correction]
    assert ids(made, f"agencies/{FIRST}") == [f"{a}/{FIRST}", f"{b}/{FIRST}"]
    assert ids(made, f"agencies/{SECOND}") == [correction, f"{b}/{SECOND}"]
    assert ids(made, f"agencies/{THIRD}") == [f"{a}/{THIRD}"]
    group = small.group_id(FIRST)
    assert ids(made, f"groups/{group}") == [correction, f"{a}/{FIRST}", f"{a}/{THIRD}", f"{b}/{SECOND}", f"{b}/{FIRST}"]


def test_a_record_knows_number_cause_and_evidence(told: tuple[Record, ...]) -> None:
    record = next(r for r in told if r.id == f"{COMMITS[0]}/{FIRST}")
    assert (record.kind, record.node, record.old, record.new) == ("evidence", "talk", 40, 45)
    assert (record.evidence, record.ageing, record.method, record.rank_old, record.rank_new) == (6, -1, 0, 3, 2)
    assert record.items == (f"{FIRST}.policy_published", "gone.item") and record.commit == COMMITS[0]
    kinds = {r.id: r.kind for r in told}
    assert kinds[f"{COMMITS[0]}/{THIRD}"] == "others" and kinds[f"{COMMITS[1]}/{FIRST}"] == "ageing"
    assert kinds[COMMITS[1]] == kinds[f"{COMMITS[1]}/{SECOND}"] == "method"
    whole = next(r for r in told if r.id == COMMITS[1])
    assert whole.paths == ("dimensions.rules.weight",) and whole.agency is whole.node is whole.old is None


def test_the_text_tells_all_of_it(told: tuple[Record, ...]) -> None:
    first, _, second = (r for r in told if r.commit == COMMITS[0] or r.id == COMMITS[1])
    assert first.title_en == "Agency: Talking: 40.0 → 45.0" and first.title_ar == "جهة: الحوار: من 40.0 إلى 45.0"
    assert first.text_en == (
        "Agency: Talking: 40.0 → 45.0 (Evidence +6.0, Ageing −1.0). Rules: 10.0 → 9.9 (Evidence −0.1). "
        "Position in “Talking”: 3 → 2. One new evidence item. One evidence item removed."
    )
    assert second.text_en == ("What differs in the method: dimensions.rules.weight. It moved the scores of one agency.")
    assert all(any("\u0600" <= c <= "\u06ff" for c in r.title_ar + r.text_ar) for r in told)


def test_a_correction_tells_what_was_wrong(told: tuple[Record, ...]) -> None:
    record = next(r for r in told if r.kind == "correction")
    assert (record.old, record.new, record.rank_old, record.rank_new) == (40, 55.5, 7, None)
    assert record.date == "2026-12-01T00:00:00Z" and record.title_en == "Correction of edition 2026-11, Agency 1"
    for words in (
        "Talking: 40.0 → 55.5",
        "No longer ranked in “Talking” (was at 7)",
        "low end",
        "A sum was wrong <b>.",
    ):
        assert words in record.text_en


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.hrefs: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs += [value for name, value in attrs if name == "href" and value]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_entry_leads_to_evidence_and_commit(made: dict[str, str], code: str) -> None:
    entry = valid_atom(made[f"feeds/{code}/agencies/{FIRST}.atom"]).entries[0]
    html = Links(entry.content[0].value)
    assert html.hrefs == [
        f"{BASE}{code}/agencies/{FIRST}/#{FIRST}.policy_published", f"{REPOSITORY}/commit/{COMMITS[0]}",
    ]  # fmt: skip
    assert "gone.item" in html.text
    assert entry.link == f"{BASE}{code}/agencies/{FIRST}/" and entry.updated == "2026-11-24T09:00:00Z"
    assert [(t.term, t.label) for t in entry.tags] == [("evidence", language(code).t("kind_evidence"))]
    assert entry.id == f"tag:hiwar.example,2026:hiwar/{code}/{COMMITS[0]}/{FIRST}"


def test_links_lead_to_the_other_language_and_form(made: dict[str, str]) -> None:
    links = {(e.rel, e.type, e.get("hreflang")): e.href for e in valid_atom(made["feeds/ar/changes.atom"]).feed.links}
    assert links[("self", "application/atom+xml", "ar")] == f"{BASE}feeds/ar/changes.atom"
    assert links[("alternate", "application/atom+xml", "en")] == f"{BASE}feeds/en/changes.atom"
    assert links[("alternate", "application/feed+json", "ar")] == f"{BASE}feeds/ar/changes.json"
    assert links[("alternate", "text/html", "ar")] == f"{BASE}ar/feeds/"


def test_empty_feeds_are_valid(small: View) -> None:
    for name, text in feeds(small, (), **WHERE):
        found = valid_json(text)["_hiwar"] if name.endswith(".json") else valid_atom(text).feed
        assert found["updated"] == f"{TODAY}{MIDNIGHT}"


def test_a_feed_holds_the_newest_fifty(small: View) -> None:
    steps = tuple(
        Step(f"{n:040x}", f"2026-11-{1 + n // 24:02d}T{n % 24:02d}:00:00Z", (moved(FIRST, {"talk": by(1, 2)}),), ())
        for n in reversed(range(MOST + 7))
    )
    made = dict(feeds(small, records(small, steps), **WHERE))
    assert ids(made, "changes") == [f"{step.commit}/{FIRST}" for step in steps[:MOST]]


def test_the_same_bytes_twice(made: dict[str, str], small: View, told: tuple[Record, ...]) -> None:
    assert dict(feeds(small, records(small, STEPS, [WRONG]), **WHERE)) == made


def test_a_history_that_is_cut_says_so(small: View, told: tuple[Record, ...], made: dict[str, str]) -> None:
    cut = dict(feeds(small, told, **WHERE, cut=True))
    for code in LANGUAGES:
        said, name = language(code).t("feed_cut"), f"feeds/{code}/changes"
        assert (
            said in valid_atom(cut[f"{name}.atom"]).feed.subtitle
            and said in json.loads(cut[f"{name}.json"])["description"]
        )
        assert said not in made[f"{name}.atom"] and said not in made[f"{name}.json"]
        assert said in changes_page(small, language(code), told, repository=REPOSITORY, cut=True)
        assert said not in changes_page(small, language(code), told, repository=REPOSITORY)


# --- strangers' text --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile() -> View:
    data = town(300, 100, 200)
    agencies = {
        id: replace(
            agency, profile=agency.profile.model_copy(update={"name": Name.model_construct(en=HOSTILE, ar=HOSTILE)})
        )
        for id, agency in data.agencies.items()
    }
    name = Text.model_construct(en=HOSTILE, ar=HOSTILE)
    groups = tuple(group.model_copy(update={"name": name}) for group in data.peer_groups)
    dimensions = tuple(d.model_copy(update={"name": name}) for d in data.methodology.dimensions)
    methodology = data.methodology.model_copy(update={"dimensions": dimensions})
    return View(compute(replace(data, agencies=agencies, peer_groups=groups, methodology=methodology), TODAY))


def test_hostile_text_stays_text(hostile: View) -> None:
    name = Text.model_construct(en=HOSTILE, ar=HOSTILE)
    steps = [
        replace(
            step,
            method=(HOSTILE,),
            moves=tuple(replace(m, name=Name.model_construct(en=HOSTILE, ar=HOSTILE)) for m in step.moves),
        )
        for step in STEPS
    ]
    told = records(hostile, steps, [replace(WRONG, why=name)])
    made = dict(feeds(hostile, told, **WHERE))
    for path, text in made.items():
        if path.endswith(".atom"):
            found = valid_atom(text)
            entries = [(e.title, e.content[0].value) for e in found.entries]
        else:
            entries = [(item["title"], item["content_html"]) for item in valid_json(text)["items"]]
        for title, html in entries:
            assert title == language(path.split("/")[1]).t("change_method") or SAFE in title
            assert Links(html).tags <= {"div", "p", "a", "bdi", "code"} and SAFE in Links(html).text
        assert "\u202e" not in text and not set(text) & {chr(c) for c in range(32)} - {"\n"}
    for code in LANGUAGES:
        page = str(changes_page(hostile, language(code), told, repository=REPOSITORY))
        assert "script" not in Links(page).tags and "<script" not in page and SAFE in Links(page).text


# --- editions, fiction, the page --------------------------------------------------------------------------


def test_fictional_data_say_so_everywhere(demo: View) -> None:
    agency = next(iter(demo.dataset.agencies))
    steps = (Step(COMMITS[0], "2026-11-24T09:00:00Z", (moved(agency, {demo.lead: by(1, 2, evidence=1.0)}),), ()),)
    told = records(demo, steps)
    seen = 0
    for path, text in feeds(demo, told, base=f"{BASE}demo/", repository=REPOSITORY):
        word = language(path.split("/")[1]).t("fictional")
        if path.endswith(".json"):
            found = valid_json(text)
            assert word in found["title"]
            for item in found["items"]:
                assert word in item["title"] and word in item["content_html"] and word in item["content_text"]
                assert item["_hiwar"]["fictional"] is True
                seen += 1
        else:
            read = valid_atom(text)
            assert word in read.feed.title and all(word in e.title for e in read.entries)
    assert seen > 4


def test_nothing_real_is_called_fictional(made: dict[str, str]) -> None:
    assert not [name for name, text in made.items() if language(name.split("/")[1]).t("fictional") in text]


def test_editions_are_told_with_who_rose_and_fell(demo: View) -> None:
    told = records(demo, ())
    assert [r.id for r in told] == [f"edition/{e.id}" for e, _ in reversed(demo.kept)]
    assert [r.date for r in told] == [f"{e.as_of}{MIDNIGHT}" for e, _ in reversed(demo.kept)]
    newest, *_, first = told
    assert newest.kind == "edition" and "rose" in newest.text_en and "rose" not in first.text_en
    assert demo.kept[-2][0].id in newest.text_en and newest.commit is newest.agency is None
    found = dict(feeds(demo, told, base=f"{BASE}demo/", repository=REPOSITORY))
    urls = [item["url"] for item in json.loads(found["feeds/en/changes.json"])["items"]]
    assert urls == [f"{BASE}demo/en/editions/{e.id}/" for e, _ in reversed(demo.kept)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_says_the_same(small: View, told: tuple[Record, ...], code: str) -> None:
    lang = language(code)
    page = Links(str(changes_page(small, lang, told, repository=REPOSITORY)))
    shown = [r for r in told if r.kind != "others"]
    assert all(r.text(lang) in page.text for r in shown) and len(shown) == len(told) - 1
    assert f"../agencies/{FIRST}/#{FIRST}.policy_published" in page.hrefs
    assert f"../../feeds/{code}/changes.atom" in page.hrefs
    for group in small.dataset.peer_groups:
        assert f"../../feeds/{code}/groups/{group.id}.json" in page.hrefs
    assert lang.t("changes_none") in changes_page(small, lang, (), repository=REPOSITORY)


def test_a_name_in_the_other_language_keeps_its_direction(small: View) -> None:
    only = Step(COMMITS[0], "2026-11-24T09:00:00Z", (moved(FIRST, files=("profile",), name=Name(en="Agency")),), ())
    (record,) = records(small, (only,))
    assert record.title_en == "Agency: Profile changed" and record.title_ar == "\u2066Agency\u2069: تغيّر تعريفها"
    assert record.node is None and record.kind == "evidence"
