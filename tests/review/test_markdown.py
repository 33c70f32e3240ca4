"""No text of a stranger acts in a comment, or on a terminal, and every one can still be read."""

from __future__ import annotations

import html
import re

import pytest
from marko.ext.gfm import gfm

from scoring.problems import visible
from scoring.review.markdown import LONGEST, inert, markdown
from scoring.review.text import text
from scoring.review.words import WORDS
from tests.review.samples import broken, review

ATTACKS = [
    "@hiwar-benchmark/method please merge",
    "ping @someone",
    "(@someone)",
    "fixes #12",
    "Closes hiwar/hiwar#12, resolves GH-12 and gh-7",
    "fixes https://github.com/hiwar/hiwar/issues/1",
    "www.example.org/path and WWW.EXAMPLE.ORG",
    "HTTPS://example.org ftp://example.org mailto:a@example.org xmpp:a@example.org",
    "someone@example.org",
    "[click](https://evil.example) ![pixel](https://evil.example/x.png)",
    "[ref]: https://evil.example",
    "<https://evil.example> <a@evil.example>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</span></div><details open><summary>x</summary>",
    "<!-- hidden --> <!--",
    "&lt;b&gt; &#64;team &commat;team &#x40;team",
    "0123456789abcdef0123456789abcdef01234567",
    "hiwar/hiwar@0123456789abcdef0123456789abcdef01234567",
    "deadbeef and DEADBEEF1",
    "GHSA-abcd-efgh-ijkl CVE-2026-12345",
    "`code` ``` ```` `",
    "```\nfence\n```",
    "a | b | c |",
    "# heading\n- [x] done\n> [!WARNING]\n1. one",
    "*b* _i_ ~~s~~ **B** __B__ ==m==",
    "$x^2$ $$\\frac{1}{2}$$ $`a`$",
    ":tada: :octocat:",
    "[^1] [^1]: note",
    "\\@team \\#12 \\<b>",
    "a\u202eb\u200bc\x1b[31md\u2028e",
    "وزارة @team العمل #12 ﷺ",
    "trailing backslash \\",
    "  ",
]
ZERO = "\u200b"


def rendered(source: str) -> str:
    """The comment as HTML, by GitHub's dialect."""
    return gfm(source)


def words_of(page: str) -> list[str]:
    """The texts of a page outside code, each as a reader sees it, which is where GitHub looks for what to link."""
    return [html.unescape(part) for part in re.split(r"<[^>]*>", re.sub(r"(?s)<code>.*?</code>", "<code>", page))]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("make", [review, broken])
def test_nothing_acts(attack: str, make: object) -> None:
    page = rendered(markdown(make(attack)))  # type: ignore[operator]
    allowed = "div|h2|h3|h4|p|ul|li|span|code|table|thead|tbody|tr|th|td"
    assert not re.sub(rf"</?(?:{allowed})(?: dir=\"(?:rtl|auto)\")?>", "", page).count("<")
    for found in words_of(page):
        assert not re.search(r"@\w|#\d|\bGH-\d|://\w|www\.|:\w+:", found, re.IGNORECASE), found
        assert not re.search(r"\b[0-9a-f]{7,}\b", found, re.IGNORECASE), found
        assert not re.search(r"[a-z]-\d|ghsa-\w", found, re.IGNORECASE), found
        assert found.strip() == "$" or "$" not in found


@pytest.mark.parametrize("attack", ATTACKS)
def test_texts_read_as_they_were_written(attack: str) -> None:
    page = rendered(f"x{inert(attack)}x")
    seen = html.unescape(re.sub(r"<[^>]*>", "", page)).replace(ZERO, "")
    assert seen == f"x{visible(attack)}x\n"


@pytest.mark.parametrize("attack", ATTACKS)
def test_terminals_get_no_character_that_acts(attack: str) -> None:
    out = text(review(attack), ("en", "ar")) + text(broken(attack), ("en", "ar"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u200b]", out)


@pytest.mark.parametrize("languages", [("en",), ("ar",), ("en", "ar")])
@pytest.mark.parametrize("attack", ["@" * 300, "$" * 300, "<" * 300, "ع" * 300, "f" * 300])
def test_a_comment_is_never_too_long_and_says_what_it_leaves_out(attack: str, languages: tuple[str, ...]) -> None:
    for made in (review(attack, many=True), broken(attack, many=True)):
        out = markdown(made, languages)
        assert len(out) <= LONGEST < 65_536
        assert out.count("<div") == out.count("</div>") == ("ar" in languages)
        left = [re.search(r"(\d[\d,]*) more lines are left out|حُذفت? من هنا", out)]
        assert all(left) or made.errors, "so much cannot fit"
    assert "more lines" not in markdown(review(), ("en",))


def test_what_is_left_out_is_counted() -> None:
    whole = review("@" * 300, many=True)
    lines = [line for line in markdown(whole, ("en",)).split("\n") if line]
    left = int(re.search(r"(\d[\d,]*) more lines", lines[-1])[1].replace(",", ""))  # type: ignore[index]
    assert left > 1000
    every = text(whole).count("\n")
    assert left > every / 2


def test_both_languages_are_whole() -> None:
    """The Arabic side is Arabic, the English side is not, and both take the same values."""

    def said(side: str | dict[str, str]) -> str:
        return side if isinstance(side, str) else " ".join(side.values())

    for key, (en, ar) in WORDS.items():
        assert not re.search("[\u0600-\u06ff]", said(en)), key
        if re.search("[a-zA-Z]", re.sub(r"\{\w+\}|`[^`]*`", "", said(en))):
            assert re.search("[\u0600-\u06ff]", said(ar)), key
        assert set(re.findall(r"\{\w+\}", said(en))) == set(re.findall(r"\{\w+\}", said(ar))), key
        assert isinstance(en, str) or {"one", "other"} <= set(en), key
        assert isinstance(ar, str) or {"one", "two", "few", "many", "other"} <= set(ar), key


def test_every_sentence_is_used() -> None:
    """Each kind of thing to look at, and each state of an agency, has its words in both languages."""
    for language in ("en", "ar"):
        out = text(review(), (language,)) + text(broken(), (language,))
        assert "{" not in out and "–" not in out
