"""The files with posts inside a platform's archive, as streams: nothing is unpacked to disk by its own name."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from scoring.imports.exports import PEEK, Stream
from scoring.sheets import SheetError

EXPORTED = (
    "tweets.js", "tweets-part", "tweet.js", "tweet-part", "profile_posts", "your_posts", "posts_", "outbox.json",
)  # fmt: skip
IMPLAUSIBLE = 200  # a member that unpacks to so many times its size is no export
LONGEST_LIST = 16 * 1024 * 1024  # bytes of an archive's list of members, which is held in memory whole
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def members(file: Path) -> Iterator[tuple[str, int, Stream]]:
    """The files with posts in an archive, or the file itself: name, size, stream. Raises SheetError."""
    if not zipfile.is_zipfile(file):
        with file.open("rb") as stream:
            yield file.name, file.stat().st_size, stream
        return
    try:
        yield from _within(file)
    except UNREADABLE as error:
        raise SheetError(f"{file} is broken or locked: {error}", f"{file} تالف أو مقفل: {error}") from None


def _within(file: Path) -> Iterator[tuple[str, int, Stream]]:
    with file.open("rb") as raw:
        if _length_of_list(raw) > LONGEST_LIST:
            raise SheetError(
                f"{file} holds too many files: unpack it and give the file with the posts",
                f"في {file} ملفات أكثر مما يُقرأ: فكّ ضغطه وأعطِ الملف الذي فيه المنشورات",
            )
    with zipfile.ZipFile(file) as archive:
        found = [m for m in archive.infolist() if _is_export(m.filename)]
        if not found:
            raise SheetError(
                f"{file} holds no posts that we know; ask for JSON, not HTML",
                f"ليس في {file} منشورات نعرفها؛ اطلب صيغة JSON لا HTML",
            )
        for member in sorted(found, key=lambda m: m.filename):
            if member.file_size > IMPLAUSIBLE * max(member.compress_size, 1024):
                raise SheetError(
                    f"{file}: {member.filename} unpacks to an implausible size",
                    f"{file}: حجم {member.filename} بعد فكه غير معقول",
                )
            with archive.open(member) as opened:
                stream = cast(Stream, opened)
                stream.peek(PEEK)  # where the beginning is damaged, it is told here
                yield f"{file.name}/{member.filename}", member.file_size, stream


def _is_export(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last.startswith(EXPORTED) and last.endswith((".js", ".json"))


def _length_of_list(raw: BinaryIO) -> int:
    """Bytes of the list of members, as the end of the archive tells them (APPNOTE 4.3.16, 4.3.14)."""
    size = raw.seek(0, 2)
    raw.seek(max(0, size - 66_000))
    tail = raw.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 20:
        return 0
    length = int(struct.unpack_from("<L", tail, end + 12)[0])
    wide = tail.rfind(b"PK\x06\x06")
    return int(struct.unpack_from("<Q", tail, wide + 40)[0]) if wide >= 0 and len(tail) >= wide + 48 else length
