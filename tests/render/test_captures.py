"""What is kept of a source is shown with its evidence, and what strangers wrote there stays text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scoring.model import Evidence
from scoring.render.language import LANGUAGES, language
from scoring.render.pages import pages
from scoring.render.view import View
from scoring.results import compute, newest_reading
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
HASH = "0bec20d78ff659b36028f67038e5b5eb94f25c5e44c0d239203599c12671215e"
DATES = {"en": "20 November 2026", "ar": "20 نوفمبر 2026"}


def profile_page(code: str, **kept: str) -> str:
    """The profile of an agency, one of whose items has these lines."""
    dataset = read_dataset(SMALL).dataset
    assert dataset is not None
    agency = next(agency for agency in dataset.agencies.values() if agency.evidence)
    first, *others = agency.evidence
    item = Evidence.model_validate(first.model_dump(exclude_none=True) | kept)
    agencies = dataset.agencies | {agency.profile.id: replace(agency, evidence=(item, *others))}
    dataset = replace(dataset, agencies=agencies)
    view = View(compute(dataset, newest_reading(dataset)))
    return next(p.body for p in pages(view, language(code), "e") if p.path.startswith(f"agencies/{agency.profile.id}"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_capture_is_shown_with_its_day_and_checksum(code: str) -> None:
    body = profile_page(code, sha256=HASH, captured_at="2026-11-20T23:30+03:00", method="pdf")
    assert f"SHA-256 <code>{HASH[:12]}…</code>" in body and DATES[code] in body
    assert f'title="{HASH}"' in body and language(code).t("capture_pdf") in body


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_archived_copy_is_linked_as_strangers_pages_are(code: str) -> None:
    copy = "https://archive.example/1?a=1&b=2"
    link = f'<a href="{copy.replace("&", "&amp;")}" rel="nofollow noopener external">'
    assert link + language(code).t("archived_copy") in profile_page(code, archived=copy)
    assert language(code).t("archived_copy") not in profile_page(code)


def test_an_archived_copy_cannot_leave_its_attribute() -> None:
    body = profile_page("en", archived='"><script>MARK()</script>')
    assert "<script>MARK" not in body and "&lt;script&gt;MARK" in body


def test_both_languages_have_the_same_words_in_the_same_order() -> None:
    assert list(language("ar").words) == list(language("en").words)
