"""The hand-written pages: the same in both languages where it matters, and an example that would be accepted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from scoring.model import Evidence

ROOT = Path(__file__).parent.parent
PAGES = sorted(p.name for p in (ROOT / "docs/en").glob("*.md"))
LIKENESS = {
    "markers": re.compile(r"^<!-- hiwar:(\w+) -->$", re.M),
    "anchors": re.compile(r"\{#([\w-]+)\}$", re.M),
    "links": re.compile(r"\]\(([^)]+)\)"),
    "code": re.compile(r"```yaml\n.*?```", re.S),
}


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(p.name for p in (ROOT / "docs/ar").glob("*.md")) == PAGES


@pytest.mark.parametrize("feature", LIKENESS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_agree_in_both_languages(page: str, feature: str) -> None:
    english, arabic = (
        LIKENESS[feature].findall((ROOT / "docs" / language / page).read_text("utf-8")) for language in ("en", "ar")
    )
    assert arabic == english


@pytest.mark.parametrize("file", ["CONTRIBUTING.md", "docs/en/contribute.md", "docs/ar/contribute.md"])
def test_the_example_is_accepted(file: str) -> None:
    block = re.search(r"```yaml\n(.*?)```", (ROOT / file).read_text("utf-8"), re.S)
    assert block
    items = TypeAdapter(tuple[Evidence, ...]).validate_python(tuple(yaml.safe_load(block[1])))
    assert [item.source.url for item in items] == ["https://www.exampleton.example/social-media"]


def test_arabic_prose_uses_arabic_punctuation() -> None:
    for page in (ROOT / "docs/ar").glob("*.md"):
        prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
        assert not re.findall(r"[\u0621-\u064a][,;?]", prose), page.name


def test_readme_names_only_files_that_exist() -> None:
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    named = {path for row in rows for path in re.findall(r"`([\w./]+/[\w./]*)`", row)}
    assert len(named) > 8
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_the_frame_says_everything_in_both_languages() -> None:
    """The Arabic settings inherit the English ones, so a word that they lack would be English on Arabic pages."""
    english, arabic = (
        yaml.safe_load((ROOT / name).read_text("utf-8"))["extra"]["words"] for name in ("mkdocs.yml", "mkdocs.ar.yml")
    )
    assert arabic.keys() == english.keys()
    assert all(re.search("[\u0621-\u064a]", text) for text in arabic.values())
