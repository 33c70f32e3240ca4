"""The posts of an account, from the archive that its platform gives it: one record at a time, as a table's columns.

Nothing but the agency's own posts is taken: no messages, no contacts, no names of those who were answered.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, Protocol

import ijson
import numpy as np

from scoring.sheets import SheetError


class Stream(Protocol):
    """Bytes that can be looked into before they are read."""

    def read(self, size: int = -1, /) -> bytes: ...

    def peek(self, size: int = 0, /) -> bytes: ...

    def tell(self) -> int: ...


Record = Mapping[str, Any]
Post = dict[str, str]
COLUMNS = (
    "id", "time", "url", "text", "reply_to", "repost", "language", "media", "described_media", "refused_by_reader",
)  # fmt: skip
LONGEST = 2 * 1024 * 1024  # bytes of one record,
DEEPEST = 500  # and lists and objects within each other: the parser needs the square of it
MOST_TAGS, MOST_HTML = 1_000, 100_000  # tags and characters of one post: hostile ones take their product to parse
PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
PEEK = 64 * 1024


def platform_of(head: bytes) -> str | None:
    """The platform that an export comes from, told by its beginning."""
    if head.lstrip().startswith(b"window.YTD"):
        return "x"
    for name, mark in (
        ("mastodon", rb'"orderedItems"'),
        ("facebook", rb'"attachments"|"post"\s*:|"data"\s*:\s*\['),
        ("instagram", rb'"creation_timestamp"|"ig_posts"'),
    ):
        if re.search(mark, head):
            return name
    return None


_STEPS = np.zeros(
    256, dtype=np.int8
)  # how each byte leads into lists and objects and out of them, texts not told apart
_STEPS[list(b"[{")], _STEPS[list(b"]}")] = 1, -1


class _Bounded:
    """A stream that stops where one record grows beyond what any platform writes."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.begin()

    def begin(self) -> None:
        """A record is complete."""
        self._bytes = self._depth = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._bytes += len(data)
        steps = _STEPS[np.frombuffer(data, dtype=np.uint8)].cumsum(dtype=np.int64) + self._depth
        if self._bytes > LONGEST + PEEK or (len(steps) and steps.max() > DEEPEST):
            raise SheetError("one record is too large", "في الملف سجل أكبر مما يُقرأ")
        self._depth = int(steps[-1]) if len(steps) else 0
        return data


def posts(file: Stream, platform: str) -> Iterator[Post]:
    """Every record of an export as a row; what is no post has no text. Raises `ijson.JSONError` where it is broken, and
    SheetError where a record is too large to be one."""
    records_at, bounded = _records_at(file, platform), _Bounded(file)
    for record in ijson.items(bounded, records_at, use_float=True, buf_size=PEEK):
        bounded.begin()
        yield _READERS[platform](record) if isinstance(record, dict) else _row()


def _records_at(file: Stream, platform: str) -> str:
    """Where the list of records is, in ijson's words; goes past what X writes before it."""
    head = file.peek(PEEK)
    if platform == "x":
        file.read(head.index(b"=") + 1 if b"=" in head[:PEEK] else 0)
        return "item"
    if platform == "mastodon":
        return "orderedItems.item"
    key = re.match(rb'\s*\{\s*"([^"]+)"\s*:\s*\[', head)
    return f"{key[1].decode()}.item" if key else "item"


def _row(**values: Any) -> Post:
    return dict.fromkeys(COLUMNS, "") | {name: str(value) for name, value in values.items() if value is not None}


def _x(record: Record) -> Post:
    tweet = record.get("tweet", record)
    if not isinstance(tweet, dict):
        return _row()
    text, id = html.unescape(_text(tweet.get("full_text"))), _text(tweet.get("id_str") or tweet.get("id"))
    media = _list(_dict(tweet.get("extended_entities")).get("media"))
    return _row(
        id=id,
        time=_text(tweet.get("created_at")),
        url=f"https://x.com/i/web/status/{id}" if id.isdigit() else "",
        text=text,
        reply_to=_text(tweet.get("in_reply_to_status_id_str") or tweet.get("in_reply_to_user_id_str")),
        repost="true" if text.startswith("RT @") else "false",
        language=_text(tweet.get("lang")),
        media=len(media),
    )


def _facebook(record: Record) -> Post:
    said = [_dict(part).get("post") for part in _list(record.get("data"))]
    text = "\n".join(_repaired(_text(part)) for part in said if part)
    attached = [part for one in _list(record.get("attachments")) for part in _list(_dict(one).get("data"))]
    time = _moment(record.get("timestamp"))
    media = [_dict(one)["media"] for one in attached if "media" in _dict(one)]
    return _row(id=_made_up("fb", time, text, media), time=time, text=text, media=len(media))


def _instagram(record: Record) -> Post:
    media = [_dict(one) for one in _list(record.get("media"))]
    first = media[0] if media else {}
    text = _repaired(_text(record.get("title") or first.get("title")))
    time = _moment(record.get("creation_timestamp") or first.get("creation_timestamp"))
    return _row(id=_made_up("ig", time, text, media), time=time, text=text, media=len(media))


def _mastodon(record: Record) -> Post:
    post = record.get("object")
    if not _is_public(record) or not _is_public(_dict(post)):  # a message to few: nothing of it is taken
        return _row(refused_by_reader="not_public")
    if not isinstance(post, dict):  # somebody else's post, passed on
        passed = "true" if record.get("type") == "Announce" else "false"
        return _row(id=_text(record.get("id")), time=_text(record.get("published")), text=_text(post), repost=passed)
    attached, content = [_dict(one) for one in _list(post.get("attachment"))], _text(post.get("content"))
    tangled = content.count("<") > MOST_TAGS or len(content) > MOST_HTML
    return _row(
        id=_text(post.get("id")),
        time=_text(post.get("published")),
        url=_text(post.get("url")),
        text="" if tangled else _plain(content),
        reply_to=_answered(_text(post.get("inReplyTo")), _text(record.get("actor") or post.get("attributedTo"))),
        repost="false",
        language=next(iter(_dict(post.get("contentMap"))), ""),
        media=len(attached),
        described_media=sum(bool(one.get("name")) for one in attached),
        refused_by_reader="tangled" if tangled else "",
    )


def _is_public(record: Record) -> bool:
    """Whether a record is meant for everybody; one that does not say to whom it goes is."""
    given = [record[key] for key in ("to", "cc") if key in record]
    to = [one for some in given for one in (some if isinstance(some, list) else [some])]
    return not given or any(one in PUBLIC for one in to)


def _answered(address: str, own: str) -> str:
    """The post that was answered: the address of one's own, but of a stranger's only what does not name them."""
    if own and address.startswith(f"{own}/"):
        return address
    last = address.rstrip("/").rsplit("/", 1)[-1]
    return "account" if last.startswith("@") or (address and "/" not in address) else last


_READERS: dict[str, Callable[[Record], Post]] = {
    "x": _x, "facebook": _facebook, "instagram": _instagram, "mastodon": _mastodon,
}  # fmt: skip
PLATFORMS = tuple(_READERS)


def _text(value: object) -> str:
    return (
        value
        if isinstance(value, str)
        else ""
        if value is None or isinstance(value, bool | dict | list)
        else str(value)
    )


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _repaired(text: str) -> str:
    """Facebook and Instagram write each byte of UTF-8 as a character of Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _moment(seconds: object) -> str:
    """A Unix time as ISO 8601; anything else as it stands, to be refused."""
    try:
        return f"{datetime.fromtimestamp(float(_text(seconds)), UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, OSError):
        return _text(seconds)


def _made_up(platform: str, time: str, text: str, media: Sequence[object]) -> str:
    """An id for a post that the export gives none: the same whenever it is imported. Without a text, its media tell
    posts of one second apart, by the names of their files."""
    names = [] if text else [_text(_dict(one).get("uri")).rsplit("/", 1)[-1] for one in media]
    number = hashlib.sha256("\x1f".join((time, text, *names)).encode("utf-8", "replace")).hexdigest()[:16]
    return f"{platform}-{number}" if text or names else ""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.parts.append("\n\n")


def _plain(content: str) -> str:
    """The text of a post that is written as HTML."""
    parser = _Text()
    parser.feed(content)
    parser.close()
    return "".join(parser.parts).strip()
