"""A site that a build would make again is left as it stands; whatever a build is made of makes it work again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.home import Home
from scoring.unchanged import again, fingerprint, remember, stands

ASKED = {"as_of": "None"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    for name in ("data/agencies/qa/a/profile.yml", "docs/en/index.md", "benchmark.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return Home(tmp_path, tmp_path)


def of(home: Home, **asked: str) -> str:
    return fingerprint(home, [home.data], ASKED | asked)


def _write(name: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_text(text)


@pytest.mark.parametrize(
    "change",
    [
        _write("data/agencies/qa/a/profile.yml", "other"),
        _write("data/agencies/qa/a/evidence.yml", ""),
        _write("docs/en/index.md", "other"),
        _write("benchmark.yml", "other"),
        lambda root: (root / "data/agencies/qa/a/profile.yml").unlink(),
        lambda root: (root / "data/agencies/qa/a").rename(root / "data/agencies/qa/b"),
        lambda root: (root / "data/agencies/qa/a/profile.yml").chmod(0o755),
    ],
)
def test_whatever_a_build_is_made_of_is_in_its_fingerprint(home: Home, change: Callable[[Path], object]) -> None:
    before = of(home)
    change(home.root)
    assert of(home) != before


def test_what_is_asked_is_in_it_and_the_time_of_day_is_not(home: Home) -> None:
    before = of(home)
    os.utime(home.data / "agencies/qa/a/profile.yml", (1, 1))
    assert of(home) == before
    assert of(home, as_of="2026-01-01") != before


def test_a_site_stands_until_it_or_what_it_is_made_of_changes(tmp_path: Path) -> None:
    site, kept = tmp_path / "site", tmp_path / "build" / "standing.json"
    site.mkdir()
    (site / "index.html").write_text("a")
    assert not stands(kept, site, "x")
    remember(kept, site, "x")
    remember(kept, tmp_path / "another", "y")
    assert stands(kept, site, "x") and not stands(kept, site, "y")
    (site / "index.html").write_text("ab")
    assert not stands(kept, site, "x")


@pytest.mark.parametrize("damaged", ["", "[]", '{"a"', "\0"])
def test_what_is_damaged_only_costs_a_build(tmp_path: Path, damaged: str) -> None:
    kept = tmp_path / "standing.json"
    kept.write_text(damaged)
    assert not stands(kept, tmp_path, "x")
    remember(kept, tmp_path / "site", "x")
    assert stands(kept, tmp_path / "site", "x")


@pytest.mark.parametrize("links", [True, False])
def test_what_is_there_again_is_the_same_and_known(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    if not links:
        monkeypatch.setattr("scoring.unchanged.os.link", refused)
    kept, old, new = tmp_path / "standing.json", tmp_path / "old", tmp_path / "new"
    (old / "a").mkdir(parents=True)
    (old / "a" / "page.html").write_text("a page")
    again(old, new)
    assert (new / "a" / "page.html").samefile(old / "a" / "page.html") == links
    remember(kept, old, "x")
    shutil.rmtree(old)
    new.rename(old)
    assert stands(kept, old, "x") and (old / "a" / "page.html").read_text() == "a page"
