"""The tree of an index from plain dictionaries, such as a JSON or YAML file gives, for indices that aren't ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any

from scoring.method.spec import Leaf, Node, Spec

SETTINGS = {field.name for field in fields(Spec)} - {"root"}
LEAF_KEYS = {field.name for field in fields(Leaf)}
NODE_KEYS = {field.name for field in fields(Node)}


def spec_from(given: Mapping[str, Any]) -> Spec:
    """A tree from plain dictionaries.

    Every part has an `id`. A part with `children` is a mean of them: `aggregation` is arithmetic (the default),
    geometric or harmonic. A part without is an indicator, a column of the table: `worst` and `best`, `scale` linear or
    log, `clip`, `direction` 1 or -1, and its own `normalisation`. Siblings all give their `weight`, of any sum, or
    none does and they weigh the same. The outermost part also has the settings of the index: `lowest` and `highest`
    end of the scale (1 and 100), `normalisation` (goalposts, minmax, zscore, rank or percentile), and `mean` and
    `deviation` of z-scores (0 and 1).

    Raises ValueError, naming the part and the mend, where the tree cannot be used.
    """
    root = _part(given, SETTINGS)
    if not isinstance(root, Node):
        raise ValueError(f"{root.id}: the outermost part needs children")
    return Spec(root, **{key: value for key, value in given.items() if key in SETTINGS})


def _part(given: Mapping[str, Any], settings: set[str]) -> Leaf | Node:
    if not isinstance(given, Mapping) or "id" not in given:
        raise ValueError(f"every part of the tree must be a mapping with an id, found {given!r}"[:300])
    keys = NODE_KEYS | settings if "children" in given else LEAF_KEYS
    for key in given:
        if key not in keys:
            near = get_close_matches(str(key), keys, 1)
            mend = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(keys))}"
            raise ValueError(f"{given['id']}: unknown key {key!r}; {mend}")
    if "children" not in given:
        return Leaf(**given)
    own = {key: value for key, value in given.items() if key in NODE_KEYS}
    return Node(**own | {"children": _children(given["id"], given["children"])})


def _children(id: str, given: object) -> tuple[Leaf | Node, ...]:
    if not isinstance(given, list | tuple):
        raise ValueError(f"{id}: children must be a list, found {given!r}"[:300])
    children = tuple(_part(child, set()) for child in given)
    weighed = ["weight" in child for child in given]
    if any(weighed) and not all(weighed):
        lacking = children[weighed.index(False)].id
        raise ValueError(f"{id}: either all children have a weight or none has; {lacking} has none")
    return children
