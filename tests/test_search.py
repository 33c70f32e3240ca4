"""The index: its words are the browser's, its files hold every document, and the same input makes the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scoring.search import Document, Sizes, compounds, index, initials, postings, tokens
from tests.freshness import assert_fresh
from tests.index import numbers, terms

ROOT = Path(__file__).resolve().parent.parent
GIVEN = json.loads((ROOT / "tests" / "vectors" / "search.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "words"), GIVEN["tokens"])
def test_a_text_has_the_same_words_as_in_the_browser(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(("text", "words"), GIVEN["compounds"])
def test_a_handle_is_found_whole_and_by_its_parts(text: str, words: list[str]) -> None:
    assert list(compounds(text)) == words


@pytest.mark.parametrize(("name", "short"), GIVEN["initials"])
def test_an_english_name_is_found_by_its_acronym(name: str, short: list[str]) -> None:
    assert initials(name) == short


def test_the_vectors_are_what_the_index_makes() -> None:
    assert_fresh("make_search_vectors")


def of_kind(files: dict[str, str], kind: str) -> list[str]:
    """The files of one kind, in order."""
    about = json.loads(files["index.json"])
    return [files[f"{about['folder']}/{kind}{at}.txt"] for at in range(len(about["shards"][kind]))]


DOCUMENTS = [
    Document(f"a/{at}/", "agency", f"Agency {at}", names=(f"Agency {at}", "جهة"), text="answers " + "x" * at)
    for at in range(100)
]


def test_every_term_stands_in_the_vocabulary_both_ways_and_with_its_documents() -> None:
    files = index(DOCUMENTS, Sizes(block=7, terms=11, postings=50))
    wanted = postings(DOCUMENTS)
    read = [pair for text in of_kind(files, "p") for pair in terms(text)]
    assert {term: numbers(line) for term, line in read} == {term: set(at) for term, at in wanted.items()}
    assert [term for text in of_kind(files, "v") for term, _ in terms(text)] == sorted(wanted)
    assert [term for text in of_kind(files, "r") for term, _ in terms(text)] == sorted(term[::-1] for term in wanted)


def test_every_document_stands_in_its_block() -> None:
    files = index(DOCUMENTS, Sizes(block=7))
    about = json.loads(files["index.json"])
    blocks = [json.loads(files[f"{about['folder']}/d{at}.json"]) for at in range(15)]
    assert [address for block in blocks for address, *_ in block] == [one.address for one in DOCUMENTS]
    assert len([name for name in files if "/d" in name]) == 15 and len(blocks[-1]) == 100 - 14 * 7


def test_a_word_of_too_many_texts_is_not_listed_but_known() -> None:
    files = index(DOCUMENTS, Sizes(common=50))
    line = dict(pair for text in of_kind(files, "p") for pair in terms(text))
    assert line["answers"] == "!" and len(numbers(line["agency"])) == 100


def test_the_same_documents_make_the_same_bytes_and_others_another_folder() -> None:
    first, again, other = index(DOCUMENTS), index(list(DOCUMENTS)), index(DOCUMENTS[1:])
    assert list(first.items()) == list(again.items())
    assert json.loads(first["index.json"])["folder"] != json.loads(other["index.json"])["folder"]


def test_nothing_to_find_is_an_index_too() -> None:
    assert list(index([])) == ["index.json"]
