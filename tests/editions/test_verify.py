"""Whatever byte is flipped, in whatever file, `hiwar verify` names it; and every number comes out again."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.cli import main
from scoring.editions import DATA, FILES, LEDGER, MANIFEST, NUMBERS, PUBLISHED, SUMS
from scoring.editions.archive import pack, unpack
from scoring.editions.originals import Originals, first_difference
from scoring.editions.seal import broken, digest, sums
from scoring.editions.verify import verify
from scoring.method import score as engine
from scoring.problems import Problem
from tests.editions.conftest import AGENCY, ID, TIDES, commit, corrected, frozen
from tests.repository import git, rewrite

EDITION = f"editions/{ID}"
FLIPPED = [*(f"{EDITION}/{name}" for name in FILES), LEDGER, "methodology.yml", f"{TIDES}/evidence.yml"]
WHOLE, SAMPLE = 4000, 250  # bytes


def errors(data: Path, only: str | None = None) -> list[Problem]:
    return [problem for problem in verify(data, only) if problem.severity == "error"]


def flips(file: Path, most: int = WHOLE) -> Iterator[int]:
    """Each byte of a file flipped, one after the other, in one bit or another; of one with more than `most` a sample.
    The file is as it was in the end."""
    whole = file.read_bytes()
    chance = random.Random(len(whole))
    places = range(len(whole)) if len(whole) <= most else sorted(chance.sample(range(len(whole)), SAMPLE))
    for at in places:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        yield at
    file.write_bytes(whole)


def test_what_is_as_it_was_has_no_findings(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(verify(later)) == []
    assert main(["verify", "--data", str(later)]) == main(["verify", ID, "--data", str(later)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("path", FLIPPED)
def test_each_flipped_byte_is_named(corrected_data: Path, path: str) -> None:
    held, count = Originals(corrected_data), 0
    for at in flips(corrected_data / path):
        first = next(p for p in verify(corrected_data, None, held) if p.severity == "error")
        assert (Path(first.path), first.offset) == (corrected_data / path, at), first
        count += 1
    assert count >= 200 and not errors(corrected_data)


@pytest.mark.parametrize("path", FLIPPED[:6])
def test_without_git_each_flipped_byte_names_its_file(corrected_data: Path, path: str) -> None:
    shutil.rmtree(corrected_data.parent / ".git")
    held = Originals(corrected_data)
    for _ in flips(corrected_data / path, SAMPLE):
        first = next(p for p in verify(corrected_data, None, held) if p.severity == "error")
        assert Path(first.path) == corrected_data / path, first


def test_a_flipped_byte_is_told_with_its_place_and_both_bytes(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data / EDITION / NUMBERS
    rewrite(path, "52.452073", "52.462073")
    assert main(["verify", ID, "--data", str(data), "--format", "json"]) == 1
    byte, number = json.loads(capsys.readouterr().out)
    offset = path.read_bytes().index(b"52.462073") + 4
    assert byte["path"] == number["path"] == path.as_posix() and byte["offset"] == offset
    assert (byte["line"], byte["found"]) == (2, "0x36") and byte["must"]["en"] == f"byte {offset} must be 0x35"
    assert number["must"]["en"].startswith(f"`low` of `index` for {AGENCY} must be 52.452073")
    assert number["found"] == "52.462073" and number["line"] == 2 and "بايت" in byte["must"]["ar"]
    assert main(["verify", "--data", str(data)]) == 1
    assert f"{path.as_posix()}:2:" in capsys.readouterr().out


def test_one_that_is_unknown_has_exit_code_2(data: Path) -> None:
    assert main(["verify", "2019-01", "--data", str(data)]) == 2
    assert main(["verify", "--data", str(data / "nowhere")]) == 2


# --- what is consistent in itself, and yet not what was frozen --------------------------------------------


def resealed(root: Path, **changed: bytes) -> None:
    """Files of the edition replaced, with checksums that fit them."""
    folder = root / EDITION
    files = {name: (folder / name).read_bytes() for name in FILES if name != SUMS}
    files |= {
        {"numbers": NUMBERS, "data": DATA, "manifest": MANIFEST, "pages": PUBLISHED}[k]: v for k, v in changed.items()
    }
    for name, content in (files | {SUMS: sums(files)}).items():
        (folder / name).write_bytes(content)


def test_checksums_made_anew_and_committed_do_not_help(data: Path) -> None:
    resealed(data, numbers=(data / EDITION / NUMBERS).read_bytes().replace(b"52.452073", b"62.452073"))
    commit(data, "Nothing to see here")
    named = {Path(p.path).name: p.offset for p in errors(data)}
    assert set(named) == {SUMS, NUMBERS} and None not in (named[SUMS],)


def without_git(data: Path) -> Path:
    shutil.rmtree(data.parent / ".git")
    return data


def test_a_number_that_does_not_come_out_is_named(data: Path) -> None:
    resealed(without_git(data), numbers=(data / EDITION / NUMBERS).read_bytes().replace(b"52.452073", b"62.452073"))
    (found,) = errors(data)
    assert found.code == "E609-number" and found.found == "62.452073" and "52.452073" in found.must.en


def test_a_row_more_or_less_is_named(data: Path) -> None:
    rows = (data / EDITION / NUMBERS).read_bytes().splitlines(keepends=True)
    resealed(without_git(data), numbers=b"".join(rows[:-1]))
    assert {(p.found, p.line) for p in errors(data)} == {("–", 1)} and all(
        "answered" in p.must.en for p in errors(data)
    )
    resealed(data, numbers=b"".join(rows) + rows[-1].replace(b"answered", b"unheard"))
    assert errors(data) and all("must be –" in p.must.en for p in errors(data))


def test_a_packed_file_that_the_manifest_does_not_know_is_named(data: Path) -> None:
    pages = unpack((data / EDITION / PUBLISHED).read_bytes())
    more = {"data/scores.csv": b"other", "more.html": pages.pop("data/scores.json")}
    resealed(without_git(data), pages=pack(pages | more))
    assert [p.must.en.split("`")[1] for p in errors(data)] == ["data/scores.csv", "data/scores.json", "more.html"]
    resealed(data, pages=b"no archive")
    assert [(p.code, Path(p.path).name) for p in errors(data)] == [("E606-archive", PUBLISHED)]
    resealed(data, data=b"no archive")
    assert [(p.code, Path(p.path).name) for p in errors(data)] == [("E606-archive", DATA)]


def test_packed_data_must_be_those_of_the_commit(data: Path) -> None:
    """An edition that was never what its commit says: packed, listed and summed alike, but of other data."""
    shutil.rmtree(data / "editions")
    commit(data, "Gone")
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    made = commit(data, "Other")
    assert frozen(data, "2026-11.b") == 0
    manifest = data / "editions/2026-11.b" / MANIFEST
    before = git(data, "rev-parse", "HEAD~1")
    rewrite(manifest, made, before)
    files = {name: (manifest.parent / name).read_bytes() for name in FILES if name != SUMS}
    (manifest.parent / SUMS).write_bytes(sums(files))
    (found,) = errors(data, "2026-11.b")
    assert found.code == "E608-commit" and "evidence.yml" in found.must.en and before in found.must.en


def test_another_engine_is_found_out(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = engine.frames

    def other(*args: object) -> object:
        found = whole(*args)  # type: ignore[arg-type]
        return found | {"low": found["low"] - 0.001}

    monkeypatch.setattr(engine, "frames", other)
    assert {p.code for p in errors(data)} == {"E609-number"} and len(errors(data)) > 3


# --- files that come and go -------------------------------------------------------------------------------


def test_files_that_are_missing_or_too_many_are_named(data: Path) -> None:
    (data / EDITION / PUBLISHED).unlink()
    (data / EDITION / "more.txt").write_text("x", "utf-8")
    (data / "vocabulary.yml").rename(data / "words.yml")
    assert [(p.code, Path(p.path).name) for p in errors(data)] == [
        ("E605-unknown", "more.txt"),
        ("E604-missing", PUBLISHED),
        ("E604-missing", "vocabulary.yml"),
        ("E605-unknown", "words.yml"),
    ]


def test_an_edition_that_was_deleted_and_committed_is_missed(data: Path) -> None:
    shutil.rmtree(data / "editions")
    commit(data, "Gone")
    assert [p.code for p in errors(data)] == ["E604-missing"] * len(FILES)
    assert main(["verify", ID, "--data", str(data)]) == 1
    assert frozen(data) == 1, "nor may another take its place"


def test_a_link_is_no_file(data: Path) -> None:
    (data / "vocabulary.yml").unlink()
    (data / "vocabulary.yml").symlink_to("/etc/hostname")
    (data / EDITION / NUMBERS).unlink()
    (data / EDITION / NUMBERS).symlink_to("/etc/hostname")
    assert {Path(p.path).name for p in errors(data)} == {NUMBERS, "vocabulary.yml"}


def test_a_changed_file_is_found_whatever_git_believes_of_it(data: Path) -> None:
    """Git looks at size and time first; a flip that keeps both must be found all the same."""
    path = data / "vocabulary.yml"
    git(data, "update-index", "--assume-unchanged", "vocabulary.yml")
    whole = path.read_bytes()
    path.write_bytes(whole[:9] + bytes([whole[9] ^ 1]) + whole[10:])
    assert git(data, "status", "--porcelain") == "" and [p.offset for p in errors(data)] == [9]


# --- the ledger -------------------------------------------------------------------------------------------


def test_a_ledger_that_was_sealed_anew_is_found_out(corrected_data: Path) -> None:
    """Every seal holds again, and it is committed: git's older versions still know better."""
    path = corrected_data / LEDGER
    text, made = path.read_bytes().replace(b"misread", b"mistold", 1), b""
    for line in text.splitlines(keepends=True):
        made += f"  seal: {digest(made)}\n".encode() if line.startswith(b"  seal: ") else line
    path.write_bytes(made)
    assert broken(made) is None
    commit(corrected_data, "Nothing to see here")
    (found,) = errors(corrected_data)
    assert Path(found.path) == path and found.offset == made.index(b"mistold") + 3


@pytest.mark.parametrize("left", [0, 1, 700])
def test_a_ledger_that_was_cut_is_found_out(corrected_data: Path, left: int) -> None:
    path = corrected_data / LEDGER
    path.write_bytes(path.read_bytes()[:left])
    (found,) = errors(corrected_data)
    assert found.offset == left and found.must.en == f"byte {left} must be 0x{_at(corrected_data, left)}"
    path.unlink()
    assert [p.code for p in errors(corrected_data)] == ["E604-missing"]


def _at(data: Path, offset: int) -> str:
    whole = git(data, "show", f"HEAD:./{LEDGER}").encode()
    return f"{whole[offset]:02x}"


def test_nothing_may_follow_the_last_seal(corrected_data: Path) -> None:
    path = corrected_data / LEDGER
    size = path.stat().st_size
    path.write_bytes(path.read_bytes() + b"# more\n")
    (found,) = errors(corrected_data)
    assert (found.code, found.found) == ("E229-seal", f"byte {size}")


def test_a_ledger_speaks_only_of_what_is_in_the_edition(corrected_data: Path) -> None:
    path = corrected_data / LEDGER
    text = path.read_text("utf-8").replace("2026-11.c02", "2026-11.c03").replace("node: policy", "node: unheard")
    text = text.replace(f"card/{AGENCY}", "card/nobody").replace(f"agency: {AGENCY}", "agency: qa-light-office")
    more = text[text.rindex("- id:") : text.rindex("  seal:")]
    made = path.read_bytes() + more.encode()
    path.write_bytes(made + f"  seal: {digest(made)}\n".encode())
    found = [p.found for p in errors(corrected_data)]
    assert set(found) == {f"2026-11.c03: {id}" for id in ("qa-light-office", "unheard", "card/nobody")}


# --- git that knows less ----------------------------------------------------------------------------------


def test_a_shallow_clone_says_what_it_could_not_compare(data: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{data.parent}", "shallow")
    found = list(verify(tmp_path / "shallow/data"))
    assert [p.code for p in found] == ["W623-no-commit"]


def squashed(data: Path, tmp_path: Path) -> Path:
    """A clone of the repository after what led to the edition was made one commit; the edition's own is gone."""
    git(data, "reset", "-q", "--soft", "HEAD~1")
    git(data, "commit", "-q", "--amend", "-m", "All at once")
    git(tmp_path, "clone", "-q", f"file://{data.parent}", "other")
    return tmp_path / "other/data"


def test_an_edition_that_was_squashed_is_held_against_the_same_data(data: Path, tmp_path: Path) -> None:
    made = git(data, "rev-parse", "HEAD~1")
    other = squashed(data, tmp_path)
    for place in (data, other):  # git still holds the lost commit in the one, not in the other
        (found,) = verify(place)
        assert (
            found.code == "W624-commit-moved"
            and made in found.must.en
            and git(data, "rev-parse", "HEAD") in found.must.en
        )
        assert main(["verify", "--data", str(place)]) == 0
        assert main(["verify", "--strict", "--data", str(place)]) == 1
    rewrite(other / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    commit(other, "Other")
    assert [p.code for p in verify(other)] == ["W624-commit-moved"]


def test_data_that_never_stood_in_git_are_no_edition(data: Path, tmp_path: Path) -> None:
    """Packed, listed and summed alike, with a commit that nobody can look up."""
    shutil.rmtree(data / "editions")
    commit(data, "Gone")
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    commit(data, "Other")
    assert frozen(data, "2026-11.b") == 0
    git(data, "reset", "-q", "--soft", "HEAD~1")
    git(data, "checkout", "-q", "HEAD", "--", TIDES)
    commit(data, "Edition of other data")
    (found,) = errors(data, "2026-11.b")
    assert found.code == "E612-no-such-data" and main(["verify", "2026-11.b", "--data", str(data)]) == 1


def test_a_folder_outside_any_repository_says_so(data: Path) -> None:
    found = list(verify(without_git(data)))
    assert [p.code for p in found] == ["W621-no-git"]


def test_a_fresh_edition_waits_for_its_commit(data: Path) -> None:
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    commit(data, "Mended")
    assert corrected(data) == 0 and frozen(data, "2026-12") == 0
    assert {p.code for p in verify(data)} == {"W622-not-committed"}


@pytest.mark.parametrize(
    ("one", "other", "at"), [(b"", b"", 0), (b"ab", b"ab", 2), (b"ab", b"abc", 2), (b"xb", b"ab", 0)]
)
def test_where_two_contents_differ(one: bytes, other: bytes, at: int) -> None:
    assert first_difference(one, other) == first_difference(other, one) == at


def test_where_two_long_contents_differ() -> None:
    whole = bytes(random.Random(1).randbytes(5000))
    for at in range(0, 5000, 37):
        assert first_difference(whole, whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]) == at
