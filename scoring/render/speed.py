"""How fast it is: what `scripts/bench` measured, as the page shows it. What was not measured is never shown as zero."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View
from scoring.scale import Step, scale
from scoring.speed import GOAL_AT, GOAL_BYTES, GOAL_GROWTH, GOAL_TIMES, GOALS, OURS, PEERS, Measure, Measured

MB = 1e6  # bytes, as readers count them
_MIB = 2**20 / MB


def speed(view: View, lang: Language, found: Measured | None) -> Markup:
    """The tables; where nothing was measured yet, that."""
    if found is None:
        return Markup("<p>{}</p>").format(lang.t("speed_nothing"))
    sizes = [size.agencies for size in found.sizes]
    return fill(
        "speed",
        view,
        lang,
        "../",
        found=found,
        heads=[lang.t("speed_agencies", n=n) for n in sizes],
        ours=list(_rows(lang, found, OURS)),
        peers=list(_rows(lang, found, PEERS)),
        sites=[_site(lang, size.bytes, size.files) if size.parts else lang.t("speed_absent") for size in found.sizes],
        site_goal=lang.t("speed_megabytes", n=lang.number(GOAL_BYTES / MB, 0)),
        goal_at=GOAL_AT,
        goal_growth=GOAL_GROWTH,
        stages=[(s.name, lang.number(s.agencies), lang.number(s.seconds, 1)) for s in found.stages],
        versions=", ".join(f"{name} {version}" for name, version in sorted(found.versions.items())),
    )


def _rows(lang: Language, found: Measured, tasks: tuple[str, ...]) -> Iterator[Row]:
    for task in (one for one in found.tasks if one in tasks):
        growth = found.growth(task)
        cells = [_cell(lang, found, task, size.agencies) for size in found.sizes]
        grows = lang.t("speed_absent") if growth is None else lang.number(growth, 2)
        yield Row(name=lang.t(f"speed_{task}"), cells=cells, growth=grows, goal=_goal(lang, task))


def _cell(lang: Language, found: Measured, task: str, agencies: int) -> Row:
    """Seconds and memory; of a peer, how many times our pages, and our whole build, that is."""
    one = found.of(task, agencies)
    if one is None or one.outcome in ("absent", "failed") or one.seconds is None:
        return Row(text=lang.t("speed_absent"), more=[])
    if one.outcome == "stopped":
        return Row(text=lang.t("speed_stopped", n=lang.number(one.seconds, 0)), more=[])
    beside = _beside(lang, found, task, agencies) if task in PEERS else ()
    more = [part for part in (_memory(lang, one), *beside) if part]
    return Row(text=lang.t("speed_seconds", n=_seconds(lang, one.seconds)), more=more)


def _beside(lang: Language, found: Measured, task: str, agencies: int) -> Iterator[str]:
    told = {"speed_times_pages": found.alike(task, agencies), "speed_times": found.times(task, agencies)}
    yield from (lang.t(name, n=lang.number(times, 2)) for name, times in told.items() if times is not None)


def _memory(lang: Language, one: Measure) -> str:
    return "" if one.mib is None else lang.t("speed_megabytes", n=lang.number(one.mib * _MIB, 0))


def _seconds(lang: Language, seconds: float) -> str:
    """As many digits as say something."""
    return lang.number(seconds, 0 if seconds >= 100 else 1 if seconds >= 1 else 2)


def _goal(lang: Language, task: str) -> str:
    """What was asked of the largest size, or of a peer; a dash where nothing was."""
    if task in GOAL_TIMES:
        return lang.t("speed_times_goal", n=lang.number(GOAL_TIMES[task]))
    if task not in GOALS:
        return lang.number(None)
    seconds, mib = GOALS[task]
    memory = [] if mib is None else [lang.t("speed_megabytes", n=lang.number(mib * _MIB, 0))]
    return lang.t("comma").join([lang.t("speed_seconds", n=lang.number(seconds, 0)), *memory])


def _site(lang: Language, size: int, files: int) -> str:
    told = (lang.t("speed_megabytes", n=lang.number(size / MB, 0)), lang.t("speed_files", n=files))
    return lang.t("comma").join(told)


def arithmetic(view: View, lang: Language, found: Measured | None) -> Markup:
    """What a million agencies and ten billion posts take; where nothing was measured yet, that."""
    made = scale(found) if found else None
    if made is None:
        return Markup("<p>{}</p>").format(lang.t("speed_nothing"))
    stores = [
        Row(
            name=_store(lang, store.name),
            each=lang.t("scale_kilobytes", n=lang.number(store.each / 1e3, 2)),
            all=lang.t("scale_terabytes", n=lang.number(store.all / 1e12, 2)),
        )
        for store in made.stores
    ]
    return fill("scale", view, lang, "../", made=made, steps=[_step(lang, step) for step in made.steps], stores=stores)


def _step(lang: Language, step: Step) -> Row:
    memory = lang.t("speed_absent") if step.memory is None else lang.t("scale_gigabytes", n=lang.number(step.memory, 1))
    name = lang.t("scale_import") if step.task == "import" else lang.t(f"speed_{step.task}")
    return Row(
        name=name,
        each=lang.t("scale_milliseconds", n=lang.number(step.each * 1000, 3)),
        hours=lang.number(step.hours, 1),
        memory=memory,
    )


def _store(lang: Language, name: str) -> str:
    """What is stored, in words; of a folder of the site its name."""
    key = f"scale_{name}"
    return lang.t(key) if key in lang.words else lang.t("scale_folder", name=lang.own_way(f"{name}/"))
