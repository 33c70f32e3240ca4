"""What is frozen stays as it was, whatever becomes of data, code and method; and says what it was made of."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from scoring.cli import main
from scoring.cli.site import view_of
from scoring.editions import DATA, FILES, MEMBERS, NUMBERS, EditionError
from scoring.editions.archive import unpack
from scoring.editions.numbers import table
from scoring.editions.seal import digest, read_members
from scoring.method import score as engine
from scoring.model import Manifest
from scoring.render import pinned, tables
from scoring.render.editions import edition_pages
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View
from scoring.results import compute, editions
from scoring.rules import check_dataset
from scoring.source.dataset import read_dataset
from scoring.source.frozen import as_dataset, frozen_datasets, published
from tests.editions.conftest import AGENCY, DAY, ID, TIDES, commit, frozen
from tests.repository import git, rewrite

TODAY = date(2026, 12, 1)


def files(data: Path, id: str = ID) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "editions" / id).iterdir()}


def online(data: Path) -> dict[str, bytes]:
    dataset = read_dataset(data).dataset
    assert dataset is not None
    return dict(published(data, dataset))


def shown(data: Path) -> View:
    dataset = read_dataset(data).dataset
    assert dataset is not None
    return view_of(data, dataset, TODAY)


def test_an_edition_says_what_it_was_made_of(data: Path) -> None:
    assert set(files(data)) == set(FILES)
    manifest = read_dataset(data).dataset.frozen[ID]  # type: ignore[union-attr]
    assert manifest.commit == git(data, "rev-parse", "HEAD~1") and str(manifest.as_of) == DAY
    assert (manifest.counts.agencies, manifest.counts.evidence, manifest.counts.numbers) == (2, 3, 6)
    packed = unpack(files(data)[DATA])
    live = {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*.yml") if "editions" not in p.parts}
    listed = read_members(files(data)[MEMBERS], DATA)
    assert packed == live and listed == {path: digest(content) for path, content in live.items()}
    assert {(AGENCY, "index"), (AGENCY, "promise")} <= set(table(files(data)[NUMBERS]))
    assert check_dataset(read_dataset(data), TODAY) == ()


def test_checksums_are_those_of_sha256sum(data: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"], cwd=data / "editions" / ID, check=True
    )
    assert done.returncode == 0


def test_the_same_commit_gives_the_same_bytes(data: Path) -> None:
    before = files(data)
    git(data, "reset", "-q", "--hard", "HEAD~1")
    (data / "vocabulary.yml").touch()
    assert not (data / "editions").exists() and frozen(data) == 0
    again = files(data)
    (data / "vocabulary.yml").touch()
    shutil.rmtree(data / "editions")
    assert frozen(data) == 0 and files(data) == again
    assert all(again[name] == before[name] for name in (DATA, NUMBERS))


def test_nothing_that_happens_on_main_changes_what_is_online(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, pages = online(data), files(data)
    numbers = {a: shown(data).editions[0][1].node(AGENCY, a).score for a in ("index", "talk", "promise")}
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    rewrite(data / "methodology.yml", "version: '0.1'", "version: '9.9'")
    rewrite(
        data / "methodology.yml",
        "      best: 2\n      because: {en: The scale's own ends",
        "      best: 1\n      because: {en: The scale's own ends",
    )
    commit(data, "Data and method")
    monkeypatch.setattr(tables, "DIGITS", 1)
    monkeypatch.setattr(pinned, "embeds", lambda *_: [("embed/en/readiness/index.html", "other")])
    now = shown(data)
    assert now.node(AGENCY, "talk").score != numbers["talk"]
    assert {a: now.editions[0][1].node(AGENCY, a).score for a in numbers} == numbers
    monkeypatch.setattr(engine, "SEEN", ())
    assert online(data) == before and files(data) == pages
    wanted = ("index.html", "ar/index.html", "embed/ar/readiness/index.html", f"embed/en/card/{AGENCY}/chart.json")
    assert {f"editions/{ID}/{path}" for path in (*wanted, "data/scores.csv", "data/scores.parquet")} <= set(before)


def test_frozen_data_are_read_only_where_todays_differ(data: Path) -> None:
    dataset = read_dataset(data).dataset
    assert dataset is not None and frozen_datasets(data, dataset)[ID] is dataset
    now = compute(dataset, date.fromisoformat(DAY))
    assert editions(now, frozen_datasets(data, dataset))[0] is now
    rewrite(data / TIDES / "profile.yml", "# Fictional.", "# Fictional")
    dataset = read_dataset(data).dataset
    assert dataset is not None
    own = frozen_datasets(data, dataset)[ID]
    assert own is not dataset and own.agencies == dataset.agencies
    with pytest.raises(KeyError):
        editions(now)


def test_data_that_todays_reader_does_not_understand_are_told(data: Path) -> None:
    packed = unpack(files(data)[DATA]) | {"methodology.yml": b"version: 1\n"}
    with pytest.raises(EditionError, match=r"methodology\.yml:1 E2"):
        as_dataset(packed, ID)


# --- what is refused --------------------------------------------------------------------------------------


def refused(data: Path, capsys: pytest.CaptureFixture[str], *arguments: str, says: str) -> None:
    before = sorted(data.rglob("*"))
    assert main(["freeze", *arguments, "--data", str(data)]) == 1
    error = capsys.readouterr().err
    assert says in error and any("\u0600" < c < "\u06ff" for c in error), error
    assert sorted(data.rglob("*")) == before


@pytest.mark.parametrize("id", ["2026 11", "../x", "A", "", "x" * 90, ".x"])
def test_an_id_that_is_none_is_refused(data: Path, id: str, capsys: pytest.CaptureFixture[str]) -> None:
    refused(data, capsys, id, "--as-of", DAY, says="id must be")


def test_an_edition_is_frozen_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(data, capsys, ID, "--as-of", DAY, says="already")
    refused(data, capsys, ID, "--as-of", "2026-01-01", says="already")


def test_a_day_to_come_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(data, capsys, "x", "--as-of", "2999-01-01", says="a day that was")


def test_what_git_does_not_hold_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extra = data / "agencies/qa/qa-harbour-office/evidence.yml"
    shutil.copy(data / TIDES / "evidence.yml", extra)
    rewrite(extra, "id: qa-mot", "id: qa-harbour")
    refused(data, capsys, "2026-12", "--as-of", DAY, says="E605-unknown")
    extra.unlink()
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    refused(data, capsys, "2026-12", "--as-of", DAY, says="commit these changes")
    shutil.rmtree(data.parent / ".git")
    refused(data, capsys, "2026-12", "--as-of", DAY, says="no git repository")


def test_data_with_errors_are_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(data / TIDES / "evidence.yml", "code: measured_response", "code: unheard_of")
    commit(data, "Broken")
    refused(data, capsys, "2026-12", "--as-of", DAY, says="E310-unknown-reference")


ABOUT = (
    "name:\n  en: Small\n  ar: صغير\nnote:\n  en: A fixture.\n  ar: مثال.\nfictional: true\n"
    "editions:\n  - id: 2026-12\n    as_of: 2026-11-22\n"
)


def test_what_about_yml_says_must_agree(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "about.yml").write_text(ABOUT, encoding="utf-8")
    commit(data, "About")
    refused(data, capsys, "2026-12", "--as-of", "2026-11-21", says="about.yml lists")
    (data / "methods").mkdir()
    shutil.copy(data / "methodology.yml", data / "methods/2026-12.yml")
    commit(data, "Method")
    refused(data, capsys, "2026-12", "--as-of", "2026-11-22", says="method of its own")
    shutil.rmtree(data / "methods")
    commit(data, "No method")
    assert frozen(data, "2026-12") == 0 and "fictional" in online(data)["editions/2026-12/data/scores.csv"].decode()
    dataset = read_dataset(data).dataset
    assert dataset is not None and [edition.id for edition in dataset.editions] == ["2026-11", "2026-12"]


def test_evidence_that_was_read_later_is_left_out(data: Path) -> None:
    assert frozen(data, "2020-01", "2020-01-01") == 0
    assert table(files(data, "2020-01")[NUMBERS]) == {}
    manifest = read_dataset(data).dataset.frozen["2020-01"]  # type: ignore[union-attr]
    assert manifest.counts.evidence == 0 and isinstance(manifest, Manifest)


# --- what hiwar check says --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_check_fails_where_a_frozen_file_was_altered(data: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = data / "editions" / ID / name
    whole = path.read_bytes()
    path.write_bytes(whole[:20] + bytes([whole[20] ^ 1]) + whole[21:])
    assert main(["check", "--data", str(data)]) == 1
    assert f"{path.as_posix()}:1:1: E228-frozen" in capsys.readouterr().out
    path.unlink()
    assert main(["check", "--data", str(data)]) == 1
    assert "E224-missing-file" in capsys.readouterr().out


# --- pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_show_what_was_frozen_what_was_wrong_and_todays_method(later: Path, code: str) -> None:
    view, lang = shown(later), language(code)
    pages = {page.path: page for page in edition_pages(view, lang)}
    assert set(pages) == {f"editions/{ID}/{end}" for end in ("", "rules/", "rescored/", "rescored/rules/")}
    first, again = str(pages[f"editions/{ID}/"].body), str(pages[f"editions/{ID}/rescored/"].body)
    assert '<strong data-slot="score">100.0</strong>' in first and f'href="../../editions/{ID}/rescored/"' in first
    assert lang.t("corrected_title") in first and f"card/{AGENCY}" in first and "2026-11.c02" in first
    assert lang.t("rescored_explained") in again and f'href="../../../editions/{ID}/"' in again and "0.2" in again
    assert lang.t("corrected_title") not in again
    rules = str(pages[f"editions/{ID}/rules/"].body)
    assert "2026-11.c02" in rules and "2026-11.c01" not in rules, "the first changed nothing of this league"


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_agency_that_is_gone_keeps_its_place_and_name(data: Path, code: str) -> None:
    shutil.copytree(data / TIDES, data / "agencies/qa/qa-light-office")
    for name in ("profile.yml", "evidence.yml"):
        path = data / "agencies/qa/qa-light-office" / name
        text = path.read_text("utf-8").replace(AGENCY, "qa-light-office").replace("qa-mot.", "qa-light.")
        path.write_text(
            text.replace("tides.example", "light.example")
            .replace("tides", "light")
            .replace("sector: light", "sector: tides"),
            "utf-8",
        )
    rewrite(data / "agencies/qa/qa-harbour-office/profile.yml", f"parent: {AGENCY}\n", "")
    shutil.rmtree(data / TIDES)
    commit(data, "Gone")
    view, lang = shown(data), language(code)
    assert AGENCY not in view.dataset.agencies
    body = str(next(iter(edition_pages(view, lang))).body)
    assert escape(lang.t("rescored_same")) in body and f"agencies/{AGENCY}/" not in body and "MoT" in body
    assert frozen(data, "2026-12") == 0
    assert "qa-light-office" in shown(data).shifts[0], "an agency that is new has no edition before"


def test_a_new_dimension_in_the_method_does_no_harm(data: Path) -> None:
    text = (data / "methodology.yml").read_text("utf-8")
    (data / "methodology.yml").write_text(text.replace("- id: rules\n  code: U", "- id: laws\n  code: U"), "utf-8")
    commit(data, "Renamed")
    assert frozen(data, "2026-12") == 0
    commit(data, "Edition")
    view = shown(data)
    paths = [page.path for page in edition_pages(view, language("en"))]
    assert "editions/2026-11/rules/" in paths and "editions/2026-12/laws/" in paths
    assert "editions/2026-11/rescored/laws/" in paths
    assert view.shifts[0][AGENCY].scores["laws"].old is None
