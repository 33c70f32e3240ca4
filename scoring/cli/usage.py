"""What is wrong with how a command was called, told in both languages; exit code 2."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

_BETWEEN = "\x1f"  # no argument that is quoted holds it: there it would be written out
# what argparse says, and the same in Arabic
_ARABIC = tuple(
    (re.compile(english, re.DOTALL), arabic)
    for english, arabic in (
        (r"the following arguments are required: (.+)", r"ينقص ما يلي، وهو مطلوب: \1"),
        (r"unrecognized arguments: (.+)", r"خيارات أو قيم غير معروفة: \1"),
        (r"ambiguous option: (\S+) could match (.+)", r"قد يعني \1 أكثر من خيار: \2"),
        (r"argument (.+?): expected one argument", r"لا بد من قيمة واحدة بعد \1"),
        (r"argument (.+?): expected at least one argument", r"لا بد من قيمة واحدة على الأقل بعد \1"),
        (r"argument (.+?): ignored explicit argument (.+)", r"لا تُعطى \1 قيمة، والموجود \2"),
        (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", r"\1: يجب أن تكون القيمة من \3، والموجود \2"),
        (r"argument (.+?): invalid int value: (.+)", r"\1: يجب أن تكون القيمة عدداً صحيحاً، والموجود \2"),
        (rf"argument (.+?): .+{_BETWEEN}(.+)", r"\1: \2"),
    )
)
_ELSE = "استعمال غير صحيح"


def unfit(english: str, arabic: str) -> argparse.ArgumentTypeError:
    """A value of an argument that must be another: what must be, and what was found."""
    return argparse.ArgumentTypeError(f"{english}{_BETWEEN}{arabic}")


class Parser(argparse.ArgumentParser):
    """A parser that says in both languages what is wrong, and where to read how it should be."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        english = message.partition(_BETWEEN)[0] if message.startswith("argument ") else message
        help = f"`{self.prog} --help`"
        self.exit(2, f"{self.prog}: {english}; see {help}\n{self.prog}: {arabic(message)}؛ انظر {help}\n")


def arabic(message: str) -> str:
    """What argparse says, in Arabic; where it says something else, only that the usage is wrong."""
    found = ((pattern.fullmatch(message), told) for pattern, told in _ARABIC)
    return next((match.expand(told) for match, told in found if match), _ELSE)
