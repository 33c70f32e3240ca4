"""What a review says of a change, on a made-up town: numbers, evidence, and what to look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from scoring.model import Account, Agency, Correction, Counts, Dataset, Manifest, Name, Reply, Stage, Text, Verification
from scoring.model.reply import Outcome
from scoring.results import compute
from scoring.review.compare import Beside, review, side, where
from scoring.review.looks import LARGE, bears_name
from scoring.review.report import Look, Review, as_json, read_review
from tests.town import TODAY, item, town

A, B = "qa-agency-00", "qa-agency-01"
BEFORE = town(300, 280, 260, 100, 80, 60)


def of(after: Dataset, before: Dataset = BEFORE, day: date = TODAY, **beside: Any) -> Review:
    """The review of a change, which also survives the journey."""
    old, new = compute(before, TODAY), compute(after, day)
    made = review((side("main", None, old), side("data", None, new)), old, new, Beside(**beside))
    assert read_review(as_json(made).encode()) == made
    return made


def changed(agency: str, data: Dataset = BEFORE, **values: Any) -> Dataset:
    """The town with other values of one agency; `profile` takes only what differs."""
    one: Agency = data.agencies[agency]
    if "profile" in values:
        values["profile"] = one.profile.model_copy(update=values["profile"])
    return replace(data, agencies={**data.agencies, agency: replace(one, **values)})


def evidence(agency: str, **values: Any) -> Dataset:
    """The town with other values in an agency's policy."""
    items = BEFORE.agencies[agency].evidence
    mended = items[0].model_copy(update=values)
    return changed(agency, evidence=(mended, *items[1:]))


def codes(made: Review) -> list[str]:
    return [look.code for look in made.look]


def test_nothing_changed() -> None:
    made = of(BEFORE, files=())
    assert made.empty and not made.calls and made.agencies == () and made.others.ranks == 0


def test_an_item_that_came() -> None:
    """Score, interval and rank are those of the results; the item alone made the change, and pushed others."""
    policy, reply, *rest = BEFORE.agencies[A].evidence
    before = changed(A, evidence=(policy, *rest))
    made = of(BEFORE, before)
    (one,) = made.agencies
    new = compute(BEFORE, TODAY)
    assert one.moves
    for move in one.moves:
        standing = new.standings[move.node]
        assert move.new.score == pytest.approx(new.scores.score[move.node][A], abs=1e-4)
        bounds = tuple(standing.scores.loc[A, ["low", "high"]])
        assert (move.new.low, move.new.high) == pytest.approx(bounds, abs=1e-4)
        place = tuple(standing.league.loc[A, ["rank", "rank_low", "rank_high"]])
        assert (move.new.rank, move.new.best, move.new.worst) == place
    assert [found.id for found in one.items] == [reply.id] and one.items[0].change == "added"
    assert one.items[0].host == "town.example" and one.items[0].by == () and one.items[0].effects


def test_effects_of_two_items_are_told_apart() -> None:
    items = BEFORE.agencies[B].evidence
    after = changed(B, evidence=(items[0].model_copy(update={"value": False}), items[1], item(B, "other_findings")))
    (one,) = of(after).agencies
    by = {found.id.partition(".")[2]: found for found in one.items}
    assert {name: found.change for name, found in by.items()} == {
        "policy_published": "changed", "measured_response": "removed", "other_findings": "added",
    }  # fmt: skip
    assert by["other_findings"].effects == () and by["policy_published"].effects
    undone = changed(B, after, evidence=(items[0], *after.agencies[B].evidence[1:]))
    for effect in by["policy_published"].effects:
        now, then = (compute(data, TODAY).scores.score[effect.node][B] for data in (after, undone))
        assert effect.points == pytest.approx(now - then, abs=1e-4) and effect.points < 0


def test_others_are_pushed() -> None:
    made = of(evidence(A, value=False))
    moved = {
        agency
        for agency in BEFORE.agencies
        for node in ("talk", "rules")
        if agency != A and _rank(BEFORE, node, agency) != _rank(evidence(A, value=False), node, agency)
    }
    assert made.others.ranks == len(moved) > 0 and {one.id for one in made.others.furthest} == moved
    assert made.others.scores == 0
    assert all(one.move.old.rank != one.move.new.rank for one in made.others.furthest)


def _rank(data: Dataset, node: str, agency: str) -> int | None:
    league = compute(data, TODAY).standings[node].league
    return int(league["rank"][agency]) if agency in league.index else None


@pytest.mark.parametrize(
    ("values", "look"),
    [
        ({"strength": "D"}, Look(code="self-reported", agency=A, item=f"{A}.policy_published")),
        ({"value": False}, Look(code="rewritten", agency=A, item=f"{A}.policy_published")),
        (
            {"source": BEFORE.agencies[A].evidence[0].source.model_copy(update={"url": "https://www.new.example/x"})},
            Look(code="source-replaced", agency=A, item=f"{A}.policy_published", what="new.example"),
        ),
        (
            {"source": BEFORE.agencies[A].evidence[0].source.model_copy(update={"url": "https://www.new.example/x"})},
            Look(code="new-domain", agency=A, item=f"{A}.policy_published", what="new.example"),
        ),
        (
            {"coder": "agency-00-press"},
            Look(code="conflict-of-interest", agency=A, item=f"{A}.policy_published", what="agency-00-press"),
        ),
    ],
)
def test_what_an_item_says_differently(values: dict[str, Any], look: Look) -> None:
    assert look in of(evidence(A, **values)).look


def test_harmless_changes_call_for_nothing() -> None:
    again = BEFORE.agencies[A].evidence[0].source.model_copy(update={"note": Name(en="Seen again.")})
    made = of(evidence(A, source=again, coder="reader-1"))
    assert made.look == () and not made.calls and [found.by for found in made.agencies[0].items] == [("reader-1",)]
    weaker = of(evidence(A, strength="B"))
    assert weaker.look == () and codes(of(BEFORE, evidence(A, strength="B"))) == ["stronger"]


def test_a_large_move_and_a_lost_score() -> None:
    made = of(evidence(A, value=False))
    large = [look for look in made.look if look.code == "large-move"]
    assert large and all(abs(look.new - look.old) >= LARGE for look in large if look.new and look.old)
    lost = of(changed(A, evidence=()))
    assert {look.node for look in lost.look if look.code == "score-lost"} == {"talk", "rules"}
    assert codes(lost).count("item-removed") == 3


def test_a_small_move_is_not_large() -> None:
    count = BEFORE.agencies[A].evidence[2]
    made = of(changed(A, evidence=(*BEFORE.agencies[A].evidence[:2], count.model_copy(update={"numerator": 299}))))
    assert made.agencies and "large-move" not in codes(made)


def test_agencies_that_come_and_go() -> None:
    without = replace(BEFORE, agencies={id: one for id, one in BEFORE.agencies.items() if id != A})
    gone, come = of(without), of(BEFORE, without)
    assert [(one.id, one.status) for one in gone.agencies] == [(A, "removed")] and codes(gone) == ["agency-removed"]
    assert [(one.id, one.status) for one in come.agencies] == [(A, "added")] and "agency-removed" not in codes(come)
    assert {found.change for found in come.agencies[0].items} == {"added"}
    assert all(move.old.score is None for move in come.agencies[0].moves)


def test_a_profile_and_its_accounts() -> None:
    old = Account(platform="x", handle="@old")
    before = changed(A, profile={"accounts": (old, Account(platform="x", handle="@kept"))})
    ended = old.model_copy(update={"until": "2026"})
    after = changed(A, before, profile={"accounts": (ended, Account(platform="x", handle="@new"))})
    after = changed(A, after, profile={"website": "https://other.example", "note": Name(en="Moved.")})
    made = of(after, before)
    assert {(e.kind, e.id, e.change) for e in made.agencies[0].entries} == {
        ("account", "x @kept", "removed"), ("account", "x @new", "added"), ("account", "x @old", "changed"),
        ("profile", "website", "changed"), ("profile", "note", "changed"),
    }  # fmt: skip
    assert [look.what for look in made.look] == ["https://other.example", "x @kept", "x @new", "x @old"]


def reply(**values: Any) -> Reply:
    said = {"id": "qa-00.r1", "received": TODAY, "office": Name(en="Press"), "language": "en", "text": Name(en="No.")}
    return Reply.model_validate(said | values)


def test_records_that_go() -> None:
    stage = Stage(stage="gathering", since=TODAY, by="reader-1")
    before = changed(A, replies=(reply(),), stages=(stage,))
    made = of(BEFORE, before)
    assert [(look.code, look.what) for look in made.look] == [
        ("record-removed", "qa-00.r1"),
        ("record-removed", "gathering 2026-11-22"),
    ]
    assert codes(of(before)) == []


def test_a_dispute_settled_by_who_made_the_item() -> None:
    before = evidence(A, coder="reader-1")
    verified = Verification(how="letter", by="reader-2", on=TODAY)
    because = Text(en="It stands.", ar="يبقى كما هو.")

    def settled(by: str) -> Dataset:
        outcome = Outcome(decision="kept", on=TODAY, by=by, because=because)
        return changed(
            A, before, replies=(reply(disputes=(f"{A}.policy_published",), verified=verified, outcome=outcome),)
        )

    assert "own-dispute" in codes(of(settled("reader-1"), before))
    assert "own-dispute" not in codes(of(settled("reader-3"), before))
    assert "own-dispute" not in codes(of(settled("reader-1"), settled("reader-1")))


FROZEN = Manifest(
    id="2026-11", as_of=TODAY, commit="a" * 40, methodology="0.1", counts=Counts(agencies=6, evidence=18, numbers=9)
)


def correction(id: str = "2026-11.c01", en: str = "Misread.") -> Correction:
    return Correction.model_validate(
        {"id": id, "edition": "2026-11", "on": TODAY, "agency": A, "changes": [{"node": "talk", "what": "rank"}],
         "why": Text(en=en, ar="قُرئت خطأً."), "embeds": [], "seal": "0" * 64}
    )  # fmt: skip


def test_frozen_editions_and_the_ledger() -> None:
    before = replace(BEFORE, frozen={"2026-11": FROZEN}, corrections=(correction(),))
    assert codes(of(replace(BEFORE, corrections=(correction(),)), before)) == ["edition-altered"]
    assert codes(of(before, before, files=("data/editions/2026-11/results.csv",))) == ["edition-altered"]
    assert codes(of(before, BEFORE)) == [], "a new edition and a new entry alter nothing"
    assert codes(of(replace(before, corrections=()), before)) == ["ledger-altered"]
    assert codes(of(replace(before, corrections=(correction(en="Other."),)), before)) == ["ledger-altered"]


def test_a_deletion_with_a_correction() -> None:
    after = replace(changed(A, evidence=BEFORE.agencies[A].evidence[:2]), corrections=(correction(),))
    look = next(look for look in of(after).look if look.code == "item-corrected")
    assert look.what == "2026-11.c01" and look.item == f"{A}.measured_response"


def test_data_and_code_together() -> None:
    data, code = "data/agencies/qa/x/evidence.yml", "scoring/method/score.py"
    assert codes(of(BEFORE, files=(data,))) == codes(of(BEFORE, files=(code,))) == []
    made = of(BEFORE, files=(data, code, ".github/workflows/check.yml"))
    assert codes(made) == ["data-and-rules", "rules-changed"] and made.look[1].what == ".github/workflows/check.yml"
    assert {part.where: part.count for part in made.files or ()} == {"agencies": 1, "rest": 2}
    assert of(BEFORE).files is None


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("data/agencies/qa/x/evidence.yml", "agencies"),
        ("data/methodology.yml", "method"),
        ("data/methods/2026-11.yml", "method"),
        ("data/editions/2026-11/results.csv", "editions"),
        ("scoring/data/agencies/x.py", "rest"),
        ("agencies/x", "rest"),
        ("data/agencies", "rest"),
    ],
)
def test_where_a_file_lies(path: str, part: str) -> None:
    assert where(path, "data/") == part


def test_the_method_alone() -> None:
    dimensions = [
        d.model_copy(update={"aggregation": "geometric" if d.aggregation == "arithmetic" else "arithmetic"})
        for d in BEFORE.methodology.dimensions
    ]
    after = replace(BEFORE, methodology=BEFORE.methodology.model_copy(update={"dimensions": tuple(dimensions)}))
    made = of(after)
    assert "method-changed" in codes(made) and made.agencies == ()
    assert made.method == ("dimensions.talk.aggregation", "dimensions.rules.aggregation")


def test_the_day_alone_changes_no_agency_of_itself() -> None:
    """A newer reading of one agency moves the day for all: that is ageing, told apart from evidence."""
    later = TODAY + timedelta(days=200)
    after = changed(A, evidence=(*BEFORE.agencies[A].evidence, item(A, "other_findings", observed=later)))
    made = of(after, day=later)
    assert [one.id for one in made.agencies] == [A]
    causes = [move.causes for one in made.agencies for move in one.moves if move.causes]
    assert all(found.evidence == 0 and found.ageing != 0 for found in causes)


@pytest.mark.parametrize(
    ("who", "bears"),
    [
        ("qa-ministry-of-tides", True),
        ("ministry-of-tides", True),
        ("ministry-of-tides-press", True),
        ("tides_qa", True),
        ("qa-mot-2", True),
        ("reader-1", False),
        ("motley", False),
        ("tidesman", False),
        ("x", False),
    ],
)
def test_who_bears_the_name_of_an_agency(who: str, bears: bool) -> None:
    profile = BEFORE.agencies[A].profile.model_copy(
        update={
            "id": "qa-ministry-of-tides", "name": Name(en="Ministry of Tides (MoT)", ar="وزارة المد"),
            "website": "https://www.tides.example", "accounts": (Account(platform="x", handle="@tides_qa"),),
        }
    )  # fmt: skip
    assert bears_name(who, profile) == bears


@pytest.mark.parametrize(
    ("address", "found"),
    [("tides.example", True), ("mail.tides.example", True), ("eviltides.example", False), ("example", True)],
)
def test_commits_from_the_agencys_own_domain(address: str, found: bool) -> None:
    before = changed(A, profile={"website": "https://www.tides.example/en"})
    after = replace(before, agencies={**before.agencies, A: replace(before.agencies[A], evidence=())})
    made = of(after, before, hosts=(address,))
    assert ("author-at-agency" in codes(made)) == found


def test_lists_are_cut_and_say_so() -> None:
    many = tuple(item(A, "other_findings").model_copy(update={"id": f"{A}.n{n:03d}"}) for n in range(120))
    made = of(changed(A, evidence=(*BEFORE.agencies[A].evidence, *many)))
    assert len(made.agencies[0].items) + made.agencies[0].items_more == 120 and made.agencies[0].items_more > 0
    bare = replace(BEFORE, agencies={})
    assert len(of(town(*range(1, 60)), bare).agencies) + of(town(*range(1, 60)), bare).agencies_more == 59


def test_order_of_agencies_changes_no_byte() -> None:
    after = evidence(A, value=False)
    turned = replace(after, agencies=dict(sorted(after.agencies.items(), reverse=True)))
    sides = (side("main", None), side("data", None))
    one, other = (review(sides, compute(BEFORE, TODAY), compute(data, TODAY), Beside()) for data in (after, turned))
    assert as_json(one) == as_json(other)
