"""A feed in the two forms that readers know: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

ATOM, JSON, HTML = "application/atom+xml", "application/feed+json", "text/html"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Entry:
    """One thing that is told: its page, its text plain and as HTML, when it was (UTC, ISO 8601), its category as id and
    as word, and what programs may read of it."""

    id: str
    url: str
    title: str
    text: str
    html: str
    date: str
    category: tuple[str, str]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Channel:
    """A feed in one language; `url` and `twin` are its addresses in this language and another
    (None: there is none), without an ending."""

    id: str
    url: str
    twin: str | None
    language: str
    twin_language: str | None
    page: str
    title: str
    about: str
    author: str
    rights: str
    updated: str
    entries: tuple[Entry, ...]


def atom(channel: Channel) -> str:
    """The feed as Atom. Texts must be without characters that XML cannot hold (`scoring.problems.visible`)."""
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": channel.language})
    for name in ("id", "title", "updated", "rights"):
        _add(feed, name, getattr(channel, name))
    _add(feed, "subtitle", channel.about)
    _add(_add(feed, "author"), "name", channel.author)
    _add(feed, "link", rel="self", type=ATOM, hreflang=channel.language, href=f"{channel.url}.atom")
    _add(feed, "link", rel="alternate", type=HTML, hreflang=channel.language, href=channel.page)
    _add(feed, "link", rel="alternate", type=JSON, hreflang=channel.language, href=f"{channel.url}.json")
    if channel.twin and channel.twin_language:
        _add(feed, "link", rel="alternate", type=ATOM, hreflang=channel.twin_language, href=f"{channel.twin}.atom")
    _add(feed, "link", rel="license", href=LICENCE)
    for entry in channel.entries:
        _entry(_add(feed, "entry"), entry)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry(element: ET.Element, entry: Entry) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", entry.date)
    _add(element, "published", entry.date)
    _add(element, "link", rel="alternate", type=HTML, href=entry.url)
    term, label = entry.category
    _add(element, "category", term=term, label=label)
    _add(element, "content", entry.html, type="html")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, attributes)
    made.text = text
    return made


def json_feed(channel: Channel) -> str:
    """The feed as JSON Feed; what that has no words for stands under `_hiwar`."""
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": f"{channel.url}.json",
        "description": channel.about,
        "language": channel.language,
        "authors": [{"name": channel.author}],
        "_hiwar": {
            "rights": channel.rights,
            "license": LICENCE,
            "updated": channel.updated,
            "alternate": {channel.twin_language: f"{channel.twin}.json"} if channel.twin else {},
        },
        "items": [_item(entry) for entry in channel.entries],
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": entry.date,
        "tags": [entry.category[1]],
        "_hiwar": dict(entry.facts),
    }
