"""A review that comes back from strangers is exactly a review, or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scoring.review.report import AGENCIES, MOST_BYTES, as_json, read_review
from tests.review.samples import broken, review

TEXT = {"en": "x", "ar": "x"}


@pytest.mark.parametrize("one", [review(), broken(), review("x" * 300, many=True), broken("ع" * 300, many=True)])
def test_what_is_written_is_read(one: Any) -> None:
    assert read_review(as_json(one).encode()) == one


def test_the_fullest_review_is_small_enough() -> None:
    assert len(as_json(review("\U0001f600" * 300, many=True)).encode()) < MOST_BYTES


def changed(*path: str | int, to: Any) -> bytes:
    """A review with one value set."""
    whole = json.loads(as_json(review()))
    at = whole
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = to
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("surplus",), 1),
        (("<script>alert(1)</script>",), 1),
        (("look", 0, "html"), "<b>"),
        (("version",), 2),
        (("version",), True),
        (("version",), 1.0),
        (("version",), "1"),
        (("version",), None),
        (("agencies",), {}),
        (("agencies",), None),
        (("agencies", 0, "id"), "../../etc"),
        (("agencies", 0, "id"), "qa-mot\n"),
        (("agencies", 0, "id"), "a`b"),
        (("agencies", 0, "id"), "a" * 81),
        (("agencies", 0, "id"), 7),
        (("agencies", 0, "name", "en"), "x" * 301),
        (("agencies", 0, "name", "en"), ""),
        (("agencies", 0, "name", "en"), ["x"]),
        (("agencies", 0, "status"), "gone"),
        (("agencies", 0, "moves", 0, "old", "score"), "40"),
        (("agencies", 0, "moves", 0, "old", "score"), True),
        (("agencies", 0, "moves", 0, "old", "score"), float("nan")),
        (("agencies", 0, "moves", 0, "old", "score"), float("inf")),
        (("agencies", 0, "moves", 0, "old", "rank"), 1.5),
        (("agencies", 0, "moves", 0, "old", "rank"), 0),
        (("agencies", 0, "items", 0, "scored"), 1),
        (("agencies_more",), -1),
        (("agencies_more",), 10**30),
        (("base", "commit"), "main"),
        (("base", "commit"), "A" * 40),
        (("base", "as_of"), "yesterday"),
        (("base", "as_of"), 1_700_000_000),
        (("look", 0, "code"), "approve"),
        (("look", 0, "old"), float("-inf")),
        (("errors",), [{"code": "E1", "path": "x", "line": 1, "column": 1, "must": TEXT, "found": ""}]),
        (("files", 0, "where"), "everywhere"),
    ],
)  # fmt: skip
def test_anything_else_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    with pytest.raises(ValueError, match="no review") as refused:
        read_review(changed(*path, to=value))
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "data",
    [
        b"", b"null", b"[]", b"{}", b'"review"', b"\xff\xfe", b"\x00", b"[" * 200_000, b'{"a":' * 200_000,
        as_json(review()).encode()[:-20], as_json(review()).encode() + b"{}", as_json(review()).encode("utf-16"),
        as_json(review("caf")).encode().replace(b"caf", b"caf\xe9"), b'{"version": "\\ud800"}',
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no review"):
        read_review(data)


def test_a_list_that_is_too_long_is_refused() -> None:
    one = json.loads(as_json(review()))
    one["agencies"] *= AGENCIES + 1
    with pytest.raises(ValueError, match="agencies: too_long"):
        read_review(json.dumps(one).encode())


def test_a_huge_file_is_refused_unread() -> None:
    with pytest.raises(ValueError, match="at most"):
        read_review(b" " * (MOST_BYTES + 1))


def test_a_message_repeats_nothing_that_acts() -> None:
    with pytest.raises(ValueError) as refused:
        read_review(changed("\x1b[31m\u202e", to=1))
    assert "\x1b" not in str(refused.value) and "\u202e" not in str(refused.value)
