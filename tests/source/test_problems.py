"""How findings are shown: safe in a terminal, in JSON and as GitHub annotations, in both languages."""

import json
import re
import string

import pytest

from scoring.problems import Message, Place, format_problems, visible
from scoring.rules import messages, method_messages
from scoring.source import messages as yaml_messages
from scoring.source import shape_messages

MESSAGES = [
    (f"{module.__name__}.{name}", value)
    for module in (yaml_messages, shape_messages, messages, method_messages)
    for name, value in vars(module).items()
    if isinstance(value, Message)
]
HOSTILE = "a\x1b[31m\r\n::error::x%0A\u202e\u2066\x00é٪\ud800"
PROBLEM = Message("E999-test", ("must {a}", "يجب {a}"), ("write {b}", "اكتب {b}")).at(
    Place("a:b,c%.yml", 3, 7), HOSTILE, a="x", b=("one", "واحد")
)


def test_a_terminal_shows_what_would_act() -> None:
    text = format_problems([PROBLEM])
    assert text.splitlines()[0] == "a:b,c%.yml:3:7: E999-test"
    assert "\\u{1B}[31m\\u{D}\\u{A}" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert text.count("\n") == 3


def test_both_languages_or_one() -> None:
    assert "must x" in format_problems([PROBLEM], language="en")
    assert "يجب" not in format_problems([PROBLEM], language="en")
    assert "اكتب واحد" in format_problems([PROBLEM], language="ar")
    assert "must" not in format_problems([PROBLEM], language="ar")


def test_json_is_read_back() -> None:
    (row,) = json.loads(format_problems([PROBLEM], "json"))
    assert (row["code"], row["severity"], row["line"], row["column"]) == ("E999-test", "error", 3, 7)
    assert row["must"] == {"en": "must x", "ar": "يجب x"}
    assert json.loads(format_problems([], "json")) == []


def test_an_annotation_is_one_command_and_no_more() -> None:
    line = format_problems([PROBLEM], "github")
    assert line.startswith("::error file=a%3Ab%2Cc%25.yml,line=3,col=7,title=E999-test::must x")
    assert line.count("\n") == 1
    assert "\r" not in line
    assert "x%250A" in line  # a stranger's %0A is no line break
    assert "%0Aيجب x" in line  # ours is


def test_long_texts_are_cut() -> None:
    assert len(visible("x" * 1000)) == 120
    assert visible("x" * 1000).endswith("…")


@pytest.mark.parametrize(("name", "message"), MESSAGES, ids=[name for name, _ in MESSAGES])
def test_a_message_is_whole_in_both_languages(name: str, message: Message) -> None:
    assert re.fullmatch(r"[EW]\d{3}-[a-z0-9-]+", message.code)
    for english, arabic in filter(None, (message.must, message.mend)):
        assert _fields(english) == _fields(arabic)
        assert re.search(r"[\u0621-\u064a]", arabic)
        assert not re.search(r"[\u0600-\u06ff]", english)


def test_a_code_names_one_finding() -> None:
    """Messages may share a code only to word the mend differently."""
    wording: dict[str, tuple[str, str]] = {}
    for _, message in MESSAGES:
        assert wording.setdefault(message.code, message.must) == message.must
    assert len({code[1:4] for code in wording}) == len(wording)


def _fields(template: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}
