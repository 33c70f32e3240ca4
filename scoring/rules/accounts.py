"""Accounts: a handle as its platform forms it, at the platform's own address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from scoring.model import Account
from scoring.problems import Problem
from scoring.rules import messages as m
from scoring.rules.addresses import check_address
from scoring.rules.view import Here, View


@dataclass(frozen=True)
class Platform:
    """What a platform's handles look like, and where its accounts live."""

    handle: str
    example: str
    hosts: tuple[str, ...] = ()


# From the platforms' own help pages, generous where they are vague.
PLATFORMS = {
    "x": Platform(r"@?[A-Za-z0-9_]{1,15}", "@moj_qatar", ("x.com", "twitter.com")),
    "facebook": Platform(r"@?[\w.-]{1,80}", "moj.qatar", ("facebook.com", "fb.com")),
    "instagram": Platform(r"@?[A-Za-z0-9._]{1,30}", "@moj_qatar", ("instagram.com",)),
    "youtube": Platform(r"@?[\w.·-]{3,100}", "@mojqatar", ("youtube.com", "youtu.be")),
    "linkedin": Platform(r"@?[\w-]{2,100}", "moj-qatar", ("linkedin.com",)),
    "tiktok": Platform(r"@?[\w.]{2,24}", "@mojqatar", ("tiktok.com",)),
    "snapchat": Platform(r"@?[A-Za-z][A-Za-z0-9._-]{2,29}", "moj-qatar", ("snapchat.com",)),
    "whatsapp": Platform(r"\+?[0-9]{4,15}|[\w.-]{3,80}", "+97444000000", ("wa.me", "whatsapp.com")),
}
_ANY = Platform(r"@?[\w.+-]{1,120}", "@moj_qatar")


def handles_are_well_formed(view: View) -> Iterator[Problem]:
    """A handle that its platform could not give leads nowhere, or to somebody else."""
    for account, here in _accounts(view):
        platform = PLATFORMS.get(account.platform, _ANY)
        if not re.fullmatch(platform.handle, account.handle):
            yield m.HANDLE.at(here("handle"), account.handle, example=platform.example)


def accounts_live_on_their_platform(view: View) -> Iterator[Problem]:
    """A link that says X must open X."""
    for account, here in _accounts(view):
        if account.url is None:
            continue
        faults = list(check_address(account.url, here("url")))
        yield from faults
        hosts = PLATFORMS.get(account.platform, _ANY).hosts
        if hosts and not faults and not _is_on(account.url, hosts):
            yield m.ACCOUNT_ADDRESS.at(here("url"), account.url, hosts=", ".join(hosts))


def _accounts(view: View) -> Iterator[tuple[Account, Here]]:
    for profile, here in view.profiles():
        for index, account in enumerate(profile.accounts):
            yield account, here.into("accounts", index)


def _is_on(url: str, hosts: tuple[str, ...]) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == known or host.endswith("." + known) for known in hosts)
