"""How the whole is cited: CITATION.cff by its own schema, and in step with the package and the editions."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def cff() -> Any:
    # dates as the text they are, as the format's own schema wants them
    return yaml.load((ROOT / "CITATION.cff").read_text("utf-8"), Loader=yaml.BaseLoader)


def test_it_is_valid_by_its_own_schema(cff: Any) -> None:
    schema = json.loads((ROOT / "tests" / "fixtures" / "cff" / "schema-1.2.0.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    faults = list(Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(cff))
    assert not faults, faults[0].message


def test_it_names_the_version_and_the_address(cff: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert cff["version"] == project["version"]
    assert cff["repository-code"] == site["repo_url"] and site["site_url"].startswith(cff["url"])
