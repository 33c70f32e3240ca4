"""Whole pages made from a data set in which every text is hostile: text stays text."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from scoring.model import Agency, Dataset, Enquiry, Evidence, Profile, Reply
from scoring.render.language import LANGUAGES, language
from scoring.render.pages import fragments, pages
from scoring.render.tables import scores_csv, scores_json
from scoring.render.view import View
from scoring.results import compute, newest_reading
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
MARK = "MARKER"
HOSTILE = f"\"'><script>{MARK}()</script><img src=x onerror={MARK}()> {{{{ 7*7 }}}} {{% x %}} </textarea>]]>"
OURS = re.compile(r"(\.\./)+assets/js/\w+\.js")


def _ours(script: dict[str, str | None]) -> bool:
    """Data, which nothing runs, or a module of the site's own."""
    return script.get("type") == "application/json" or (
        script.keys() == {"type", "src"} and bool(OURS.fullmatch(script["src"] or ""))
    )


class Elements(HTMLParser):
    """Elements and event handlers of a page, except what our own templates write."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" or (tag == "script" and not _ours(dict(attrs))):
            self.foreign.append(tag)
        self.foreign += [name for name, value in attrs if name.startswith("on") and value != "return false"]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def poisoned(dataset: Dataset) -> Dataset:
    """The small fixture with a hostile string in every free text of every agency."""
    agencies = {}
    for id, agency in dataset.agencies.items():
        name: dict[str, Any] = {"name": {"en": HOSTILE, "ar": HOSTILE}, "note": {"en": HOSTILE}, "website": HOSTILE}
        profile = Profile.model_validate(agency.profile.model_dump(exclude_none=True) | name)
        evidence = []
        for item in agency.evidence:
            texts = {"finding": {"en": HOSTILE}, "note": {"ar": HOSTILE}, "stated": HOSTILE, "named": [HOSTILE]}
            source = item.source.model_dump(exclude_none=True) | {"title": HOSTILE, "note": {"en": HOSTILE}}
            old = item.model_dump(exclude_none=True)
            evidence.append(Evidence.model_validate(old | texts | {"source": source, "period": {"label": HOSTILE}}))
        day = max((item.observed for item in agency.evidence), default=date(2026, 1, 1))
        own = {
            "office": {"en": HOSTILE},
            "text": {"ar": HOSTILE},
            "language": "ar",
            "disputes": tuple(item.id for item in evidence),
        }
        reply = Reply.model_validate({"id": f"{id}.r", "received": day, **own})
        asked = {"asked": f"{day}T09:30+03:00", "channel": "x", "language": "ar", "tester": "t1"}
        told = {"segment": HOSTILE[:80], "note": {"en": HOSTILE}}
        enquiry = Enquiry.model_validate({"id": f"{id}.e", **asked, **told})
        agencies[id] = Agency(profile, tuple(evidence), agency.path, (enquiry,), (reply,))
    return Dataset(dataset.methodology, dataset.vocabulary, dataset.peer_groups, agencies)


@pytest.fixture(scope="module")
def hostile() -> View:
    dataset = read_dataset(SMALL).dataset
    assert dataset is not None
    return View(compute(poisoned(dataset), newest_reading(dataset)))


@pytest.mark.parametrize("code", LANGUAGES)
def test_hostile_text_stays_text_on_every_page(hostile: View, code: str) -> None:
    lang = language(code)
    bodies = [p.body for p in pages(hostile, lang, "https://repo.example/edit")] + list(
        fragments(hostile, lang, "https://repo.example/edit/main/data").values()
    )
    shown = 0
    for body in bodies:
        elements = Elements()
        elements.feed(body)
        assert not elements.foreign
        shown += any("{{ 7*7 }}" in text for text in elements.text)
    assert shown > len(hostile.dataset.agencies)  # it was there to be shown, and was


def test_a_new_country_needs_no_dimension_of_ours(hostile: View) -> None:
    assert hostile.lead in {d.id for d in hostile.methodology.dimensions}


def test_data_formats_hold_no_names_that_spreadsheets_run(hostile: View) -> None:
    assert MARK not in scores_csv(hostile) and MARK not in scores_json(hostile)


def test_every_kind_of_page_is_made_once(hostile: View) -> None:
    paths = [p.path for p in pages(hostile, language("en"), "e")]
    assert len(paths) == len(set(paths))
    assert {p.split("/")[0] for p in paths} == {
        "agencies",
        "dimensions",
        "evidence",
        "indicators",
        "questions",
        "rankings",
    }
