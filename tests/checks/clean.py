"""Translations by people: the sentences of gettext catalogs that Debian packages install."""

import os
from pathlib import Path

import polib
import pytest

from tests.checks.sentences import LOCALES, Pair, Sentence

# Small packages whose catalogs are rich in sentences; .ci/run installs them.
PACKAGES = {
    "aptitude": "aptitude-common",
    "gnome-control-center-2.0": "gnome-control-center-data",
    "gnucash": "gnucash-common",
    "homebank": "homebank-data",
}
MIN_WORDS = 5
# Mnemonics, format strings, tabs and line breaks belong to dialogs and terminals, not to sentences.
_NO_PROSE = frozenset("_%\n\t&")
_ROOT = Path("/usr/share/locale")


def clean_pairs() -> list[Pair]:
    """Return every sentence; skip without the packages on a user's machine, fail in CI."""
    paths = {locale: [_catalog(locale, domain) for domain in PACKAGES] for locale in LOCALES}
    return [
        Pair(locale=locale, source=source, target=target)
        for locale, catalogs in paths.items()
        for path in catalogs
        for source, target in sorted(_sentences(path))
    ]


def clean_sentences(step: int) -> list[Sentence]:
    """Return every `step`th sentence that there is in every locale, to be damaged as our own are."""
    targets: dict[str, dict[str, str]] = {}
    for pair in clean_pairs():
        targets.setdefault(pair.source, {"en": pair.source})[pair.locale] = pair.target
    complete = [fields for _, fields in sorted(targets.items()) if len(fields) > len(LOCALES)]
    chosen = complete[::step]
    return [Sentence(locale=locale, marked=fields[locale], fields=fields) for fields in chosen for locale in LOCALES]


def _catalog(locale: str, domain: str) -> Path:
    path = _ROOT / locale / "LC_MESSAGES" / f"{domain}.mo"
    if not path.is_file():
        missing = f"{path} is missing; apt-get install {PACKAGES[domain]}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path


def _sentences(path: Path) -> set[tuple[str, str]]:
    return {
        (entry.msgid, entry.msgstr)
        for entry in polib.mofile(str(path))
        if not entry.msgid_plural and _is_translated_sentence(entry.msgid, entry.msgstr)
    }


def _is_translated_sentence(source: str, target: str) -> bool:
    """Tell whether both are one line of prose, as a segment is, and the target is not the source itself."""
    if not target or source == target or _NO_PROSE & set(source + target):
        return False
    return source[:1].isupper() and len(source.split()) >= MIN_WORDS
