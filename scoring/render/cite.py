"""Where published numbers come from, and how they are cited: edition, day of the data, commit, checksum."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from scoring.render.api.origin import LICENCE
from scoring.render.language import Language, language
from scoring.render.view import View

SCORES = "api/v1/csv/scores.csv"  # the file whose checksum is told
SHORT = 10  # letters of a commit that are said
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Provenance:
    """What everything published at once has in common: the address of the site's root, the repository's, the commit it
    was made from (None: unknown), the edition it is pinned to (None: the latest), whether that one's evidence is scored
    anew, and the SHA-256 of all scores with the file that has it."""

    base: str
    repository: str = ""
    commit: str | None = None
    pinned: str | None = None
    rescored: bool = False
    checksum: str | None = None
    checked: str = SCORES
    frozen: Mapping[str, Collection[str]] = field(default_factory=dict)  # embeds by the frozen edition that has them
    sums: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of its scores by frozen edition

    def of(self, path: str) -> str:
        """The public address of a path that is given from the root of what is published at once."""
        return f"{self.base}editions/{self.pinned}/{path}" if self.pinned else f"{self.base}{path}"


@dataclass(frozen=True)
class Citation:
    sentence: str
    bibtex: str


def edition_of(view: View, source: Provenance, lang: Language) -> str:
    """Which edition numbers belong to: a frozen one, or the latest state after one."""
    if source.pinned:
        key = "cite_rescored" if source.rescored else "standing_edition"
        return lang.t(key, id=lang.own_way(source.pinned))
    if view.kept:
        return lang.t("cite_after", id=lang.own_way(view.kept[-1][0].id))
    return lang.t("cite_latest")


def citation(view: View, lang: Language, title: str, address: str, source: Provenance) -> Citation:
    """How a page or a chart is cited, as a sentence and for BibTeX."""
    commit = source.commit[:SHORT] if source.commit else None
    parts = [edition_of(view, source, lang), lang.t("cite_as_of", date=lang.date(view.as_of))]
    parts += [lang.t("cite_commit", commit=lang.own_way(commit))] if commit else []
    fictional = f"{lang.t('fictional')}. " if view.dataset.fictional else ""
    sentence = lang.t(
        "cite_sentence",
        title=f"{fictional}{title}",
        year=str(view.as_of.year),
        details=lang.t("comma").join(parts),
        address=address,
    )
    return Citation(sentence, _bibtex(view, title, address, source, commit))


def _bibtex(view: View, title: str, address: str, source: Provenance, commit: str | None) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", address.removeprefix(source.base).lower()).strip("-") or "site"
    again = ", rescored" if source.rescored else ""
    edition = f"Edition {source.pinned}{again}" if source.pinned else "Latest state"
    note = f"{edition}, data as of {view.as_of}" + (f", commit {commit}" if commit else "")
    fields = {
        "author": f"{{{language('en').t('feed_author')}}}",
        "title": _tex(("Fictional example: " if view.dataset.fictional else "") + title),
        "year": str(view.as_of.year),
        "howpublished": f"\\url{{{address}}}",
        "note": f"{note}. {LICENCE}",
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{hiwar-{key},\n{body}}}\n"


def _tex(text: str) -> str:
    """Text that means nothing to TeX but itself."""
    return re.sub(r"[\\~^{}#$%&_]", lambda m: _TEX.get(m[0], f"\\{m[0]}"), text)
