"""What can be found: everything of the data, in both languages, and the hand-written pages by their headings."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.render.finding import KINDS, found, prose
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View

PAGE = """<meta property="og:title" content="Method &amp; more"><meta property="og:description" content="How.">
<header><h2 id="no">Not this</h2></header><article><nav>nor this</nav><h1>Method</h1><p>Open<b>ing</b> text.</p>
<h2 id="one">First<a class="headerlink" href="#one">&para;</a></h2><p>One.</p><script>nor(this)</script>
<h3 id="two">Second</h3>Two.</article><footer>nor this</footer>"""


def test_a_hand_written_page_is_found_by_its_headings() -> None:
    page, first, second = prose("method/", PAGE)
    assert (page.address, page.title, page.text) == ("method/", "Method & more", "Open ing text.")
    assert (first.address, first.title, first.place, first.text) == ("method/#one", "First", "Method & more", "One.")
    assert (second.address, second.title, second.text) == ("method/#two", "Second", "Two.")


@pytest.mark.parametrize("code", LANGUAGES)
def test_everything_of_the_data_can_be_found(view: View, demo: View, code: str) -> None:
    lang: Any = language(code)
    for shown in (view, demo):
        made = found(shown, lang, [])
        addresses = [one.address for one in made]
        items = {f"agencies/{profile.id}/#{item.id}" for profile, item in shown.items}
        assert len(set(addresses)) == len(addresses) and items <= set(addresses)
        counts = {kind: sum(one.kind == kind for one in made) for kind in KINDS}
        assert counts["agency"] == len(shown.dataset.agencies) and counts["indicator"] == len(shown.indicators)
        assert all(one.title and one.names + tuple(one.headings) for one in made)


def test_an_account_is_among_an_agencys_names(demo: View) -> None:
    profile = next(a.profile for a in demo.dataset.agencies.values() if a.profile.accounts)
    made = {one.address: one for one in found(demo, language("en"), [])}
    assert {account.handle for account in profile.accounts} <= set(made[f"agencies/{profile.id}/"].names)


def test_an_account_is_found_once_by_its_name_with_every_platform_it_stands_on(demo: View) -> None:
    lang = language("en")
    made = [one for one in found(demo, lang, []) if one.kind == "account"]
    for agency in demo.dataset.agencies.values():
        profile = agency.profile
        own = {one.title: one for one in made if one.address.startswith(f"agencies/{profile.id}/#account-")}
        assert set(own) == {account.handle for account in profile.accounts}
        for account in profile.accounts:
            assert demo.term(lang, "platforms", account.platform) in own[account.handle].place
