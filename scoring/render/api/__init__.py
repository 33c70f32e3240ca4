"""The open data: every number of the site as JSON, CSV and Parquet, with the descriptions that machines read."""

from __future__ import annotations

from scoring.render.api.fields import embedded, fields
from scoring.render.api.files import KEPT, checksum, edition_files, files

__all__ = ["KEPT", "checksum", "edition_files", "embedded", "fields", "files"]
