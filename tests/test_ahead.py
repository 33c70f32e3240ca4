"""Pages of agencies whose files were just saved: made before the site, and shown before it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.request import urlopen

import pytest

from scoring.ahead import Ahead, clear
from scoring.publish import Published, write_site
from scoring.serve import FEW, rebuilding, when
from tests.built import HOME, ROOT, small, tree
from tests.serving import served

DATA = ROOT / "tests/fixtures/small"


def test_pages_ahead_are_those_of_the_site(tmp_path: Path) -> None:
    view, built = small(tmp_path / "mkdocs")
    one, *others = view.dataset.agencies
    ahead = Ahead(tmp_path / "ahead", [one])
    write_site(Published(view, ahead=ahead), built, HOME, tmp_path / "site")
    made, site = tree(ahead.folder), tree(tmp_path / "site")
    assert {f"en/agencies/{one}/index.html", f"ar/agencies/{one}/index.html", f"embed/en/card/{one}/index.html"} <= set(
        made
    )
    assert made.items() <= site.items()
    assert not [path for path in made if set(path.split("/")) & set(others)]


def test_they_are_there_before_the_site_is_and_leave_it_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view, built = small(tmp_path / "mkdocs")
    folder, site = tmp_path / "ahead", tmp_path / "site"
    write_site(Published(view), built, HOME, site)
    before = tree(site)

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("scoring.publish.at_once", fail)
    with pytest.raises(OSError, match="disk is full"):
        write_site(Published(view, ahead=Ahead(folder, list(view.dataset.agencies)[:1])), built, HOME, site)
    assert tree(folder)
    assert tree(site) == before
    clear(folder)
    assert not folder.exists()


def test_files_belong_to_the_agency_whose_folder_they_are_in(tmp_path: Path) -> None:
    view, _ = small(tmp_path / "mkdocs")
    (id, agency), *_others = view.dataset.agencies.items()
    of = DATA / agency.path

    def ahead(*saved: Path) -> list[str]:
        return list(Ahead.of(tmp_path, saved, DATA, view.dataset).agencies)

    assert ahead(of / "evidence.yml", of / "samples" / "x.csv") == [id]
    assert ahead(Path(os.path.relpath(of / "profile.yml"))) == [id]
    assert ahead(of.parent / "evidence.yml", DATA / "methodology.yml", ROOT / "docs/en/index.md") == []


def test_what_is_ahead_is_served_in_stead_of_the_site(tmp_path: Path) -> None:
    site, ahead = tmp_path / "site", tmp_path / "ahead"
    for folder, said in ((site, "old"), (ahead, "new")):
        for page in ("one", "two") if folder == site else ("one",):
            (folder / page).mkdir(parents=True)
            (folder / page / "index.html").write_text(f"{said} {page}")
            (folder / page / "chart.svg").write_text(f"{said} chart of {page}")
    with served(site, ahead) as address:

        def read(path: str) -> str:
            with urlopen(f"{address}/{path}") as answer:
                return str(answer.read().decode())

        shown = ("one/", "one", "one/index.html", "one/chart.svg", "two/", "two/chart.svg")
        newer = [read(path) for path in shown]
        clear(ahead)
        assert newer == ["new one", "new one", "new one", "new chart of one", "old two", "old chart of two"]
        assert [read(path) for path in shown[:3]] == ["old one"] * 3


def test_a_build_is_told_what_was_saved_unless_that_is_much(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    files = [tmp_path / "deep" / f"{n}.yml" for n in range(FEW + 1)]
    for file in files:
        file.write_text("a: 1\n")
    told: list[list[Path]] = []
    seen = rebuilding([tmp_path], when([tmp_path]), told.append)
    assert told == []
    os.utime(files[3], (1, 1))  # also where an older file takes its place
    seen = rebuilding([tmp_path], seen, told.append)
    files[4].unlink()
    seen = rebuilding([tmp_path], seen, told.append)
    for file in files[5:]:
        os.utime(file, (2, 2))
    files[4].write_text("a: 2\n")
    seen = rebuilding([tmp_path], seen, told.append)
    for file in files:
        os.utime(file, (3, 3))
    assert rebuilding([tmp_path], seen, told.append) == when([tmp_path])
    assert [sorted(saved) for saved in told] == [[files[3]], [], sorted(files[4:]), []]
