"""What was read before is read again as the same records; nothing kept, or damaged, costs nothing but time."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from scoring.model import Evidence, Name
from scoring.rules import check_dataset
from scoring.source.dataset import Reading, read_dataset
from scoring.source.kept import kept_in
from tests.town import TODAY, item

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("data", "examples/republic-of-sample", "tests/fixtures/awful")


def _told(reading: Reading) -> tuple[object, ...]:
    """Everything that a reading tells, with the types of its values: 1 is not 1.0, and no text is a date."""
    items = {kind: {file: repr(found) for file, found in files.items()} for kind, files in reading.items.items()}
    return repr(reading.dataset), items, reading.homes, reading.problems, set(reading.documents)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_same_is_read_with_and_without(tmp_path: Path, folder: str) -> None:
    plain, kept = read_dataset(ROOT / folder), tmp_path / "read.sqlite"
    for _ in range(3):  # nothing kept, all kept, all kept
        reading = read_dataset(ROOT / folder, kept=kept)
        assert _told(reading) == _told(plain)
        assert check_dataset(reading, today=TODAY) == check_dataset(plain, today=TODAY)
    assert (_count(kept) > 0) == (folder != FOLDERS[2])  # in the last no file is right


def test_a_changed_file_is_read_anew_and_the_others_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, kept = tmp_path / "data", tmp_path / "read.sqlite"
    shutil.copytree(ROOT / "data", data)
    read_dataset(data, kept=kept)
    one = sorted(data.rglob("evidence.yml"))[0]
    one.write_text(one.read_text("utf-8") + "- id: nonsense\n", "utf-8")
    parsed: list[str] = []

    def watched(content: bytes, path: str, limits: object) -> object:
        parsed.append(path)
        return original(content, path, limits)  # type: ignore[arg-type]

    from scoring.source import dataset

    original = dataset.read_yaml
    monkeypatch.setattr(dataset, "read_yaml", watched)
    again = read_dataset(data, kept=kept)
    assert [path for path in parsed if "/agencies/" in path] == [one.as_posix()]
    assert not again.ok and _told(again) == _told(read_dataset(data))


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"SQLite format 3\0" + b"\xff" * 4000])
def test_damage_is_mended(tmp_path: Path, damage: bytes) -> None:
    kept = tmp_path / "deep" / "read.sqlite"
    read_dataset(ROOT / "data", kept=kept)
    kept.write_bytes(damage)
    assert _told(read_dataset(ROOT / "data", kept=kept)) == _told(read_dataset(ROOT / "data"))
    assert _told(read_dataset(ROOT / "data", kept=kept)) == _told(read_dataset(ROOT / "data"))
    assert _count(kept) > 0


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    reading = read_dataset(ROOT / "data", kept=tmp_path / "file" / "read.sqlite")
    assert _told(reading) == _told(read_dataset(ROOT / "data"))


def test_what_no_file_holds_any_more_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.store._LEAST", 0)
    kept, one = tmp_path / "read.sqlite", item("qa-agency-00", "policy_published", value=True)
    for number in range(6):
        with kept_in(kept) as known:
            assert known is not None
            known.keep(Evidence, f"{number}".encode(), [one])
    assert _count(kept) < 4


def test_what_json_has_no_word_for_is_not_kept(tmp_path: Path) -> None:
    one = item("qa-agency-00", "policy_published", value=float("nan"))
    with kept_in(tmp_path / "read.sqlite") as known:
        assert known is not None
        known.keep(Evidence, b"x", [one])
    with kept_in(tmp_path / "read.sqlite") as known:
        assert known is not None and known.known(Evidence, b"x") is None


def test_kinds_of_numbers_and_texts_stay(tmp_path: Path) -> None:
    values = [1, 1.0, True, False, "1", "2026-11-20", "ﷺ\u2028</script>", -0.0, 10**15]
    items = [item("qa-agency-00", "policy_published", value=value) for value in values]
    items = [one.model_copy(update={"note": Name(ar="\u200fملاحظة")}) for one in items]
    with kept_in(tmp_path / "read.sqlite") as known:
        assert known is not None
        known.keep(Evidence, b"x", items)
    with kept_in(tmp_path / "read.sqlite") as known:
        assert known is not None and repr(known.known(Evidence, b"x")) == repr(items)
        assert known.known(Name, b"x") is None and known.known(Evidence, b"y") is None


def _count(file: Path) -> int:
    with sqlite3.connect(file) as base:
        return int(base.execute("SELECT count(*) FROM kept").fetchone()[0])
