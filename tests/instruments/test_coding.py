"""Drawing, agreement, settling and shares of coded samples, by hand and against published figures."""

from __future__ import annotations

from collections import Counter
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.instruments.coding import UNKNOWN, Answer, Sheet, agreement, settle, shares, unsettled
from scoring.instruments.sampling import Post, draw
from scoring.model import Codebook

TEXT = {"en": "Fictional", "ar": "متخيَّل"}


def variable(id: str, options: str, **values: Any) -> dict[str, Any]:
    listed = [{"id": o, "label": TEXT, "key": o[0]} for o in options.split()]
    rest = {"name": TEXT, "question": TEXT, "definition": TEXT, "examples": (), "borderline": ()}
    return {"id": id, "options": listed, "becomes": "c", "counts": ("yes",)} | rest | values


CODEBOOK = Codebook.model_validate({
    "version": "1", "note": TEXT, "variables": [
        variable("service", "yes no", counts=()),
        variable("link", "yes no", asked_when={"variable": "service", "answers": ("yes",)}),
        variable("segment", "youth women all", many=True, counts=("youth", "women"), distinct=True),
        variable("achievement", "none claimed proven", counts=("proven",), among=("claimed", "proven")),
    ],
})  # fmt: skip


def sheet(coder: str, **posts: str) -> Sheet:
    """Answers in the order of the codebook; - is blank, + joins several."""
    ids = [v.id for v in CODEBOOK.variables]
    given = {
        post: {id: frozenset(a.split("+")) for id, a in zip(ids, row.split(), strict=True) if a != "-"}
        for post, row in posts.items()
    }
    return Sheet(coder, given)


A = sheet("a", p1="yes yes youth none", p2="no - all claimed", p3="yes no women+youth proven", p4="no - all none")
B = sheet("b", p1="yes no youth none", p2="no - all claimed", p3="no - youth+women proven", p4="no - all -")


def test_what_differs_or_is_blank_is_open_and_nothing_else() -> None:
    """b left p4's last question blank; the link of p3 waits for its service, which one coder answered yes."""
    assert unsettled([A, B], {}, CODEBOOK) == [
        ("p1", "link"), ("p3", "service"), ("p3", "link"), ("p4", "achievement"),
    ]  # fmt: skip


def test_settling_closes_what_it_decides() -> None:
    decided = {
        "p1": {"link": Answer({"yes"})},
        "p3": {"service": Answer({"no"})},
        "p4": {"achievement": Answer({"none"})},
    }
    assert unsettled([A, B], decided, CODEBOOK) == []
    settled = settle([A, B], decided, CODEBOOK)
    assert "link" not in settled["p3"], "a post about no service is asked for no link"
    found = {s.variable.id: (s.numerator, s.denominator) for s in shares(settled, CODEBOOK)}
    assert found == {"link": (1, 1), "segment": (2, 2), "achievement": (1, 2)}


def test_a_decision_does_not_overrule_coders_who_agree() -> None:
    settled = settle([A, B], {"p2": {"achievement": Answer({"proven"})}}, CODEBOOK)
    assert settled["p2"]["achievement"] == {"claimed"}


def test_agreement_by_hand() -> None:
    """Service: yes/yes, no/no, yes/no, no/no: three of eight answers are yes, two disagree: 1 − 7 · 2 / (2 · 3 · 5)."""
    found = {a.variable: a for a in agreement([A, B], CODEBOOK)}
    assert (found["service"].agreed, found["service"].of) == (3, 4)
    assert found["service"].alpha == pytest.approx(1 - 7 * 2 / (2 * 3 * 5), abs=1e-12)
    assert found["segment"].alpha == 1.0, "the order in which segments were noted means nothing"


def test_what_nobody_can_tell_is_settled_and_counted_nowhere() -> None:
    one = [sheet(c, p1="no - all proven", p2="no - all claimed") for c in "ab"]
    other = {"p1": {**one[1].answers["p1"], "achievement": UNKNOWN}, "p2": one[1].answers["p2"]}
    decided = {"p1": {"achievement": UNKNOWN}}
    sheets = [one[0], Sheet("b", other)]
    assert unsettled(sheets, {}, CODEBOOK) == [("p1", "achievement")]
    assert unsettled(sheets, decided, CODEBOOK) == []
    found = {s.variable.id: (s.numerator, s.denominator) for s in shares(settle(sheets, decided, CODEBOOK), CODEBOOK)}
    assert found["achievement"] == (0, 1)
    assert agreement(sheets, CODEBOOK)[3].of == 1


def test_no_variation_leaves_alpha_open() -> None:
    same = [sheet(c, p1="no - all none", p2="no - all none") for c in "ab"]
    assert [a.alpha for a in agreement(same, CODEBOOK)] == [None] * 4
    assert agreement(same, CODEBOOK)[0].agreed == 2


def test_alpha_is_the_packages_on_its_published_example() -> None:
    """Krippendorff (2011), four observers and twelve units: nominal alpha 0.743."""
    rows = ["1 2 3 3 2 1 4 1 2 - - -", "1 2 3 3 2 2 4 1 2 5 - 3", "- 3 3 3 2 3 4 2 2 5 1 -", "1 2 3 3 2 4 4 1 2 5 1 -"]
    book = CODEBOOK.model_copy(update={"variables": (CODEBOOK.variables[0],)})
    sheets = [
        Sheet(str(n), {f"u{i}": {"service": Answer({v})} for i, v in enumerate(row.split()) if v != "-"})
        for n, row in enumerate(rows)
    ]
    table = [[np.nan if v == "-" else float(v) for v in row.split()] for row in rows]
    alpha = agreement(sheets, book)[0].alpha
    assert alpha == pytest.approx(0.743, abs=5e-4)
    assert alpha == pytest.approx(krippendorff.alpha(table, level_of_measurement="nominal"), abs=1e-9)


# --- drawing ----------------------------------------------------------------------------------------------


def posts(count: int) -> list[Post]:
    return [Post(f"t{i}", f"post {i}", f"2026-01-{1 + i % 28:02d}") for i in range(count)]


@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_order_and_repeats_of_the_export_change_nothing(random: Any, n: int) -> None:
    shuffled = posts(40) + posts(10)
    random.shuffle(shuffled)
    one, other = draw(posts(40), n, 7), draw(shuffled, n, 7)
    assert [p.id for p in one.posts] == [p.id for p in other.posts]
    assert (one.frame, len(one.posts), one.first, one.last) == (40, min(n, 40), "2026-01-01", "2026-01-28")
    assert (other.frame, other.first, other.last) == (one.frame, one.first, one.last)
    assert (one.repeated, other.repeated) == (0, 10)


def test_every_post_is_as_likely() -> None:
    """10 of 40 in 2,000 samples: each some 500 times, binomial with a standard deviation of 19."""
    times = Counter(p.id for seed in range(2000) for p in draw(posts(40), 10, seed).posts)
    assert len(times) == 40
    assert all(abs(count - 500) < 5 * 19.4 for count in times.values())
