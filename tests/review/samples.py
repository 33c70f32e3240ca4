"""Reviews that tests are made of: one that fills every field, and one as full as the model allows."""

from __future__ import annotations

from datetime import date
from typing import get_args

from scoring.model import Text
from scoring.review import report as r

HASH = "0123456789abcdef0123456789abcdef01234567"
OLD, NEW = (
    r.Standing(score=40.0, low=20.0, high=60.0, rank=12, best=3, worst=80),
    r.Standing(score=55.25, low=30, high=70),
)


def review(text: str = "Ministry of Tides", many: bool = False) -> r.Review:
    """A review in which every text is the same; with `many`, with lists as full as they may be."""
    times = (lambda most: most) if many else (lambda most: 1)
    label = r.Label(en=text, ar=text)
    move = r.Move(node="talk", old=OLD, new=NEW, causes=r.Causes(evidence=15.0, ageing=0.5, method=-0.25))
    effects = (r.Effect(node="talk", points=15.0), r.Effect(node="rules"))
    item = r.Item(
        id="qa-mot.policy", change="added", code="policy", indicators=("promise",) * times(r.FEW), host=text,
        scored=False, self_reported=True, by=("reader-1",) * times(r.FEW), effects=effects,
    )  # fmt: skip
    entry = r.Entry(kind="reply", id=text, change="removed", by=("reader-1",))
    touched = r.Touched(
        id="qa-mot", name=label, status="both", moves=(move,) * times(r.MOVES),
        items=(item,) * times(r.ITEMS), items_more=3, entries=(entry,) * times(r.ITEMS), entries_more=2,
    )  # fmt: skip
    codes = get_args(r.Code)
    looks = tuple(
        r.Look(code=code, agency="qa-mot", item="qa-mot.policy", node="talk", what=text, old=40.0, new=55.25)
        for code in (codes * r.LOOKS)[: r.LOOKS if many else len(codes)]
    )
    pushed = r.Pushed(id="qa-sun", name=label, move=move)
    return r.Review(
        version=1, fictional=True, base=r.Side(asked=text, commit=HASH, as_of=date(2026, 11, 22), methodology=text),
        head=r.Side(asked="data", as_of=date(2026, 11, 22), methodology=text), nodes=(r.Node(id="talk", name=label),),
        agencies=(touched,) * times(r.AGENCIES), agencies_more=11,
        others=r.Others(ranks=100, scores=2, furthest=(pushed,) * times(r.LISTED)),
        method=(text,) * times(r.LISTED), method_more=1, look=looks, look_more=5,
        files=(r.Files(where="agencies", count=1, paths=(text,)), r.Files(where="rest", count=30, paths=(text,))),
    )  # fmt: skip


def broken(text: str = "Ministry of Tides", many: bool = False) -> r.Review:
    """A review of data with errors."""
    said = Text(en=text, ar=text)
    found = r.Finding(code="E310-unknown", path=text, line=3, column=4, must=said, found=text, mend=said)
    side = r.Side(asked="main")
    return r.Review(version=1, base=side, head=side, errors=(found,) * (r.ERRORS if many else 1), errors_more=4)
