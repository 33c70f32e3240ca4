"""What is measured of this generator, as whole processes on one country; of one, also its last stage."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench.country import Country
from benchmarks.bench.process import Run, run
from benchmarks.bench.profiles import STAGE
from benchmarks.bench.serving import refresh
from scoring import speed
from scoring.speed import Measure, Outcome, Stage

HIWAR = (sys.executable, "-m", "scoring")
SCORE = (*HIWAR, "score", "--format", "json")
TIMING = re.compile(r"^\s*((?:- )?[a-z][\w ,:()-]*?)[\s:]+([\d.,]+) ?s\b", re.M)


def checks(country: Country, limit: float) -> Iterator[Measure]:
    """Reading and checking with nothing kept, then again; scoring with nothing kept."""
    country.forget()
    for task in ("check_cold", "check_warm"):
        yield told(task, country.agencies, run((*HIWAR, "check"), country.home, limit))
    country.forget()
    yield told("score", country.agencies, run(SCORE, country.home, limit))


def builds(country: Country, limit: float) -> Iterator[Measure | Stage]:
    """A build with nothing kept, then one without any change, then one after one edit (which takes about as long as the
    first), then the server's refresh and the profile pages alone; after a failed build nothing more is tried."""
    country.forget()
    build: list[str | Path] = [*HIWAR, "build", "--to", country.site]
    timings = ["--timings"] if "--timings" in run((*HIWAR, "build", "--help"), country.home, limit).said else []
    cold = run([*build, *timings], country.home, limit)
    yield told("build_cold", country.agencies, cold)
    yield from stages(country.agencies, cold.said) if timings else ()
    if cold.outcome == "done":
        yield told("build_nothing", country.agencies, run(build, country.home, limit))
    if cold.outcome == "done" and cold.seconds > limit / 2:
        note = f"not tried: the first build took {cold.seconds:.0f} s, more than half of the limit"
        yield Measure(task="build_edit", agencies=country.agencies, outcome="absent", note=note)
    elif cold.outcome == "done":
        with country.edited("Once."):
            yield told("build_edit", country.agencies, run(build, country.home, limit))
    if cold.outcome == "done":
        yield refresh(country, limit)
        alone = (sys.executable, Path(__file__).parent / "profiles.py", "data", country.home / "profiles")
        profiles = told("profiles", country.agencies, ran := run(alone, country.home, limit))
        yield from (profiles, making(profiles, ran.said))
        shutil.rmtree(country.home / "profiles", ignore_errors=True)


def told(task: str, agencies: int, ran: Run, pages: int | None = None) -> Measure:
    """What a run says about a task. Why it failed are its last words."""
    outcome: Outcome = ran.outcome
    note = ran.said.strip()[-200:] if outcome == "failed" else ""
    seconds, cpu, mib = round(ran.seconds, 3), round(ran.cpu, 3), round(ran.mib, 1)
    return Measure(
        task=task, agencies=agencies, outcome=outcome, seconds=seconds, cpu=cpu, mib=mib, pages=pages, note=note
    )


def making(profiles: Measure, said: str) -> Measure:
    """Of the profiles by themselves, what came after everything was worked out: making the pages, and writing them.
    Where they did not come to an end, that."""
    told = {"task": speed.PAGES, "cpu": None, "mib": None}
    if profiles.outcome != "done":
        return profiles.model_copy(update=told)
    seconds = next((one.seconds for one in stages(profiles.agencies, said) if one.name == STAGE), None)
    return profiles.model_copy(update=told | {"seconds": seconds, "outcome": "done" if seconds else "failed"})


def stages(agencies: int, said: str) -> Iterator[Stage]:
    """The stages that a build with `--timings` tells, a line each: its name and its seconds."""
    for name, seconds in TIMING.findall(said):
        yield Stage(agencies=agencies, name=name.strip(), seconds=float(seconds.replace(",", "")))
