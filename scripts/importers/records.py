"""Reads record files: trusted input of a maintainer, checked for shape so that a slip has a clear message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError


class ImportProblem(Exception):
    """Something a maintainer has to mend; the message names the record and the mend."""


class Loader(yaml.SafeLoader):
    """Dates stay the text they were written as."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Found(BaseModel):
    """What a record says under one code. Further keys (counts, periods …) differ by code."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    value: Any
    finding: str = Field(min_length=1)

    @property
    def more(self) -> dict[str, Any]:
        return dict(self.__pydantic_extra__ or {})


class OtherFinding(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    topic: str
    finding: str


class Entry(BaseModel):
    """One record: one page about one agency."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    agency_en: str
    agency_ar: str | None = None
    country: str = Field(pattern=r"^[A-Z]{2}$")
    level: str
    sector: str
    source_type: str
    url: str
    lang: str
    title: str | None
    page_date: Annotated[str | None, BeforeValidator(lambda v: str(v) if isinstance(v, int) else v)] = None
    read_on: str
    read_scope: str | None = None
    basis: str | None = None
    note: str | None = None
    also_read: tuple[str, ...] = Field((), strict=False)
    other_findings: tuple[OtherFinding, ...] = Field((), strict=False)
    codes: dict[str, Found]


def read_records(paths: Sequence[Path]) -> list[Entry]:
    """Every record of the files, in order. Raises ImportProblem with all mistakes found."""
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for path in paths:
        for number, raw in enumerate(_list_in(path), 1):
            name = raw.get("id", f"number {number}") if isinstance(raw, dict) else f"number {number}"
            try:
                entry = Entry.model_validate(raw)
            except ValidationError as error:
                problems += [f"{path.name}: record {name}: {text}" for text in _mends(error)]
                continue
            if entry.id in entries:
                problems.append(f"{path.name}: record {name}: the id is used twice; give one of them another id")
            entries[entry.id] = entry
    if problems:
        raise ImportProblem("\n".join(problems))
    return list(entries.values())


def _list_in(path: Path) -> list[Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ImportProblem(f"{path}: cannot be read as YAML: {error}") from error
    if not isinstance(content, list):
        raise ImportProblem(f"{path}: must be a list of records, each starting with `- id: …`")
    return content


def _mends(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        place = ".".join(map(str, detail["loc"])) or "record"
        if detail["type"] == "missing":
            yield f"add `{place}`"
        elif detail["type"] == "extra_forbidden":
            yield f"remove or rename the unknown key `{place}`"
        else:
            yield f"mend `{place}`: {detail['msg']}"
