"""What MkDocs built from the same stands; anything else is built anew."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from scoring.home import CONFIGS, Home
from scoring.shells import Shells

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy that can be changed, with few pages."""
    root = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "theme", root / "theme")
    for code, config in CONFIGS.items():
        (root / "docs" / code / "shell").mkdir(parents=True)
        shutil.copy(ROOT / "docs" / code / "shell" / "page.md", root / "docs" / code / "shell")
        (root / "docs" / code / "index.md").write_text("# Home\n", "utf-8")
        text = (ROOT / config).read_text("utf-8")
        (root / config).write_text(text[: text.index("\nnav:")] + "\nnav:\n  - Home: index.md\n", "utf-8")
    return Home(root, root)


def _built(home: Home, day: date = DAY) -> tuple[bool, dict[str, bytes]]:
    """Whether MkDocs was at work, and what stands."""
    shells = Shells(home, day)
    folder = shells.wait()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return bool(shells._jobs), {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_stands_is_let_be_until_anything_changes(home: Home) -> None:
    assert _built(home)[0]
    works, first = _built(home)
    assert not works and "en/shell/page/index.html" in first
    (home.root / "docs" / "en" / "index.md").write_text("# Another home\n", "utf-8")
    works, second = _built(home)
    assert works and b"Another home" in second["en/index.html"] and b"Another home" not in first["en/index.html"]
    (home.root / "build" / "mkdocs" / "ar" / "index.html").unlink()
    works, third = _built(home)
    assert works and third.keys() == second.keys() and third["ar/index.html"] == second["ar/index.html"]
    assert _built(home, date(2026, 11, 21))[0]
    (home.root / "theme" / "assets" / "hiwar.css").write_text("p { color: red }", "utf-8")
    assert _built(home, date(2026, 11, 21))[0]
    assert not _built(home, date(2026, 11, 21))[0]


def test_what_failed_does_not_stand(home: Home) -> None:
    config = home.root / "mkdocs.yml"
    before = config.read_text("utf-8")
    config.write_text(before + "\ntheme: [\n", "utf-8")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="MkDocs"):
            Shells(home, DAY).wait()
    config.write_text(before, "utf-8")
    assert _built(home)[0]
    assert not _built(home)[0]
