"""Ways in: who reviews what, what a pull request says, and that editors and hooks are set up for files that exist."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.cli import main
from scoring.schema import schemas
from tests.repository import git, rewrite

ROOT = Path(__file__).resolve().parent.parent
TEAMS = {f"@hiwar-benchmark/{name}" for name in ("data", "method", "code")}
ARABIC = re.compile("[\u0621-\u064a]")


# --- who reviews what -------------------------------------------------------------------------------------


def rules(text: str) -> list[tuple[str, set[str]]]:
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(pattern, set(owners)) for pattern, *owners in lines]


def fits(pattern: str, path: str) -> bool:
    """GitHub's rule, as far as we use it: anchored at the root, `*` within a name, a folder owns all that is in it."""
    if pattern == "*":
        return True
    parts = re.escape(pattern.strip("/")).replace(r"\*", "[^/]*")
    return bool(re.fullmatch(parts + (r"/.+" if pattern.endswith("/") else r"(/.+)?"), path))


def owners(path: str) -> set[str]:
    """The teams of the last line that fits."""
    found = [teams for pattern, teams in rules((ROOT / ".github/CODEOWNERS").read_text("utf-8")) if fits(pattern, path)]
    return {team.rpartition("/")[2] for team in found[-1]} if found else set()


@pytest.mark.parametrize(
    ("path", "teams"),
    [
        ("data/agencies/qa/qa-tides/evidence.yml", {"data"}),
        ("data/agencies/methodology.yml", {"data"}),
        ("data/exhibits.yml", {"data"}),
        ("data/methodology.yml", {"method"}),
        ("data/vocabulary.yml", {"method"}),
        ("data/codebook.yml", {"method"}),
        ("data/editions/2026-11/edition.yml", {"method"}),
        ("docs/ar/method.md", {"method"}),
        ("docs/ar/first.md", {"code"}),
        ("scoring/method/score.py", {"method", "code"}),
        ("scoring/instruments/observe.py", {"method", "code"}),
        ("scoring/render/first.py", {"code"}),
        (".github/workflows/site.yml", {"code"}),
        (".github/CODEOWNERS", {"data", "method", "code"}),
        ("GOVERNANCE.md", {"data", "method", "code"}),
        ("tests/data/agencies/x.yml", {"code"}),
        ("requirements.lock", {"code"}),
    ],
)
def test_the_last_line_that_fits_names_the_reviewers(path: str, teams: set[str]) -> None:
    assert owners(path) == teams


def test_a_pattern_fits_what_it_names_and_nothing_beside() -> None:
    assert fits("/data/", "data/a/b.yml") and not fits("/data/", "data") and not fits("/data/", "database/x")
    assert fits("/docs/*/method.md", "docs/en/method.md") and not fits("/docs/*/method.md", "docs/a/b/method.md")
    assert fits("/pyproject.toml", "pyproject.toml") and not fits("/pyproject.toml", "x/pyproject.toml")


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git working copy")
    return git(ROOT, "ls-files").splitlines()


def test_every_top_level_path_has_an_owner_and_every_line_a_file() -> None:
    paths = tracked()
    found = rules((ROOT / ".github/CODEOWNERS").read_text("utf-8"))
    assert {path for path in paths if not owners(path)} == set()
    assert [pattern for pattern, _ in found if not any(fits(pattern, path) for path in paths)] == []
    assert set().union(*(teams for _, teams in found)) == TEAMS


def test_no_data_is_reviewed_by_those_who_write_code() -> None:
    data = [path for path in tracked() if path.startswith("data/")]
    assert data and not [path for path in data if "code" in owners(path)]


# --- the pull request -------------------------------------------------------------------------------------


def test_a_pull_request_says_what_a_reviewer_needs_in_both_languages() -> None:
    text = (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text("utf-8").replace("\n  ", " ")
    asked = [line for line in text.splitlines() if line.startswith(("- ", "**"))]
    assert [line for line in asked if not ARABIC.search(line) or " · " not in line] == []
    for words in (
        r"Source.*المصدر",
        r"Day .*read.*يوم قراءتي",
        r"Conflict of interest.*تضارب المصالح",
        r"CC BY 4\.0.*MIT",
    ):
        assert any(re.search(words, line) for line in asked), words


# --- editors ----------------------------------------------------------------------------------------------


def loaded(path: str) -> Any:
    return json.loads((ROOT / path).read_text("utf-8"))


def test_the_editor_checks_each_data_file_by_the_schema_that_the_file_names() -> None:
    settings = loaded(".vscode/settings.json")["yaml.schemas"]
    assert {Path(name).stem for name in settings} | {"edition", "corrections"} == set(schemas())
    for schema, patterns in settings.items():
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            own = pattern.replace("**/agencies", "data/agencies")
            for path in ROOT.glob(own) if own.startswith("data/") else ():
                named = path.open(encoding="utf-8").readline().partition("$schema=")[2].strip()
                assert (path.parent / named).resolve() == (ROOT / schema).resolve(), path


def test_the_container_is_pinned_and_recommends_what_the_editor_does() -> None:
    container = loaded(".devcontainer/devcontainer.json")
    assert re.fullmatch(r"python:3\.\d+\.\d+-\w+", container["image"])
    assert container["forwardPorts"] == [8000]
    assert (ROOT / shlex.split(container["postCreateCommand"])[-1]).is_file()
    extensions = container["customizations"]["vscode"]["extensions"]
    assert extensions == loaded(".vscode/extensions.json")["recommendations"] == sorted(extensions)


def test_the_container_has_a_python_that_the_generator_runs_on() -> None:
    version = re.search(r"python:3\.(\d+)", loaded(".devcontainer/devcontainer.json")["image"])
    least = re.search(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert version and least and int(version[1]) >= int(least[1])


# --- hooks ------------------------------------------------------------------------------------------------


def hooks() -> dict[str, Any]:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"], "hooks of others would be downloaded"
    return {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}


KEYS = {"id", "name", "language", "entry", "files", "types", "types_or", "pass_filenames", "require_serial"}


def test_hooks_are_local_valid_and_named_in_both_languages() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert len(hooks()) == text.count("- id:")
    for hook in hooks().values():
        assert {"id", "name", "language", "entry"} <= hook.keys() <= KEYS
        assert hook["language"] == "system", "any other language installs something"
        assert hook["entry"].startswith(".venv/bin/")
        assert ARABIC.search(hook["name"])
        assert isinstance(hook.get("pass_filenames", True), bool) and isinstance(hook.get("require_serial", True), bool)
        assert hook.keys() & {"files", "types", "types_or"}
        re.compile(hook.get("files", ""))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/agencies/qa/qa-tides/evidence.yml", {"hiwar-fix", "hiwar-check"}),
        ("data/vocabulary.yml", {"hiwar-fix", "hiwar-check-all", "cms"}),
        ("data/editions/2026-11/edition.yml", set()),
        ("scoring/model/agency.py", {"hiwar-check-all", "schema", "cms"}),
        ("cms/config.yml", {"cms"}),
        ("README.md", set()),
    ],
)
def test_a_hook_runs_for_what_it_concerns(path: str, expected: set[str]) -> None:
    assert {id for id, hook in hooks().items() if "files" in hook and re.search(hook["files"], path)} == expected


def test_the_check_of_a_changed_file_passes_and_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program, *arguments = shlex.split(hooks()["hiwar-check"]["entry"])
    data = shutil.copytree(ROOT / "tests/fixtures/small", tmp_path / "data")
    path = data / "agencies/qa/qa-ministry-of-tides/evidence.yml"
    assert program.endswith("/hiwar")
    assert main([*arguments, "--data", str(data), str(path)]) == 0
    rewrite(path, "strength: C", "strength: Z")
    assert main([*arguments, "--data", str(data), str(path)]) == 1
    assert f"{path}:" in capsys.readouterr().out


@pytest.mark.parametrize("id", ["schema", "cms"])
def test_hooks_that_run_a_module_run(id: str) -> None:
    _, *arguments = shlex.split(hooks()[id]["entry"])
    assert subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode == 0
