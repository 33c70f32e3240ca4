"""A site that must not be published is told so, at the place; one that is right has no finding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.checking import check_site
from scoring.checking.site import LARGEST_EMBED
from scoring.render.language import LANGUAGES, language
from scoring.render.policy import HEADERS, guarded

PLAIN = '<!doctype html>\n<html lang="{}" dir="{}"><head><meta charset="utf-8"></head>\n<body>{}</body></html>\n'


def page(body: str = "", code: str = "en") -> str:
    """The policy is that of the frame: what is put into it afterwards is not let in."""
    lang = language(code)
    return guarded(PLAIN.format(lang.code, lang.direction, "BODY")).replace("BODY", body)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The smallest site there may be."""
    for name in (HEADERS, "index.html", "404.html", "ar/index.html", "en/index.html", "ar/a/index.html", "ar/x.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(page(code=name[:2] if name[:2] in LANGUAGES else "en"), "utf-8")
    (tmp_path / "ar" / "x.css").write_text("p { color: red }", "utf-8")
    (tmp_path / "en" / "a").mkdir()
    (tmp_path / "en" / "a" / "index.html").write_text(page('<p id="b">c</p>'), "utf-8")
    return tmp_path


def codes(site: Path) -> list[str]:
    return [problem.code.partition("-")[0] for problem in check_site(site, "/sub/")]


def test_a_site_that_is_right_has_no_finding(site: Path) -> None:
    links = '<a href="a/#b">1</a><a href="/sub/en/a/">2</a><a href="#top">3</a><a href="https://x.org/">4</a><br>'
    (site / "en" / "index.html").write_text(page(links), "utf-8")
    assert codes(site) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p>open", "E701"),
        ("<p>a</b></p>", "E701"),
        ("<p>a < b</p>", "E701"),
        ("<p class='a'>b</p>", "E701"),
        ("<a href=javascript:a()>b</a>", "E701"),
        ('<a href = "javascript:a()">b</a>', "E701"),
        ('<a href="javascript:a()" href="a/">b</a>', "E701"),
        ('<p class="a"onclick="b()">c</p>', "E701"),
        ('<p/onclick="b()">c</p>', "E701"),
        ('<i id="a">1</i><i id="a">2</i>', "E702"),
        ('<i data-sort="../gone.json">1</i><i data-sort="../gone.json">2</i>', "E703"),
        ('<a href="b/">1</a>', "E703"),
        ('<a href="/en/a/">outside of the base</a>', "E703"),
        ('<a href="../../../etc/">1</a>', "E703"),
        ('<a href="a/#c">1</a>', "W704"),
        ('<img src="https://x.org/a.png" alt="">', "E705"),
        ('<img src="//x.org/a.png" alt="">', "E705"),
        ("<script>a()</script>", "E708"),
        ('<p style="color:red">b</p>', "E708"),
        ('<p onclick="a()">b</p>', "E708"),
        ('<p ONCLICK="a()">b</p>', "E708"),
        ('<a HREF="javascript:a()">b</a>', "E708"),
        ('<a href="javascript:a()">b</a>', "E708"),
        ("<!-- hiwar:body -->", "E712"),
    ],
)
def test_what_is_wrong_in_a_page_is_told_at_its_place(site: Path, body: str, code: str) -> None:
    (site / "en" / "index.html").write_text(page(f"\n  {body}"), "utf-8")
    found = check_site(site, "/sub/")
    assert {problem.code.partition("-")[0] for problem in found} == {code}
    assert {(problem.path, problem.line) for problem in found} == {("en/index.html", 5)}
    assert all(problem.column >= 3 for problem in found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("default-src 'none'", "default-src *"), "E707"),
        (lambda text: text.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"), "E707"),
        (lambda text: text.replace('http-equiv="Content-Security-Policy"', 'name="x"'), "E706"),
        (lambda text: text.replace('<meta charset="utf-8">', '<script src="a.js"></script>'), "E706"),
        (lambda text: text.replace('dir="ltr"', 'dir="rtl"'), "E709"),
        (lambda text: text.replace('lang="en"', 'lang="ar"'), "E709"),
    ],
)
def test_what_is_wrong_with_the_whole_page_is_told(site: Path, change: Callable[[str], str], code: str) -> None:
    (site / "en" / "a.js").write_text("", "utf-8")
    before = page('<p id="b">c</p>')
    assert change(before) != before
    (site / "en" / "index.html").write_text(change(before), "utf-8")
    assert code in codes(site)


def test_pages_of_one_language_alone_and_files_that_are_not_there_are_told(site: Path) -> None:
    (site / "en" / "a" / "index.html").unlink()
    (site / "404.html").unlink()
    (site / "ar" / "x.css").write_text("p { background: url(../none.png) }", "utf-8")
    assert sorted(codes(site)) == ["E703", "E710", "E713"]


def test_an_embed_must_be_small(site: Path) -> None:
    for code in LANGUAGES:
        (site / "embed" / code).mkdir(parents=True)
        (site / "embed" / code / "index.html").write_text(page("x" * LARGEST_EMBED, code), "utf-8")
    assert codes(site) == ["E711", "E711"]


def test_frozen_editions_are_let_be(site: Path) -> None:
    (site / "editions" / "2026-11").mkdir(parents=True)
    (site / "editions" / "2026-11" / "index.html").write_text("<p>open", "utf-8")
    assert codes(site) == []


def test_what_data_say_is_no_finding(site: Path) -> None:
    """A stranger's text must not keep everybody else's from being published."""
    body = "<p>HIWAR-TITLE shell/page/ &lt;!-- hiwar:body --&gt; javascript:a() on=&quot;&quot;</p>"
    (site / "en" / "index.html").write_text(page(body), "utf-8")
    assert codes(site) == []


def test_a_site_too_large_for_one_host_is_told_and_published(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.checking.site.LARGEST_SITE", 100)
    assert [problem.code for problem in check_site(site)] == ["W714-heavy"]


def test_a_file_too_large_for_one_host_is_told_and_published(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.checking.site.LARGEST_FILE", 100_000)
    (site / "api").mkdir()
    (site / "api" / "all.csv").write_text("x" * 100_001, "utf-8")
    (found,) = check_site(site)
    assert (found.code, found.path, found.found) == ("W715-large-file", "api/all.csv", "100,001")
