"""Translations by people: sentences of gettext catalogs that Debian packages install, and this repository's own.

They are sound as far as a measure needs: people make mistakes too, so a small rate of findings is none of a check's.
The sample is the same in every run: sentences are taken in the order of a checksum, the same number of each package.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from zlib import crc32

import polib

from tests.evidence.faults import FORM, Texts, changed_digit
from tests.evidence.pairs import Pair

# Domain and package; .ci/run installs them. Money and dates, settings, and the long rules of a game, full of numbers.
DOMAINS = {
    "aptitude": "aptitude-common",
    "gnome-control-center-2.0": "gnome-control-center-data",
    "gnucash": "gnucash-common",
    "homebank": "homebank-data",
    "kmymoney": "kmymoney-common",
    "freeciv-core": "freeciv-data",
}
LOCALES = ("pt_BR", "pt", "de", "fr", "es", "it", "nl", "pl", "ja", "ar")
REVERSED = ("pt_BR", "es", "fr", "de")  # also read from the translation to the English source
EACH, EACH_WITH_NUMBER, EACH_REVERSED = 600, 200, 200
EACH_KIND = 60
MIN_WORDS, MAX_WORDS = 4, 35
ROOT = Path("/usr/share/locale")
OWN = Path(__file__).parents[2] / "locales"
# Mnemonics, format strings, markup and columns belong to dialogs and terminals, not to sentences.
_NO_PROSE = re.compile(r"[_\t&<>|$\\{}\ufffd]|%(?!$|[\s.,;:)])|(?<![\d\u00a0\u202f ])%|%%|\\n")
_NEXT_SENTENCE = re.compile(r"[.!?]\s+[A-Z(]")  # a segment is one sentence
_OTHER_SCRIPTS = {"ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff]{3}"), "ar": re.compile("[\u0620-\u064a]{3}")}
_END = re.compile(r"[.!?:…。！？؟]\W*$")
_NUMBER = re.compile(r"\d")
# Planted into people's targets in these locales; `digits` is also a kind of our own sentences.
_PLANTED = ("pt_BR", "de", "fr", "es")
_KINDS = {"digits": changed_digit, **FORM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The sentences of one catalog, each once, in the order of a checksum."""

    domain: str
    locale: str
    targets: Mapping[str, str]


def missing(root: Path = ROOT) -> list[str]:
    """Name the packages whose catalogs are not installed."""
    return [package for domain, package in DOMAINS.items() if not any(root.glob(f"*/LC_MESSAGES/{domain}.mo"))]


def people(
    each: int = EACH, each_with_number: int = EACH_WITH_NUMBER, each_reversed: int = EACH_REVERSED
) -> list[Pair]:
    """Return the sample of every locale, some more sentences with numbers, and some in the other direction."""
    found = []
    for locale in LOCALES:
        chosen = _sample(locale, each)
        numbers = [source for source in _targets(locale) if _NUMBER.search(source)]
        chosen = chosen | {source: _targets(locale)[source] for source in numbers[:each_with_number]}
        found += [_pair(source, target, locale) for source, target in sorted(chosen.items())]
    for locale in REVERSED:
        language = locale.partition("_")[0]
        found += [
            replace(_pair(source, target, locale), language=language, locale="en", source=target, target=source)
            for source, target in sorted(_sample(locale, each_reversed).items())
            if not target[:1].islower()
        ]
    return found


def planted(each: int = EACH_KIND) -> Iterator[Pair]:
    """Yield faults of form in people's translations, as many of each kind in each locale."""
    for locale in _PLANTED:
        every = [(source, target) for source, target in _shared_out(locale, None) if len(source.split()) > MIN_WORDS]
        for kind in _KINDS:
            yield from _of_kind(kind, locale, every, each)


def own() -> list[Pair]:
    """Return the reviewed targets of this repository's catalogs of postings."""
    found = []
    for path in sorted(OWN.glob("*/LC_MESSAGES/postings.*.po")):
        language, locale = path.suffixes[0].lstrip("."), path.parts[-3]
        found += [
            Pair(
                language=language,
                locale=locale,
                source=entry.msgid,
                target=entry.msgstr,
                group="own",
                context=entry.msgctxt or "",
            )
            for entry in polib.pofile(str(path))
            if entry.translated() and not entry.obsolete
        ]
    return found


def _of_kind(kind: str, locale: str, every: Sequence[tuple[str, str]], each: int) -> list[Pair]:
    found: list[Pair] = []
    other = _targets("es" if locale != "es" else "fr")
    for place, (source, target) in enumerate(every):
        texts = Texts(
            source=source,
            target=target,
            neighbour=every[(place + 1) % len(every)][1],
            other=other.get(source, ""),
            turn=place,
        )
        wrong = _KINDS[kind](texts)
        if wrong and wrong != target:
            found.append(
                replace(_pair(source, target, locale), group="in_people", target=wrong, kind=kind, sound=target)
            )
        if len(found) == each:
            break
    return found


def _pair(source: str, target: str, locale: str) -> Pair:
    domain = next(catalog.domain for catalog in _catalogs(locale) if source in catalog.targets)
    return Pair(language="en", locale=locale, source=source, target=target, group="people", origin=domain)


def _sample(locale: str, each: int) -> dict[str, str]:
    return dict(_shared_out(locale, each))


def _shared_out(locale: str, count: int | None) -> list[tuple[str, str]]:
    """Return sentences of every catalog in turn until there are so many; all of them without a count."""
    queues = [list(catalog.targets.items()) for catalog in _catalogs(locale)]
    longest = max(map(len, queues), default=0)
    turns = (queue[place] for place in range(longest) for queue in queues if place < len(queue))
    chosen = dict(turns)
    return list(chosen.items())[:count]


@cache
def _targets(locale: str) -> Mapping[str, str]:
    return dict(_shared_out(locale, None))


@cache
def _catalogs(locale: str) -> tuple[Catalog, ...]:
    paths = {domain: ROOT / locale / "LC_MESSAGES" / f"{domain}.mo" for domain in DOMAINS}
    return tuple(
        Catalog(domain=domain, locale=locale, targets=_sentences(path, _OTHER_SCRIPTS.get(locale)))
        for domain, path in paths.items()
        if path.is_file()
    )


def _sentences(path: Path, script: re.Pattern[str] | None) -> dict[str, str]:
    """Return the sentences of a file; only those written in `script`, since some catalogs keep English ones."""
    pairs: dict[str, str] = {}
    for entry in polib.mofile(str(path)):
        if not entry.msgid_plural:
            pairs.update(_lines(entry.msgid, entry.msgstr))
    pairs = {source: target for source, target in pairs.items() if script is None or script.search(target)}
    return dict(sorted(pairs.items(), key=lambda pair: (crc32(pair[0].encode()), pair[0])))


def _lines(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of an entry; none of one that is wrapped, whose lines do not belong together."""
    sources, targets = source.strip().split("\n"), target.strip().split("\n")
    if len(sources) != len(targets):
        return
    if len(sources) > 1 and not all(_END.search(line) for line in [*sources, *targets] if line.strip()):
        return
    for one, other in zip(sources, targets, strict=True):
        if is_prose(one.strip()) and not _NO_PROSE.search(other) and other.strip() not in {"", one.strip()}:
            yield one.strip(), other.strip()


def is_prose(text: str) -> bool:
    """Tell whether a text is one sentence or a title, as a segment of a posting is.

    >>> is_prose("Create a new account"), is_prose("Saved %d files"), is_prose("_Open an existing file")
    (True, False, False)
    """
    if _NO_PROSE.search(text) or _NEXT_SENTENCE.search(text):
        return False
    return text[:1].isupper() and MIN_WORDS <= len(text.split()) <= MAX_WORDS
