"""The checks that a built site must pass before it takes the place of the one that stands."""

from scoring.checking.site import Unfit, check_site

__all__ = ["Unfit", "check_site"]
