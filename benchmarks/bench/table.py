"""The results as a table for a terminal, and as rows for a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from scoring.speed import PEERS, Measure, Measured

NAMES = {
    "check_cold": "check, nothing kept",
    "check_warm": "check again",
    "score": "score with all draws, nothing kept",
    "build_cold": "build, nothing kept",
    "build_nothing": "build, nothing changed",
    "build_edit": "build after one edit",
    "serve": "serve: saved to served",
    "profiles": "read, score, profiles alone",
    "profile_pages": "of these: making the pages",
    "mkdocs": "MkDocs, profiles alone",
    "zensical": "Zensical, profiles alone",
    "hugo_markdown": "Hugo on Markdown, profiles alone",
    "hugo_data": "Hugo on YAML, profiles alone",
}
COLUMNS = ("task", "agencies", "outcome", "seconds", "cpu_seconds", "peak_mib", "profile_pages", "note")


def table(found: Measured) -> Table:
    """A row for each task, a column for each size, and how it grows between the two largest."""
    made = Table(title=f"{found.on}, {found.machine.cores} × {found.machine.processor}, {found.commit[:10]}")
    for name in ("", *(f"{size.agencies:,}" for size in found.sizes), "growth"):
        made.add_column(name, justify="right" if name else "left")
    for task in found.tasks:
        growth = found.growth(task)
        cells = [cell(found.of(task, size.agencies), found.alike(task, size.agencies)) for size in found.sizes]
        made.add_row(NAMES[task], *cells, "–" if growth is None else f"n^{growth:.2f}")
    sizes = [f"{size.bytes / 1e6:,.0f} MB, {size.files:,} files" if size.parts else "–" for size in found.sizes]
    made.add_row("size of the site", *sizes, "")
    return made


def cell(one: Measure | None, times: float | None = None) -> str:
    """Seconds and memory; of a peer, how many times as long as ours that is. Never zero for the unknown."""
    if one is None or one.outcome == "absent":
        return "not measured"
    if one.outcome != "done":
        return f"stopped after {one.seconds:,.0f} s" if one.outcome == "stopped" else "failed"
    beside = f" (×{times:.2f})" if times is not None and one.task in PEERS else ""
    memory = "" if one.mib is None else f"  {one.mib:,.0f} MiB"
    return f"{one.seconds:,.1f} s{memory}{beside}"


def rows(found: Measured) -> Iterator[tuple[object, ...]]:
    """Every measurement, under `COLUMNS`; empty where nothing is known."""
    yield COLUMNS
    for m in found.measures:
        yield m.task, m.agencies, m.outcome, m.seconds, m.cpu, m.mib, m.pages, m.note
