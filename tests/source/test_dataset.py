"""The data folder: what is read, and what has no place in it."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from scoring.rules import check_dataset
from scoring.source.dataset import Reading, read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures/small"
TIDES = "agencies/qa/qa-ministry-of-tides"
TODAY = date(2026, 11, 23)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small data folder, to be spoiled."""
    return Path(shutil.copytree(SMALL, tmp_path / "data"))


def _found(reading: Reading) -> list[tuple[str, str, int, int]]:
    return [(p.code[:4], Path(p.path).name, p.line, p.column) for p in reading.problems]


def test_a_clean_folder_is_read(data: Path) -> None:
    reading = read_dataset(data)
    assert reading.ok
    assert reading.dataset is not None
    assert list(reading.dataset.agencies) == ["qa-harbour-office", "qa-ministry-of-tides"]
    tides = reading.dataset.agencies["qa-ministry-of-tides"]
    assert tides.path == TIDES
    assert [item.id for item in tides.evidence] == [
        "qa-mot.policy_published", "qa-mot.reply_commitment", "qa-mot.measured_response",
    ]  # fmt: skip
    assert tides.profile.accounts[0].since == "2015-03"
    assert tides.evidence[2].source.published == "2025"


def test_a_country_called_no_stays_text(data: Path) -> None:
    shutil.move(data / "agencies/qa/qa-harbour-office", data / "agencies/no/qa-harbour-office")
    profile = data / "agencies/no/qa-harbour-office/profile.yml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("country: QA", "country: NO"), encoding="utf-8")
    reading = read_dataset(data)
    assert reading.ok
    assert reading.dataset is not None
    assert reading.dataset.agencies["qa-harbour-office"].profile.country == "NO"


def test_a_bad_file_hides_nothing_in_others(data: Path) -> None:
    (data / "agencies/qa/qa-harbour-office/profile.yml").write_text("a: [\n")
    evidence = data / TIDES / "evidence.yml"
    text = evidence.read_text(encoding="utf-8")
    evidence.write_text(text.replace("strength: C", "strength: E").replace("value: 0.8", "value: 8"), "utf-8")
    reading = read_dataset(data)
    assert [row[:2] for row in _found(reading)] == [("E120", "profile.yml"), ("E204", "evidence.yml")]
    codes = [p.code[:4] for p in check_dataset(reading, TODAY)]
    assert codes == ["E120", "E204", "E334"]  # rules run on whatever is valid, with the right line
    assert [p.line for p in check_dataset(reading, TODAY)][2] == 31
    assert not reading.ok
    assert reading.dataset is not None
    assert list(reading.dataset.agencies) == ["qa-ministry-of-tides"]


def test_evidence_may_come_in_several_files(data: Path) -> None:
    folder = data / TIDES
    text = (folder / "evidence.yml").read_text("utf-8")
    head, *items = text.split("- id: ")
    (folder / "evidence.yml").write_text(head + "- id: " + items[0], "utf-8")
    (folder / "evidence-2026-11-22-reader.yml").write_text("- id: " + "- id: ".join(items[1:]), "utf-8")
    before, after = read_dataset(SMALL).dataset, read_dataset(data).dataset
    assert before is not None and after is not None and read_dataset(data).ok
    assert after.agencies["qa-ministry-of-tides"] == before.agencies["qa-ministry-of-tides"]
    (folder / "evidence-2026-11-22-reader.yml").write_text(text, "utf-8")
    twice = check_dataset(read_dataset(data), TODAY)
    assert {(p.code, Path(p.path).name) for p in twice} == {("E303-duplicate-id", "evidence-2026-11-22-reader.yml")}


@pytest.mark.parametrize(
    "name", ["evidence-.yml", "evidence-A.yml", "evidence.x.yml", "profile-2.yml", "evidence-a.yaml"]
)
def test_other_names_are_refused(data: Path, name: str) -> None:
    (data / TIDES / name).write_text("[]\n", "utf-8")
    assert [row[:2] for row in _found(read_dataset(data))] == [("E222", name)]


def test_no_method_no_dataset(data: Path) -> None:
    (data / "methodology.yml").unlink()
    reading = read_dataset(data)
    assert reading.dataset is None
    assert _found(reading) == [("E224", "methodology.yml", 1, 1)]
    assert check_dataset(reading, TODAY) == reading.problems


def test_no_folder_at_all(tmp_path: Path) -> None:
    reading = read_dataset(tmp_path / "nowhere")
    assert reading.dataset is None
    assert [row[0] for row in _found(reading)] == ["E224", "E224", "E224"]


def test_links_are_refused(data: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("id: secret\n")
    (data / TIDES / "evidence.yml").unlink()
    (data / TIDES / "evidence.yml").symlink_to(outside)
    (data / "agencies/sa").symlink_to(tmp_path)
    (data / "vocabulary.yml").unlink()
    (data / "vocabulary.yml").symlink_to(outside)
    reading = read_dataset(data)
    assert [row[:2] for row in _found(reading)] == [
        ("E221", "evidence.yml"), ("E221", "sa"), ("E221", "vocabulary.yml"),
    ]  # fmt: skip
    assert "secret" not in str(reading.documents)


def test_names_that_collide_elsewhere_are_refused(data: Path) -> None:
    shutil.copytree(data / "agencies/qa/qa-harbour-office", data / "agencies/qa/QA-harbour-office")
    (data / "agencies/qa/caf\u00e9").mkdir()
    (data / "agencies/qa/cafe\u0301").mkdir()
    codes = [row[:2] for row in _found(read_dataset(data))]
    assert codes.count(("E223", "qa-harbour-office")) == 1
    assert sum(code == "E223" for code, _ in codes) == 2


@pytest.mark.parametrize("name", ["con", "aux.old", "-qa", "qa-", "qa.", "QA", "qa moj", "qa\\moj", "%2e%2e", "qa\n"])
def test_folder_names_that_are_no_ids(data: Path, name: str) -> None:
    (data / "agencies/qa" / name).mkdir()
    assert [row[0] for row in _found(read_dataset(data))] == ["E226"]


def test_what_is_not_a_regular_file_is_refused(data: Path) -> None:
    (data / TIDES / "evidence.yml").unlink()
    os.mkfifo(data / TIDES / "evidence.yml")
    (data / "peer_groups.yml").unlink()
    (data / "peer_groups.yml").mkdir()
    codes = [row[:2] for row in _found(read_dataset(data))]
    assert codes == [("E222", "evidence.yml"), ("E225", "peer_groups.yml")]


def test_a_huge_file_is_not_read_whole(data: Path) -> None:
    with (data / TIDES / "evidence.yml").open("wb") as file:
        file.truncate(2**40)
    assert _found(read_dataset(data)) == [("E101", "evidence.yml", 1, 1)]


def test_only_what_is_asked_for_is_reported(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "agencies/qa/qa-harbour-office/profile.yml").write_text("a: [\n")
    (data / TIDES / "profile.yml").write_text("b: [\n")
    monkeypatch.chdir(data)
    for only in ([Path(TIDES)], [data / TIDES / "profile.yml"], [Path("agencies/../") / TIDES]):
        reading = read_dataset(data, only)
        assert {Path(p.path).parent.name for p in check_dataset(reading, TODAY)} == {"qa-ministry-of-tides"}


def test_a_flood_of_mistakes_is_cut(data: Path) -> None:
    (data / TIDES / "evidence.yml").write_text("- {a: 1}\n" * 5000)
    (data / TIDES / "profile.yml").write_text("".join(f"key{n}: 1\n" for n in range(5000)))
    rows = _found(read_dataset(data))
    for name in ("evidence.yml", "profile.yml"):
        codes = [code for code, file, *_ in rows if file == name]
        assert len(codes) == 101
        assert codes.count("E199") == 1


def test_evidence_may_be_absent_but_not_empty(data: Path) -> None:
    (data / "agencies/qa/qa-harbour-office/evidence.yml").write_text("# later\n")
    assert _found(read_dataset(data)) == [("E132", "evidence.yml", 1, 1)]
