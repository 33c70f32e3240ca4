"""A safe subset of YAML, with the line and column of every key and value.

PyYAML splits the text into events and constructs nothing. Anchors, aliases, tags, merge keys, directives,
further documents and duplicate keys are refused, and so is whatever is too big or too deep, before it costs
anything. A mistake becomes a Problem; reading goes on wherever it can.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from scoring.problems import Message, Place, Problem
from scoring.source import messages as m
from scoring.source.characters import (
    check_characters,
    decode,
    is_ordinary,
    neutralised,
    refused_escapes,
    stacks_marks,
)
from scoring.source.document import Branch, Document, Mark, Node, Value
from scoring.source.plain import read_plain
from scoring.source.scalars import resolve


@dataclass(frozen=True)
class Limits:
    bytes: int = 256 * 1024
    line: int = 4096  # bytes
    depth: int = 32
    nodes: int = 20_000
    problems: int = 100


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def _parser(text: str) -> Any:
    return yaml.CLoader(text) if yaml.__with_libyaml__ else _PureParser(text)


def read_yaml(data: bytes, path: str, limits: Limits = Limits()) -> Document:
    """Read one file. Never raises for any bytes; a refused file has problems and perhaps no value."""
    value = _plainly(data, path, limits)
    if value is None:
        return read_whole(data, path, limits)
    return Document(path, value, (), lambda: read_whole(data, path, limits).root)


def _plainly(data: bytes, path: str, limits: Limits) -> Value:
    """What the quick reader makes of a file that is small and holds nothing but ordinary characters; else None."""
    if len(data) > limits.bytes or data.count(b"\n") * 3 + data.count(b",") * 2 + 3 > limits.nodes:
        return None
    text, problems = decode(data, path)
    return read_plain(text) if text is not None and not problems and is_ordinary(text) else None


def read_whole(data: bytes, path: str, limits: Limits = Limits()) -> Document:
    """Read one file token by token: what is wrong with it, and where everything stands."""
    if len(data) > limits.bytes:
        return Document(path, None, (m.FILE_TOO_BIG.at(Place(path), len(data), limit=limits.bytes),))
    text, problems = decode(data, path)
    if text is None:
        return Document(path, None, tuple(problems))
    problems += _long_lines(text, path, limits.line)
    if not is_ordinary(text):
        problems += _first(check_characters(text, path), limits.problems)
        text = neutralised(text)
    reader = _Reader(text, path, limits)
    value, root = reader.read()
    spoiled = {p.line for p in problems if p.code == m.LINE_BREAK.code}  # two lines in one make no sense
    problems += [p for p in reader.problems if p.code != m.SYNTAX.code or p.line not in spoiled]
    return Document(path, value, tuple(sorted(problems, key=lambda p: (p.line, p.column))), lambda: root)


def _first(problems: Iterator[Problem], limit: int) -> Iterator[Problem]:
    for number, problem in enumerate(problems):
        if number == limit:
            yield m.TOO_MANY.at(problem.place, "", limit=limit)
            return
        yield problem


def _long_lines(text: str, path: str, limit: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) * 4 > limit and len(raw := line.encode()) > limit:
            column = len(raw[:limit].decode("utf-8", "ignore")) + 1
            yield m.LINE_TOO_LONG.at(Place(path, number, column), len(raw), limit=limit)


Event: TypeAlias = Any  # PyYAML's types leave the marks open


class _Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Spot(NamedTuple):
    line: int
    column: int


class _Reader:
    """Walks the events of one text once and builds values and places side by side."""

    def __init__(self, text: str, path: str, limits: Limits) -> None:
        self.text, self.path, self.limits = text, path, limits
        self.problems: list[Problem] = []
        self.nodes = 0

    def read(self) -> tuple[Value, Node | None]:
        try:
            self.next = _parser(self.text).get_event
            return self._stream()
        except _Stop as stop:
            self.problems.append(stop.problem)
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._syntax(error))
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure parser's own ways to fail
            self.problems.append(m.SYNTAX.at(Place(self.path), type(error).__name__))
        return None, None

    # --- the stream ---

    def _stream(self) -> tuple[Value, Node | None]:
        self.next()
        event = self.next()
        if type(event) is StreamEndEvent:
            self.problems.append(m.EMPTY_FILE.at(Place(self.path), ""))
            return None, None
        self._directives(event)
        root = self.next()
        if type(root) is ScalarEvent:
            at = _Spot(0, 0) if _is_empty(root) else root.start_mark
            self._report(m.EMPTY_FILE if _is_empty(root) else m.SCALAR_ROOT, at, root.value)
            return None, None
        value, node = self._node(root, 0)
        self.next()
        event = self.next()
        if type(event) is not StreamEndEvent:
            self._report(m.SECOND_DOCUMENT, event.start_mark, "---")
        return value, node

    def _directives(self, event: DocumentStartEvent) -> None:
        if event.version or event.tags:
            lines = self.text.split("\n")
            number = next(n for n, line in enumerate(lines) if line.startswith("%"))
            self.problems.append(m.DIRECTIVE.at(Place(self.path, number + 1), lines[number]))

    # --- nodes ---

    def _node(self, event: Event, depth: int) -> tuple[Value, Node]:
        kind, at = type(event), event.start_mark
        self._count(at)
        if kind is AliasEvent:
            self._report(m.ALIAS, at, f"*{event.anchor}")
            return None, at
        if event.anchor is not None:
            self._report(m.ANCHOR, at, f"&{event.anchor}")
        if event.tag is not None:
            self._report(m.TAG, at, event.tag)
        if kind is ScalarEvent:
            return self._scalar(event), at
        if depth >= self.limits.depth:
            raise _Stop(self._problem(m.TOO_DEEP, at, "", limit=self.limits.depth))
        return self._mapping(at, depth + 1) if kind is MappingStartEvent else self._list(at, depth + 1)

    def _count(self, at: Mark) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            raise _Stop(self._problem(m.TOO_MANY_NODES, at, "", limit=self.limits.nodes))

    def _list(self, at: Mark, depth: int) -> tuple[Value, Branch]:
        values: list[Value] = []
        nodes: list[Node] = []
        while type(event := self.next()) is not SequenceEndEvent:
            value, node = self._node(event, depth)
            values.append(value)
            nodes.append(node)
        return values, Branch(at, nodes)

    def _mapping(self, at: Mark, depth: int) -> tuple[Value, Branch]:
        values: dict[str, Value] = {}
        nodes: dict[str, tuple[Mark, Node]] = {}
        folded: dict[str, str] = {}
        while type(event := self.next()) is not MappingEndEvent:
            place = event.start_mark
            key = self._key(event, depth)
            follower = self.next()
            if _is_empty(follower):
                follower.start_mark = place  # an empty value is nowhere: its place is its key's
            value, node = self._node(follower, depth)
            if key is not None and self._is_new(key, place, folded, nodes):
                values[key], nodes[key] = value, (place, node)
        return values, Branch(at, nodes)

    def _key(self, event: Event, depth: int) -> str | None:
        """The text of a key; None where it is refused."""
        at, before = event.start_mark, len(self.problems)
        value, _ = self._node(event, depth)
        if type(event) is AliasEvent:
            return None
        if len(self.problems) > before and (type(event) is not ScalarEvent or event.tag or event.anchor):
            return None
        if isinstance(value, str) and len(self.problems) == before:
            return self._no_merge(value, event)
        del self.problems[before:]
        self._report(m.KEY_NOT_TEXT, at, event.value if type(event) is ScalarEvent else _shape(event))
        return None

    def _no_merge(self, key: str, event: Event) -> str | None:
        if key != "<<" or event.style:
            return key
        self._report(m.MERGE_KEY, event.start_mark, "<<")
        return None

    def _is_new(self, key: str, at: Mark, folded: dict[str, str], nodes: dict[str, tuple[Mark, Node]]) -> bool:
        plain = key if key.isascii() and key.islower() else unicodedata.normalize("NFC", key).casefold()
        first = folded.setdefault(plain, key)
        if key not in nodes and first is key:
            return True
        self._report(m.DUPLICATE_KEY if key == first else m.CONFUSABLE_KEY, at, key, line=nodes[first][0].line + 1)
        return False

    # --- scalars ---

    def _scalar(self, event: Event) -> Value:
        if event.style:
            if event.style == '"':
                self._escapes(event)
            return event.value
        value, message, plain = resolve(event.value)
        if message:
            self._report(message, event.start_mark, event.value, plain=plain)
        return value

    def _escapes(self, event: Event) -> None:
        """What a double-quoted text may not hold as a character it may not hold as an escape."""
        start, end = event.start_mark, event.end_mark
        if end.index - start.index == len(event.value) + 2:
            return
        raw = self.text[start.index : end.index]
        for offset, message, found in refused_escapes(raw):
            line = start.line + raw.count("\n", 0, offset)
            column = offset - raw.rfind("\n", 0, offset) - 1
            column += start.column if line == start.line else 0
            self._report(message, _Spot(line, column), found)
        if stacks_marks(event.value) and not stacks_marks(raw):
            self._report(m.STACKED_MARKS, start, event.value)

    # --- findings ---

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark or _Spot(0, 0)
        if error.context_mark and not "".join(self.text.split("\n")[mark.line :])[mark.column :].strip():
            mark = error.context_mark  # what is never closed is told where it was opened
        line, column = mark.line, mark.column
        text = self.text.split("\n")[line] if line <= self.text.count("\n") else ""
        reason = str(error.problem or error.context or "")
        if "escape" in reason:
            column = max(text.rfind("\\", 0, column + 1), 0)
            return m.ESCAPE.at(Place(self.path, line + 1, column + 1), text[column : column + 10])
        if text.startswith("%"):
            return m.DIRECTIVE.at(Place(self.path, line + 1), text)
        return m.SYNTAX.at(Place(self.path, line + 1, column + 1), reason)

    def _problem(self, message: Message, at: Mark, found: object, **values: object) -> Problem:
        return message.at(Place(self.path, at.line + 1, at.column + 1), found, **values)

    def _report(self, message: Message, at: Any, found: object, **values: object) -> None:
        if len(self.problems) >= self.limits.problems:
            raise _Stop(self._problem(m.TOO_MANY, at, "", limit=self.limits.problems))
        self.problems.append(self._problem(message, at, found, **values))


def _is_empty(event: Event) -> bool:
    return type(event) is ScalarEvent and not event.value and not event.style


def _shape(event: Event) -> str:
    return "{…}" if type(event) is MappingStartEvent else "[…]"
