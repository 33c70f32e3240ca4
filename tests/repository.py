"""Repositories that tests make."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str, at: str | None = None) -> str:
    """Git without the settings of whoever runs the tests; `at` is the moment of a commit."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    settings = clean | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    settings |= {"GIT_COMMITTER_DATE": at} if at else {}
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], capture_output=True, check=True, env=settings)
    return done.stdout.decode().strip()


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
