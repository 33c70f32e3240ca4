"""The generated pages and embeds: poured into the shell of their language, by several processes at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from itertools import chain
from pathlib import Path

from markupsafe import Markup

from scoring.pieces import forked
from scoring.render.cite import Provenance
from scoring.render.embeds import Look, embeds
from scoring.render.frame import cite, framed, head
from scoring.render.gallery import of_agency, of_all
from scoring.render.language import Language
from scoring.render.page import Page
from scoring.render.pages import agency, common_pages
from scoring.render.view import View
from scoring.shards import Shard
from scoring.stages import advance

SHELL = "shell/page/"
TOKENS = re.compile(r"(HIWAR-TITLE|HIWAR-DESCRIPTION|shell/page/|<!-- hiwar:(?:body|head|cite) -->)")
TITLE_HEADING = re.compile(r"<h1>\s*HIWAR-TITLE\s*</h1>")
UP = re.compile(r'(?<==")\.\./\.\.(?=[/"])')  # the shell's way to the language's home, two folders up
AT_ONCE = 25  # agencies whose pages a process writes in one go


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _pour(shell: str, site: Path, made: Iterable[Page], view: View, lang: Language, source: Provenance) -> list[Page]:
    """Write each page as the shell with its own title, description, address and body; tell which."""
    whole = TITLE_HEADING.sub("", shell)
    parts = cache(lambda depth: TOKENS.split(UP.sub("/".join([".."] * depth), whole)))
    done = []
    for page in made:
        values = {
            "HIWAR-TITLE": escape(page.title),
            "HIWAR-DESCRIPTION": escape(page.description),
            SHELL: page.path,
            "<!-- hiwar:body -->": framed(page, view, lang, f"{source.base}{lang.code}/"),
            "<!-- hiwar:head -->": head(page, view, lang, source),
            "<!-- hiwar:cite -->": cite(page, view, lang, source),
        }
        write(site / page.path / "index.html", "".join(values.get(p, p) for p in parts(page.path.count("/"))))
        done.append(page)
    return done


@dataclass(frozen=True)
class Frame:
    """What the generated pages of one language are poured into, and where."""

    lang: Language
    site: Path
    shell: str


def write_generated(
    view: View,
    frames: Sequence[Frame],
    target: Path,
    source: Provenance,
    looks: Look,
    edit: str,
    shard: Shard,
) -> dict[str, list[Page]]:
    """Write every generated page and embed, in several processes; gives the pages of each language, without bodies."""
    ids = list(view.dataset.agencies)
    view.prepare()
    pieces: list[str | list[str]] = [f.lang.code for f in frames if shard.first]  # what is about all, in a language
    starts = range(0, len(ids), AT_ONCE)  # neighbours stay together: some things are worked out for all of them at once
    pieces += [ids[start : start + AT_ONCE] for at, start in enumerate(starts) if shard.has(at)]

    def work(piece: str | list[str]) -> dict[str, list[Page]]:
        done = {}
        for frame in frames if isinstance(piece, list) else [f for f in frames if f.lang.code == piece]:
            lang, agencies = frame.lang, piece if isinstance(piece, list) else []
            shown = (
                chain.from_iterable(of_agency(view, lang, id) for id in agencies) if agencies else of_all(view, lang)
            )
            made = (agency(view, lang, id, edit) for id in agencies) if agencies else common_pages(view, lang)
            for path, text in embeds(view, lang, source, looks, shown):
                write(target / path, text)
            poured = _pour(frame.shell, frame.site, made, view, lang, source)
            done[lang.code] = [replace(page, body=Markup("")) for page in poured]
        return done

    found: dict[str, list[Page]] = {frame.lang.code: [] for frame in frames}
    for number, done in enumerate(forked(os.cpu_count() or 1)(work, pieces), 1):
        advance(number, len(pieces))
        for code, poured in done.items():
            found[code] += poured
    return found
