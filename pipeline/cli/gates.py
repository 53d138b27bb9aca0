"""`--fail-under`: ends a command with 1 where a locale has fewer reviewed units than a team has agreed on.

`--fail-under fr=95 --fail-under 80` asks for 95 percent in French and for 80 in each other configured locale. Counted
are the units that postings use: reviewed ones of all that are not obsolete. A locale without any has nothing to review.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import click
from babel import Locale

from pipeline.cli import messages
from pipeline.errors import LocaleError, UnknownLocaleError
from pipeline.model.locale import parse_locale
from pipeline.model.unit import UnitState

_ALL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """At least so many percent of the units are to be reviewed, in one locale or, without one, in all others."""

    percent: Fraction
    locale: Locale | None = None


class GateParam(click.ParamType[Gate]):
    """`fr=95`, or `95` for all locales."""

    name = "gate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Gate:
        """Read the gate."""
        if isinstance(value, Gate):
            return value
        name, _, percent = value.rpartition("=")
        try:
            gate = Gate(percent=Fraction(percent.removesuffix("%")), locale=parse_locale(name) if name else None)
        except (ValueError, ZeroDivisionError, LocaleError) as error:
            self.fail(f"{value!r} is no gate ({error}); write fr=95, or 95 for all locales", param, ctx)
        if not 0 <= gate.percent <= _ALL:
            self.fail(f"{value!r} is no gate: it has to be from 0 to {_ALL} percent", param, ctx)
        return gate


fail_under: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--fail-under",
    "gates",
    multiple=True,
    type=GateParam(),
    metavar="[LOCALE=]PERCENT",
    help="End with 1 if fewer percent of the units are reviewed, in one locale or in all; can be repeated.",
)


def reviewed_percent(states: Mapping[UnitState, int]) -> Fraction:
    """Return how many percent of the units that are not obsolete are reviewed.

    >>> reviewed_percent({UnitState.REVIEWED: 1, UnitState.UNTRANSLATED: 2, UnitState.OBSOLETE: 7})
    Fraction(100, 3)
    """
    live = sum(count for state, count in states.items() if state is not UnitState.OBSOLETE)
    return Fraction(_ALL * states.get(UnitState.REVIEWED, 0), live) if live else Fraction(_ALL)


def describe_percent(percent: Fraction) -> str:
    """Write a share with one digit, rounded down: what is not reached is never shown as reached.

    >>> describe_percent(Fraction(94999, 1000)), describe_percent(Fraction(100))
    ('94.9', '100')
    """
    tenths = int(percent * 10)
    return f"{tenths / 10:g}"


def missed_gates(gates: Sequence[Gate], states: Mapping[Locale, Mapping[UnitState, int]]) -> Iterator[str]:
    """Yield what is missing in each locale whose reviewed share is below its gate; the last of several counts.

    Raises UnknownLocaleError for a gate of a locale that has no figures.
    """
    wanted = {gate.locale: gate.percent for gate in gates}
    for locale in wanted:
        if locale is not None and locale not in states:
            raise UnknownLocaleError(str(locale), tuple(map(str, states)))
    for locale, counts in states.items():
        percent, asked = reviewed_percent(counts), wanted.get(locale, wanted.get(None))
        if asked is not None and percent < asked:
            live = sum(counts.values()) - counts.get(UnitState.OBSOLETE, 0)
            yield (
                f"{locale}: {describe_percent(percent)} % of its units are reviewed "
                f"({counts.get(UnitState.REVIEWED, 0)} of {live}), --fail-under asks for {float(asked):g} %"
            )


def end_under(gates: Sequence[Gate], states: Mapping[Locale, Mapping[UnitState, int]]) -> None:
    """End with 1 if a locale is below its gate, and say which."""
    missed = list(missed_gates(gates, states))
    for text in missed:
        messages.error(text)
    if missed:
        raise SystemExit(1)
