"""The models' findings, at the right place and in our own words."""

import pytest

from scoring.model import Evidence, Methodology, Profile
from scoring.source.validate import validate
from scoring.source.yaml_subset import read_yaml

PROFILE = "id: qa-x\nname: {en: X}\ncountry: QA\nlevel: national\nsector: tides\n"


def _found(text: str) -> list[tuple[str, int, int, str]]:
    _, problems = validate(Profile, read_yaml(text.encode(), "profile.yml"))
    return [(p.code, p.line, p.column, p.mend.en if p.mend else "") for p in problems]


def test_a_valid_profile_has_no_findings() -> None:
    profile, problems = validate(Profile, read_yaml(PROFILE.encode(), "profile.yml"))
    assert problems == []
    assert profile is not None
    assert profile.id == "qa-x"


@pytest.mark.parametrize(
    ("line", "code", "column", "mend"),
    [
        ("historical: yes", "E201-wrong-type", 13, "write true or false"),
        ("historical: NO", "E201-wrong-type", 13, "write true or false"),
        ("historical: 1", "E201-wrong-type", 13, ""),
        ("website: 2026-11-22", "E201-wrong-type", 10, 'quote it: "2026-11-22"'),
        ("website: true", "E201-wrong-type", 10, 'quote it: "true"'),
        ("accounts: {}", "E201-wrong-type", 11, ""),
        ("historcal: true", "E202-unknown-key", 1, "did you mean `historical`?"),
        ("HISTORICAL: true", "E202-unknown-key", 1, "did you mean `historical`?"),
        ("zzz: true", "E202-unknown-key", 1, "delete the key"),
        ("kind: Agency", "E204-not-a-choice", 7, ""),
        ("note: {}", "E208-no-language", 7, "write what the source says in its language; make up no translation"),
        ("note: {en: ''}", "E206-too-short", 12, "write it, or leave the key out"),
        ("note: {fr: x}", "E202-unknown-key", 8, "delete the key"),
        ("note: text", "E201-wrong-type", 7, ""),
        ("parent: ../x", "E205-bad-form", 9, ""),
        ('parent: "qa-x\\n"', "E205-bad-form", 9, ""),
        ("parent: ٣x", "E205-bad-form", 9, ""),
    ],
)
def test_one_finding(line: str, code: str, column: int, mend: str) -> None:
    assert _found(PROFILE + line + "\n") == [(code, 6, column, mend)]


def test_a_place_is_refused_once() -> None:
    """What the tokens already said is not said again by the model."""
    text = PROFILE + "historical: 010\nwebsite: 0x1F\n"
    assert _found(text) == []
    assert [p.code for p in read_yaml(text.encode(), "f").problems] == ["E135-number-form"] * 2


def test_a_missing_key_is_named_at_its_mapping() -> None:
    _, problems = validate(Evidence, read_yaml(b"- id: a\n- id: b\n  source: {url: https://x.example}\n", "f"), (1,))
    assert {(p.line, p.column, p.must.en.split("`")[1]) for p in problems} == {
        (2, 3, "code"), (2, 3, "finding"), (2, 3, "observed"), (2, 3, "strength"),
        (3, 11, "language"), (3, 11, "kind"), (3, 11, "read"),
    }  # fmt: skip


def test_both_languages_are_needed_where_the_text_is_ours() -> None:
    _, problems = validate(Methodology, read_yaml(b"name: {en: Only English}\n", "f"))
    assert ("E203-missing-key", 1, 7) in {(p.code, p.line, p.column) for p in problems}


def test_partial_dates_say_what_they_may_be() -> None:
    found = _found(
        PROFILE + "accounts:\n- {platform: x, handle: y, since: March 2015}\n- {platform: x, handle: y, since: true}\n"
    )
    assert [row[:3] for row in found] == [("E209-partial-date", 7, 35), ("E209-partial-date", 8, 35)]
