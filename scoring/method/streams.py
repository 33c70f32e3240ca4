"""Random numbers that belong to a name: the same for an agency whoever else is there, in whatever order or thread.

A stream is the SplitMix64 generator (Steele, Lea and Flood, 2014), started from a hash of the names it belongs to. It
is counted, not stepped, so any part of it is made at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Numbers = NDArray[np.integer[Any]]
_GOLDEN, _FIRST, _SECOND = (np.uint64(x) for x in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def key(*names: object) -> int:
    """The start of the stream that belongs to these names, 64 bits."""
    return int.from_bytes(blake2b("\0".join(map(str, names)).encode(), digest_size=8).digest(), "little")


def keys(ids: Sequence[object], *names: object) -> Keys:
    """A start for each id."""
    return np.array([key(id, *names) for id in ids], dtype=np.uint64)


def words(starts: Keys, which: Numbers) -> Keys:
    """The numbers of each stream at the positions `which` (0 is the first), streams × positions."""
    z = starts[:, None] + (which + 1).astype(np.uint64) * _GOLDEN
    z ^= z >> np.uint64(30)
    z *= _FIRST
    z ^= z >> np.uint64(27)
    z *= _SECOND
    z ^= z >> np.uint64(31)
    return z


def random_bytes(starts: Keys, which: Numbers) -> NDArray[np.uint8]:
    """Even bytes of each stream at the positions `which`, streams × positions."""
    count = int(which.max(initial=-1)) + 1
    found = words(starts, np.arange(-(-count // 8))).astype("<u8").view(np.uint8)
    return found[:, :count] if np.array_equal(which, np.arange(count)) else found[:, which]


def uniforms(starts: Keys, which: Numbers) -> NDArray[np.floating[Any]]:
    """Even numbers from 0 to below 1 of each stream at the positions `which`, streams × positions."""
    return (words(starts, which) >> np.uint64(11)) * 2.0**-53
