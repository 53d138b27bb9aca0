"""Which of our fields a member of JSON or XML or a column of a table holds, by its name in any language."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAPS = re.compile(r"[\s_\-./:*#]+")


def field_of(name: str) -> str | None:
    """Return the field that a name stands for; None if it is not known.

    >>> field_of("jobTitle"), field_of("Standort:"), field_of("colour")
    ('title', 'locations', None)
    """
    return _fields().get(fold_name(name))


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return the form in which names are compared: words in lower case."""
    return _GAPS.sub(" ", _CAMEL.sub(" ", name.strip())).strip().casefold()


@cache
def _fields() -> Mapping[str, str]:
    text = (files("pipeline.intake.formats") / "field_names.toml").read_text(encoding="utf-8")
    return {fold_name(name): field for field, names in tomllib.loads(text).items() for name in names}
