"""What other sites embed: for each chart and score card a page that loads nothing else, its numbers as JSON and CSV,
and the oEmbed document that tells consumers about it. The same for the latest state and for a frozen edition."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from scoring.images.social import social_card
from scoring.images.standalone import standalone
from scoring.render import policy
from scoring.render.api.csv import guarded
from scoring.render.api.origin import LICENCE, LICENCE_URL
from scoring.render.cards import agency_card
from scoring.render.cite import Provenance, citation, edition_of
from scoring.render.documents import compact
from scoring.render.gallery import Hung, gallery
from scoring.render.heights import height
from scoring.render.language import Language, language, languages, twin
from scoring.render.many import pictured
from scoring.render.page import templates
from scoring.render.picture import Picture, table
from scoring.render.view import View

SIZES = (320, 480, 640)  # pixels across that heights are told for
WIDEST = 720
_DECLARED = r"\{([^}]*)\}"


@dataclass(frozen=True)
class Look:
    """The style sheet that every embed carries, and the script that pages around it may load."""

    style: str
    resize: str

    @property
    def hash(self) -> str:
        """By which a page's policy lets the style sheet in."""
        return policy.digest(self.style)


def look(colours: str, chart: str, frame: str, resize: str) -> Look:
    """The embeds' own sheet with the site's colours, light and dark, and its rules for charts."""
    light, dark = (
        " ".join(re.findall(re.escape(block) + r"\s*" + _DECLARED, colours))
        for block in (":root", '[data-md-color-scheme="slate"]')
    )
    whole = frame.replace("/* light */", light).replace("/* dark */", dark) + chart
    bare = re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL))
    return Look(bare.strip(), resize)


@cache
def _script() -> tuple[str, str]:
    """What tells the page around an embed how high it is, and its hash."""
    text = templates().get_template("embed.js").render().strip()
    return text, policy.digest(text)


def embeds(
    view: View, lang: Language, source: Provenance, look: Look, shown: Iterable[Hung] | None = None
) -> Iterator[tuple[str, str]]:
    """Every file of the embeds of what is `shown` (all there is, unless given) in a language, by its path from the root
    of what is published at once."""
    for hung in gallery(view, lang) if shown is None else shown:
        path, told = hung.picture.path(lang.code), about(hung, view, lang, source)
        yield f"{path}index.html", page(hung, view, lang, source, look)
        yield f"{path}chart.json", compact(told)
        yield f"{path}oembed.json", compact(oembed(told, source.base))
        yield f"{path}chart.csv", as_csv(hung.picture, view)
        if pictured(view, hung.agency):
            yield f"{path}chart.svg", as_svg(hung, view, lang, source)


def shared(view: View, source: Provenance, look: Look) -> Iterator[tuple[str, str]]:
    """What all embeds have in common: the dialog of each language, the script that fits heights, who provides them."""
    spoken = [language(code) for code in languages()]
    for lang in spoken:
        dialog = templates().get_template("share.html").render(lang=lang, languages=spoken, sizes=SIZES)
        yield f"embed/{lang.code}/share.html", policy.guarded(dialog)
    yield "embed/resize.js", look.resize
    yield "embed/provider.json", compact(provider(source))


def provider(source: Provenance) -> dict[str, Any]:
    """Who provides which embeds, as in the list of providers at https://oembed.com/; a host of plain files has no
    endpoint to ask, so consumers find each document by the link in its page."""
    schemes = [f"{source.base}{'editions/*/' if pinned else ''}embed/*" for pinned in (False, True)]
    return {
        "provider_name": _brand(),
        "provider_url": source.base,
        "endpoints": [{"schemes": schemes, "discovery": True, "formats": ["json"]}],
    }


def _brand() -> str:
    return " · ".join(language(code).t("brand") for code in reversed(languages()))


def page(hung: Hung, view: View, lang: Language, source: Provenance, look: Look) -> str:
    """The page that is embedded: whole without scripts, and without anything else."""
    shown, script = hung.picture, _script()
    path = shown.path(lang.code)
    root = "../" * (path.count("/") + (2 if source.pinned else 0))
    return (
        templates(lang)
        .get_template("embed.html")
        .render(
            shown=shown,
            lang=lang,
            fictional=view.dataset.fictional,
            as_of=view.as_of,
            edition=edition_of(view, source, lang),
            pinned=source.pinned,
            style=Markup(look.style),  # our own sheet
            style_hash=look.hash,
            script=Markup(script[0]),
            script_hash=script[1],
            home=f"{root}{lang.code}/",
            page=f"{root}{lang.code}/{hung.page}",
            address=source.of(path),
            table="" if shown.tabular else table(shown.grid, links=False),
        )
    )


def about(hung: Hung, view: View, lang: Language, source: Provenance) -> dict[str, Any]:
    """A chart's numbers, and everything that is needed to use it: words, addresses, sizes, citation, licence."""
    shown, path = hung.picture, hung.picture.path(lang.code)
    cited = citation(view, lang, shown.title, source.of(path), source)
    kinds = ["json", "csv", *(["svg"] if pictured(view, hung.agency) else [])]
    kinds += ["png", "@2x.png"] if "svg" in kinds and drawn(view) and not source.pinned else []
    files = {kind: source.of(f"{path}chart{'' if kind[0] == '@' else '.'}{kind}") for kind in kinds}
    return {
        "name": shown.name,
        "language": lang.code,
        "title": shown.title,
        "sentence": shown.sentence,
        "alt": f"{shown.title}. {shown.sentence}",
        "caption": f"{shown.title}. {shown.sentence} {cited.sentence}",
        "as_of": str(view.as_of),
        "edition": source.pinned,
        "methodology": view.methodology.version,
        "commit": source.commit,
        "fictional": view.dataset.fictional,
        "columns": shown.grid.names(),
        "rows": list(shown.grid.records()),
        "page": f"{source.base}{lang.code}/{hung.page}",
        "embed": source.of(path),
        "other_language": source.of(shown.path(away)) if (away := twin(lang.code)) else None,
        "files": files,
        "pinned": [edition for edition, names in source.frozen.items() if shown.name in names],
        "heights": {str(size): height(shown, size) for size in SIZES},
        "citation": cited.sentence,
        "bibtex": cited.bibtex,
        "licence": {"id": LICENCE, "url": LICENCE_URL},
    }


def oembed(told: dict[str, Any], base: str) -> dict[str, Any]:
    """The oEmbed 1.0 document (https://oembed.com/) of an embed; of type `rich`."""
    size = SIZES[-1]
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": _brand(),
        "provider_url": base,
        "title": told["title"],
        "author_name": _brand(),
        "author_url": told["page"],
        "cache_age": 86400,
        "html": iframe(told["embed"], told["title"], told["heights"][str(size)]),
        "width": size,
        "height": told["heights"][str(size)],
    }


def iframe(address: str, title: str, tall: int) -> str:
    """What is pasted into another site; it works without scripts."""
    return Markup(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" sandbox="allow-scripts allow-popups" '
        'style="border:0;max-width:{}px" data-hiwar></iframe>'
    ).format(address, title, tall, WIDEST)


def drawn(view: View) -> bool:
    """Whether pictures in pixels are made: not of fictional data, for they travel without what is said beside them."""
    return not view.dataset.fictional


def as_svg(hung: Hung, view: View, lang: Language, source: Provenance) -> str:
    """The picture as a file that needs nothing else; an agency's card is the one that its page shows where it is
    shared."""
    shown = hung.picture
    if hung.agency and shown.name.startswith("card/"):
        return social_card(agency_card(view, lang, hung.agency, edition_of(view, source, lang)), lang)
    fictional = f"{lang.t('fictional')}: " if view.dataset.fictional else ""
    stands = f"{lang.t('embed_as_of')} {lang.date(view.as_of)}"
    foot = " · ".join([lang.t("embed_source"), stands, edition_of(view, source, lang), "CC BY 4.0"])
    return standalone(
        Markup(shown.table_as or shown.drawn),
        title=f"{fictional}{shown.title}",
        sentence=shown.sentence,
        foot=[foot, lang.own_way(source.of(shown.path(lang.code)))],
        lang=lang,
        marks=shown.marks,
    )


def as_csv(shown: Picture, view: View) -> str:
    """The numbers as they are shown, safe for spreadsheets; of a fictional data set every row says so."""
    fictional = view.dataset.fictional
    text = io.StringIO()
    text.write("\ufeff")  # by which spreadsheets know UTF-8
    write = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    write.writerow([*(guarded(name, name) for name in shown.grid.names()), *(["fictional"] if fictional else [])])
    for record in shown.grid.records():
        write.writerow([guarded(v, None if v is None else str(v)) for v in record] + (["true"] if fictional else []))
    return text.getvalue()
