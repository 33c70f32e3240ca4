"""The files of vectors that Python and the pages' scripts are both held to."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


def assert_fresh(script: str) -> None:
    """The file that a script of `scripts/` makes is what it would make now."""
    spec = importlib.util.spec_from_file_location(script, SCRIPTS / f"{script}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text("utf-8") == module.vectors(), f"run scripts/{script}.py"
