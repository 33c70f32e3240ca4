"""Markup with values put into it."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape


@cache
def _parts(template: str) -> tuple[str, ...]:
    return tuple(template.split("{}"))


def markup(template: str, *values: object) -> Markup:
    """As `Markup(template).format(*values)` for a template in which nothing but `{}` stands for a value: each is
    escaped unless it is markup itself. `format` reads its template every time, which charts, made of thousands of such
    bits, cannot afford. Raises ValueError for another number of values than of places."""
    first, *rest = _parts(template)
    told = [first]
    for value, part in zip(values, rest, strict=True):
        told += value if type(value) is Markup else escape(value), part
    return Markup("".join(told))
