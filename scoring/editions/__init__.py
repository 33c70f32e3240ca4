"""Frozen editions: packed, sealed, read again, recomputed, corrected. Frozen bytes are never written again."""

from __future__ import annotations

EDITIONS, LEDGER = "editions", "editions/corrections.yml"  # below the data folder
SUMS, MANIFEST, MEMBERS, DATA, PUBLISHED, NUMBERS = (
    "SHA256SUMS",
    "edition.yml",
    "members.sha256",
    "data.tar.xz",
    "published.tar.xz",
    "results.csv",
)
FILES = (SUMS, DATA, MANIFEST, MEMBERS, PUBLISHED, NUMBERS)  # of every frozen edition


class EditionError(Exception):
    """What cannot be done with an edition, and why, in English and Arabic; safe to print."""

    def __init__(self, en: str, ar: str) -> None:
        super().__init__(en, ar)

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))
