"""Which two dimensions can be set against one another, and everything that the chart of a pair is drawn from."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import combinations, permutations
from typing import Any

from markupsafe import Markup

from scoring.render import scatter
from scoring.render.charts import frame, key
from scoring.render.language import Language
from scoring.render.many import first, many
from scoring.render.picture import Picture
from scoring.render.view import View

LEAST = 3  # agencies in common from which two dimensions are set against one another
LIGHT = 1500  # agencies above which the page carries their scores without ranges
_WORDS = ("chart_median", "range", "agency", "scatter_range", "scatter_told", "chart_address")
Ends = tuple[float, float]


class Pairs:
    """The pairs of dimensions of a data set, in one language. All agencies with a score count, ranked or not."""

    def __init__(self, view: View, lang: Language) -> None:
        self.view, self.lang = view, lang
        self.light = len(view.dataset.agencies) > LIGHT
        nodes = [d.id for d in view.methodology.dimensions]
        found = {node: {a: view.node(a, node) for a in view.dataset.agencies} for node in nodes}
        self.exact = {
            node: {a: n.score for a, n in rows.items() if n.score is not None} for node, rows in found.items()
        }
        # rounded as they are told, so that picture, table and what the browser draws agree to the digit
        self.ranges: dict[str, dict[str, Ends]] = {
            node: {a: (round(n.shown[0], 1), round(n.shown[1], 1)) for a, n in rows.items() if n.score is not None}
            for node, rows in found.items()
        }

    @cached_property
    def possible(self) -> list[tuple[str, str]]:
        """Pairs with enough agencies in common, most of them first, else in the order of the method."""
        common = {(a, b): len(self.exact[a].keys() & self.exact[b].keys()) for a, b in combinations(self.exact, 2)}
        return [pair for pair, n in sorted(common.items(), key=lambda item: -item[1]) if n >= LEAST]

    @cached_property
    def dimensions(self) -> list[tuple[str, str]]:
        """Id and name of every dimension in some pair."""
        inside = {node for pair in self.possible for node in pair}
        return [(node, self.view.node_name(self.lang, node)) for node in self.exact if node in inside]

    def chart(self, x: str, y: str) -> scatter.Scatter:
        """A pair's chart."""
        xs, ys = self.exact[x], self.exact[y]
        both = [a for a in xs if a in ys]
        names = [self.view.node_name(self.lang, node) for node in (x, y)]
        return scatter.Scatter(
            id="scatter",
            title=self.lang.t("scatter_title", x=names[0], y=names[1]),
            sentence=scatter.sentence(scatter.together([xs[a] for a in both], [ys[a] for a in both]), self.lang),
            points=[self._point(a, x, y) for a in both],
            x_title=names[0],
            y_title=names[1],
            lowest=self.view.methodology.lowest,
            highest=self.view.methodology.highest,
        )

    def _point(self, agency: str, x: str, y: str) -> scatter.Point:
        at = [round(self.exact[node][agency], 1) for node in (x, y)]
        ends = (None, None) if self.light else (self.ranges[x][agency], self.ranges[y][agency])
        name = self.lang.pick(self.view.profile(agency).name)
        return scatter.Point(agency, name, f"../agencies/{agency}/", at[0], at[1], *ends)

    def payload(self) -> dict[str, Any]:
        """What the browser draws other pairs from: ids, names, scores and ranges of every agency that is in any pair,
        and what is said of each pair. Column by column, which compresses best; for many agencies the ranges stay out,
        so that the page stays light."""
        exact, names = self.exact, self.view.dataset.agencies
        nodes = [node for node, _ in self.dimensions]
        ids = [a for a in names if sum(a in exact[node] for node in nodes) > 1]
        scores = [[round(exact[node][a], 1) if a in exact[node] else None for a in ids] for node in nodes]
        ranges = [] if self.light else [[self.ranges[node].get(a, 0) for a in ids] for node in nodes]
        return {
            "scale": [self.view.methodology.lowest, self.view.methodology.highest],
            "few": scatter.FEW,
            "dimensions": self.dimensions,
            "ids": ids,
            "names": [self.lang.pick(names[a].profile.name) for a in ids],
            "scores": scores,
            "ranges": ranges,
            "pairs": {f"{x} {y}": self._said(x, y) for pair in self.possible for x, y in permutations(pair)},
            "words": {word: self.lang.words[word] for word in _WORDS},
        }

    def _said(self, x: str, y: str) -> list[str]:
        """Title, sentence and both medians: only here are plural forms and rounding known."""
        chart = self.chart(x, y)
        return [chart.title, chart.sentence, *(self.lang.number(value, 1) for value in chart.medians)]

    def picture(self, x: str, y: str) -> Picture:
        """A pair's chart, drawn."""
        chart, lang = self.chart(x, y), self.lang
        marks = [
            ("p", lang.t("scatter_key", lowest=chart.lowest, highest=chart.highest)),
            ("x", lang.t("chart_key_range")),
            ("q", lang.t("scatter_medians")),
        ]
        drawn_now = len(chart.points) <= scatter.FEW and any(p.x_range or p.y_range for p in chart.points)
        return Picture(
            f"scatter/{x}/{y}",
            chart.id,
            chart.title,
            chart.sentence,
            scatter.svg(chart, lang),
            scatter.grid(chart, lang),
            key(marks, optional={"x": drawn_now}),
            scatter.plotly(chart, lang),
        )

    def figure(self, x: str, y: str) -> Markup:
        """A pair's picture and table in their frame, with the line in which the browser tells of a single point. Of a
        large data set the table has the first rows, until a script fills it, and there is no interactive figure."""
        shown = self.picture(x, y)
        told = Markup('<p class="hw-told hw-js" role="status" data-told>{}</p>').format(self.lang.t("scatter_keys"))
        if many(self.view):
            rows = first(self.view, shown.grid.rows)
            said = self.lang.t("scatter_first", n=len(rows), of=len(shown.grid.rows))
            told += Markup("<p>{}</p>").format(said) if len(rows) < len(shown.grid.rows) else ""
            shown = replace(shown, grid=replace(shown.grid, rows=rows), plot=None, embed="")
        return frame(replace(shown, drawn=shown.drawn + told), self.lang, "../")
