"""Values of the configuration by table and key; what is wrong with one is noted, and all of it told at once."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pipeline.errors import LocaleError
from pipeline.model.max_risk import HIGHEST_RISK

_Value = TypeVar("_Value")
_KINDS: Mapping[type, str] = {
    str: "a text in quotes",
    bool: "true or false",
    float: "a number",
    list: "a list: [...]",
    dict: "a table",
}


class TableReader:
    """Takes values out of the configuration and notes what is wrong with them."""

    def __init__(self, tree: dict[str, Any], known: Mapping[str, Collection[str] | None]) -> None:
        """Take the tables of a file; `known` are the keys of each, None where whoever reads a table knows them."""
        self._tree = tree
        self.mistakes = [
            f"[{table}] is not a table that is known{near(table, known)}" for table in tree if table not in known
        ]
        for table, keys in known.items():
            if not isinstance(tree.get(table, {}), dict):
                self.mistakes.append(f"{table} has to be a table: [{table}]")
                tree[table] = {}
            if keys is not None:
                self.refuse_unknown(table, tree.get(table, {}), keys)

    def refuse_unknown(self, where: str, found: Iterable[str], known: Collection[str]) -> None:
        """Note every key that is not known, with the known one that is spelled most alike."""
        unknown = sorted(set(found).difference(known))
        self.mistakes += [f"{where}.{key} is not a setting of this version{near(key, known)}" for key in unknown]

    def value(self, table: str, key: str, kind: type[_Value], default: _Value) -> _Value:
        """Return a setting of the wanted type."""
        return self.typed(f"{table}.{key}", self._tree.get(table, {}).get(key, default), kind, default)

    def typed(self, name: str, value: object, kind: type[_Value], default: _Value) -> _Value:
        """Return a value of the wanted type; a whole number passes for a decimal one."""
        if kind is float and type(value) is int:
            value = float(value)
        if not isinstance(value, kind):
            self.mistakes.append(f"{name} is {value!r}, it has to be {_KINDS[kind]}")
            return default
        return value

    def table(self, name: str) -> dict[str, Any]:
        """Return a whole table."""
        found: dict[str, Any] = self._tree.get(name, {})
        return found

    def texts(self, table: str, key: str, default: Iterable[str]) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.value(table, key, list, list(default))
        wrong = [value for value in values if not isinstance(value, str) or not value]
        self.mistakes += [f"{table}.{key} holds {value!r}, it has to hold texts" for value in wrong]
        return tuple(value for value in values if value not in wrong)

    def parsed(self, name: str, texts: Iterable[str], parse: Callable[[str], _Value]) -> tuple[_Value, ...]:
        """Return each text parsed, without those that cannot be."""
        values = []
        for text in texts:
            try:
                values.append(parse(text))
            except LocaleError as error:  # it quotes the text itself
                self.mistakes.append(f"{name}: {error}")
            except re.error as error:
                self.mistakes.append(f"{name}: {text!r}: {error}")
        return tuple(values)

    def share(self, table: str, key: str, default: float) -> float:
        """Return a setting that is a share."""
        return self.percent(f"{table}.{key}", self.value(table, key, float, default))

    def percent(self, name: str, value: float) -> float:
        """Return `value` if it is a share."""
        if not 0 <= value <= 100:  # noqa: PLR2004  percent
            self.mistakes.append(f"{name} is {value}, it has to be between 0 and 100 percent")
        return value

    def risk(self, name: str, value: object, default: float) -> float:
        """Return `value` if it is a number that a risk can be compared with."""
        risk = self.typed(name, value, float, default)
        if not 0 <= risk <= HIGHEST_RISK:
            self.mistakes.append(f"{name} is {risk:g}, it has to be between 0 and {HIGHEST_RISK}")
            return default
        return risk

    def chosen(self, name: str, value: str, choices: tuple[str, ...]) -> str:
        """Return `value` if it is one of `choices`."""
        if value not in choices:
            self.mistakes.append(f"{name} is {value!r}, it has to be one of {', '.join(choices)}")
        return value


def near(name: str, known: Iterable[str]) -> str:
    """Return a question for the known name that is spelled most like a wrong one, "" if none is.

    >>> near("colors", ("logo", "colours")), near("x", ("logo",))
    ('; did you mean colours?', '')
    """
    return "".join(f"; did you mean {each}?" for each in get_close_matches(name, sorted(known), n=1))
