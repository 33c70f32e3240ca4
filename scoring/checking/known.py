"""Pages that nothing was wrong with when they were read before, kept by their content: most pages of a build are those
of the last one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from scoring.checking.page import Held, read
from scoring.render import policy
from scoring.source.prints import contents
from scoring.store import looked_up


@dataclass(frozen=True)
class Reading:
    """What a page holds, but for its own ids where it is known; the key that it is kept under, and what is to be kept
    of it (None: it is known already, or something is wrong with it)."""

    held: Held
    key: bytes = b""
    told: bytes | None = None


def read_unless_known(text: str, file: Path | None, varying: Sequence[str]) -> Reading:
    """A page, as far as it has to be read: one that is known in the store `file` only leads somewhere. `varying` are
    words that every build says on its pages, of the same length each time, and that nothing rests on."""
    if file is None:
        return Reading(read(text))
    key = _key(text, varying)
    if told := looked_up(file, key):
        language, direction, links = json.loads(told)
        return Reading(Held(links=links, language=language, direction=direction), key)
    held = read(text)
    return Reading(held, key, _told(held, varying))


def _told(held: Held, varying: Sequence[str]) -> bytes | None:
    if held.faults:
        return None
    links = {link: at for link, at in held.links.items() if not (link[:1] == "#" and unquote(link[1:]) in held.ids)}
    told = json.dumps([held.language, held.direction, links])
    return None if any(word in told for word in varying) else told.encode()


def _key(text: str, varying: Sequence[str]) -> bytes:
    for word in varying:
        text = text.replace(word, "\0" * len(word))
    return sha256(_how() + text.encode()).digest()


@cache
def _how() -> bytes:
    """The way that pages are read: another version of the checks looks again."""
    return contents(Path(__file__).parent, Path(policy.__file__)).encode()
