"""Which agency each record is about, and that agency's profile."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from importers.decisions import AgencyDecision, Decisions
from importers.records import Entry, ImportProblem
from scoring.model import Profile

_LONGEST_ID = 60


class Group(NamedTuple):
    """One agency and its records, in the order of the files."""

    profile: Profile
    records: tuple[Entry, ...]


def slug(text: str, longest: int = _LONGEST_ID) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word's end.

    >>> slug("Dún Laoghaire-Rathdown County Council & Co.")
    'dun-laoghaire-rathdown-county-council-and-co'
    """
    ascii_text = unicodedata.normalize("NFKD", text.replace("&", " and ")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower().replace("'", "")).strip("-")
    return words if len(words) <= longest else words[: longest + 1].rpartition("-")[0]


def agency_id(country: str, name: str) -> str:
    """`qa-ministry-of-labour`"""
    prefix = country.lower() + "-"
    return prefix + slug(name, _LONGEST_ID - len(prefix))


def group_by_agency(records: Sequence[Entry], decisions: Decisions) -> list[Group]:
    """Records gathered by agency, sorted by id. Raises ImportProblem where a decision is missing."""
    gathered: dict[str, list[tuple[Entry, str, AgencyDecision | None]]] = {}
    for record in records:
        decided = decisions.agency(record.country, record.agency_en)
        name = _shown_name(record, decided, decisions)
        gathered.setdefault(agency_id(record.country, name), []).append((record, name, decided))
    groups = []
    for agency, found in sorted(gathered.items()):
        if len({name for _, name, _ in found}) > 1:
            ids = ", ".join(record.id for record, _, _ in found)
            raise ImportProblem(f"{agency}: two names give this id ({ids}); decide on a `name` in decisions")
        entries = tuple(record for record, _, _ in found)
        groups.append(Group(_profile(agency, found[0][1], entries, found[0][2], decisions.sectors), entries))
    _refuse_unknown_parents(groups)
    return groups


def _shown_name(record: Entry, decided: AgencyDecision | None, decisions: Decisions) -> str:
    name = (decided and decided.name) or (decided and decided.names[0]) or record.agency_en
    for suffix in decisions.country_suffixes.get(record.country, ()):
        name = name.removesuffix(f" ({suffix})")
    return name


def _profile(
    agency: str,
    name: str,
    records: Sequence[Entry],
    decided: AgencyDecision | None,
    same_sector: dict[str, str],
) -> Profile:
    extra: dict[str, Any] = {}
    if decided:
        extra = decided.model_dump(include={"kind", "parent", "historical", "successor", "note"})
        extra = {key: value for key, value in extra.items() if value}
    arabic = dict.fromkeys(record.agency_ar for record in records if record.agency_ar)
    level = (decided and decided.level) or _agreed("level", (r.level for r in records), records)
    sectors = (same_sector.get(r.sector, r.sector) for r in records)
    sector = (decided and decided.sector) or _agreed("sector", sectors, records)
    return Profile.model_validate(
        {
            "id": agency,
            "name": {"en": name} | ({"ar": next(iter(arabic))} if arabic else {}),
            "country": records[0].country,
            "level": slug(level),
            "sector": slug(sector),
        }
        | extra
    )


def _agreed(key: str, values: Iterable[str], records: Sequence[Entry]) -> str:
    different = sorted(set(values))
    if len(different) > 1:
        ids = ", ".join(record.id for record in records)
        found = " and ".join(different)
        raise ImportProblem(f"records {ids}: `{key}` is {found}; decide on one in decisions")
    return different[0]


def _refuse_unknown_parents(groups: Sequence[Group]) -> None:
    known = {group.profile.id for group in groups}
    for profile in (group.profile for group in groups):
        for key in ("parent", "successor"):
            if (other := getattr(profile, key)) and other not in known:
                raise ImportProblem(f"{profile.id}: its {key} {other} is no agency of these records")
