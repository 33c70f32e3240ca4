"""Archives: the same files give the same bytes, and nothing else unpacks."""

from __future__ import annotations

import io
import lzma
import tarfile
from collections.abc import Callable

import pytest

from scoring.editions import archive
from scoring.editions.archive import ArchiveError, pack, unpack

FILES = {"a/b.yml": b"x: 1\n", "z.bin": bytes(range(256)), "نص/é.txt": b""}


def test_what_is_packed_is_unpacked_and_order_does_not_matter() -> None:
    assert unpack(pack(FILES)) == FILES
    assert pack(FILES) == pack(dict(reversed(FILES.items())))
    assert unpack(pack({})) == {}


def _tar(change: Callable[[tarfile.TarInfo], None], twice: bool = False) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for _ in range(1 + twice):
            info = tarfile.TarInfo("a.txt")
            info.size = 2
            change(info)
            tar.addfile(info, io.BytesIO(b"ab"))
    return lzma.compress(target.getvalue(), format=lzma.FORMAT_XZ)


def _set(**values: object) -> Callable[[tarfile.TarInfo], None]:
    return lambda info: [setattr(info, name, value) for name, value in values.items()] and None


def test_a_plain_archive_of_others_is_ours_too() -> None:
    assert unpack(_tar(_set())) == {"a.txt": b"ab"}


@pytest.mark.parametrize(
    "packed",
    [
        _tar(_set(name="../a.txt")),
        _tar(_set(name="/etc/passwd")),
        _tar(_set(name="a/../../b")),
        _tar(_set(name="a//b")),
        _tar(_set(name="a\\b")),
        _tar(_set(type=tarfile.SYMTYPE, linkname="/etc/passwd", size=0)),
        _tar(_set(type=tarfile.LNKTYPE, linkname="a.txt", size=0)),
        _tar(_set(type=tarfile.DIRTYPE, size=0)),
        _tar(_set(type=tarfile.CHRTYPE, size=0)),
        _tar(_set(mtime=1)),
        _tar(_set(mode=0o755)),
        _tar(_set(uname="somebody")),
        _tar(_set(), twice=True),
        lzma.compress(b"no archive at all"),
        pack(FILES) + b"x",
        pack(FILES)[:-9],
        b"",
        b"no xz",
    ],
)
def test_whatever_it_could_not_have_made_is_refused(packed: bytes) -> None:
    with pytest.raises(ArchiveError):
        unpack(packed)


def test_what_leads_outside_is_not_packed_either() -> None:
    with pytest.raises(ArchiveError):
        pack({"../x": b""})


def test_a_bomb_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 20_000)
    assert unpack(pack({"a": b"0" * 5000}))
    with pytest.raises(ArchiveError):
        unpack(lzma.compress(b"0" * 10_000_000))
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(ArchiveError):
        unpack(pack({"a": b"", "b": b"", "c": b""}))
