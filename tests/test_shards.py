"""A site built in parts is the site built at once; what does not belong together is not joined."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from scoring.home import Home
from scoring.publish import Published, write_site
from scoring.render.view import View
from scoring.replacing import PART, NotReplaced
from scoring.results import compute, newest_reading
from scoring.shards import WHOLE, Shard, join, mark
from scoring.shells import Shells
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parent.parent
HOME = Home(ROOT, ROOT)


class Built:
    """Pages of MkDocs that are there already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wait(self) -> Path:
        return self.folder


def tree(site: Path) -> dict[str, str]:
    paths = [path for path in site.rglob("*") if path.is_file()]
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_parts_joined_in_any_order_are_what_one_build_makes(tmp_path: Path) -> None:
    dataset = read_dataset(ROOT / "tests/fixtures/small").dataset
    assert dataset is not None
    view = View(compute(dataset, newest_reading(dataset)))
    built = Built(Shells(HOME, view.as_of, tmp_path / "mkdocs").wait())
    for name, shard in {"whole": WHOLE, **{f"part{n}": Shard(n, 3) for n in (1, 2, 3)}}.items():
        write_site(Published(view), built, HOME, tmp_path / name, shard=shard)  # type: ignore[arg-type]
    parts = [tmp_path / f"part{n}" for n in (3, 1, 2)]
    assert all((part / PART).is_file() for part in parts)
    join(parts, tmp_path / "site", HOME)
    assert tree(tmp_path / "site") == tree(tmp_path / "whole")
    write_site(Published(view), built, HOME, parts[0], shard=Shard(3, 3))  # type: ignore[arg-type]
    join(parts, tmp_path / "site", HOME)
    assert tree(tmp_path / "site") == tree(tmp_path / "whole"), "a part may be built again, and all be joined again"


def _part(folder: Path, number: int, of: int, made_from: str = "c") -> Path:
    folder.mkdir()
    mark(folder, Shard(number, of), made_from)
    return folder


def test_what_does_not_belong_together_is_not_joined(tmp_path: Path) -> None:
    one, two = _part(tmp_path / "a", 1, 2), _part(tmp_path / "b", 2, 2)
    other, foreign = _part(tmp_path / "c", 2, 2, "another commit"), _part(tmp_path / "d", 2, 3)
    plain, damaged = tmp_path / "e", tmp_path / "f"
    plain.mkdir()
    damaged.mkdir()
    (damaged / PART).write_text(json.dumps({"number": 2}))
    for parts in ([one], [one, one], [one, two, two], [one, other], [one, foreign], [one, plain], [one, damaged]):
        with pytest.raises(NotReplaced) as refused:
            join(parts, tmp_path / "site", HOME)
        english, arabic = refused.value.args
        assert english.isascii() and not arabic.isascii()
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3", "-1/2"])
def test_a_part_is_named_by_its_number_and_how_many_there_are(text: str) -> None:
    assert Shard.named("2/5") == Shard(2, 5)
    with pytest.raises(ValueError):
        Shard.named(text)


def test_every_agency_belongs_to_one_part() -> None:
    parts = [Shard(number, 4) for number in range(1, 5)]
    assert [sum(part.has(at) for part in parts) for at in range(11)] == [1] * 11
