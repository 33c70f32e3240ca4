"""What the measurements were made on."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from scoring.speed import Machine


def machine() -> Machine:
    """This machine, as far as it tells."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    system = f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}"
    return Machine(
        processor=_processor(), cores=cores, memory=round(memory, 1), python=platform.python_version(), system=system
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", told.read_text("utf-8"), re.M) if told.is_file() else None
    return found[1] if found else platform.processor() or platform.machine()
