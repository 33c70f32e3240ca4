"""Pictures as pixels: drawn once, kept, and the same on every core."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scoring.images import raster
from scoring.images.raster import FEW, Job, Rasters, png


def picture(radius: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><circle r="{radius}"/></svg>'


def test_a_picture_has_its_size_and_always_the_same_bytes() -> None:
    for zoom, size in ((1, (40, 30)), (2, (80, 60))):
        assert Image.open(io.BytesIO(png(picture(9), zoom))).size == size
        assert png(picture(9), zoom) == png(picture(9), zoom)


def test_text_without_outlines_is_not_drawn() -> None:
    words = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="20">Hiwar</text></svg>'
    assert Image.open(io.BytesIO(png(words))).getbbox() is None


def test_only_what_changed_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [Job(picture(5), 1, tmp_path / "a" / "5.png"), Job(picture(6), 1, tmp_path / "a" / "6.png")]
    assert Rasters(tmp_path / "kept").draw(jobs) == 2
    drawn: list[str] = []
    monkeypatch.setattr(raster, "png", lambda svg, zoom: drawn.append(svg) or b"new")
    jobs = [*jobs, Job(picture(7), 1, tmp_path / "a" / "7.png"), Job(picture(5), 1, tmp_path / "b" / "5.png")]
    assert Rasters(tmp_path / "kept").draw(jobs) == 1
    assert drawn == [picture(7)]
    assert (tmp_path / "a" / "5.png").read_bytes() == (tmp_path / "b" / "5.png").read_bytes() == png(picture(5))
    left = [path.name for path in tmp_path.rglob("*") if path.is_file() and path.name.startswith(".")]
    assert left == []


def test_another_zoom_or_version_is_another_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, target = Rasters(tmp_path / "kept"), tmp_path / "a.png"
    assert [kept.draw([Job(picture(5), zoom, target)]) for zoom in (1, 2, 2.0)] == [1, 1, 0]
    assert Image.open(target).size == (80, 60)
    monkeypatch.setattr(raster.resvg_py, "__resvg_version__", "next")
    assert kept.draw([Job(picture(5), 1, target)]) == 1


def test_where_names_cannot_be_shared_bytes_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refused)
    Rasters(tmp_path / "kept").draw([Job(picture(5), 1, tmp_path / "a.png")])
    assert (tmp_path / "a.png").read_bytes() == png(picture(5))


def test_all_cores_draw_the_same(tmp_path: Path) -> None:
    jobs = [Job(picture(at), 1, tmp_path / f"{at}.png") for at in range(1, 3 * FEW)]
    assert Rasters(tmp_path / "kept").draw(jobs) == len(jobs)
    assert all(job.target.read_bytes() == png(job.svg) for job in jobs)


def test_only_what_nobody_asked_for_is_pruned(tmp_path: Path) -> None:
    Rasters(tmp_path / "kept").draw([Job(picture(at), 1, tmp_path / f"{at}.png") for at in (1, 2)])
    again = Rasters(tmp_path / "kept")
    again.draw([Job(picture(2), 1, tmp_path / "2.png")])
    assert again.prune() == 1
    assert again.draw([Job(picture(2), 1, tmp_path / "2.png")]) == 0
    assert (tmp_path / "1.png").exists()
