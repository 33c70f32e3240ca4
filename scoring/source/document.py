"""What a file says, and where each key and value of it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from scoring.problems import Place, Problem

Value: TypeAlias = Any  # dict[str, Value] | list[Value] | str | int | float | bool | date | None
Step: TypeAlias = str | int


class Mark(Protocol):
    """A place as the tokeniser gives it: counted from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Branch(NamedTuple):
    """Where a mapping or list starts, and where its children do. A scalar has its mark alone."""

    at: Mark
    children: dict[str, tuple[Mark, Node]] | list[Node]


Node: TypeAlias = "Mark | Branch"


@dataclass(frozen=True)
class Document:
    """`value` is None where nothing could be read; `problems` are in order. Where things stand is worked out when it is
    first asked for (`find`): in most files nothing is wrong."""

    path: str
    value: Value
    problems: tuple[Problem, ...]
    find: Callable[[], Node | None] = field(default=lambda: None, repr=False, compare=False)

    @cached_property
    def root(self) -> Node | None:
        return self.find()

    def position(self, path: Sequence[Step] = (), of: Literal["key", "value"] = "value") -> tuple[int, int]:
        """Line and column, from 1, of the value (or of its key) at a path such as ("source", "url").

        A path that does not exist gives the place of its nearest ancestor.
        """
        key, node = None, self.root
        for number, step in enumerate(path, 1):
            children = node.children if isinstance(node, Branch) else None
            if isinstance(children, dict) and step in children:
                key, node = children[str(step)]
                key = key if number == len(path) else None
            elif isinstance(children, list) and isinstance(step, int) and step < len(children):
                node = children[step]
            else:
                break
        return _counted(key if key and of == "key" else node)

    def place(self, *path: Step, of: Literal["key", "value"] = "value") -> Place:
        return Place(self.path, *self.position(path, of))


def _counted(node: Node | None) -> tuple[int, int]:
    mark = node.at if isinstance(node, Branch) else node
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
