"""Profiles and evidence → YAML text, in the plain form that the project's own reader accepts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import yaml

from scoring.model import Evidence, Profile, Record
from scoring.source.scalars import resolve

_SCHEMA = "# yaml-language-server: $schema=../../../../schema/{}.json\n"
_DATES = ("published", "start", "end", "since", "until")


class _Dumper(yaml.SafeDumper):
    """Block style; no aliases; quotes wherever a plain text could be read as something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = resolve(text) == (text, None, "")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


_Dumper.add_representer(str, _text)


def profile_text(profile: Profile) -> str:
    """A whole `profile.yml`."""
    return _SCHEMA.format("profile") + _yaml(_plain(profile))


def evidence_text(items: Sequence[Evidence]) -> str:
    """A whole `evidence.yml`, items parted by blank lines."""
    return _SCHEMA.format("evidence") + "\n".join(_yaml([_plain(item)]) for item in items)


def _yaml(content: Any) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)


def _plain(record: Record) -> dict[str, Any]:
    """What is set and not the default, in the order of the model."""
    content = record.model_dump(exclude_defaults=True)
    return {key: _value(key, value) for key, value in content.items()}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {inner: _value(inner, v) for inner, v in value.items() if v is not None}
    if isinstance(value, tuple | list):
        return [_value(key, item) for item in value]
    if key in _DATES and isinstance(value, str):
        return _plain_date(value)
    return value


def _plain_date(text: str) -> date | int | str:
    """2015 as a number and 2015-03-17 as a date, so that neither needs quotes."""
    if len(text) == 10:
        return date.fromisoformat(text)
    return int(text) if len(text) == 4 else text
