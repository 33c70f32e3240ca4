"""Many files as one, the same bytes for the same files; and back, in memory, within limits."""

from __future__ import annotations

import io
import lzma
import tarfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from scoring.editions import EditionError
from scoring.problems import visible

MOST_BYTES, MOST_FILES = 512 * 1024 * 1024, 200_000
_MEMORY = 256 * 1024 * 1024  # what liblzma may use


class ArchiveError(EditionError):
    """An archive that is none of ours."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files by path → tar.xz: sorted, without times, owners or modes."""
    for path in files:
        _check(path)
    return lzma.compress(_tar(files), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=6)


def unpack(packed: bytes) -> dict[str, bytes]:
    """What `pack` packed. Raises ArchiveError where it could not have made it: links, paths that lead outside, a file
    twice, bytes between or after the files, or more than the limits allow."""
    raw = _unpressed(packed)
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as tar:
            for member in tar:
                _check(member.name)
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or len(files) >= MOST_FILES:
                    raise _refused(member.name)
                files[member.name] = content.read()
    except tarfile.TarError as error:
        raise _refused(str(error)) from None
    if _tar(files) != raw:
        raise _refused("bytes beside its files")
    return files


def _unpressed(packed: bytes) -> bytes:
    reader = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MEMORY)
    try:
        raw = reader.decompress(packed, max_length=MOST_BYTES + 1)
    except lzma.LZMAError as error:
        raise _refused(str(error)) from None
    if len(raw) > MOST_BYTES or not reader.eof or reader.unused_data:
        raise _refused(f"{len(raw)} bytes")
    return raw


def _tar(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(files):
            info = tarfile.TarInfo(path)
            info.size = len(files[path])
            tar.addfile(info, io.BytesIO(files[path]))
    return target.getvalue()


def _check(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path != "/".join(parts) or ".." in parts or path.startswith("/") or "\\" in path or "\0" in path:
        raise _refused(path)


def _refused(what: str) -> ArchiveError:
    return ArchiveError(
        f"an archive must hold plain files below its own folder, at most {MOST_FILES} of {MOST_BYTES} bytes together; "
        f"found {visible(what)}",
        f"يجب ألا تحوي الحزمة سوى ملفات عادية داخل مجلدها، لا تزيد على {MOST_FILES} ملف ولا على {MOST_BYTES} بايت؛ "
        f"والموجود {visible(what)}",
    )
