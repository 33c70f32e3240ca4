"""The quick reader takes only what the whole reader reads the same way."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.source.characters import decode, is_ordinary
from scoring.source.document import Document
from scoring.source.plain import read_plain
from scoring.source.yaml_subset import Limits, read_whole, read_yaml

ROOT = Path(__file__).resolve().parents[2]
WIDE = Limits(bytes=10_000_000, nodes=10_000_000)
PIECES = (
    "a", "b: c", "key:", "- ", "- a", "- a: b", "  ", "    ", " ", "\n", "\n", "\n", "#", " # x", "'", "''", '"', "\\",
    ":", ": ", "[a, b]", "[]", "{}", "{a: 1}", "{a: 1, b: [c]}", "[a, ]", "[a,b]", "1", "-1", "010", "1e3", "true",
    "yes", "null", "~", "2026-02-30", "2026-11-20", "2026-11", "12:30", "<<: *x", "&x", "!t", "|", ">-", "---", "...",
    "%", "?", "-", "،", "كلمة", "١٢", "\u00a0", "\u200c", "\u0640", "@", "`", ",", "}", "]", "a: b: c",
    "http://x.qa/?a=b#c", "key: 'it''s'", 'key: "a b"',
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def _agree(text: str) -> None:
    value = read_plain(text) if is_ordinary(text) else None
    if value is None:
        return
    whole = read_whole(text.encode(), "f.yml", WIDE)
    assert repr(value) == repr(whole.value)  # repr, for 1 is not true and 1.0 is not 1
    assert not [p for p in whole.problems if not p.code.startswith("W")]


@given(TEXTS)
@example("a: b\n c")
@example("a:\n- b")
@example("a:\n  - b\n - c")
@example("- a: 1\n  b: 2\n- c\n")
@example("- - a")
@example("a: 'b' ")
@example("a: b\n\n    c: d")
@example("a:\n  b: c\n d: e")
@example("- a:\n  b: c")
@example("true: 1")
@example("a: [true, 010]")
def test_what_it_takes_means_the_same_to_the_whole_reader(text: str) -> None:
    _agree(text)


@pytest.mark.parametrize("folder", ["data", "examples", "tests/fixtures"])
def test_it_agrees_on_every_file_of_the_repository_and_takes_most(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.yml"))
    texts = [text for path in files if (text := decode(path.read_bytes(), "")[0]) and is_ordinary(text)]
    for text in texts:
        _agree(text)
    taken = sum(read_plain(text) is not None for text in texts)
    assert taken > (0.2 if folder == "tests/fixtures" else 0.8) * len(texts)


def test_it_reads_what_pyyaml_reads() -> None:
    text = "- id: a.b\n  n: {en: One}\n  list: [x, y]\n  deep:\n    - k: 'it''s: #1'\n    - k: \"q\"\n  day: 2026-11\n"
    assert read_plain(text) == yaml.safe_load(text)


def test_places_are_found_when_they_are_asked_for() -> None:
    document = read_yaml(b"- id: a\n  value: 1\n- id: b\n", "f.yml")
    assert isinstance(document, Document) and document.position((1, "id")) == (3, 7)
