"""What stands around the body of every generated page: the way to it, its description for machines, and what its
numbers stand at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from scoring.model import Profile
from scoring.render.charts import json_for_html
from scoring.render.cite import Provenance, citation
from scoring.render.embeds import drawn
from scoring.render.language import Language, other
from scoring.render.many import pictured
from scoring.render.markup import markup
from scoring.render.page import Page, templates
from scoring.render.view import View


def framed(page: Page, view: View, lang: Language, home: str) -> Markup:
    """A generated page's body with the way to it and its structured data; `home` is where the language's home is
    published."""
    data = markup('<script type="application/ld+json">{}</script>', json_for_html(structured(page, lang, home)))
    return Markup("").join([crumbs(page, lang), page.body, data])


def crumbs(page: Page, lang: Language) -> Markup:
    """The pages above this one, from the language's home down, as links."""
    root = "../" * page.path.count("/")
    trail = ((lang.t("home"), ""), *page.trail)
    above = Markup("").join(markup('<li><a href="{}{}">{}</a></li>', root, path, name) for name, path in trail)
    here = markup('<li aria-current="page">{}</li>', page.title)
    return markup('<nav class="hw-crumbs" aria-label="{}"><ol>{}{}</ol></nav>', lang.t("breadcrumb"), above, here)


def structured(page: Page, lang: Language, home: str) -> dict[str, Any]:
    """The page in the words of schema.org: where it stands, in which language, and whom it is about."""
    trail = ((lang.t("home"), ""), *page.trail, (page.title, page.path))
    steps = [
        {"@type": "ListItem", "position": at, "name": name, "item": home + path}
        for at, (name, path) in enumerate(trail, 1)
    ]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": home + page.path,
        "name": page.title,
        "description": page.description,
        "inLanguage": lang.code,
        "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": steps},
    }
    return told | ({"about": _organisation(page.about, lang)} if page.about else {})


def _organisation(profile: Profile, lang: Language) -> dict[str, Any]:
    name, second = lang.pick(profile.name), getattr(profile.name, other(lang.code), None)
    told: dict[str, Any] = {"@type": "GovernmentOrganization", "name": name}
    told |= {"alternateName": second} if second and second != name else {}
    return told | ({"url": profile.website} if profile.website else {})


def standing(view: View, lang: Language) -> Markup:
    """What the numbers of a page stand at: the day of the data, the edition, the version of the method."""
    edition = (
        lang.t("standing_edition", id=lang.own_way(view.kept[-1][0].id)) if view.kept else lang.t("standing_no_edition")
    )
    day = Markup('<time datetime="{}">{}</time>').format(view.as_of, lang.date(view.as_of))
    return Markup(str(lang.words["standing_line"])).format(  # the words are ours, what fills them is escaped
        date=day, edition=edition, version=Markup("<bdi>{}</bdi>").format(view.methodology.version)
    )


def head(page: Page, view: View, lang: Language, source: Provenance) -> Markup:
    """What a page's head says beside its title: its picture and the document of its embed, for where its address is
    shared, and its feed."""
    shown = (
        '<meta property="og:image" content="{}"><meta property="og:image:width" content="1200">'
        '<meta property="og:image:height" content="630"><meta property="og:image:alt" content="{}">'
        '<meta name="twitter:card" content="summary_large_image">'
    )
    link = '<link rel="alternate" type="{}" href="{}" title="{}">'
    told = markup(shown, f"{source.base}{card_path(page, lang, view)}", page.title) if drawn(view) else Markup("")
    feed = f"{source.base}feeds/{lang.code}/{_feed(page)}.atom"
    told += markup(link, "application/atom+xml", feed, lang.t("feed_of_page"))
    if page.chart:
        document = f"{source.base}embed/{lang.code}/{page.chart}/oembed.json"
        told += markup(link, "application/json+oembed", document, page.title)
    return told


def card_path(page: Page, lang: Language, view: View) -> str:
    """Where a page's card stands; an agency's is the picture of its score card, or the home page's where agencies have
    no pictures."""
    if page.about and pictured(view, page.about.id):
        return f"embed/{lang.code}/card/{page.about.id}/chart@2x.png"
    if page.about:
        return f"cards/{lang.code}/page-home.png"
    kind, id = page.subject or ("page", page.path.strip("/").replace("/", ".") or "home")
    return f"cards/{lang.code}/{kind}-{id}.png"


def _feed(page: Page) -> str:
    """Of the agency or the group that a page is about, else of everything."""
    if page.about:
        return f"agencies/{page.about.id}"
    return page.path.rstrip("/") if page.path.startswith("groups/") else "changes"


def cite(page: Page, view: View, lang: Language, source: Provenance) -> Markup:
    """How to cite a page, and what its numbers were made from: an edition's by its own day, commit and checksum."""
    shown, made = _edition(page, view, source) if page.edition else (view, source)
    cited = citation(shown, lang, page.title, f"{source.base}{lang.code}/{page.path}", made)
    return Markup(templates(lang).get_template("cite.html").render(lang=lang, cited=cited, source=made))


def _edition(page: Page, view: View, source: Provenance) -> tuple[View, Provenance]:
    past = next(past for edition, past in view.kept if edition.id == page.edition)
    manifest = None if page.rescored else view.dataset.frozen.get(page.edition)
    made = replace(
        source,
        pinned=page.edition,
        rescored=page.rescored,
        commit=manifest.commit if manifest else source.commit,
        checksum=source.sums.get(page.edition) if manifest else None,
        checked=f"editions/{page.edition}/data/scores.csv",
    )
    return past, made
