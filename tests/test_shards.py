"""A site built in parts is the site built at once; what does not belong together is not joined."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scoring.publish import Published, write_site
from scoring.replacing import PART, NotReplaced
from scoring.shards import WHOLE, Shard, join, mark
from tests.built import HOME, small, tree


def test_parts_joined_in_any_order_are_what_one_build_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.pouring.AT_ONCE", 1)  # so that every part has agencies of its own
    view, built = small(tmp_path / "mkdocs")
    for name, shard in {"whole": WHOLE, **{f"part{n}": Shard(n, 3) for n in (1, 2, 3)}}.items():
        write_site(Published(view), built, HOME, tmp_path / name, shard=shard)
    parts = [tmp_path / f"part{n}" for n in (3, 1, 2)]
    assert all((part / PART).is_file() for part in parts)
    own = [len(list(part.glob("en/agencies/*/"))) for part in parts]
    assert own == [0, 1, 1], "of two agencies, each belongs to a part of its own, and the third part has none"
    join(parts, tmp_path / "site", HOME)
    assert tree(tmp_path / "site") == tree(tmp_path / "whole")
    write_site(Published(view), built, HOME, parts[0], shard=Shard(3, 3))
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


def test_every_piece_belongs_to_one_part() -> None:
    parts = [Shard(number, 4) for number in range(1, 5)]
    assert [sum(part.has(at) for part in parts) for at in range(11)] == [1] * 11
