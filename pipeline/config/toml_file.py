"""`polypost.toml` becomes frozen settings, or a list of everything that is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from babel import Locale

from pipeline.config.reader import TableReader
from pipeline.config.settings import (
    DEFAULT_ENGINES,
    DEFAULT_MAX_ORIGINAL,
    DEFAULT_MAX_RISK,
    DEFAULT_MAX_WITHDRAWN,
    DEFAULT_ROUND_TRIP,
    GENDERS,
    KNOWN_ENGINES,
    OFF,
    POLICIES,
    IntakeSource,
    LocalePublishing,
    Settings,
)
from pipeline.config.site_table import SITE_KEYS, read_site
from pipeline.errors import ConfigError
from pipeline.model.finding import CheckIds, Severity
from pipeline.model.locale import parse_locale
from pipeline.model.max_risk import COMMITMENTS, MaxRisk
from pipeline.model.packages import Pair, RankedPair
from pipeline.model.posting import SectionKind
from pipeline.model.segment import HEADING, TITLE
from pipeline.storage.files import read_regular

_MAX_BYTES = 16 << 20  # the largest lists of patterns and names are far from it
_KEYS = {
    "project": {"base_url", "postings", "locales"},
    "site": SITE_KEYS,
    "intake": {"drop_furniture", "drop_lines", "sources"},
    "translate": {
        "engines",
        "do_not_translate",
        "glossary",
        "libretranslate",
        "locales",
        "plain_words",
        "ranks",
        "round_trip",
        "trade_glossary",
    },
    "publish": {
        "policy",
        "two_person",
        "max_original",
        "max_risk",
        "original_titles",
        "max_withdrawn",
        "gzip",
        "noindex_machine",
        "search",
        "locales",
    },
}
_LOCALE_CHOICES = {"gender": GENDERS, "address": ("formal", "informal")}
_PUBLISH_LOCALE_KEYS = {"policy", "max_original", "max_risk", "original_titles"}
_DEFAULT = "default"
# The kinds of segments that may have a max_risk of their own.
_RISK_KINDS = (_DEFAULT, COMMITMENTS, TITLE, HEADING, *SectionKind)
_CHECKS = "checks"  # its keys are checks, which whoever reads the settings names


def read_settings(path: Path, checks: Callable[[], CheckIds] | None = None) -> Settings:
    """Read the configuration; what it says of checks only if `checks` is given, which is asked for their ids then.

    Raises ConfigError with every mistake at once.
    """
    try:
        tree = tomllib.loads(read_regular(path, _MAX_BYTES).decode("utf-8-sig"))
    except FileNotFoundError as error:
        hint = (
            "no such file; `polypost init` begins a project here, or run in the folder of one, or name it with --config"
        )
        raise ConfigError(path, (hint,)) from error
    except OSError as error:
        raise ConfigError(path, (error.strerror or "cannot be read",)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, (f"not TOML: {error}",)) from error
    reader = TableReader(tree, {**_KEYS, _CHECKS: None})
    settings = _settings(reader, path, checks() if checks and reader.table(_CHECKS) else None)
    if reader.mistakes:
        raise ConfigError(path, tuple(reader.mistakes))
    return settings


_ADDRESS = re.compile(r"https?://[^\s/?#<>\"\\]+(?:/[^\s?#<>\"\\]*)?")


def address_fault(address: str) -> str:
    """Return why paths cannot be added to an address; "" if they can.

    >>> address_fault("https://jobs.acme.com"), address_fault("jobs.acme.com")
    ('', "is 'jobs.acme.com', it has to be an http or https address without a query, a fragment or spaces")
    """
    wanted = "it has to be an http or https address without a query, a fragment or spaces"
    return "" if _ADDRESS.fullmatch(address) else f"is {address!r}, {wanted}"


def with_slash(address: str) -> str:
    """Return an address so that a path can be put behind it; "" stays."""
    return address and address.rstrip("/") + "/"


def _settings(reader: TableReader, path: Path, checks: CheckIds | None) -> Settings:
    root = path.absolute().parent
    locales = reader.parsed("project.locales", reader.texts("project", "locales", ()), parse_locale)
    if not locales:
        reader.mistakes.append('project.locales names no locale; write for example locales = ["en", "fr"]')
    base_url = reader.value("project", "base_url", str, "")
    server = reader.value("translate", "libretranslate", str, "")
    for name, address in (("project.base_url", base_url), ("translate.libretranslate", server)):
        if address and (fault := address_fault(address)):
            reader.mistakes.append(f"{name} {fault}")
    glossary = reader.value("translate", "glossary", str, "")
    plain_words = reader.value("translate", "plain_words", str, "")
    choices = _locale_choices(reader, locales)
    risks = reader.table("publish").get("max_risk", {})
    max_risk = _max_risk(reader, "publish.max_risk", risks, DEFAULT_MAX_RISK)
    general = {key: value for key, value in reader.table(_CHECKS).items() if key != "locales"}
    return Settings(
        root=root,
        path=path,
        base_url=with_slash(base_url),
        postings=reader.texts("project", "postings", ()),
        locales=tuple(dict.fromkeys(locales)),
        drop_furniture=reader.value("intake", "drop_furniture", bool, default=True),
        drop_lines=reader.parsed("intake.drop_lines", reader.texts("intake", "drop_lines", ()), re.compile),
        sources=_sources(reader),
        engines=_engines(reader),
        names_engines="engines" in reader.table("translate"),
        ranks=_ranks(reader),
        libretranslate=server,
        do_not_translate=reader.texts("translate", "do_not_translate", ()),
        glossary=root / glossary if glossary else None,
        plain_words=root / plain_words if plain_words else None,
        trade_glossary=reader.value("translate", "trade_glossary", bool, default=True),
        policy=reader.chosen("publish.policy", reader.value("publish", "policy", str, "reviewed"), POLICIES),
        two_person=reader.value("publish", "two_person", bool, default=False),
        max_original=reader.share("publish", "max_original", DEFAULT_MAX_ORIGINAL),
        original_titles=reader.value("publish", "original_titles", bool, default=False),
        max_risk=max_risk,
        round_trip=reader.value("translate", "round_trip", bool, DEFAULT_ROUND_TRIP),
        publishing=_publishing(reader, locales, max_risk),
        genders=choices["gender"],
        addresses=choices["address"],
        max_withdrawn=reader.share("publish", "max_withdrawn", DEFAULT_MAX_WITHDRAWN),
        gzip=reader.value("publish", "gzip", bool, default=False),
        site=read_site(reader, root, locales),
        search=reader.value("publish", "search", bool, default=False),
        severities=_severities(reader, _CHECKS, general, checks) if checks else {},
        locale_severities=_locale_severities(reader, locales, checks) if checks else {},
    )


def _sources(reader: TableReader) -> tuple[IntakeSource, ...]:
    """Read `[[intake.sources]]`; whether a format is known says the one who reads by it."""
    sources: list[IntakeSource] = []
    for number, table in enumerate(reader.value("intake", "sources", list, [])):
        where = f"intake.sources[{number}]"
        if not isinstance(table, dict):
            reader.mistakes.append(f"{where} has to be a table: [[intake.sources]]")
            continue
        files: object = table.get("files")
        patterns = [files] if isinstance(files, str) else files if isinstance(files, list) else []
        texts = [table.get(key, "") for key in ("format", "id_prefix")]
        columns = table.get("columns", {})
        reader.refuse_unknown(where, table, ("files", "format", "id_prefix", "columns"))
        mistakes: list[str] = []
        if not patterns or not all(isinstance(name, str) and name for name in patterns):
            mistakes.append(f'{where}.files has to name files: ["exports/*.json"]')
        if not all(isinstance(text, str) for text in texts):
            mistakes.append(f"{where}.format and id_prefix have to be texts in quotes")
        if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
            mistakes.append(f'{where}.columns has to name columns: {{title = "Stelle"}}')
        reader.mistakes += mistakes
        if not mistakes:
            sources.append(IntakeSource(files=tuple(patterns), format=texts[0], id_prefix=texts[1], columns=columns))
    return tuple(sources)


def _publishing(reader: TableReader, locales: tuple[Locale, ...], max_risk: MaxRisk) -> dict[Locale, LocalePublishing]:
    found: dict[Locale, LocalePublishing] = {}
    for name, table in reader.value("publish", "locales", dict, {}).items():
        where = f"publish.locales.{name}"
        for locale in reader.parsed(where, [name], parse_locale):
            if locale not in locales:
                reader.mistakes.append(f"{where}: project.locales does not list {name}")
            if not isinstance(table, dict) or not table or set(table) - _PUBLISH_LOCALE_KEYS:
                reader.mistakes.append(
                    f"{where} has to hold {', '.join(sorted(_PUBLISH_LOCALE_KEYS))} and nothing else"
                )
                continue
            found[locale] = _locale_publishing(reader, where, table, max_risk)
    return found


def _engines(reader: TableReader) -> tuple[str, ...]:
    named = reader.texts("translate", "engines", DEFAULT_ENGINES)
    return tuple(reader.chosen("translate.engines", engine, KNOWN_ENGINES) for engine in named)


# An engine and a pair, or a pair by any engine: "apertium pt>es", "en>pt-BR".
_RANKED = re.compile(r"(?:(?P<engine>[a-z]+) +)?(?P<source>[\w-]+) *> *(?P<target>[\w-]+)")
_WORST_RANK = 100


def _ranks(reader: TableReader) -> dict[RankedPair, int]:
    """Read `[translate.ranks]`: for a pair, perhaps by one engine, how many of a hundred sentences come out wrong."""
    found: dict[RankedPair, int] = {}
    for name, rank in reader.value("translate", "ranks", dict, {}).items():
        where = f'translate.ranks."{name}"'
        named = _RANKED.fullmatch(name)
        if named is None:
            reader.mistakes.append(f'{where} has to name a pair, "en>es", or one by an engine, "apertium en>es"')
            continue
        engine = reader.chosen(where, named["engine"], KNOWN_ENGINES) if named["engine"] else ""
        locales = reader.parsed(where, (named["source"], named["target"]), parse_locale)
        if type(rank) is not int or not 0 <= rank <= _WORST_RANK:
            reader.mistakes.append(f"{where} is {rank!r}, it has to be a whole number from 0, the best, to 100")
        elif len(locales) > 1:
            found[RankedPair(engine, Pair(*map(str, locales)))] = rank
    return found


def _locale_choices(reader: TableReader, locales: tuple[Locale, ...]) -> dict[str, dict[Locale, str]]:
    """Read `[translate.locales.X]`; return what is chosen for each locale by the name of the choice."""
    found: dict[str, dict[Locale, str]] = {key: {} for key in _LOCALE_CHOICES}
    for name, table in reader.value("translate", "locales", dict, {}).items():
        where = f"translate.locales.{name}"
        for locale in reader.parsed(where, [name], parse_locale):
            if locale not in locales:
                reader.mistakes.append(f"{where}: project.locales does not list {name}")
            if not isinstance(table, dict) or not table or set(table) - set(_LOCALE_CHOICES):
                reader.mistakes.append(f"{where} has to hold {' and '.join(sorted(_LOCALE_CHOICES))}, and nothing else")
                continue
            for key, value in table.items():
                found[key][locale] = reader.chosen(f"{where}.{key}", str(value), _LOCALE_CHOICES[key])
    return found


def _locale_publishing(
    reader: TableReader, where: str, table: Mapping[str, object], max_risk: MaxRisk
) -> LocalePublishing:
    policy, share, titles, risks = (table.get(key) for key in ("policy", "max_original", "original_titles", "max_risk"))
    percent = f"{where}.max_original"
    return LocalePublishing(
        policy=None if policy is None else reader.chosen(f"{where}.policy", str(policy), POLICIES),
        max_original=None if share is None else reader.percent(percent, reader.typed(percent, share, float, 0.0)),
        original_titles=None
        if titles is None
        else reader.typed(f"{where}.original_titles", titles, bool, default=False),
        max_risk=None if risks is None else _max_risk(reader, f"{where}.max_risk", risks, max_risk),
    )


def _max_risk(reader: TableReader, where: str, value: object, others: MaxRisk) -> MaxRisk:
    """Read one number for all kinds of segments, or a table of kinds; those that it does not name are as `others`."""
    if not isinstance(value, dict):
        return MaxRisk(default=reader.risk(where, value, others.default))
    numbers = {kind: reader.risk(f"{where}.{kind}", risk, others.default) for kind, risk in value.items()}
    unknown = sorted(set(numbers).difference(_RISK_KINDS))
    known = ", ".join(_RISK_KINDS)
    reader.mistakes += [f"{where}.{kind} is not a kind of segment, it has to be one of {known}" for kind in unknown]
    if _DEFAULT in numbers:
        return MaxRisk(default=numbers.pop(_DEFAULT), kinds=numbers)
    return MaxRisk(default=others.default, kinds={**others.kinds, **numbers})


def _severities(
    reader: TableReader, where: str, table: Mapping[str, object], checks: CheckIds
) -> dict[str, Severity | None]:
    """Read how bad the findings of each named check are; what protects a posting's facts is an error everywhere.

    An id of an earlier version means the check that reports it now.
    """
    severities: dict[str, Severity | None] = {}
    for check, value in table.items():
        name = f"{where}.{check}"
        current = checks.current(check)
        if current in checks.promised:
            if value != Severity.ERROR:
                reader.mistakes.append(f"{name} cannot be turned down: it protects what a posting promises")
        elif current in checks.adjustable:
            chosen = reader.chosen(name, str(value), (*Severity, OFF))
            if check == current or current not in table:
                severities[current] = Severity(chosen) if chosen in set(Severity) else None
        elif current:
            reader.mistakes.append(f"{name} is not a check of this version, docs/checks.md lists them")
    return severities


def _locale_severities(
    reader: TableReader, locales: tuple[Locale, ...], checks: CheckIds
) -> dict[Locale, dict[str, Severity | None]]:
    severities: dict[Locale, dict[str, Severity | None]] = {}
    for name, table in reader.value("checks", "locales", dict, {}).items():
        where = f"checks.locales.{name}"
        if not isinstance(table, dict):
            reader.mistakes.append(f"{where} has to be a table of checks")
            continue
        for locale in reader.parsed(where, [name], parse_locale):
            if locale not in locales:
                reader.mistakes.append(f"{where}: project.locales does not list {name}")
            severities[locale] = _severities(reader, where, table, checks)
    return severities
