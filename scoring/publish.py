"""The only writer of the site, and the door to MkDocs.

MkDocs builds the hand-written pages and one empty shell for each language; the generated pages are poured into
the shell, the generated parts into the places that hand-written pages leave for them. Everything is written
beside the published folder, checked there, and takes its place in one step, so that a killed build changes nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup

from scoring.ahead import Ahead
from scoring.checking import CHECKED, fit
from scoring.commits import History
from scoring.drawings import cards, charts, draw
from scoring.editions import EDITIONS
from scoring.home import Home
from scoring.images.raster import Job
from scoring.pieces import Work, at_once
from scoring.pouring import SHELL, Frame, Pouring, write
from scoring.problems import Problem
from scoring.render import api
from scoring.render.beside import News, beside
from scoring.render.changed import records
from scoring.render.cite import Provenance
from scoring.render.embeds import Look, drawn, look
from scoring.render.feeds import changes_page
from scoring.render.finding import found, prose
from scoring.render.frame import cite, head, standing
from scoring.render.labels import demo_link, labelled
from scoring.render.language import Language, language, languages
from scoring.render.page import Page, templates
from scoring.render.pages import fragments
from scoring.render.policy import HEADERS, guarded, headers
from scoring.render.view import View
from scoring.replacing import replacing
from scoring.search import Document, index
from scoring.shards import WHOLE, Shard, mark
from scoring.shells import Shells
from scoring.source.git import revision
from scoring.stages import stage
from scoring.unchanged import Standing, again

SEARCH = "search"
DESCRIBED = "api/v1/dataset.jsonld"
DEMO = "demo"
PINNED = re.compile(r"editions/(?P<edition>[^/]+)/(?:embed/[a-z]+/(?P<name>.+)/index\.html|data/scores\.csv)")
TITLE = re.compile(r'property="og:title" content="(.*?)"')
PLACE = re.compile(r"<!-- hiwar:([a-z]+) -->")


def _fill_places(site: Path, made: dict[str, str], view: View, lang: Language, source: Provenance) -> list[Page]:
    """Put the generated parts into the hand-written pages; tell which."""
    done = []
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if PLACE.search(text):
            page = _of_page(path.relative_to(site), text, lang)
            parts = made | {"head": head(page, view, lang, source), "cite": cite(page, view, lang, source)}
            pieces = PLACE.split(guarded(text))
            pieces[1::2] = [parts[name] for name in pieces[1::2]]
            path.write_text("".join(pieces), encoding="utf-8")
            done.append(page)
    return done


def _of_page(path: Path, text: str, lang: Language) -> Page:
    """A hand-written page, as far as its head and foot ask."""
    titled = TITLE.search(text)
    above = "" if path.parent == Path() else f"{path.parent.as_posix()}/"
    label = f"{lang.t('fictional')}: "  # which citations and cards add by themselves
    return Page(above, unescape(titled[1]).removeprefix(label) if titled else "", "", Markup(""))


def _hand_written(site: Path) -> list[Document]:
    """What the pages of docs/ say, before anything generated is put into them."""
    pages = sorted(site.rglob("index.html"))
    paths = [page.parent.relative_to(site).as_posix() for page in pages]
    return [
        document
        for path, page in zip(paths, pages, strict=True)
        for document in prose("" if path == "." else f"{path}/", page.read_text(encoding="utf-8"))
        if path != SEARCH
    ]


def _sitemap(site: Path, code: str, address: str, view: View) -> None:
    """Every page of a language with its twin in the other (MkDocs knows only its own pages); those of agencies may be
    in other parts of the site."""
    there = {page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")}
    pages = sorted(there | {f"agencies/{id}" for id in view.dataset.agencies})
    values = {"address": address, "code": code, "languages": languages()}
    paths = ["" if page == "." else f"{page}/" for page in pages]
    write(site / "sitemap.xml", templates().get_template("sitemap.xml").render(paths=paths, **values))
    (site / "sitemap.xml.gz").unlink(missing_ok=True)


def provenance(home: Home, commit: str | None = None) -> Provenance:
    """Where what is published comes from; made from the newest commit unless from another."""
    return Provenance(home.address, home.repository, commit or revision(home.root)[0])


def _entrance(generator: Path, site: Path, base: str, view: View) -> None:
    """The page above all languages, the page for lost addresses, and the shared chart bundle."""
    spoken = [language(code) for code in languages()]
    for name, up in (("index", ""), ("404", base)):
        page = guarded(templates().get_template("entrance.html").render(lost=bool(up), base=up, languages=spoken))
        page = labelled(page, view, spoken[0], None) if view.dataset.fictional else page
        write(site / f"{name}.html", page)
    shared = site / "assets"
    shared.mkdir(exist_ok=True)
    shutil.copy(generator / "vendor" / "plotly" / "plotly-basic.min.js", shared)
    for name in ("entrance.js", "hiwar.css", "logo.svg"):
        shutil.copy(generator / "theme" / "assets" / name, shared)


def _label(site: Path, view: View, lang: Language, address: str, home: str | None) -> None:
    """Say on every page of a fictional data set that it is one; the shell too, so that what is poured into it says so.

    `home` is the way from the language's home to the real benchmark's (None: there is none here).
    """
    (site / "404.html").unlink(missing_ok=True)
    for path in sorted(site.rglob("*.html")):
        up = "../" * (len(path.relative_to(site).parts) - 1)
        text = labelled(path.read_text(encoding="utf-8"), view, lang, None if home is None else up + home)
        path.write_text(text.replace(address, f"{address}{DEMO}/") if home else text, encoding="utf-8")


def look_of(generator: Path) -> Look:
    """What embeds look like: the site's own colours and charts."""
    names = ("hiwar.css", "chart.css", "embed.css", "embed-resize.js")
    return look(*((generator / "theme" / "assets" / name).read_text(encoding="utf-8") for name in names))


def _pinned(source: Provenance, sealed: Mapping[str, str]) -> Provenance:
    """`source` with the embeds and the checksum of the scores of each frozen edition."""
    names: dict[str, set[str]] = {}
    sums: dict[str, str] = {}
    for path, checksum in sealed.items():
        found = PINNED.fullmatch(path)
        if found and found["name"]:
            names.setdefault(found["edition"], set()).add(found["name"])
        elif found:
            sums[found["edition"]] = checksum
    return replace(source, frozen=names, sums=sums)


def _write_frozen(frozen: Frozen, target: Path) -> None:
    if isinstance(frozen.files, Standing):
        again(frozen.files, target / EDITIONS)
        return
    for path, content in frozen.files:
        write(target / path, content)


def _write_tree(
    data: Published, built: Path, home: Home, target: Path, source: Provenance, linked: bool, shard: Shard
) -> tuple[int, list[Job]]:
    """Every language of one data set, or a part of them, at `target`; `linked` where the demonstration is published
    beside. Gives the number of generated pages, and the pictures to be drawn."""
    view, address = data.view, source.base
    source = replace(source, base=f"{address}{DEMO}/") if target.name == DEMO else source
    source = _pinned(source, data.frozen.sums)
    with stage("what is common"):
        (checksum,) = view.prepare([("checksum", partial(api.checksum, view))])
        source = replace(source, checksum=checksum)
        frames = [_frame(built, target, language(code), view, address, shard) for code in languages()]
    edit = f"{home.repository}/edit/main/{data.folder}"
    pouring = Pouring(view, frames, target, source, look_of(home.generator), edit)
    if data.ahead:
        with stage("pages ahead"):
            data.ahead.pour(pouring)
    first: list[Work] = []
    if shard.first:
        first = [("data and written pages", partial(_write_written, data, pouring, linked))]
        first += [("search", partial(_write_search, frame, view, _hand_written(frame.site))) for frame in frames]
        first += [("frozen editions", partial(_write_frozen, data.frozen, target))] if data.frozen.sums else []
    with stage("pages and files"):
        done = list(at_once([*first, *pouring.works(shard)]))
    filled = done[0] if first else {}
    poured = {code: [page for pages in done[len(first) :] for page in pages.get(code, ())] for code in languages()}
    pictures: list[Job] = []
    for frame in frames if shard.first else ():
        code = frame.lang.code
        pictures += cards([*filled[code], *poured[code]], view, frame.lang, target) if drawn(view) else ()
        _sitemap(frame.site, code, source.base, view)
    return sum(map(len, poured.values())), [*pictures, *(charts(target) if drawn(view) else ())]


def _frame(built: Path, target: Path, lang: Language, view: View, address: str, shard: Shard) -> Frame:
    """The hand-written pages of a language in their place, and the shell for the generated ones."""
    site = target / lang.code
    shutil.copytree(built / lang.code, site, dirs_exist_ok=True)
    if view.dataset.fictional:
        _label(site, view, lang, address, f"../../{lang.code}/" if target.name == DEMO else None)
    shell = (site / SHELL / "index.html").read_text(encoding="utf-8")
    shell = guarded(shell).replace("<!-- hiwar:standing -->", str(standing(view, lang)))
    shutil.rmtree(site / "shell" if shard.first else site)
    return Frame(lang, site, shell)


def _write_written(data: Published, pouring: Pouring, linked: bool) -> dict[str, list[Page]]:
    """The open data, feeds and other files, and what the hand-written pages say of them; gives these pages."""
    view, source = data.view, pouring.source
    news = News(records(view, data.history.steps, view.dataset.corrections), data.history.cut)
    rows = [record.row for record in news.records]
    open_data = api.files(view, base=source.base, commit=source.commit, changes=rows)
    for path, content in chain(open_data, beside(view, source, pouring.looks, news)):
        write(pouring.target / path, content)
    described = (pouring.target / DESCRIBED).read_bytes()
    filled = {}
    for frame in pouring.frames:
        lang = frame.lang
        made = {name: str(text) for name, text in fragments(view, lang, pouring.edit).items()}
        made["dataset"] = str(api.embedded(described))
        made["changes"] = str(changes_page(view, lang, news.records, repository=source.repository, cut=news.cut))
        made["demo"] = str(demo_link(lang)) if linked else ""
        filled[lang.code] = _fill_places(frame.site, made, view, lang, source)
    return filled


def _write_search(frame: Frame, view: View, written: Sequence[Document]) -> None:
    """The search's index, beside the page that reads it; `written` is what the hand-written pages say."""
    for name, text in index(found(view, frame.lang, written)).items():
        write(frame.site / SEARCH / name, text)


@dataclass(frozen=True)
class Frozen:
    """The files of frozen editions, which are published as they are: by path, the SHA-256 of each and what it holds, or
    where they stand."""

    sums: Mapping[str, str] = field(default_factory=dict)
    files: Iterable[tuple[str, bytes]] | Standing = ()


@dataclass(frozen=True)
class Published:
    """A data set to publish: what is shown of it, its folder as the repository names it (for links that edit a file),
    what its newest commits changed, its frozen editions, and what of it somebody waits for."""

    view: View
    folder: str = "data"
    history: History = History((), cut=True)  # noqa: RUF009 - nothing in it can change
    frozen: Frozen = Frozen()
    ahead: Ahead | None = None


def write_site(
    data: Published,
    shells: Shells,
    home: Home,
    target: Path,
    demo: Published | Standing | None = None,
    pictures: Path | None = None,
    shard: Shard = WHOLE,
) -> tuple[int, list[Problem]]:
    """Render everything in each language and publish it at `target`; gives the number of generated pages, and what the
    checks of the site warn of.

    `demo` is a fictional data set, published beside under `demo/`, or where it stands as it would be made.
    Pictures drawn once are kept in the folder `pictures`; without one, none are drawn. Of a part of the site (`shard`)
    nothing is checked before all are joined. Raises Unfit where what was made does not pass its checks; what stood at
    `target` still stands.
    """
    with replacing(target) as new:
        with stage("written pages"):
            built = shells.wait()
        count = _write_all(data, built, home, new, demo, pictures, shard)
        if not shard.whole:
            mark(new, shard, f"{provenance(home).commit} {data.view.as_of} {pictures is None} {demo is None}")
            return count, []
        with stage("verify"):
            found = fit(new, urlsplit(home.address).path, provenance(home).commit, home.root / CHECKED)
    return count, found


def _write_all(
    data: Published,
    built: Path,
    home: Home,
    new: Path,
    demo: Published | Standing | None,
    pictures: Path | None,
    shard: Shard,
) -> int:
    source = provenance(home)
    count, jobs = _write_tree(data, built, home, new, source, demo is not None, shard)
    if isinstance(demo, Standing):
        again(demo, new / DEMO)
    elif demo:
        count += _write_demo(demo, built, home, new / DEMO, source, shard)
    if shard.first:
        _write_entrances(data, built, home, new)
    if pictures:
        with stage("pictures"):
            draw(jobs, pictures)
    return count


def _write_demo(demo: Published, built: Path, home: Home, target: Path, source: Provenance, shard: Shard) -> int:
    """The demonstration; gives the number of generated pages. Nothing of it is drawn as a picture."""
    if not demo.view.dataset.fictional:
        raise ValueError("only a fictional data set can be the demonstration")
    count, _ = _write_tree(demo, built, home, target, source, False, shard)
    if shard.first:
        _entrance(home.generator, target, urlsplit(home.address).path, demo.view)
    return count


def _write_entrances(data: Published, built: Path, home: Home, new: Path) -> None:
    """What stands above all languages, and what hosts are to say of every file."""
    address = home.address
    _entrance(home.generator, new, urlsplit(address).path, data.view)
    frames = [*(built / code / SHELL / "index.html" for code in languages()), new / "404.html"]
    write(new / HEADERS, headers(languages(), "".join(path.read_text(encoding="utf-8") for path in frames)))
