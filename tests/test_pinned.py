"""Frozen editions online: to the byte what was frozen, whatever the code of today would make of the same data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scoring.editions import EDITIONS, MEMBERS, PUBLISHED
from scoring.editions.seal import digest, read_members
from scoring.editions.verify import verify
from scoring.model import Dataset
from scoring.problems import format_problems
from scoring.render.language import LANGUAGES

pytestmark = pytest.mark.site
ROOT = Path(__file__).resolve().parent.parent


def test_what_is_online_is_what_was_frozen(site: Path, dataset: Dataset) -> None:
    assert dataset.frozen
    for id in dataset.frozen:
        listed = read_members((ROOT / "data" / EDITIONS / id / MEMBERS).read_bytes(), PUBLISHED)
        online = site / EDITIONS / id
        found = {p.relative_to(online).as_posix(): digest(p.read_bytes()) for p in online.rglob("*") if p.is_file()}
        assert found == listed and len(found) > 1000


def test_pinned_pages_lead_to_files_that_are_there(site: Path, dataset: Dataset) -> None:
    for id in dataset.frozen:
        for code in LANGUAGES:
            page = site / EDITIONS / id / code / "index.html"
            links = set(re.findall(r'href="(\.\./[^"#]+)', page.read_text("utf-8")))
            assert len(links) > 600
            for link in links:
                target = (page.parent / link).resolve()
                assert (target / "index.html" if link.endswith("/") else target).is_file(), link


def test_every_pinned_embed_is_offered_by_the_latest(site: Path, dataset: Dataset) -> None:
    newest = max(dataset.frozen)
    for path in sorted((site / EDITIONS / newest / "embed" / "en").rglob("chart.json"))[::50]:
        latest = (
            site / "embed" / "en" / path.parent.relative_to(site / EDITIONS / newest / "embed" / "en") / "chart.json"
        )
        assert newest in json.loads(latest.read_text("utf-8"))["pinned"]


def test_every_frozen_number_comes_of_its_data_by_the_engine_of_today() -> None:
    """Uncommitted changes of live data are nobody's fault here; what is frozen must hold to the byte."""
    data = ROOT / "data"
    found = [p for p in verify(data) if p.severity == "error" and Path(p.path).is_relative_to(data / EDITIONS)]
    assert not found, format_problems(found[:3], "text", "en")


def test_its_page_is_cited_by_its_own_commit_and_checksum(site: Path, dataset: Dataset) -> None:
    for id, manifest in dataset.frozen.items():
        scores = (site / EDITIONS / id / "data" / "scores.csv").read_bytes()
        for code in LANGUAGES:
            cited = (site / code / "editions" / id / "index.html").read_text("utf-8").split('class="hw-cite"')[1]
            assert manifest.commit in cited and digest(scores) in cited and f"editions/{id}/data/scores.csv" in cited
