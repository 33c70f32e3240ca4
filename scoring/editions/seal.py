"""What makes a change of any byte show: checksums that are sealed themselves, and a ledger that only grows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from scoring.editions import FILES, SUMS

_SUM = re.compile(rb"([0-9a-f]{64})  ([\w.]+)\n")
_SEAL = re.compile(rb"^  seal: ([0-9a-f]{64})\n", re.MULTILINE)


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(data).hexdigest()


def sums(files: Mapping[str, bytes]) -> bytes:
    """Checksums as `sha256sum -c` reads them; the last line is a comment that seals the lines above it."""
    return _sealed((digest(files[name]), name) for name in sorted(files))


def _sealed(pairs: Iterable[tuple[str, str]]) -> bytes:
    above = "".join(f"{checksum}  {name}\n" for checksum, name in pairs).encode()
    return above + f"# seal: {digest(above)}\n".encode()


def read_sums(raw: bytes) -> dict[str, str] | None:
    """Checksum by name of file; None where any byte is not as `sums` wrote it."""
    pairs = [(checksum.decode(), name.decode()) for checksum, name in _SUM.findall(raw)]
    whole = [name for _, name in pairs] == sorted(set(FILES) - {SUMS}) and _sealed(pairs) == raw
    return {name: checksum for checksum, name in pairs} if whole else None


def altered(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """By their own checksums, which files of an edition are not as they were frozen, and what was found instead. Where
    the checksums themselves were altered, they alone can be told."""
    if SUMS not in files:
        return []
    must = read_sums(files[SUMS])
    if must is None:
        return [(SUMS, digest(files[SUMS]))]
    return [(name, found) for name in must if name in files and (found := digest(files[name])) != must[name]]


def members(archives: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """The checksum of each file within each archive, as lines `<SHA-256>  <archive>/<path>`."""
    return "".join(
        f"{digest(files[path])}  {name}/{path}\n" for name, files in archives.items() for path in sorted(files)
    ).encode()


def read_members(raw: bytes, archive: str) -> dict[str, str]:
    """Checksum by path of the files within one archive."""
    lines = (line.split("  ", 1) for line in raw.decode("utf-8", "replace").splitlines() if "  " in line)
    return {path.removeprefix(f"{archive}/"): sum_ for sum_, path in lines if path.startswith(f"{archive}/")}


def broken(ledger: bytes) -> int | None:
    """Where the first line of a ledger begins that should seal what stands above it and does not; its end where that
    is not sealed; None where every seal holds."""
    above, end = sha256(), 0
    for line in _SEAL.finditer(ledger):
        above.update(ledger[end : line.start()])
        if above.hexdigest() != line[1].decode():
            return line.start()
        above.update(line[0])
        end = line.end()
    return None if end == len(ledger) else end
