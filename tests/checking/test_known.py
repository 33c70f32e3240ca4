"""Pages that were right before are not read again, and what is found is the same with and without."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from scoring.checking import Unfit, check_site, fit, known
from scoring.checking.page import Held, read
from scoring.render.cite import SCORES
from scoring.render.policy import HEADERS
from tests.checking.test_check_site import page

COMMIT, OTHER = "a" * 40, "b" * 40


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in (
        HEADERS,
        "index.html",
        "404.html",
        *(f"{code}/{path}index.html" for code in ("en", "ar") for path in ("", "a/")),
    ):
        put(folder, name, page(f"<p>{COMMIT} {COMMIT[:10]}</p>", code="ar" if name.startswith("ar/") else "en"))
    put(folder, SCORES, "agency,score\n")
    return folder


def put(site: Path, name: str, text: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text, "utf-8")


def codes(site: Path, kept: Path | None, varying: Sequence[str] = ()) -> list[str]:
    return [problem.code.partition("-")[0] for problem in check_site(site, "/", kept, varying)]


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were read, one after the other."""
    texts: list[str] = []

    def watched(text: str) -> Held:
        texts.append(text)
        return read(text)

    monkeypatch.setattr(known, "read", watched)
    return texts


def test_what_was_right_is_not_read_again(site: Path, tmp_path: Path, looked_into: list[str]) -> None:
    kept = tmp_path / "build" / "checked.sqlite"
    put(site, "en/index.html", page(f'<a href="a/">{COMMIT}</a>'))
    assert fit(site, "/", COMMIT, kept) == []
    assert len(looked_into) == 6
    assert fit(site, "/", COMMIT, kept) == []
    assert len(looked_into) == 6
    put(site, "en/a/index.html", page("<p>new</p>"))
    assert fit(site, "/", COMMIT, kept) == []
    assert looked_into[6:] == [page("<p>new</p>")]


def test_of_another_commit_or_of_other_scores_it_is_the_same_page(
    site: Path, tmp_path: Path, looked_into: list[str]
) -> None:
    kept = tmp_path / "checked.sqlite"
    fit(site, "/", COMMIT, kept)
    put(site, SCORES, "agency,score\nx,1\n")
    for file in site.rglob("*.html"):
        file.write_text(file.read_text("utf-8").replace(COMMIT, OTHER).replace(COMMIT[:10], OTHER[:10]), "utf-8")
    fit(site, "/", OTHER, kept)
    assert len(looked_into) == 6
    fit(site, "/", COMMIT, kept)  # which no page says
    assert len(looked_into) == 12


BROKEN = [
    ('<a href="gone/">1</a>', "E703"),
    ('<a href="a/#gone">1</a>', "W704"),
    ('<a href="#gone">1</a>', "W704"),
    ('<a href="../en/#gone">1</a>', "W704"),
    ('<p onclick="a()">1</p>', "E708"),
    ("<p>open", "E701"),
]


@pytest.mark.parametrize(("body", "code"), BROKEN)
def test_what_is_wrong_is_found_each_time(site: Path, tmp_path: Path, body: str, code: str) -> None:
    put(site, "en/index.html", page(body))
    plain = check_site(site, "/")
    assert [problem.code[:4] for problem in plain] == [code]
    for _ in range(3):
        assert check_site(site, "/", tmp_path / "checked.sqlite") == plain
    if code.startswith("E"):
        with pytest.raises(Unfit):
            fit(site, "/", COMMIT, tmp_path / "checked.sqlite")


def test_where_a_known_page_leads_is_looked_up_each_time(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "checked.sqlite"
    put(site, "en/index.html", page('<b id="x"></b><a href="a/#b">1</a><a href="../en/#x">2</a><a href="#x">3</a>'))
    put(site, "en/a/index.html", page('<p id="b">1</p>'))
    assert codes(site, kept) == codes(site, kept) == []
    put(site, "en/a/index.html", page('<p id="c">1</p>'))
    assert codes(site, kept) == codes(site, None) == ["W704"]
    (site / "en" / "a" / "index.html").unlink()
    assert codes(site, kept) == codes(site, None) != []


def test_a_page_that_leads_by_a_passing_word_is_not_kept(site: Path, tmp_path: Path, looked_into: list[str]) -> None:
    for commit in (COMMIT, OTHER):
        put(site, f"en/{commit}/index.html", page())
        put(site, f"ar/{commit}/index.html", page(code="ar"))
    for commit in (COMMIT, OTHER):
        put(site, "en/index.html", page(f'<a href="{commit}/">1</a>'))
        assert codes(site, tmp_path / "checked.sqlite", [commit]) == []
    (site / "en" / OTHER / "index.html").unlink()
    assert "E703" in codes(site, tmp_path / "checked.sqlite", [OTHER])


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"SQLite format 3\0" + b"\xff" * 4000])
def test_damage_costs_only_time(site: Path, tmp_path: Path, damage: bytes, looked_into: list[str]) -> None:
    kept = tmp_path / "checked.sqlite"
    assert codes(site, kept) == []
    kept.write_bytes(damage)
    assert codes(site, kept) == []
    assert len(looked_into) == 12
    with sqlite3.connect(kept) as base:
        base.execute("UPDATE kept SET records = substr(records, 1, 20)")
    assert codes(site, kept) == []
    assert len(looked_into) == 18
    (tmp_path / "file").write_text("in the way")
    assert codes(site, tmp_path / "file" / "checked.sqlite") == []


def test_processes_that_work_for_one_know_what_it_kept(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoring.pieces.threading.active_count", lambda: 1)
    monkeypatch.setattr("scoring.checking.site.AT_ONCE", 1)
    assert codes(site, tmp_path / "checked.sqlite") == []

    def forget(_: str) -> Held:
        raise AssertionError("read again")

    monkeypatch.setattr(known, "read", forget)
    assert codes(site, tmp_path / "checked.sqlite") == []
