"""A site that a build would make again is left as it stands; whatever a build is made of makes it work again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.home import Home
from scoring.replacing import NotReplaced
from scoring.unchanged import Standing, again, fingerprint, remember, seen, standing, survey

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
    assert not standing(kept, site, "x")
    remember(kept, {site: "x"})
    remember(kept, {tmp_path / "another": "y"})
    assert standing(kept, site, "x") and not standing(kept, site, "y")
    (site / "index.html").write_text("ab")
    assert not standing(kept, site, "x")


@pytest.mark.parametrize("damaged", ["", "[]", '{"a"', "\0"])
def test_what_is_damaged_only_costs_a_build(tmp_path: Path, damaged: str) -> None:
    kept = tmp_path / "standing.json"
    kept.write_text(damaged)
    assert not standing(kept, tmp_path, "x")
    remember(kept, {tmp_path / "site": "x"})
    assert standing(kept, tmp_path / "site", "x")


def test_what_cannot_be_kept_only_costs_a_build(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("no folder")
    remember(tmp_path / "build/standing.json", {tmp_path: "x"})
    assert not standing(tmp_path / "build/standing.json", tmp_path, "x")


def test_what_cannot_be_kept_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", refused)
    remember(tmp_path / "build/standing.json", {tmp_path: "x"})
    assert not any((tmp_path / "build").iterdir())


def test_what_is_surveyed_at_once_is_what_each_look_tells(home: Home) -> None:
    site = home.root / "site"
    site.mkdir()
    (site / "index.html").write_text("a")
    before, made_of, listed = survey(home, [home.data], ASKED, site)
    assert (before, made_of) == (seen(home, [home.data]), of(home))
    remember(home.root / "standing.json", {site: made_of})
    assert standing(home.root / "standing.json", site, made_of, listed)
    assert not standing(home.root / "standing.json", site, made_of, "otherwise")


def test_what_is_changed_to_and_fro_is_seen(home: Home) -> None:
    before, file = seen(home, [home.data]), home.data / "agencies/qa/a/profile.yml"
    told, text = of(home), file.read_text()
    file.write_text("other")
    os.utime(file, (1, 1))
    file.write_text(text)
    assert of(home) == told and seen(home, [home.data]) != before


def test_what_is_moved_away_and_back_is_seen(home: Home) -> None:
    before, file = seen(home, [home.data]), home.data / "agencies/qa/a/profile.yml"
    file.rename(home.root / "away.yml")
    file.write_text("other")
    (home.root / "away.yml").rename(file)  # with its size, its time, and itself
    assert seen(home, [home.data]) != before


def test_what_a_link_leads_to_is_seen(home: Home) -> None:
    (home.root / "elsewhere.md").write_text("one")
    (home.root / "docs/en/linked.md").symlink_to(home.root / "elsewhere.md")
    before = seen(home, [home.data])
    (home.root / "elsewhere.md").write_text("other")
    assert seen(home, [home.data]) != before


def test_what_a_link_leads_to_is_in_the_fingerprint(home: Home) -> None:
    (home.root / "elsewhere.md").write_text("one")
    (home.root / "docs/en/linked.md").symlink_to(home.root / "elsewhere.md")
    before = of(home)
    (home.root / "elsewhere.md").write_text("two")
    assert of(home) != before


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
    (old / "a" / "link.html").symlink_to(old / "a" / "page.html")  # nothing of ours
    remember(kept, {old: "x"})
    found = standing(kept, old, "x")
    assert found is not None
    again(found, new)
    assert (new / "a" / "page.html").samefile(old / "a" / "page.html") == links
    assert [path.name for path in (new / "a").iterdir()] == ["page.html"]
    shutil.rmtree(old)
    new.rename(old)
    assert standing(kept, old, "x") == found and (old / "a" / "page.html").read_text() == "a page"


def test_what_was_changed_since_it_was_found_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "page.html").write_text("a page")
    with pytest.raises(NotReplaced):
        again(Standing(tmp_path / "old", "as it was"), tmp_path / "new")
