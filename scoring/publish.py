"""The only writer of the site, and the door to MkDocs.

MkDocs builds the hand-written pages and one empty shell for each language; the generated pages are poured into
the shell, the generated parts into the places that hand-written pages leave for them. Everything is written
beside the published folder and takes its place by a rename, so that a killed build changes nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from scoring.render.documents import documents
from scoring.render.finding import found, prose
from scoring.render.frame import framed
from scoring.render.labels import demo_link, labelled
from scoring.render.language import LANGUAGES, Language, language
from scoring.render.page import Page, templates
from scoring.render.pages import fragments, pages
from scoring.render.view import View
from scoring.search import Document, index

CONFIGS = {"en": "mkdocs.yml", "ar": "mkdocs.ar.yml"}
SHELL = "shell/page/"
SEARCH = "search"
TOKENS = re.compile(r"(HIWAR-TITLE|HIWAR-DESCRIPTION|shell/page/|<!-- hiwar:body -->)")
TITLE_HEADING = re.compile(r"<h1>\s*HIWAR-TITLE\s*</h1>")
UP = re.compile(r'(?<==")\.\./\.\.(?=[/"])')  # the shell's way to the language's home, two folders up
DEMO = "demo"
PLACE = re.compile(r"<!-- hiwar:([a-z]+) -->")


class Shells:
    """MkDocs at work in the background: both languages at once, while the scores are computed."""

    def __init__(self, root: Path, as_of: date, folder: Path | None = None) -> None:
        self.folder = folder or root / "build" / "mkdocs"
        epoch = str(int(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).timestamp()))
        environment = os.environ | {"SOURCE_DATE_EPOCH": epoch, "NO_MKDOCS_2_WARNING": "1"}
        self._jobs = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "mkdocs",
                    "build",
                    "--quiet",
                    "--strict",
                    "-f",
                    config,
                    "-d",
                    self.folder / code,
                ],
                cwd=root,
                env=environment,
            )
            for code, config in CONFIGS.items()
        ]

    def wait(self) -> Path:
        """The folder with one built site for each language. Raises RuntimeError where MkDocs failed."""
        codes = [job.wait() for job in self._jobs]
        if any(codes):
            raise RuntimeError("MkDocs could not build the pages of docs/: see its message above")
        return self.folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _pour(shell: str, site: Path, made: Iterable[Page], view: View, lang: Language, home: str) -> list[Page]:
    """Write each page as the shell with its own title, description, address and body; tell which."""
    whole = TITLE_HEADING.sub("", shell)
    parts = cache(lambda depth: TOKENS.split(UP.sub("/".join([".."] * depth), whole)))
    done = []
    for page in made:
        values = {
            "HIWAR-TITLE": escape(page.title),
            "HIWAR-DESCRIPTION": escape(page.description),
            SHELL: page.path,
            "<!-- hiwar:body -->": framed(page, view, lang, home),
        }
        _write(site / page.path / "index.html", "".join(values.get(p, p) for p in parts(page.path.count("/"))))
        done.append(page)
    return done


def _fill_places(site: Path, made: dict[str, str]) -> None:
    """Put the generated parts into the hand-written pages."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if PLACE.search(text):
            path.write_text(PLACE.sub(lambda m: made[m[1]], text), encoding="utf-8")


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


def _write_index(site: Path, documents: list[Document]) -> None:
    """The search's index, beside the page that reads it."""
    for name, text in index(documents).items():
        _write(site / SEARCH / name, text)


def _sitemap(site: Path, code: str, address: str) -> None:
    """Every page of a language with its twin in the other (MkDocs knows only its own pages)."""
    pages = sorted(p.parent.relative_to(site).as_posix() for p in site.rglob("index.html"))
    values = {"address": address, "code": code, "languages": LANGUAGES}
    paths = ["" if page == "." else f"{page}/" for page in pages]
    _write(site / "sitemap.xml", templates().get_template("sitemap.xml").render(paths=paths, **values))
    (site / "sitemap.xml.gz").unlink(missing_ok=True)


def _settings(root: Path) -> tuple[str, str]:
    """Address of the published site and address for editing a file, from mkdocs.yml."""
    config = yaml.safe_load((root / CONFIGS["en"]).read_text(encoding="utf-8"))
    return config["site_url"].removesuffix("en/"), f"{config['repo_url']}/edit/main"


def _entrance(root: Path, site: Path, base: str, view: View) -> None:
    """The page above both languages, the page for lost addresses, and the shared chart bundle."""
    for name, up in (("index", ""), ("404", base)):
        page = templates().get_template("entrance.html").render(lost=bool(up), base=up)
        page = labelled(page, view, language("ar"), None) if view.dataset.fictional else page
        _write(site / f"{name}.html", page)
    shared = site / "assets"
    shared.mkdir(exist_ok=True)
    shutil.copy(root / "vendor" / "plotly" / "plotly-basic.min.js", shared)
    for name in ("entrance.js", "hiwar.css", "logo.svg"):
        shutil.copy(root / "theme" / "assets" / name, shared)


def _swap(new: Path, old: Path) -> None:
    """Publish by rename; what stood before goes only after."""
    aside = old.with_name(old.name + ".old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _label(site: Path, view: View, lang: Language, address: str, home: str | None) -> None:
    """Say on every page of a fictional data set that it is one; the shell too, so that what is poured into it says so.

    `home` is the way from the language's home to the real benchmark's (None: there is none here).
    """
    (site / "404.html").unlink(missing_ok=True)
    for path in sorted(site.rglob("*.html")):
        up = "../" * (len(path.relative_to(site).parts) - 1)
        text = labelled(path.read_text(encoding="utf-8"), view, lang, None if home is None else up + home)
        path.write_text(text.replace(address, f"{address}{DEMO}/") if home else text, encoding="utf-8")


def _write_documents(view: View, target: Path) -> None:
    """What the pages of both languages fetch."""
    for path, text in documents(view):
        _write(target / "data" / path, text)


def _write_tree(view: View, built: Path, target: Path, address: str, edit: str, demo: bool = False) -> int:
    """Both languages of one data set at `target`; gives the number of generated pages."""
    count = 0
    _write_documents(view, target)
    within = f"{address}{DEMO}/" if target.name == DEMO else address
    for code in LANGUAGES:
        site, lang = target / code, language(code)
        shutil.copytree(built / code, site)
        if view.dataset.fictional:
            _label(site, view, lang, address, f"../../{code}/" if target.name == DEMO else None)
        made = {name: str(text) for name, text in fragments(view, lang, edit).items()}
        shell = (site / SHELL / "index.html").read_text(encoding="utf-8")
        shell = shell.replace("<!-- hiwar:standing -->", made["standing"])
        shutil.rmtree(site / "shell")
        written = _hand_written(site)
        _fill_places(site, made | {"demo": str(demo_link(lang)) if demo else ""})
        poured = _pour(shell, site, pages(view, lang, edit), view, lang, f"{within}{code}/")
        _write_index(site, found(view, lang, written))
        _sitemap(site, code, within)
        count += len(poured)
    return count


def write_site(
    view: View,
    shells: Shells,
    root: Path,
    target: Path,
    data: str = "data",
    demo: tuple[View, str] | None = None,
) -> int:
    """Render everything in both languages and publish it at `target`; gives the number of generated pages.

    `data` is the data folder as the repository knows it, for links that edit a file. `demo` is a fictional data set
    and its folder, published beside under `demo/`.
    """
    new = target.with_name(target.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    address, edit = _settings(root)
    built = shells.wait()
    count = _write_tree(view, built, new, address, f"{edit}/{data}", demo=demo is not None)
    if demo:
        shown, folder = demo
        if not shown.dataset.fictional:
            raise ValueError("only a fictional data set can be the demonstration")
        count += _write_tree(shown, built, new / DEMO, address, f"{edit}/{folder}")
        _entrance(root, new / DEMO, urlsplit(address).path, shown)
    _entrance(root, new, urlsplit(address).path, view)
    _swap(new, target)
    return count
