"""What stands around the body of every generated page: the way to it, its description for machines, and what its
numbers stand at."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from scoring.model import Profile
from scoring.render.charts import json_for_html
from scoring.render.language import Language, other
from scoring.render.page import Page
from scoring.render.view import View


def framed(page: Page, view: View, lang: Language, home: str) -> Markup:
    """A generated page's body with the way to it and its structured data; `home` is where the language's home is
    published."""
    data = Markup('<script type="application/ld+json">{}</script>').format(json_for_html(structured(page, lang, home)))
    return Markup("{}{}{}").format(crumbs(page, lang), page.body, data)


def crumbs(page: Page, lang: Language) -> Markup:
    """The pages above this one, from the language's home down, as links."""
    root = "../" * page.path.count("/")
    trail = ((lang.t("home"), ""), *page.trail)
    above = Markup("").join(Markup('<li><a href="{}{}">{}</a></li>').format(root, path, name) for name, path in trail)
    here = Markup('<li aria-current="page">{}</li>').format(page.title)
    return Markup('<nav class="hw-crumbs" aria-label="{}"><ol>{}{}</ol></nav>').format(
        lang.t("breadcrumb"), above, here
    )


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
    name, second = lang.pick(profile.name), getattr(profile.name, other(lang.code))
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
