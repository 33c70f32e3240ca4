"""A site made with what earlier builds kept is the one that is made without, byte for byte."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from scoring import publish
from scoring.cli import main, publishing, site
from scoring.publish import Frozen, Published, write_site
from scoring.replacing import NotReplaced
from scoring.unchanged import Standing, remember, standing
from tests.built import HOME, ROOT, small, tree

SMALL = ROOT / "tests/fixtures/small"
ABOUT = "name: {en: Small, ar: صغير}\nfictional: true\nnote: {en: Made up., ar: مختلق.}\n"


class Builds:
    """Builds of a small data set with a demonstration, and what they keep."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.data, self.example = folder, folder / "data", folder / "example"
        self.demonstrations = 0
        for place in (self.data, self.example):
            shutil.copytree(SMALL, place)
        (self.example / "about.yml").write_text(ABOUT, encoding="utf-8")
        _, built = small(folder / "mkdocs")
        real = publish._write_demo

        def counted(*given: object) -> int:
            self.demonstrations += 1
            return real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(publish, "_write_demo", counted)
        monkeypatch.setattr("scoring.shells.Shells", lambda *_: built)
        monkeypatch.setattr(publishing, "EXAMPLE", self.example)
        monkeypatch.setattr(publishing, "STANDING", folder / "kept/standing.json")
        monkeypatch.setattr(site, "KEPT", folder / "kept/read.sqlite")
        monkeypatch.setattr(publish, "CHECKED", folder / "kept/checked.sqlite")

    def made(self, name: str, *options: str) -> dict[str, str]:
        """Every file of the site that a build made at a folder."""
        to = self.folder / name
        assert main(["build", "--data", str(self.data), "--to", str(to), "--without-pictures", *options]) == 0
        return tree(to)

    def edit(self, data: Path) -> None:
        """The ministry promises no more replies."""
        file = data / "agencies/qa/qa-ministry-of-tides/evidence.yml"
        told = file.read_text("utf-8")
        assert "value: time-bound" in told
        file.write_text(told.replace("value: time-bound", "value: refuses"), encoding="utf-8")


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    return Builds(tmp_path, monkeypatch)


def test_what_is_kept_changes_no_byte_of_the_site(builds: Builds) -> None:
    first = builds.made("site")
    builds.edit(builds.data)
    edited = builds.made("site")
    assert builds.demonstrations == 1 and edited != first
    shutil.rmtree(builds.folder / "kept")
    assert builds.made("again") == edited and builds.demonstrations == 2


def test_a_demonstration_is_made_again_once_anything_of_it_changed(builds: Builds) -> None:
    first = builds.made("site")
    builds.edit(builds.example)
    edited = builds.made("site")
    assert builds.demonstrations == 2 and edited != first
    page = builds.folder / "site/demo/index.html"
    page.unlink()
    page.write_text("what somebody else wrote", encoding="utf-8")
    builds.edit(builds.data)
    assert tree(builds.folder / "site") != edited
    assert builds.made("site")["demo/index.html"] == edited["demo/index.html"]
    assert builds.made("site", "--afresh")["demo/index.html"] == edited["demo/index.html"]
    assert builds.demonstrations == 4


def test_a_demonstration_is_made_again_for_another_day(builds: Builds) -> None:
    builds.made("site")
    builds.made("site", "--as-of", "2026-11-21")
    assert builds.demonstrations == 2


FROZEN = {"editions/2026-01/data/scores.csv": b"agency,score\r\n", "editions/2026-01/embed/en/a/index.html": b"<p>a"}


def test_frozen_editions_that_stand_are_the_ones_that_are_unpacked(tmp_path: Path) -> None:
    view, built = small(tmp_path / "mkdocs")
    target, kept = tmp_path / "site", tmp_path / "standing.json"
    sums = {path: hashlib.sha256(content).hexdigest() for path, content in FROZEN.items()}

    def published(files: Iterable[tuple[str, bytes]] | Standing) -> dict[str, str]:
        write_site(Published(view, frozen=Frozen(sums, files)), built, HOME, target)
        return tree(target)

    unpacked = published(FROZEN.items())
    assert sums.items() <= unpacked.items()
    remember(kept, {target / "editions": "x"})
    found = standing(kept, target / "editions", "x")
    assert found is not None and published(found) == unpacked
    (target / "editions/2026-01/data/scores.csv").unlink()
    with pytest.raises(NotReplaced):
        published(found)
    assert tree(target).keys() == unpacked.keys() - {"editions/2026-01/data/scores.csv"}, "what stood still stands"
