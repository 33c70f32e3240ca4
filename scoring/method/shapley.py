"""How much of a change each of several causes made, whatever order they came in."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def shapley(values: Array, causes: int) -> Array:
    """Each cause's part in the change from all causes off to all on, in the unit of `values`.

    `values` has one axis of length 2 (off, on) for each cause, then any further axes; the answer has one axis for
    the causes, then the further ones. A part is the mean of what its cause moves over every order in which the
    causes could be switched on (L. S. Shapley, "A value for n-person games", 1953), so no order is to blame, and
    the parts sum to the change.

    Where a value on the way is NaN, only the orders that meet no NaN are taken: their parts still sum to the
    change, and going the other way still negates them. Where no order is left, all parts are NaN.
    """
    rest = values.shape[causes:]
    parts, count = np.zeros((causes, *rest)), np.zeros(rest)
    for order in permutations(range(causes)):
        path = _along(values, order)
        whole = np.isfinite(path).all(axis=0)
        moves = np.diff(path, axis=0)
        for step, cause in enumerate(order):
            parts[cause] += np.where(whole, moves[step], 0.0)
        count += whole
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(count > 0, parts / np.maximum(count, 1.0), np.nan), dtype=np.float64)


def _along(values: Array, order: tuple[int, ...]) -> Array:
    """The values from all off to all on, switching on one cause after the other."""
    on: list[Any] = [0] * len(order)
    path = [values[tuple(on)]]
    for cause in order:
        on[cause] = 1
        path.append(values[tuple(on)])
    return np.stack(path)
