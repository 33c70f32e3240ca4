"""The pages' own scripts: the same numbers as the engine, and types that hold."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.freshness import assert_fresh

ROOT = Path(__file__).resolve().parent.parent


def tool(name: str) -> str:
    """A program of Node's; skipped visibly where there is none, except in CI, where it must be."""
    path = shutil.which(name)
    if path is None:
        message = f"no {name} on this machine (nodejs.org, or apt-get install nodejs npm)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


@pytest.mark.parametrize("script", ["make_vectors", "make_finding_vectors", "make_rule_vectors"])
def test_the_vectors_are_what_the_method_makes(script: str) -> None:
    assert_fresh(script)


def test_the_scripts_pass_their_own_tests() -> None:
    _run(tool("node"), "--test", *(str(p) for p in sorted((ROOT / "tests" / "js").glob("*.test.mjs"))))


def node_package(name: str) -> Path:
    """A package of `package-lock.json`, installed when it is first needed."""
    folder = ROOT / "node_modules" / name
    if not folder.is_dir():
        _run(tool("npm"), "ci", "--silent")
    return folder


def test_the_scripts_types_hold() -> None:
    _run(tool("node"), str(node_package("typescript") / "bin" / "tsc"), "-p", "jsconfig.json")
