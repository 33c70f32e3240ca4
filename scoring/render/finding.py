"""What the search finds: every agency, indicator, dimension, question, exhibit and evidence item, and the hand-written
pages by their headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from markupsafe import Markup

from scoring.model import Name, Profile, Text
from scoring.render.charts import json_for_html
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View
from scoring.search import Document, initials

KINDS = ("agency", "account", "indicator", "dimension", "question", "evidence", "exhibit", "page")
SHOWN = 160  # characters of a finding that a result shows
HEADINGS = ("h2", "h3")


def search_page(view: View, lang: Language) -> Markup:
    """The field, and where its script puts what was found."""
    words = {"kinds": {kind: lang.t(f"search_kind_{kind}") for kind in KINDS}, "count": lang.words["search_count"]}
    return fill("search", view, lang, "../", words=json_for_html(words))


def found(view: View, lang: Language, prose: Iterable[Document]) -> list[Document]:
    """Everything that can be found. Neighbours have words in common, which keeps the index small."""
    return [
        *prose,
        *_method(view, lang),
        *_questions(view, lang),
        *_exhibits(view, lang),
        *(_agency(view, lang, agency.profile) for agency in view.dataset.agencies.values()),
        *(one for agency in view.dataset.agencies.values() for one in _accounts(view, lang, agency.profile)),
        *_evidence(view, lang),
    ]


def _both(text: Name | Text | None) -> tuple[str, ...]:
    """A text in every language it is known in."""
    return tuple(t for t in (text.en, text.ar) if t) if text else ()


def _method(view: View, lang: Language) -> Iterator[Document]:
    for d in view.methodology.dimensions:
        text = " ".join(_both(d.why))
        yield Document(f"dimensions/{d.id}/", "dimension", lang.pick(d.name), names=_both(d.name), text=text)
    for i in view.indicators.values():
        address, place = f"indicators/{i.id}/", lang.pick(view.dimension_of[i.id].name)
        names = (*_both(i.name), i.code)
        yield Document(address, "indicator", lang.pick(i.name), place, names, text=" ".join(_both(i.question)))


def _questions(view: View, lang: Language) -> Iterator[Document]:
    for q in view.methodology.questions:
        text = " ".join(_both(q.text))
        yield Document(f"questions/{q.id}/", "question", lang.pick(q.name), names=(*_both(q.name), q.id), text=text)


def _exhibits(view: View, lang: Language) -> Iterator[Document]:
    for e in view.dataset.exhibits:
        headings = _both(e.question)
        text = " ".join((*_both(e.answer), *(t for panel in e.panels for t in _both(panel.title))))
        yield Document(f"exhibits/{e.id}/", "exhibit", lang.pick(e.title), "", _both(e.title), headings, text)


def _place(view: View, lang: Language, profile: Profile) -> str:
    """Where an agency belongs, which also tells it from its namesakes."""
    return f"{view.term(lang, 'countries', profile.country)} · {view.term(lang, 'levels', profile.level)}"


def _agency(view: View, lang: Language, profile: Profile) -> Document:
    short = initials(profile.name.en) if profile.name.en else []
    handles = [account.handle for account in profile.accounts]
    terms = (("countries", profile.country), ("levels", profile.level), ("sectors", profile.sector))
    return Document(
        address=f"agencies/{profile.id}/",
        kind="agency",
        title=lang.pick(profile.name),
        place=_place(view, lang, profile),
        names=(*_both(profile.name), *short, *handles),
        headings=[text for kind, id in terms for text in _both(view.named(kind, id))],
        text=" ".join(_both(profile.note)),
    )


def _accounts(view: View, lang: Language, profile: Profile) -> Iterator[Document]:
    """An agency's accounts, those of one name together: the same one often stands on every platform."""
    first: dict[str, int] = {}
    platforms: dict[str, list[str]] = {}
    for number, account in enumerate(profile.accounts, 1):
        first.setdefault(account.handle, number)
        platforms.setdefault(account.handle, []).append(view.term(lang, "platforms", account.platform))
    for handle, number in first.items():
        place = f"{lang.pick(profile.name)} · {' · '.join(dict.fromkeys(platforms[handle]))}"
        yield Document(f"agencies/{profile.id}/#account-{number}", "account", handle, place, names=(handle,))


def _evidence(view: View, lang: Language) -> Iterator[Document]:
    for profile, item in view.items:
        yield Document(
            address=f"agencies/{profile.id}/#{item.id}",
            kind="evidence",
            title=_cut(lang.pick(item.finding)),
            place=lang.pick(profile.name),
            headings=_both(view.codes[item.code].label),
            text=" ".join((*_both(item.finding), item.source.title or "")),
        )


def _cut(text: str) -> str:
    """A text short enough for a list of results, cut between words."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rsplit(" ", 1)[0] + " …"


class _Article(HTMLParser):
    """Title and description of a built page, and what its article says under each heading."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, str] = {}
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]  # anchor, heading, text
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self.told[values.get("property", "")] = values.get("content", "")
        elif tag in ("article", "nav", "script", "h1", *HEADINGS) or "headerlink" in values.get("class", ""):
            self._open.append(tag)
        if tag in HEADINGS and values.get("id") and "article" in self._open:
            self.parts.append((values["id"], [], []))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[:1] == ["article"] and data.strip():
            _, heading, text = self.parts[-1]
            if self._open == ["article"]:
                text.append(data)
            elif len(self._open) == 2 and self._open[1] in HEADINGS:
                heading.append(data)


def prose(path: str, html: str) -> Iterator[Document]:
    """A hand-written page as MkDocs built it, and each of its headings."""
    page = _Article()
    page.feed(html)
    title, description = page.told["og:title"], page.told["og:description"]
    (_, _, opening), *sections = page.parts
    yield Document(path, "page", title, "", (title,), (description,), _joined(opening))
    for anchor, heading, text in sections:
        yield Document(f"{path}#{anchor}", "page", _joined(heading), title, (), (_joined(heading),), _joined(text))


def _joined(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())
