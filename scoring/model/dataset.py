"""Everything that was read, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic import Field

from scoring.model.agency import Evidence, Profile
from scoring.model.base import Country, Record, Seq, Slug, Text
from scoring.model.codebook import Codebook
from scoring.model.edition import Correction, Edition, Manifest
from scoring.model.enquiry import Enquiry
from scoring.model.exhibit import Exhibit
from scoring.model.methodology import Methodology
from scoring.model.reply import Reply, Stage


class Term(Record):
    id: str = Field(min_length=1, max_length=60)
    name: Text
    social: bool = Field(False, description="For channels: social media, or all channels together")


class Vocabulary(Record):
    """The closed lists that profiles and evidence choose from, named in both languages."""

    countries: Seq[Term]
    levels: Seq[Term]
    sectors: Seq[Term]
    platforms: Seq[Term]
    channels: Seq[Term]
    source_kinds: Seq[Term]
    units: Seq[Term]
    counts: Seq[Term]
    languages: Seq[Term]


class PeerGroup(Record):
    """Agencies that are compared with each other first."""

    id: Slug
    name: Text
    country: Country
    level: Slug


class About(Record):
    """What the data set is, in `about.yml`; a data set that does not say is the real one."""

    name: Text
    fictional: bool = Field(False, description="Every page and file made of it says so")
    note: Text
    editions: Seq[Edition] = ()


@dataclass(frozen=True)
class Agency:
    profile: Profile
    evidence: tuple[Evidence, ...]
    path: str  # of its folder, relative to the data folder, for "edit this" links
    enquiries: tuple[Enquiry, ...] = ()
    replies: tuple[Reply, ...] = ()
    stages: tuple[Stage, ...] = ()

    def disputed(self, on: date) -> frozenset[str]:
        """Ids of the evidence items that a reply of the agency holds in dispute on a day."""
        return frozenset().union(*(reply.opens(on) for reply in self.replies))


@dataclass(frozen=True)
class Dataset:
    methodology: Methodology
    vocabulary: Vocabulary
    peer_groups: tuple[PeerGroup, ...]
    agencies: Mapping[str, Agency]  # by id, sorted
    codebook: Codebook | None = None
    about: About | None = None
    exhibits: tuple[Exhibit, ...] = ()
    methods: Mapping[str, Methodology] = field(default_factory=dict)  # by edition, where another than today's
    frozen: Mapping[str, Manifest] = field(default_factory=dict)  # by edition
    corrections: tuple[Correction, ...] = ()  # of frozen editions, in the order they were made

    @property
    def fictional(self) -> bool:
        return self.about is not None and self.about.fictional

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Every edition, listed or frozen, in the order of their days."""
        listed = {edition.id: edition for edition in (self.about.editions if self.about else ())}
        known = listed | {id: manifest.edition for id, manifest in self.frozen.items()}
        return tuple(sorted(known.values(), key=lambda edition: (edition.as_of, edition.id)))

    def at(self, edition: Edition) -> Dataset:
        """The data with the method that an edition rests on."""
        return replace(self, methodology=self.methods.get(edition.id, self.methodology))

    def peer_group_of(self, agency: str) -> PeerGroup | None:
        profile = self.agencies[agency].profile
        return next((g for g in self.peer_groups if (g.country, g.level) == (profile.country, profile.level)), None)
