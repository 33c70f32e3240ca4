"""`hiwar fix` mends form and leaves everything else: right files to the byte, values but for what has one reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.cli import main
from scoring.contribute.mend import NAMES, mended
from scoring.model import Enquiry, Evidence, Profile, Reply, Stage
from scoring.source.yaml_subset import read_yaml

ROOT = Path(__file__).resolve().parents[2]
MODELS = {"profile": Profile, "evidence": Evidence, "enquiries": Enquiry, "replies": Reply, "stages": Stage}
KEYS = list(Evidence.model_fields)
GOOD = """# yaml-language-server: $schema=x

- id: a-1
  # about the value
  value: true  # beside it
  finding:
    en: |
      two lines

      # no comment
    ar: وزارة ﷺ
  observed: 2026-03-05
  strength: B

# between
- id: b
  code: x
"""


def test_what_is_right_stays_to_the_byte() -> None:
    files = [p for top in ("data/agencies", "examples") for p in (ROOT / top).rglob("*.yml") if p.stem in MODELS]
    assert len(files) > 1000
    assert not [p for p in files if mended(p.read_bytes(), MODELS[p.stem]) != (p.read_bytes(), ())]
    assert mended(GOOD.encode(), Evidence) == (GOOD.encode(), ())


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (GOOD.replace("\n", "\r\n"), "line_ends"),
        (GOOD.replace("B\n", "B   \n"), "spaces"),
        (GOOD.rstrip("\n"), "last_line"),
        (GOOD + "\n\n", "last_line"),
        ("\ufeff" + GOOD, "byte_order_mark"),
        (GOOD.replace("وزارة", "ﻭﺯﺍﺭﺓ"), "letters"),
        (GOOD.replace("2026-03-05", "2026/3/5"), "dates"),
        (GOOD.replace("2026-03-05", "٢٠٢٦-٠٣-٠٥"), "digits"),
        (GOOD.replace("- id: b\n  code: x", "- code: x\n  id: b"), "order"),
        (GOOD.replace("  # about the value\n  value: true  # beside it\n", "").replace(
            "  strength: B\n", "  strength: B\n  # about the value\n  value: true  # beside it\n"), "order"),
    ],
)  # fmt: skip
def test_what_can_be_mended_is(broken: str, what: str) -> None:
    assert mended(broken.encode(), Evidence) == (GOOD.encode(), (what,))


@pytest.mark.parametrize("day", ["05/03/2026", "2026/13/01", "2026-02-30", "3 March"])
def test_what_has_two_readings_or_none_is_left_alone(day: str) -> None:
    text = GOOD.replace("2026-03-05", day).encode()
    assert mended(text, Evidence) == (text, ())


def test_the_line_for_editors_comes_back() -> None:
    heading, rest = GOOD.split("\n", 1)
    assert mended(rest.encode(), Evidence, heading + "\n") == ((heading + "\n" + rest).encode(), ("schema",))
    assert mended(GOOD.encode(), Evidence, "# another\n") == (GOOD.encode(), ())


def test_letters_that_are_composed_elsewhere_are_composed() -> None:
    after, done = mended(GOOD.replace("two", "re\u0301sume\u0301").encode(), Evidence)
    assert "résumé".encode() in after and done == ("composed",)


VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=0x6FF, exclude_characters="\x7f\x85\xad"), max_size=12)
ITEMS = st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=6), min_size=1, max_size=3)


@given(ITEMS)
def test_order_changes_no_value_and_mending_twice_is_mending_once(items: list[dict[str, str]]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    text = "\n".join("- " + "\n  ".join(f"{k}: {quoted(v)}" for k, v in item.items()) for item in items) + "\n"
    once, _ = mended(text.encode(), Evidence)
    assert mended(once, Evidence)[0] == once
    before, after = (read_yaml(data, "").value for data in (text.encode(), once))
    if once.decode() != text and isinstance(before, list) and isinstance(after, list):
        assert [set(item) for item in before] == [set(item) for item in after]


def test_the_command_mends_in_place_and_only_looks_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "evidence.yml"
    file.write_text(GOOD.replace("2026-03-05", "2026/3/5"), encoding="utf-8")
    assert main(["fix", str(tmp_path), "--check"]) == 1 and "2026/3/5" in file.read_text("utf-8")
    told = capsys.readouterr().out
    assert NAMES["dates"][0] in told and NAMES["dates"][1] in told
    assert main(["fix", str(file)]) == 0 and file.read_text("utf-8") == GOOD
    assert main(["fix", str(file), "--check"]) == 0 and main(["fix", str(tmp_path / "none.yml")]) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["evidence.yml"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 5000, b"\x00", b"- \n", b"&a [*a]", b"a: b"])
def test_what_is_no_data_file_is_survived(data: bytes) -> None:
    assert isinstance(mended(data, Evidence)[0], bytes)
