"""Handles: each platform's own form."""

import re

import pytest

from scoring.rules.accounts import PLATFORMS


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platforms_example_is_one(name: str) -> None:
    assert re.fullmatch(PLATFORMS[name].handle, PLATFORMS[name].example)


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("x", "@sixteen_letters_"),
        ("x", "https://x.com/moj"),
        ("x", "@moj qatar"),
        ("x", "@moj\n"),
        ("instagram", "@موج"),
        ("facebook", "facebook.com/moj"),
        ("whatsapp", "+٩٧٤"),
    ],
)
def test_what_a_platform_could_not_give(name: str, handle: str) -> None:
    assert not re.fullmatch(PLATFORMS[name].handle, handle)
