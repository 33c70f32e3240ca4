"""The checks that a built site must pass before it takes the place of the one that stands."""

from scoring.checking.site import CHECKED, Unfit, check_site, fit

__all__ = ["CHECKED", "Unfit", "check_site", "fit"]
