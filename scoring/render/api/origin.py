"""Where open data come from and what every file of them tells about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scoring.model import Text
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View

LICENCE, LICENCE_URL = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"
FOLDER = "api/v1/"


@dataclass(frozen=True)
class Origin:
    """A data set as it is published: `base` is the address of the site's root and ends in a slash, `edition` the
    edition that the numbers stand at (None: there is none yet)."""

    view: View
    base: str
    commit: str | None
    edition: str | None

    def address(self, path: str) -> str:
        """The address of a file of the API."""
        return f"{self.base}{FOLDER}{path}"

    @property
    def name(self) -> Text:
        about = self.view.dataset.about
        return about.name if about else self.told("data_name")

    @property
    def description(self) -> Text:
        """What the data are, and of made up ones that they are."""
        said = self.told("data_description")
        if not self.view.dataset.fictional:
            return said
        made_up = self.told("data_fictional")
        return Text(en=f"{made_up.en} {said.en}", ar=f"{made_up.ar} {said.ar}")

    def told(self, key: str, **values: Any) -> Text:
        """A text of the site in both languages."""
        return Text(**{code: language(code).t(key, **values) for code in LANGUAGES})

    @property
    def attribution(self) -> Text:
        dates = {code: language(code).date(self.view.as_of) for code in LANGUAGES}
        told = {code: language(code).t("data_attribution", address=self.base, date=dates[code]) for code in LANGUAGES}
        return Text(**told)

    def about(self) -> dict[str, Any]:
        """What the numbers of a file stand at, and on what terms they may be used."""
        view = self.view
        return {
            "name": self.name.model_dump(),
            "as_of": str(view.as_of),
            "edition": self.edition,
            "methodology": view.methodology.version,
            "commit": self.commit,
            "licence": {"id": LICENCE, "url": LICENCE_URL},
            "attribution": self.attribution.model_dump(),
        } | ({"fictional": True} if view.dataset.fictional else {})
