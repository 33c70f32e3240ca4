"""One of each mistake, with the complete list of what must be found."""

import json
import runpy
from datetime import date
from pathlib import Path

from scoring.problems import Message
from scoring.rules import RULES, check_dataset, instrument_messages, messages, method_messages
from scoring.source import messages as yaml_messages
from scoring.source import shape_messages
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parents[2]
AWFUL = ROOT / "tests/fixtures/awful"
TODAY = date(2026, 11, 23)

# Mistakes that a git repository cannot keep, or that no known input makes; tested in tests/source.
ELSEWHERE = {
    "E101-file-too-big", "E130-too-many-nodes", "E199-too-many", "E221-symlink", "E223-name-collision",
    "E225-unreadable", "E299-invalid", "E397-capture-differs",
}  # fmt: skip


def test_every_mistake_is_found_where_it_is_and_nothing_else() -> None:
    expected = json.loads((AWFUL / "expected.json").read_text(encoding="utf-8"))
    found = runpy.run_path(str(AWFUL / "rewrite.py"))["findings"]()
    assert found == expected


def test_the_fixture_holds_one_of_each() -> None:
    expected = json.loads((AWFUL / "expected.json").read_text(encoding="utf-8"))
    modules = (yaml_messages, shape_messages, messages, method_messages, instrument_messages)
    codes = {m.code for module in modules for m in vars(module).values() if isinstance(m, Message)}
    assert codes - {row[0] for row in expected} == ELSEWHERE


def test_every_rule_has_a_reason() -> None:
    assert all(rule.__doc__ and rule.__doc__.endswith(".") for rule in RULES)


def test_a_clean_folder_has_no_findings() -> None:
    assert check_dataset(read_dataset(ROOT / "tests/fixtures/small"), TODAY) == ()


def test_the_real_data_has_no_errors() -> None:
    today = date.today()  # as `hiwar check` does
    problems = check_dataset(read_dataset(ROOT / "data"), today)
    assert [p for p in problems if p.severity == "error"] == []
