"""The feeds of changes, site-wide, by peer group and by agency, a feed of corrections, and the same as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace as Row
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from scoring.problems import visible
from scoring.render.changed import LONGEST, MIDNIGHT, Record, called
from scoring.render.language import Language, language, languages, twin
from scoring.render.page import fill, templates
from scoring.render.syndication import Channel, Entry, atom, json_feed
from scoring.render.view import View

MOST = 50  # entries of a feed, and changes on the page
ITEMS = 20  # evidence items that an entry leads to
SHORT = 10  # digits of a commit that are shown
SINCE = 2026  # year in which the address was ours, for tag URIs (RFC 4151); never changes


def feeds(
    view: View, records: Sequence[Record], *, base: str, repository: str, cut: bool = False
) -> Iterator[tuple[str, str]]:
    """Every feed in both languages: its address below `base`, where the site is published, and its text.

    `records` are the newest first; `repository` is its address on the web; `cut` says that the history is not whole.
    """
    for code in languages():
        yield from _Feeds(view, language(code), base, repository, cut).all(records)


class _Feeds:
    """The feeds of one language."""

    def __init__(self, view: View, lang: Language, base: str, repository: str, cut: bool) -> None:
        self.view, self.lang, self.base, self.repository, self.cut = view, lang, base, repository, cut
        self.home = f"{base}{lang.code}/"
        self.fiction = f"{lang.t('fictional')}: " if view.dataset.fictional else ""

    def all(self, records: Sequence[Record]) -> Iterator[tuple[str, str]]:
        """Corrections have a feed of their own and stand with the agencies and groups that they concern. What only
        others moved is told where somebody looks for it, at the agency and its group."""
        lang, view = self.lang, self.view
        entries = [(record, self._entry(record)) for record in records]
        by_agency: dict[str, list[Entry]] = {id: [] for id in view.dataset.agencies}
        by_group: dict[str, list[Entry]] = {group.id: [] for group in view.dataset.peer_groups}
        for record, entry in entries:
            if record.agency in by_agency:
                by_agency[record.agency].append(entry)
                by_group.setdefault(view.group_id(record.agency), []).append(entry)
        whole = [entry for record, entry in entries if record.kind not in ("correction", "others")]
        mended = [entry for record, entry in entries if record.kind == "correction"]
        yield from self._feed("changes", lang.t("feed_changes"), "feeds/", whole)
        yield from self._feed("corrections", lang.t("feed_corrections"), "feeds/", mended, "feed_corrections_what")
        for group in view.dataset.peer_groups:
            title = lang.t("feed_changes_of", name=visible(lang.pick(group.name), LONGEST))
            page = f"groups/{group.id}/" if view.members(group.id) else "feeds/"
            yield from self._feed(f"groups/{group.id}", title, page, by_group[group.id])
        for id, found in by_agency.items():
            title = lang.t("feed_changes_of", name=called(lang, view.profile(id).name))
            yield from self._feed(f"agencies/{id}", title, f"agencies/{id}/", found)

    def _feed(
        self, name: str, title: str, page: str, entries: Sequence[Entry], about: str = "feed_changes_what"
    ) -> Iterator[tuple[str, str]]:
        lang, newest, away = self.lang, tuple(entries[:MOST]), twin(self.lang.code)
        channel = Channel(
            id=self._tag(f"feeds/{lang.code}/{name}"),
            url=f"{self.base}feeds/{lang.code}/{name}",
            twin=f"{self.base}feeds/{away}/{name}" if away else None,
            language=lang.code,
            twin_language=away,
            page=self.home + page,
            title=self.fiction + title,
            about=" ".join(_about(self.view, lang, about, self.cut)),
            author=lang.t("feed_author"),
            rights=lang.t("feed_rights"),
            updated=max((entry.date for entry in newest), default=f"{self.view.as_of}{MIDNIGHT}"),
            entries=newest,
        )
        yield f"feeds/{lang.code}/{name}.atom", atom(channel)
        yield f"feeds/{lang.code}/{name}.json", json_feed(channel)

    def _entry(self, record: Record) -> Entry:
        lang = self.lang
        shown = _shown(self.view, lang, self.home, self.repository, record)
        return Entry(
            id=self._tag(f"{lang.code}/{record.id}"),
            url=shown.url,
            title=self.fiction + shown.title,
            text=self.fiction + shown.text,
            html=str(_change().entry(lang, shown, self.fiction)),
            date=record.date,
            category=(record.kind, lang.t(f"kind_{record.kind}")),
            facts=record.facts | ({"fictional": True} if self.fiction else {}),
        )

    def _tag(self, path: str) -> str:
        """An id that stays (RFC 4151)."""
        address = urlsplit(self.base)
        return f"tag:{address.hostname},{SINCE}:{address.path.lstrip('/')}{path}"


def _about(view: View, lang: Language, what: str, cut: bool) -> Iterator[str]:
    """What a feed tells, and what has to be known with it."""
    yield lang.t(what)
    if cut:
        yield lang.t("feed_cut")
    if view.dataset.fictional and view.dataset.about:
        yield lang.t("fictional_banner", name=visible(lang.pick(view.dataset.about.name), LONGEST))


def _shown(view: View, lang: Language, home: str, repository: str, record: Record) -> Row:
    """A record with its links; `home` leads to the language's home."""
    agency = view.dataset.agencies.get(record.agency or "")
    here = {item.id for item in agency.evidence} if agency else set()
    page = f"agencies/{record.agency}/" if agency else "feeds/"
    items = [Row(id=visible(id), href=f"{home}{page}#{id}" if id in here else "") for id in record.items[:ITEMS]]
    return Row(
        title=record.title(lang),
        text=record.text(lang),
        date=record.date[:10],
        kind=lang.t(f"kind_{record.kind}"),
        url=home + (f"editions/{record.id.removeprefix('edition/')}/" if record.kind == "edition" else page),
        items=items,
        more=len(record.items) - len(items),
        commit=record.commit[:SHORT] if record.commit else "",
        commit_url=f"{repository}/commit/{record.commit}",
    )


def _change() -> Any:
    return templates().get_template("change.html").module


def changes_page(
    view: View, lang: Language, records: Sequence[Record], *, repository: str, cut: bool = False
) -> Markup:
    """The newest changes as a list, and the addresses of all feeds."""
    whole = [record for record in records if record.kind != "others"][:MOST]
    return fill(
        "changes",
        view,
        lang,
        "../",
        shown=[_shown(view, lang, "../", repository, record) for record in whole],
        groups=[Row(id=group.id, name=lang.pick(group.name)) for group in view.dataset.peer_groups],
        cut=cut,
    )
