"""What says that a data set is fictional, on every page made of it, and what leads to the fictional example."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from scoring.render.language import Language, language, languages
from scoring.render.view import View

_BODY = re.compile(r"<body\b[^>]*>")
_HEADER = '<header class="hw-header">'  # after the link that skips to the content, which must come first
_HIDDEN = '<meta name="robots" content="noindex">'


def labelled(page: str, view: View, lang: Language, home: str | None) -> str:
    """A page with a banner at its top, a label that stays in sight, and a title that says so; search engines are asked
    to leave it out. `home` leads to the real benchmark, where there is one."""
    top, foot = _banner(view, lang, home), _ribbon(lang)
    for start in ("<title>", 'property="og:title" content="'):
        page = page.replace(start, f"{start}{escape(lang.t('fictional'))}: ", 1)
    page = page.replace("</head>", f"{_HIDDEN}</head>", 1)
    body = _BODY.search(page)
    assert body is not None
    at = page.find(_HEADER) if _HEADER in page else body.end()
    page = f"{page[:at]}{top}{page[at:]}"
    return page.replace("</body>", f"{foot}</body>", 1)


def _banner(view: View, lang: Language, home: str | None) -> Markup:
    assert view.dataset.about is not None
    text = Markup("")
    for one in (lang, *(language(code) for code in languages() if code != lang.code)):
        name = one.pick(view.dataset.about.name)
        back = Markup(' <a href="{}">{}</a>').format(home, one.t("fictional_back")) if home and one is lang else ""
        text += Markup('<p lang="{}" dir="{}">{}{}</p>').format(
            one.code, one.direction, one.t("fictional_banner", name=name), back
        )
    return Markup('<aside class="hw-fictional" aria-label="{}">{}</aside>').format(lang.t("fictional"), text)


def _ribbon(lang: Language) -> Markup:
    words = " · ".join(language(code).t("fictional") for code in languages())
    return Markup('<div class="hw-fictional hw-fictional--foot" aria-hidden="true">{}</div>').format(words)


def demo_link(lang: Language) -> Markup:
    """The way to the fictional example, for the home page."""
    return Markup('<p class="hw-callout"><a href="../demo/{}/">{}</a> {}</p>').format(
        lang.code, lang.t("demo_link"), lang.t("demo_what")
    )
