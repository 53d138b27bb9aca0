r"""Regular expressions that are compiled when they are first used.

A class of letters of many scripts takes up to 17 ms to compile, those of all modules take a tenth of a second: half of
what a short command needs besides, which uses few of them. What is cheap may as well be compiled at once.

    _KANA = lazy_pattern("[\u3040-\u30ff]")
    _KANA.search(text)  # is compiled here
"""

import re
from typing import Any, cast


class _Uncompiled:
    """A regular expression of which nobody has asked anything yet but what it is written like."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile it, and keep what was asked for, so that asking again takes no longer than of any other."""
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def lazy_pattern(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a regular expression that is compiled when it is first used; what it finds names the compiled one.

    >>> lazy_pattern("[0-9]+").findall("7 or 12 days")
    ['7', '12']
    >>> lazy_pattern("[0-9]+").pattern
    '[0-9]+'
    """
    return cast("re.Pattern[str]", _Uncompiled(pattern, flags))
