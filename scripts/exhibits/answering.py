"""What share of its own posts did an office spend on answering others? (Two White House archives, 2013–2016)"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from scoring.instruments.spread import wilson

LEVEL = 0.95


@dataclass(frozen=True)
class Replies:
    """An archive's own posts: how many answer somebody else, and how many go on from a post of their own."""

    posts: int
    to_others: int
    to_itself: int

    @property
    def share(self) -> tuple[float, float, float]:
        """Share of replies to others, with Wilson's 95 % interval."""
        low, high = wilson(self.to_others / self.posts, self.posts, LEVEL)
        return self.to_others / self.posts, float(low), float(high)


def replies(posts: pd.DataFrame) -> Replies:
    """Count them; `posts` has the importer's columns. A reply to a post that is in the archive itself is a thread."""
    own = posts[posts["repost"].astype(str).str.lower() != "true"]
    answered = own["reply_to"].fillna("").astype(str)
    to_itself = answered.isin(set(posts["id"].astype(str)))
    return Replies(len(own), int(((answered != "") & ~to_itself).sum()), int(to_itself.sum()))
