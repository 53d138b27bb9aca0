"""Every check by its stable id, put together for one pair of languages and run over a unit."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from babel import Locale

from pipeline.checks import (
    capitals,
    characters,
    dates,
    emptiness,
    enclosing,
    engine_marks,
    gender,
    lexicon,
    proper_names,
    protected,
    protected_kinds,
    spacing,
    units,
    weekday_names,
)
from pipeline.checks.countries import countries_check
from pipeline.checks.currency import changed_currencies
from pipeline.checks.ending import ending_check
from pipeline.checks.items import broken_lines, items_check
from pipeline.checks.language import LanguageOf, language_check
from pipeline.checks.language_names import language_names_check
from pipeline.checks.length import growth_of, implausible_length
from pipeline.checks.number_signs import changed_codes, changed_relations, changed_signs
from pipeline.checks.numbers import UNKNOWN, Pair, changed_numbers, numbers_in_words
from pipeline.checks.repetition import doubled_words, looping_phrase
from pipeline.checks.verb_forms import infinitive_check
from pipeline.checks.weekdays import changed_weekdays
from pipeline.model import spans
from pipeline.model.finding import Finding, Severity
from pipeline.model.glossary import FormsOf
from pipeline.model.limits import MAX_SEGMENT_CHARS, TOO_LONG, is_too_long
from pipeline.model.locale import script_of
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit, UnitState

# Findings that make a target worthless to a reviewer too, or that must never reach a catalog: it is not kept.
NOT_WORTH_KEEPING = frozenset({"empty", "length", "repetition", "unknown_words"})
# What is asked of a unit that is too long for all others: their patterns are made for sentences.
READ_AT_ANY_LENGTH = frozenset({"empty", "length", TOO_LONG})
Difference = Callable[[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A stable id, how bad its finding is, and a function that says what is wrong, "" if nothing is.

    A costly one is not run on what a person has reviewed.
    """

    id: str
    severity: Severity
    run: Difference
    costly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """Between which languages checks are made.

    `language_of` names the language of a text, None while it is unsure; `forms_of` gives the words of a language.
    `kept` are wordings that the target may have from the source.
    """

    source: str
    target: Locale
    language_of: LanguageOf | None = None
    forms_of: FormsOf | None = None
    kept: tuple[str, ...] = ()

    @property
    def growth(self) -> float:
        """How much longer than its source a target is on average."""
        return growth_of(self.source, self.target.language)


def checks_for(
    names: Iterable[str],
    languages: Languages | None = None,
    severities: Mapping[str, Severity | None] | None = None,
) -> tuple[Check, ...]:
    """Return every check; `names` are the ones that no translation may change.

    Without `languages` only those that hold between any two. `severities` are those of a locale where they are not
    the usual ones, None for a check that is off.
    """
    name_patterns = tuple(map(spans.name_pattern, names))
    own = severities or {}
    made = (*_errors(name_patterns, languages), *_warnings(name_patterns, languages))
    chosen = ((check, own.get(check.id, check.severity)) for check in made)
    return tuple(replace(check, severity=severity) for check, severity in chosen if severity is not None)


def check_unit(unit: Unit, checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Return the findings of every check about a translated unit; none about a deliberately empty one."""
    if not unit.translated or unit.target == DELIBERATELY_EMPTY or unit.extras.plural_source:
        return ()
    reviewed = unit.state is UnitState.REVIEWED
    wanted = (check for check in checks if not (check.costly and reviewed))
    return tuple(_findings(unit.key.source, unit.target, wanted))


def refusals(source: str, target: str, checks: Iterable[Check]) -> tuple[str, ...]:
    """Name the checks for which a target is not worth keeping."""
    wanted = (check for check in checks if check.id in NOT_WORTH_KEEPING)
    return tuple(finding.check for finding in _findings(source, target, wanted))


def unread_length(source: str, target: str) -> str:
    """Say that source or target is too long to be compared; "" if both are read."""
    longest = max(len(source), len(target))
    return (
        f"not compared: {longest} characters, {MAX_SEGMENT_CHARS} are the limit" if longest > MAX_SEGMENT_CHARS else ""
    )


def _findings(source: str, target: str, checks: Iterable[Check]) -> Iterator[Finding]:
    read = not (is_too_long(source) or is_too_long(target))
    for check in checks if read else (check for check in checks if check.id in READ_AT_ANY_LENGTH):
        detail = check.run(source, target)
        if detail:
            yield Finding(check=check.id, severity=check.severity, detail=detail)
            if check.id == "empty":
                return


def _errors(names: tuple[re.Pattern[str], ...], languages: Languages | None) -> Iterator[Check]:
    growth = languages.growth if languages else 1.0
    error = partial(Check, severity=Severity.ERROR)
    yield error(id=TOO_LONG, run=unread_length)
    yield error(id="empty", run=emptiness.emptied)
    yield error(id="length", run=partial(implausible_length, growth=growth))
    if languages:
        yield error(id="items", run=items_check(languages.source, languages.target.language))
    yield error(id="lines", run=broken_lines)
    yield error(id="urls", run=protected_kinds.changed_addresses)
    yield error(id="placeholders", run=protected_kinds.changed_placeholders)
    yield error(id="names", run=protected_kinds.names_check(names))
    yield error(id="markup", run=protected.changed_markup)
    yield error(id="numbers", run=_numbers_check(languages))
    if not languages or languages.target.language in dates.READ_LANGUAGES:
        yield error(id="dates", run=_dates_check(languages))
    yield error(id="currency", run=partial(changed_currencies, languages=_pair(languages)))
    units_are_read = not languages or languages.target.language in units.READ_LANGUAGES
    yield error(id="units", run=partial(units.changed_units, read=units_are_read))
    yield error(id="garbled", run=proper_names.garbled_check(*_between(languages)))
    if languages:
        yield error(id="lost_acronyms", run=proper_names.several_lost_check(script_of(languages.target)))
        yield error(id="gender_forms", run=gender.left_forms_check(languages.source, languages.target.language))
        yield error(id="verb_forms", run=infinitive_check(*_between(languages)))
    if languages and languages.source:
        yield error(id="countries", run=countries_check(languages.source, languages.target))
    yield error(id="unpaired", run=enclosing.unpaired_halves)
    yield error(id="repetition", run=looping_phrase)
    yield error(id="unknown_words", run=engine_marks.unknown_words)
    yield error(id="engine_marks", run=engine_marks.engine_marks)
    yield error(id="control", run=characters.control_characters)
    yield error(id="bidi", run=characters.turned_direction)
    if languages and languages.language_of:
        yield error(
            id="language", run=language_check(languages.source, languages.target, languages.language_of), costly=True
        )


def _warnings(names: tuple[re.Pattern[str], ...], languages: Languages | None) -> Iterator[Check]:
    warning = partial(Check, severity=Severity.WARNING)
    yield warning(id="unchanged", run=emptiness.unchanged_check(names))
    yield warning(id="untranslated", run=emptiness.left_untranslated)
    yield warning(id="number_words", run=partial(numbers_in_words, languages=_pair(languages)))
    yield warning(id="doubled_words", run=doubled_words)
    yield warning(id="brackets", run=gender.one_form_aside(enclosing.changed_brackets, *_between(languages)))
    yield warning(id="quotes", run=enclosing.changed_quotes)
    yield warning(id="capital_start", run=capitals.small_start)
    yield warning(id="capitals", run=capitals.loud_target)
    yield warning(id="acronyms", run=capitals.lost_acronyms)
    if languages:
        yield warning(id="proper_names", run=proper_names.lost_names_check(languages.source, languages.target))
        yield warning(id="language_names", run=language_names_check(languages.source, languages.target.language))
        yield from _lexicon_checks(languages)
    language = languages.target.language if languages else ""
    yield warning(id="spaces", run=spacing.spaces_check(language))
    if languages:
        yield warning(id="end_mark", run=ending_check(language))
        yield warning(id="invisible", run=characters.invisible_check(language))
        if language == "fr" and languages.target.territory != "CA":  # Canada writes no space before ; ! ?
            yield warning(id="french_spacing", run=spacing.french_spacing)


def _lexicon_checks(languages: Languages) -> Iterator[Check]:
    """Yield the checks that look words up, which takes the time to read a lexicon."""
    if languages.forms_of is None or not languages.source:
        return
    target = languages.forms_of(languages.target.language)
    warning = partial(Check, severity=Severity.WARNING, costly=True)
    source = languages.forms_of(languages.source)
    yield warning(id="left_words", run=lexicon.left_words_check(source, target, languages.kept))
    if languages.target.language == "en":  # where it was measured
        yield warning(id="spelling", run=lexicon.misspelled_check(target))


def _numbers_check(languages: Languages | None) -> Difference:
    """Return the check for the values of numbers, and if those agree for what stands at them."""
    changed_values = partial(changed_numbers, languages=_pair(languages))

    def damaged_numbers(source: str, target: str) -> str:
        return (
            changed_values(source, target)
            or changed_codes(source, target)
            or changed_signs(source, target)
            or changed_relations(source, target)
        )

    return damaged_numbers


def _dates_check(languages: Languages | None) -> Difference:
    """Return the check for the months of dates and, between two languages whose names are read, for weekdays."""
    pair = _between(languages)
    if not set(pair) <= weekday_names.READ_LANGUAGES:
        return dates.changed_dates

    def damaged_dates(source: str, target: str) -> str:
        return dates.changed_dates(source, target) or changed_weekdays(source, target, pair)

    return damaged_dates


def _between(languages: Languages | None) -> tuple[str, str]:
    return (languages.source, languages.target.language) if languages else ("", "")


def _pair(languages: Languages | None) -> Pair:
    return Pair(languages.source, languages.target.language) if languages else UNKNOWN
