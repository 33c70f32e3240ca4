"""Templates compiled for one language, so that thousands of pages do not look up thousands of times what is the same.

What a template says by `lang.t("key")` alone becomes part of its text. What it asks of `lang` and `view` is called as
it is, without Jinja's search for calls that want to know where they stand; what follows a dot is an attribute, never
the key of a mapping; and text without special characters is not copied to be marked as safe. The same comes out.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from scoring.render.language import Language

_SPECIAL = re.compile("[&<>'\"]").search
_OURS = ("lang", "view")  # names that are the same objects in every template, with methods that ask for no context


def _asked(node: nodes.Node) -> str | None:
    """Which method of an object of ours is called, if one is."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and not (node.dyn_args or node.dyn_kwargs):
        owner = node.node.node
        return f"{owner.name}.{node.node.attr}" if isinstance(owner, nodes.Name) and owner.name in _OURS else None
    return None


class _Said(NodeTransformer):
    """Puts what is said in every page of a language into the template."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        key = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if _asked(node) == "lang.t" and isinstance(key, nodes.Const):
            return nodes.Const(self.lang.t(key.value), lineno=node.lineno)
        return self.generic_visit(node)


class _Direct(CodeGenerator):
    """Calls what is ours as Python does."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or not _asked(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        assert isinstance(node.node, nodes.Getattr)
        self.visit(node.node.node, frame)
        self.write(f".{node.node.attr}(")
        for arg in node.args:
            self.visit(arg, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.shown(")


class Compiled(Environment):
    """Templates in which `lang` is always the same language; None: it may be any."""

    code_generator_class = _Direct

    def __init__(self, lang: Language | None, **options: Any) -> None:
        super().__init__(**options)
        self.lang = lang

    @staticmethod
    def shown(value: object) -> str:
        """A value as text between markup."""
        if type(value) is Markup or (type(value) is str and not _SPECIAL(value)):
            return value
        return escape(value)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        found = super()._parse(source, name, filename)
        return found if self.lang is None else _Said(self.lang).visit(found)
