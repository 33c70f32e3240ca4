"""A random sample of posts that anybody can draw again: the order of the export does not matter, only seed and ids."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Post:
    """One post of an agency's account, as its archive or export gives it."""

    id: str
    text: str
    time: str = ""
    url: str = ""


@dataclass(frozen=True)
class Sample:
    """The posts drawn, in the order they are to be coded in, the size of the frame they were drawn from, how many posts
    came more than once, and the time of the first and the last."""

    posts: tuple[Post, ...]
    frame: int
    repeated: int
    first: str
    last: str


def draw(posts: Iterable[Post], n: int, seed: int) -> Sample:
    """A simple random sample of `n` of the posts, without replacement; a post that comes twice counts once.

    Each id gets a random number that depends on the seed and itself; the lowest `n` are drawn (order sampling, Ohlsson
    1998), so a longer export of the same posts keeps most of the sample. Of a post not drawn only its number is kept.
    """
    chosen: list[tuple[int, int, Post]] = []  # a heap of the n lowest, highest first
    seen: set[int] = set()
    repeated = 0
    first = last = ""
    for post in posts:
        number = _number(post.id, seed)
        if number in seen:
            repeated += 1
            continue
        seen.add(number)
        first, last = min(filter(None, (first, post.time)), default=""), max(last, post.time)
        heapq.heappush(chosen, (-number, len(seen), post))
        if len(chosen) > n:
            heapq.heappop(chosen)
    drawn = sorted(chosen, key=lambda entry: -entry[0])
    return Sample(tuple(post for _, _, post in drawn), len(seen), repeated, first, last)


def _number(id: str, seed: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}:{id}".encode()).digest()[:8])
