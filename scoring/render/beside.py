"""What is published beside the pages, their embeds and the open data: what pages fetch, feeds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoring.render.changed import Record
from scoring.render.cite import Provenance
from scoring.render.documents import documents
from scoring.render.embeds import Look, shared
from scoring.render.feeds import feeds
from scoring.render.language import Language, language, languages
from scoring.render.view import View

File = tuple[str, str | bytes]  # its path from the root of what is published at once, and its content


@dataclass(frozen=True)
class News:
    """What changed, newest first; `cut` where the history is not whole."""

    records: Sequence[Record]
    cut: bool = False


def beside(view: View, source: Provenance, look: Look, news: News) -> Iterator[File]:
    """Every such file of a data set but the open data."""
    for path, text in documents(view):
        yield f"data/{path}", text
    yield from feeds(view, news.records, base=source.base, repository=source.repository, cut=news.cut)
    for code in languages():
        yield f"{code}/assets/manifest-{code}.webmanifest", _manifest(language(code))
    yield from shared(view, source, look)


def _manifest(lang: Language) -> str:
    """What a device says of a site that is kept on its first screen (W3C, Web Application Manifest)."""
    told = {
        "name": lang.t("brand"), "short_name": lang.t("brand"), "description": lang.t("tagline"),
        "lang": lang.code, "dir": lang.direction, "start_url": "../", "scope": "../", "display": "browser",
        "background_color": "#ffffff", "theme_color": "#14505c",
        "icons": [{"src": "logo.svg", "sizes": "any", "type": "image/svg+xml"}],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
