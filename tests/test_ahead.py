"""Pages of agencies whose files were just saved: made before the site, and shown before it."""

from __future__ import annotations

import os
import sys
import time
from email.utils import formatdate
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from scoring.ahead import Ahead, clear
from scoring.cli.publishing import Building
from scoring.publish import Published, write_site
from scoring.serve import FEW, Watch, changed_at
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


def test_where_no_agency_is_meant_nothing_is_ahead(tmp_path: Path) -> None:
    view, built = small(tmp_path / "mkdocs")
    (tmp_path / "ahead" / "en").mkdir(parents=True)
    write_site(Published(view, ahead=Ahead(tmp_path / "ahead", [])), built, HOME, tmp_path / "site")
    assert tree(tmp_path / "ahead") == {}


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
        later = {"If-Modified-Since": formatdate(time.time() + 60, usegmt=True)}  # as a browser that saw what was ahead
        clear(ahead)
        assert newer == ["new one", "new one", "new one", "new chart of one", "old two", "old chart of two"]
        assert [read(path) for path in shown[:3]] == ["old one"] * 3
        with urlopen(Request(f"{address}/one/", headers=later)) as answer:
            assert answer.status == 200 and answer.read() == b"old one"


class Doing:
    """A build that works until it is told to end."""

    def __init__(self, saved: list[Path]) -> None:
        self.saved, self.done, self.stopped = saved, False, False

    def ended(self) -> bool:
        return self.done

    def stop(self) -> None:
        self.stopped = True


def test_a_build_is_told_what_was_saved_since_the_last_one_ended(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    files = [tmp_path / "deep" / f"{n}.yml" for n in range(FEW + 1)]
    for file in files:
        file.write_text("a: 1\n")
    builds: list[Doing] = []

    def begin(saved: list[Path]) -> Doing:
        builds.append(Doing(saved))
        return builds[-1]

    ahead = tmp_path / "ahead"
    ahead.mkdir()  # as a server that was killed leaves it
    watch = Watch([tmp_path / "deep"], ahead, begin)
    assert not ahead.exists()
    (tmp_path / "deep" / ".5.yml.swp").write_text("what an editor keeps for itself")
    (tmp_path / "deep" / "5.yml~").write_text("likewise")
    watch.look()
    assert builds == []
    os.utime(files[3], (1, 1))  # also where an older file takes its place
    watch.look()
    watch.look()
    assert [build.saved for build in builds] == [[files[3]]]
    files[4].unlink()
    os.utime(files[5], (2, 2))
    ahead.mkdir()
    watch.look()  # while the first is at work: it is stopped, and what it was told is told again
    assert builds[0].stopped and builds[1].saved == [files[3], files[5]]
    assert ahead.exists()
    builds[1].done = True
    watch.look()
    assert not ahead.exists()
    os.utime(files[6], (1, 1))
    watch.look()
    assert not builds[1].stopped and builds[2].saved == [files[6]]
    ahead.mkdir()
    files[4].write_text("a: 1\n")
    for file in files:
        os.utime(file, (3, 3))
    watch.look()
    assert builds[2].stopped and builds[3].saved == []  # another branch, say
    assert not ahead.exists()
    os.utime(files[7], (4, 4))
    watch.look()
    assert builds[4].saved == [files[7]]
    watch.stop()
    assert builds[4].stopped and len(builds) == 5


def test_files_and_folders_that_go_while_they_are_looked_at_end_nothing(tmp_path: Path) -> None:
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    (tmp_path / "a.yml").write_text("a: 1\n")
    assert list(changed_at([tmp_path, tmp_path / "gone"])) == [str(tmp_path / "a.yml")]


def test_stopping_a_build_ends_all_that_work_for_it(tmp_path: Path) -> None:
    said = tmp_path / "said"
    helper = f"import time; open({str(said)!r}, 'w').close(); time.sleep(1); open({str(said)!r} + '2', 'w').close()"
    command = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {helper!r}])"
    building = Building([sys.executable, "-c", command])
    end = time.monotonic() + 20
    while not said.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert said.exists() and not building.ended()
    building.stop()
    assert building.ended()
    time.sleep(1.2)
    assert not said.with_name("said2").exists()
