"""What several test modules share: the real data read once, the site built once, a browser where one can be had."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from scoring.cli.site import view_of
from scoring.home import Home
from scoring.model import Dataset
from scoring.render.view import View
from scoring.results import newest_reading
from scoring.source.dataset import read_dataset
from scoring.source.frozen import published, sealed
from tests.serving import served

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("steady", deadline=None)  # a busy machine is no failure; benchmarks tell how fast we are
settings.load_profile("steady")


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    reading = read_dataset(ROOT / "data")
    assert reading.dataset is not None, reading.problems[:5]
    return reading.dataset


@pytest.fixture(scope="session")
def view(dataset: Dataset) -> View:
    return view_of(ROOT / "data", dataset, newest_reading(dataset))


EXAMPLE = "examples/republic-of-sample"


@pytest.fixture(scope="session")
def demo() -> View:
    """The fictional example with its editions."""
    dataset = read_dataset(ROOT / EXAMPLE).dataset
    assert dataset is not None and dataset.fictional
    return view_of(ROOT / EXAMPLE, dataset, newest_reading(dataset))


@pytest.fixture(scope="session")
def site(view: View, demo: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site with the demonstration, built once a run; of its pictures, those of rankings. HIWAR_SITE names one
    that is built already: the one that is to be published, where what is tested must be what goes out."""
    if given := os.environ.get("HIWAR_SITE"):
        return Path(given).resolve()
    from scoring.drawings import charts, draw
    from scoring.publish import Frozen, Published, write_site
    from scoring.shells import Shells

    target = tmp_path_factory.mktemp("built") / "site"
    shells = Shells(Home(ROOT, ROOT), view.as_of, target.parent / "mkdocs")
    frozen = ROOT / "data", view.dataset
    _, warnings = write_site(
        Published(view, frozen=Frozen(sealed(*frozen), published(*frozen))),
        shells,
        Home(ROOT, ROOT),
        target,
        Published(demo, EXAMPLE),
    )
    assert not warnings, warnings[:10]
    draw((job for job in charts(target) if "league" in job.target.parts), target.parent / "pictures")
    return target


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The built site served on a free port of this machine."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium; skipped visibly where there is none, except in CI, where it must be."""
    from playwright.sync_api import sync_playwright

    path = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if path is None:
        message = "no Chromium on this machine (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def open_page(browser: Any, address: str, faults: list[str]) -> Iterator[Any]:
    """Opens pages at a width and colour scheme (light, dark or forced), and notes errors and foreign requests."""
    contexts = []

    def opened(path: str, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Any:
        viewport = {"width": width, "height": 800}
        colours = "dark" if scheme == "forced" else scheme
        forced = "active" if scheme == "forced" else "none"
        context = browser.new_context(
            viewport=viewport, color_scheme=colours, forced_colors=forced, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: faults.append(f"{path}: {e}"))
        page.on("console", lambda m: faults.append(f"{path}: {m.text}") if m.type == "error" else None)
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else faults.append(r.url))
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
