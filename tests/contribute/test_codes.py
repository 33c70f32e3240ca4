"""Each code is explained in both languages, and each example gives the code it is an example of."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from scoring.contribute.codes import applied, examples, explained, matching, messages
from scoring.rules import check_dataset
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parents[2]
PROFILE = "id: qa-example\nname:\n  en: Example\ncountry: QA\nlevel: national\nsector: health\n"


def found(folder: Path, evidence: str) -> set[str]:
    for name in ("methodology.yml", "vocabulary.yml", "peer_groups.yml"):
        (folder / name).write_bytes((ROOT / "data" / name).read_bytes())
    agency = folder / "agencies" / "qa" / "qa-example"
    agency.mkdir(parents=True, exist_ok=True)
    (agency / "profile.yml").write_text(PROFILE, encoding="utf-8")
    (agency / "evidence.yml").write_text(evidence, encoding="utf-8")
    return {problem.code for problem in check_dataset(read_dataset(folder), date(2026, 11, 23))}


@pytest.mark.parametrize("code", list(examples()))
def test_an_example_gives_its_code_and_its_mended_form_does_not(tmp_path: Path, code: str) -> None:
    assert code in found(tmp_path, applied(examples()[code], "wrong"))
    assert not found(tmp_path, applied(examples()[code], "right"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_code_is_explained_in_sentences(language: str) -> None:
    for code in messages():
        said = explained(code, language)
        assert "{" not in re.sub(r"(?m)^    .*$", "", said).replace("{}", ""), code
        assert bool(re.search("[\u0600-\u06ff]", said.split("\n")[1])) == (language == "ar"), code


def test_a_code_is_known_by_its_number_alone() -> None:
    assert matching("E121") == matching("E121-duplicate-key") == "E121-duplicate-key"
    assert matching("E999") is None


def test_what_contributors_meet_has_an_example() -> None:
    """Those of a value's form and of evidence; of bytes, folders, method and editions there is the sentence alone."""
    assert len(examples()) >= 38 and set(examples()) <= set(messages())
