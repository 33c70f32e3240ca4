"""The site's pictures in pixels: of every chart, and the card of every page. Drawn after the pages are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scoring.images.raster import Job, Rasters
from scoring.images.social import social_card
from scoring.render.cards import page_card
from scoring.render.frame import card_path
from scoring.render.language import Language
from scoring.render.page import Page
from scoring.render.view import View


def cards(pages: Iterable[Page], view: View, lang: Language, site: Path) -> Iterator[Job]:
    """The cards of pages, each once; those of agencies are charts."""
    known = {card_path(page, lang, view): page for page in pages if not page.about}
    for path, page in known.items():
        yield Job(social_card(page_card(page, view, lang), lang), 1, site / path)


def charts(site: Path) -> Iterator[Job]:
    """The pictures of every chart that has an SVG beside it, once and twice as large; a card's SVG is large itself."""
    for path in sorted((site / "embed").rglob("chart.svg")):
        svg, large = path.read_text(encoding="utf-8"), path.parent.parent.name == "card"
        for zoom, name in ((1.0, "chart.png"), (2.0, "chart@2x.png")):
            yield Job(svg, zoom / 2 if large else zoom, path.with_name(name))


def draw(jobs: Iterable[Job], cache: Path) -> int:
    """Every picture in its place; how many had to be drawn, the others were kept in `cache` from before."""
    kept = Rasters(cache)
    drawn = kept.draw(jobs)
    kept.prune()
    return drawn
