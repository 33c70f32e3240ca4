"""Every generated page and fragment, as text: one function for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from types import SimpleNamespace as Row
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scoring.model import Branch, Profile
from scoring.render import figures, phrases
from scoring.render.charts import figure
from scoring.render.language import Language
from scoring.render.profile import profile_values
from scoring.render.view import View

FIRST = 5


@dataclass(frozen=True)
class Page:
    """A page to be poured into a shell: its address below the language's home, title, description and body."""

    path: str
    title: str
    description: str
    body: Markup


@cache
def templates() -> Environment:
    """Templates with escaping always on: agency text is never markup."""
    return Environment(
        loader=PackageLoader("scoring.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fill(template: str, view: View, lang: Language, root: str, /, **values: Any) -> Markup:
    return Markup(templates().get_template(f"{template}.html").render(view=view, lang=lang, root=root, **values))


def _options(view: View, lang: Language, profiles: Sequence[Profile]) -> dict[str, list[tuple[str, str]]]:
    """Choices of the filters: only what occurs in the table."""
    found = {
        "country": {p.country: view.term(lang, "countries", p.country) for p in profiles},
        "level": {p.level: view.term(lang, "levels", p.level) for p in profiles},
        "sector": {p.sector: view.term(lang, "sectors", p.sector) for p in profiles},
        "group": {view.group_id(p.id): view.group_name(lang, p.id) for p in profiles},
    }
    return {field: sorted(names.items(), key=lambda pair: pair[1]) for field, names in found.items()}


def _league_rows(view: View, node: str, limit: int | None = None) -> list[Row]:
    return [
        Row(profile=view.profile(a), place=place, peer=view.peer_place(a, node), node=view.node(a, node))
        for a, place in list(view.places[node].items())[:limit]
    ]


def home(view: View, lang: Language) -> Markup:
    """The home page's body."""
    rows = _league_rows(view, view.lead)
    widths = [max(r.place.rank - r.place.best, r.place.worst - r.place.rank) for r in rows]
    counts = Row(
        agencies=len(view.dataset.agencies),
        countries=len({a.profile.country for a in view.dataset.agencies.values()}),
        items=len(view.items),
        ranked=len(rows),
        median_width=int(median(widths)) if widths else 0,
    )
    return fill(
        "home",
        view,
        lang,
        "",
        counts=counts,
        rows=rows[:FIRST],
        lead_name=view.node_name(lang, view.lead),
        overall_sentence=phrases.overall(view, lang),
        readiness=figure(figures.readiness(view, lang), lang),
    )


def rankings(view: View, lang: Language) -> Markup:
    """The leagues, what the overall rank still lacks, and the leading league in full."""
    rows = _league_rows(view, view.lead)
    leagues = [
        Row(id=d.id, name=view.node_name(lang, d.id), ranked=len(view.places[d.id]))
        for d in view.methodology.dimensions
    ]
    return fill(
        "rankings",
        view,
        lang,
        "../",
        lead=view.lead,
        rows=rows,
        leagues=leagues,
        options=_options(view, lang, [r.profile for r in rows]),
        sentence=phrases.league(view, lang, view.lead),
        overall_sentence=phrases.overall(view, lang),
        readiness=figure(figures.readiness(view, lang), lang),
    )


def _unranked(view: View, lang: Language, node: str, overall: bool) -> list[Row]:
    rows = []
    for agency in view.dataset.agencies:
        coverage = view.node(agency, node).coverage
        if agency in view.places[node] or not coverage:
            continue
        if overall and not view.unrankable(agency):
            missing = view.results.shortfalls[agency]
            reason = "; ".join(phrases.shortfall(view, lang, s) for s in missing if s.code != "coverage_dimension")
        elif overall:
            reason = lang.t(f"reason_{view.unrankable(agency)}")
        else:
            reason = phrases.not_in_league(view, lang, agency, node)
        rows.append(Row(profile=view.profile(agency), coverage=coverage, reason=reason))
    return sorted(rows, key=lambda r: (-r.coverage, r.profile.id))


def league(view: View, lang: Language, node: str) -> Page:
    """One league: who is ranked, how surely, and who is not and why."""
    overall = node == view.methodology.id
    name = view.node_name(lang, node)
    rows = _league_rows(view, node)
    unranked = _unranked(view, lang, node, overall)
    sentence = phrases.overall(view, lang) if overall else phrases.league(view, lang, node)
    body = fill(
        "league",
        view,
        lang,
        "../../",
        id=view.league_id(node),
        node=node,
        name=name,
        rows=rows,
        sentence=sentence,
        chart=figure(figures.league(view, lang, node), lang) if rows else "",
        unranked=unranked,
        silent=len(view.dataset.agencies) - len(rows) - len(unranked),
        options=_options(view, lang, [r.profile for r in rows]),
        unranked_options=_options(view, lang, [r.profile for r in unranked]),
    )
    return Page(f"rankings/{view.league_id(node)}/", lang.t("league_title", dimension=name), sentence, body)


def agencies(view: View, lang: Language) -> Markup:
    """Every agency with its evidence count and coverage."""
    rows = [
        Row(profile=a.profile, items=len(a.evidence), coverage=view.node(id, view.methodology.id).coverage)
        for id, a in view.dataset.agencies.items()
    ]
    rows.sort(key=lambda r: (r.profile.country, lang.pick(r.profile.name)))
    return fill("agencies", view, lang, "../", rows=rows, options=_options(view, lang, [r.profile for r in rows]))


def agency(view: View, lang: Language, id: str, edit: str) -> Page:
    """One agency's profile."""
    values = profile_values(view, lang, id, edit)
    name = lang.pick(view.profile(id).name)
    return Page(f"agencies/{id}/", name, values["description"], fill("profile", view, lang, "../../", **values))


def _questions_of(view: View, answers: Sequence[str]) -> list[Any]:
    return [q for q in view.methodology.questions if q.id in answers]


def indicator(view: View, lang: Language, id: str) -> Page:
    """What an indicator asks and why, and all agencies observed in it, ranked."""
    it = view.indicators[id]
    places = view.indicator_places(id)
    rows = []
    for a, place in places.items():
        o = view.observations[a, id]
        rows.append(
            Row(
                profile=view.profile(a),
                place=place,
                node=view.node(a, id),
                value=phrases.raw_value(view, lang, it, o.value, o.low, o.high),
                sort=o.value,
                state=o.state,
                speaks_of=o.speaks_of,
                age=o.age_months,
                used=o.used,
                dated=any(item in view.dated for item in o.used),
            )
        )
    seen = list(places)
    body = fill(
        "indicator",
        view,
        lang,
        "../../",
        indicator=it,
        dimension=view.dimension_of[id],
        questions=_questions_of(view, it.answers),
        codes=[c for c in view.methodology.codes if any(f.indicator == id for f in c.feeds)],
        rows=rows,
        sentence=phrases.observed(view, lang, "indicator_sentence", id, seen),
        chart=figure(figures.distribution(view, lang, id, seen), lang) if rows else "",
        options=_options(view, lang, [r.profile for r in rows]),
    )
    return Page(f"indicators/{id}/", lang.pick(it.name), lang.pick(it.question), body)


def dimension(view: View, lang: Language, branch: Branch) -> Page:
    """What a dimension asks and why, its indicators, and all agencies observed in it."""
    seen = [a for a in view.dataset.agencies if view.node(a, branch.id).score is not None]
    rows = [
        Row(profile=view.profile(a), node=view.node(a, branch.id), place=view.place(a, branch.id))
        for a in view.ordered(seen, branch.id)
    ]
    body = fill(
        "dimension",
        view,
        lang,
        "../../",
        dimension=branch,
        questions=_questions_of(view, branch.answers),
        rows=[Row(indicator=i, observed=view.observed_count(i.id)) for i in view.leaves[branch.id]],
        observed=rows,
        sentence=phrases.observed(view, lang, "indicator_sentence", branch.id, seen),
        chart=figure(figures.distribution(view, lang, branch.id, seen), lang) if seen else "",
        options=_options(view, lang, [r.profile for r in rows]),
    )
    return Page(f"dimensions/{branch.id}/", lang.pick(branch.name), lang.pick(branch.why), body)


def dimensions(view: View, lang: Language) -> Markup:
    return fill("dimensions", view, lang, "../", readiness=figure(figures.readiness(view, lang), lang))


def _bearing(view: View, question: str) -> list[tuple[Profile, Any]]:
    """Evidence on a seed question: by its code, or by an indicator it feeds."""
    codes = {
        c.id
        for c in view.methodology.codes
        if c.question == question or any(question in view.indicators[f.indicator].answers for f in c.feeds)
    }
    return [(profile, item) for profile, item in view.items if item.code in codes]


def _asked(view: View, question: str) -> list[Any]:
    return [i for i in view.indicators.values() if question in i.answers]


def questions(view: View, lang: Language) -> Markup:
    """The twelve seed questions, each with how much evidence bears on it."""
    rows = []
    for q in view.methodology.questions:
        items = [(p.id, item) for p, item in _bearing(view, q.id)]
        rows.append(Row(question=q, indicators=_asked(view, q.id), sentence=phrases.question(view, lang, items)))
    return fill("questions", view, lang, "../", rows=rows)


def question(view: View, lang: Language, id: str) -> Page:
    """From a question to its indicators and to every finding that bears on it."""
    q = next(q for q in view.methodology.questions if q.id == id)
    bearing = _bearing(view, id)
    groups = [
        Row(code=code, list=found)
        for code in view.methodology.codes
        if (found := [(p, item) for p, item in bearing if item.code == code.id])
    ]
    sentence = phrases.question(view, lang, [(p.id, item) for p, item in bearing])
    body = fill(
        "question",
        view,
        lang,
        "../../",
        question=q,
        indicators=_asked(view, id),
        groups=groups,
        sentence=sentence,
        chart="",
    )
    return Page(f"questions/{id}/", lang.pick(q.name), lang.pick(q.text), body)


def evidence(view: View, lang: Language) -> Markup:
    """The register's front page: how much there is, by country and by what was looked for."""
    items = Counter(p.country for p, _ in view.items)
    bodies = Counter(a.profile.country for a in view.dataset.agencies.values())
    countries = [
        Row(id=c.lower(), name=view.term(lang, "countries", c), agencies=bodies[c], items=n)
        for c, n in items.most_common()
    ]
    found = Counter(item.code for _, item in view.items)
    codes = [
        Row(name=view.code_name(lang, c), question=view.codes[c].question, items=n) for c, n in found.most_common()
    ]
    return fill("evidence", view, lang, "../", total=len(view.items), countries=countries, codes=codes)


def evidence_country(view: View, lang: Language, country: str) -> Page:
    """Every evidence item of a country, to filter."""
    rows = [(p, item) for p, item in view.items if p.country == country]
    name = view.term(lang, "countries", country)
    options = {
        "code": sorted({(i.code, view.code_name(lang, i.code)) for _, i in rows}, key=lambda pair: pair[1]),
        "strength": sorted({(i.strength, i.strength) for _, i in rows}),
        "use": sorted({(view.use(i.id), lang.t(f"use_{view.use(i.id)}")) for _, i in rows}),
    }
    title = lang.t("evidence_of", country=name)
    body = fill("evidence_country", view, lang, "../../", rows=rows, name=name, options=options)
    return Page(f"evidence/{country.lower()}/", title, title, body)


def fragments(view: View, lang: Language) -> dict[str, Markup]:
    """What the hand-written pages leave a place for, by the name of the place."""
    method: Any = templates().get_template("method.html").make_module({"view": view, "lang": lang, "root": "../"})
    makers: dict[str, Callable[[View, Language], Markup]] = {
        "home": home,
        "rankings": rankings,
        "agencies": agencies,
        "questions": questions,
        "evidence": evidence,
        "dimensions": dimensions,
    }
    made = {name: make(view, lang) for name, make in makers.items()}
    for name in ("weights", "codes", "strengths", "thresholds"):
        made[name] = Markup(getattr(method, name)())
    scored = sum(view.use(item.id) == "scored" for _, item in view.items)
    figures_text = lang.t(
        "figures",
        agencies=len(view.dataset.agencies),
        countries=len({p.country for p, _ in view.items}),
        items=len(view.items),
        scored=scored,
        date=lang.date(view.as_of),
    )
    return made | {"figures": Markup("<p>{}</p>").format(figures_text)}


def pages(view: View, lang: Language, edit: str) -> Iterator[Page]:
    """Every page poured into a shell. `edit` is the repository's address for editing a file."""
    for d in view.methodology.dimensions:
        yield dimension(view, lang, d)
        yield league(view, lang, d.id)
    yield league(view, lang, view.methodology.id)
    for id in view.indicators:
        yield indicator(view, lang, id)
    for q in view.methodology.questions:
        yield question(view, lang, q.id)
    for country in sorted({p.country for p, _ in view.items}):
        yield evidence_country(view, lang, country)
    for id in view.dataset.agencies:
        yield agency(view, lang, id, edit)
