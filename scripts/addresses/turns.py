"""Turns: one request at a time to a host, and a pause before the next."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True)
class Turns:
    """Who asks a host waits until it was left alone for `pause` seconds."""

    pause: float = 2.0
    sleep: Callable[[float], None] = time.sleep
    _locks: dict[str, Lock] = field(default_factory=lambda: defaultdict(Lock), repr=False)
    _free: dict[str, float] = field(default_factory=dict, repr=False)

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """This host's turn: nobody else asks it meanwhile."""
        with self._locks[host]:
            self.sleep(max(0.0, self._free.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free[host] = time.monotonic() + self.pause
