"""A site built in parts on several machines, and the parts joined to what one machine would have built."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scoring.checking import CHECKED, fit
from scoring.home import Home
from scoring.problems import Problem, visible
from scoring.replacing import PART, NotReplaced, replacing
from scoring.source.git import revision


@dataclass(frozen=True)
class Shard:
    """Part `number` of a site's `of`, from 1. Each agency's pages belong to one part, everything else to the first."""

    number: int = 1
    of: int = 1

    @property
    def first(self) -> bool:
        return self.number == 1

    @property
    def whole(self) -> bool:
        return self.of == 1

    def has(self, at: int) -> bool:
        """Whether the piece of agencies with this place in the order of all belongs to this part."""
        return at % self.of == self.number - 1

    @classmethod
    def named(cls, text: str) -> Shard:
        """The part that `2/5` names. Raises ValueError for anything else."""
        number, _, of = text.partition("/")
        found = cls(int(number), int(of))
        if not 1 <= found.number <= found.of:
            raise ValueError(text)
        return found


WHOLE = Shard()


def mark(folder: Path, shard: Shard, made_from: str) -> None:
    """Say in a part's folder which one it is; `made_from` must be the same in all parts."""
    told = {"number": shard.number, "of": shard.of, "made_from": made_from}
    (folder / PART).write_text(json.dumps(told) + "\n", encoding="utf-8")


def join(parts: Sequence[Path], target: Path, home: Home) -> list[Problem]:
    """Publish the parts together at `target`, as one build would have; gives what the checks of the site warn of.

    Raises NotReplaced where the parts are not all there or not made from the same, Unfit where what they make does not
    pass the checks; what stood at `target` still stands.
    """
    _belong_together(parts)
    with replacing(target) as new:
        for part in parts:
            shutil.copytree(part, new, dirs_exist_ok=True, ignore=shutil.ignore_patterns(PART))
        return fit(new, urlsplit(home.address).path, revision(home.root)[0], home.root / CHECKED)


def _belong_together(parts: Sequence[Path]) -> None:
    told = [_told(part) for part in parts]
    numbers = sorted(one["number"] for one in told)
    if numbers != list(range(1, told[0]["of"] + 1)):
        raise NotReplaced(
            f"every part must be given once: there are {told[0]['of']}, given were {numbers}",
            f"يجب أن يُعطى كل جزء مرة واحدة: عددها {told[0]['of']}، والمعطى {numbers}",
        )
    if len({(one["of"], one["made_from"]) for one in told}) > 1:
        raise NotReplaced(
            "the parts must be built from one commit, with the same options",
            "يجب أن تُبنى الأجزاء من إيداع واحد وبالخيارات نفسها",
        )


def _told(part: Path) -> dict[str, int]:
    try:
        found: dict[str, int] = json.loads((part / PART).read_text(encoding="utf-8"))
        return {name: found[name] for name in ("number", "of", "made_from")}
    except (OSError, ValueError, KeyError, TypeError):
        name = visible(part)
        raise NotReplaced(
            f"{name} is no part of a site: build it with --shard", f"{name} ليس جزءًا من موقع: ابنه بالخيار --shard"
        ) from None
