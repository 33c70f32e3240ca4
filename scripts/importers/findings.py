"""What goes in and out of the mapping of one code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from importers import phrases
from importers.decisions import Decisions, ItemDecision
from importers.phrases import CHANNELS, REASONS, Both, joined
from importers.records import Entry, Found, ImportProblem
from importers.sources import ORIGINS, Origin

SOCIAL = frozenset(
    ["social_media", "all", "x", "facebook", "instagram", "youtube", "whatsapp", "linkedin", "tiktok", "snapchat"]
)


class Finding(NamedTuple):
    """What a record says under one code, and what a person decided about it."""

    record: Entry
    code: str
    said: Found
    decided: ItemDecision
    decisions: Decisions

    @property
    def more(self) -> dict[str, Any]:
        return self.said.more

    @property
    def origin(self) -> Origin:
        return ORIGINS[self.record.source_type]

    def refuse(self, mend: str) -> ImportProblem:
        return ImportProblem(f"record {self.record.id}, {self.code}: {mend}")


@dataclass
class Draft:
    """The part of an evidence item that depends on its code."""

    code: str
    channel: str | None = None
    value: bool | int | float | str | None = None
    unit: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    counts: dict[str, int | float] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    stated: str | None = None
    context: Both | None = None
    notes: list[Both] = field(default_factory=list)
    state: str = "observed"
    strength: str = "C"

    def show_only(self, reason: Both) -> None:
        """Context, not scored. The first reason found is the one given."""
        self.context = self.context or reason

    def require_social(self) -> None:
        """Only social media, or all channels together, may be scored."""
        if self.channel is not None and self.channel not in SOCIAL:
            self.show_only(other_channel(self.channel))

    def content(self) -> dict[str, Any]:
        """The fields that are set, named as in the model."""
        fields = {key: getattr(self, key) for key in _PLAIN if getattr(self, key) not in (None, {}, [])}
        if self.context:
            fields["context"] = joined([self.context])
        if self.notes:
            fields["note"] = joined(self.notes)
        return fields


_PLAIN = [
    "code",
    "channel",
    "value",
    "unit",
    "numerator",
    "denominator",
    "counts",
    "named",
    "stated",
    "state",
    "strength",
]
Mapper = Callable[[Finding, Draft], None]


def other_channel(channel: str) -> Both:
    """Why something about another channel is not scored."""
    if channel not in CHANNELS:
        return REASONS[channel]
    name = CHANNELS[channel]
    return phrases.OTHER_CHANNEL.filled(channel=name.en, channel_ar=name.ar)
