"""The generated pages and embeds: poured into the shell of their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from html import escape
from itertools import chain
from pathlib import Path

from markupsafe import Markup

from scoring.pieces import Work
from scoring.render.cite import Provenance
from scoring.render.embeds import Look, embeds
from scoring.render.frame import cite, framed, head
from scoring.render.gallery import Hung, of_agency, of_all
from scoring.render.language import Language
from scoring.render.page import Page
from scoring.render.pages import agency, common_pages
from scoring.render.view import View
from scoring.shards import Shard

SHELL = "shell/page/"
TOKENS = re.compile(r"(HIWAR-TITLE|HIWAR-DESCRIPTION|shell/page/|<!-- hiwar:(?:body|head|cite) -->)")
TITLE_HEADING = re.compile(r"<h1>\s*HIWAR-TITLE\s*</h1>")
UP = re.compile(r'(?<==")\.\./\.\.(?=[/"])')  # the shell's way to the language's home, two folders up
AT_ONCE = 25  # agencies whose pages a process writes in one go


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


@dataclass(frozen=True)
class Frame:
    """What the generated pages of one language are poured into, and where."""

    lang: Language
    site: Path
    shell: str


def pour(frame: Frame, made: Iterable[Page], view: View, source: Provenance) -> list[Page]:
    """Write each page as the shell with its own title, description, address and body; tell which."""
    lang, whole = frame.lang, TITLE_HEADING.sub("", frame.shell)
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
        write(frame.site / page.path / "index.html", "".join(values.get(p, p) for p in parts(page.path.count("/"))))
        done.append(page)
    return done


@dataclass(frozen=True)
class Pouring:
    """What is poured: a data set with its frames, looks and addresses (`edit` is the repository's for editing a file),
    into `target`."""

    view: View
    frames: Sequence[Frame]
    target: Path
    source: Provenance
    looks: Look
    edit: str

    def works(self, shard: Shard) -> Iterator[Work]:
        """Every generated page and embed of a part of the site, as works that give the pages by language, without their
        bodies. Those of neighbouring agencies are one, in all languages: some things are worked out for all at once."""
        for frame in self.frames if shard.first else ():
            yield "pages of many agencies", partial(self._of_all, frame)
        ids = list(self.view.dataset.agencies)
        for at, start in enumerate(range(0, len(ids), AT_ONCE)):
            if shard.has(at):
                yield "pages of one agency", partial(self.of_some, ids[start : start + AT_ONCE])

    def _of_all(self, frame: Frame) -> dict[str, list[Page]]:
        view, lang = self.view, frame.lang
        return {lang.code: self._pour(frame, of_all(view, lang), common_pages(view, lang))}

    def of_some(self, agencies: Sequence[str]) -> dict[str, list[Page]]:
        """Write the pages and embeds of some agencies, in all languages."""
        view, done = self.view, {}
        for frame in self.frames:
            lang = frame.lang
            shown = chain.from_iterable(of_agency(view, lang, id) for id in agencies)
            made = (agency(view, lang, id, self.edit) for id in agencies)
            done[lang.code] = self._pour(frame, shown, made)
        return done

    def _pour(self, frame: Frame, shown: Iterable[Hung], made: Iterable[Page]) -> list[Page]:
        for path, text in embeds(self.view, frame.lang, self.source, self.looks, shown):
            write(self.target / path, text)
        poured = pour(frame, made, self.view, self.source)
        return [replace(page, body=Markup("")) for page in poured]
