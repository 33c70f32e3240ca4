"""Synthetic exports of any size: rows of invented text, one in fifty broken, one in a hundred repeated."""

from __future__ import annotations

import json
from collections.abc import Iterator

WORDS = ["road", "light", "sign", "water", "tree", "answer", "please", "since", "street", "number", "house", "school"]


def requests(mib: int) -> Iterator[str]:
    """Lines of a table of service requests."""
    yield "CASE_ENQUIRY_ID,OPEN_DT,CLOSED_DT,CASE_STATUS,TYPE,Department,Source\n"
    size, n = 0, 0
    while size < mib * 2**20:
        n += 1
        id = n - 1 if n % 100 == 7 else n
        opened = f"{1 + n % 12:02d}/{1 + n % 28:02d}/2015 {1 + n % 12:02d}:{n % 60:02d}:00 {'AP'[n % 2]}M"
        later = f"{2016 + n % 8}" if n % 5 else "2015"
        closed = f"12/{1 + n * 7 % 28:02d}/{later} {1 + n * 11 % 11:02d}:{n * 13 % 60:02d}:00 PM" if n % 3 else ""
        text = " ".join(WORDS[(n * k) % len(WORDS)] for k in range(1, 12))
        channel = ("Twitter", "Constituent Call", "Self Service")[n % 3]
        line = f'{id},{opened},{closed},Closed,"{text}, {n % 97}",PWD,{channel}\n'
        line = line if n % 50 else f"{id},{opened}\n"
        size += len(line)
        yield line


def tweets(mib: int) -> Iterator[str]:
    """Parts of an X archive."""
    yield "window.YTD.tweets.part0 = [\n"
    size, n = 0, 0
    while size < mib * 2**20:
        n += 1
        tweet = {
            "id_str": str(n - 1 if n % 100 == 7 else n),
            "created_at": f"Wed Nov {1 + n % 28:02d} 16:49:{n % 60:02d} +0000 2015" if n % 50 else "never",
            "full_text": " ".join(WORDS[(n * k) % len(WORDS)] for k in range(1, 40)),
            "lang": "en", "entities": {"urls": [], "user_mentions": [], "hashtags": [{"text": "x", "indices": [1, 2]}]},
        }  # fmt: skip
        part = ("," if n > 1 else "") + json.dumps({"tweet": tweet}) + "\n"
        size += len(part)
        yield part
    yield "]"
