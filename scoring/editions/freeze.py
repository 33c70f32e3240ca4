"""An edition as files: what was read, what came of it and what was published, with a checksum of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.editions import DATA, MANIFEST, MEMBERS, NUMBERS, PUBLISHED, SUMS
from scoring.editions.archive import pack
from scoring.editions.seal import members, sums
from scoring.model import Counts, Edition, Manifest
from scoring.render.tables import results_csv
from scoring.render.view import View
from scoring.sheets import plain_yaml

_SCHEMA = "# yaml-language-server: $schema=../../../schema/edition.json\n"


def freeze(
    edition: Edition, commit: str, data: Mapping[str, bytes], view: View, published: Iterable[tuple[str, bytes]]
) -> dict[str, bytes]:
    """The files of `editions/<id>/` by name: the same for the same commit.

    `data` are the files of the data folder as the commit holds them, `view` what was computed from them as of the
    edition's day, `published` the files that stay online, by their address below `editions/<id>/`.
    """
    pages = dict(published)
    numbers = results_csv(view).encode()
    manifest = Manifest(
        id=edition.id,
        as_of=edition.as_of,
        commit=commit,
        methodology=view.methodology.version,
        counts=Counts(
            agencies=len(view.dataset.agencies), evidence=len(view.items), numbers=max(0, numbers.count(b"\n") - 1)
        ),
    )
    files = {
        DATA: pack(data),
        MANIFEST: (_SCHEMA + plain_yaml(manifest.model_dump())).encode(),
        PUBLISHED: pack(pages),
        MEMBERS: members({DATA: data, PUBLISHED: pages}),
        NUMBERS: numbers,
    }
    return files | {SUMS: sums(files)}
