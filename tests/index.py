"""Reading the search's files back, as a browser does."""

from __future__ import annotations


def terms(text: str) -> list[tuple[str, str]]:
    """A file's terms written out, each with what belongs to it."""
    before, made = "", []
    for line in text.split("\n"):
        rest, _, belongs = line[1:].partition("\t")
        before = before[: int(line[0], 36)] + rest
        made.append((before, belongs))
    return made


def numbers(line: str) -> set[int]:
    """The documents of a term."""
    made = set()
    for group in filter(None, line.lstrip("!").split(";")):
        at = 0
        for gap in group[1:].split(" "):
            at += int(gap, 36)
            made.add(at)
    return made
