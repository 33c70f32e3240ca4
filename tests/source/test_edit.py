"""Keys set in one item: what was meant is what can be read afterwards, and every other byte is as it was."""

from __future__ import annotations

import pytest

from scoring.source.edit import with_keys
from scoring.source.yaml_subset import read_yaml

SHA256 = "1" * 30 + "e" + "1" * 33  # a number to YAML
LINES = {"archived": "https://x.example/a:#b", "sha256": SHA256, "captured_at": "2026-11-02T09:30Z", "method": "pdf"}
FILES = {
    "the first key is one of them": f"- sha256: {'a' * 64}\n  id: a\n- id: b\n",
    "a text ends in a seeming comment": "- id: a\n  note:\n    en: |\n      text\n      # no comment\n- id: b\n",
    "a quoted text, too": "- id: a\n  x: 'one\n\n    # two'\n- id: b\n",
    "a text that keeps its empty lines": "- id: a\n  x: |+\n    t\n\n\n- id: b\n",
    "a comment on a line that is replaced": f"- id: a\n  sha256: {'b' * 64}  # why\n  x: 1\n- id: b\n",
    "comments after the item": "- id: a\n  x: 1\n    # deep\n\n# top\n- id: b\n",
    "dashes alone": "-\n  id: a\n  x: 1\n-\n  id: b\n",
    "an indented list": "  - id: a\n    x: 1\n  # c\n  - id: b\n",
    "no line end at the end": "- id: a\n  x: 1",
    "line ends of Windows": "- id: a\r\n  x: 1\r\n- id: b\r\n",
    "both": "- id: a\r\n  x: 1",
    "an end of the document": "---\n- id: a\n  x: 1\n...\n",
    "a byte-order mark": "\ufeff- id: a\n  x: 1\n",
    "a line separator in a text": "- id: a\n  x: 'a\u2028b'\n- id: b\n",
}


@pytest.mark.parametrize("file", FILES)
def test_what_was_meant_is_read_and_nothing_else_changed(file: str) -> None:
    data = FILES[file].encode()
    before = read_yaml(data, "").value
    written = with_keys(data, 0, LINES)
    assert written is not None
    after = read_yaml(written, "")
    assert after.value == [before[0] | LINES, *before[1:]]
    assert _others(written) == _others(data)
    assert with_keys(written, 0, LINES) == written, "twice is once"
    assert written.endswith(b"\n") == data.endswith(b"\n") and (b"\r" in written) == (b"\r" in data)


def _others(data: bytes) -> list[bytes]:
    """Every line that holds none of the keys; of a line that does, what is not key and value."""
    lines = [line.strip(b"\r") for line in data.split(b"\n")]
    own = tuple(key.encode() for key in LINES)
    return [line for line in lines if not line.lstrip(b" -").startswith(own)]


def test_a_comment_stays_with_its_line() -> None:
    written = with_keys(FILES["a comment on a line that is replaced"].encode(), 0, LINES)
    assert written is not None and f"sha256: '{SHA256}'  # why\n".encode() in written


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, x: 1}\n- id: b\n",
        "- id: a\n  archived: >-\n    https://x.example/\n",
        "id: a\n",
        "- a\n",
        "- id: [\n",
        "\xff",
    ],
)
def test_what_cannot_be_done_cleanly_is_not_done(text: str) -> None:
    assert with_keys(text.encode("latin-1"), 0, LINES) is None
