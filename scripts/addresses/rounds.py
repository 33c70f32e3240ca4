"""Many questions to many servers: hosts beside each other, the addresses of one host one after the other."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from addresses.ask import Answer, Asker, host_of

HOSTS_AT_ONCE = 8
LONGEST_WAIT = 120.0  # seconds that one server may ask us to wait; then it is left alone until next time
UNASKED = Answer("unasked", "no time was left")
ALONE = Answer("unasked", "the server asked to be left alone")


@dataclass(frozen=True)
class Rounds:
    """Asks until everything is asked or the time is up."""

    asker: Asker
    seconds: float
    sleep: Callable[[float], None] = time.sleep

    def ask(self, addresses: Iterable[str]) -> dict[str, Answer]:
        """An answer for every address."""
        hosts: dict[str, list[str]] = defaultdict(list)
        for address in sorted(set(addresses)):
            hosts[host_of(address)].append(address)
        until = time.monotonic() + self.seconds
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            asked = pool.map(lambda some: self._host(some, until), hosts.values())
        return {address: answer for some in asked for address, answer in some.items()}

    def _host(self, addresses: list[str], until: float) -> dict[str, Answer]:
        answers = dict.fromkeys(addresses, UNASKED)
        for address in addresses:
            answer = answers[address] = self._one(address, until)
            if answer.wait is not None and answer.wait > LONGEST_WAIT:  # it says so for all of its pages
                return {key: ALONE if value is UNASKED else value for key, value in answers.items()}
        return answers

    def _one(self, address: str, until: float) -> Answer:
        """The answer, after as long as the server asked to wait, once."""
        if time.monotonic() >= until:
            return UNASKED
        answer = self.asker.ask(address)
        if answer.wait is None or answer.wait > LONGEST_WAIT or time.monotonic() + answer.wait >= until:
            return answer
        self.sleep(answer.wait)
        return self.asker.ask(address)
