"""Postings whose values stand once a language: `{"title": {"en": "Baker", "de": "Bäcker"}}`.

They are one posting with versions. Which languages there are is said by the title, in one of three ways:

    {"title": {"en": "Baker", "de": "Bäcker"}}
    {"title": [{"language": "en", "value": "Baker"}, {"language": "de", "value": "Bäcker"}]}    or `@language`, `@value`
    {"title_en": "Baker", "title_de": "Bäcker", "description_en": "…", "description_de": "…"}
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import structs

from pipeline.errors import LocaleError
from pipeline.intake.formats.generic import field_of
from pipeline.intake.formats.item import Tree
from pipeline.intake.reading.record import PostingRecord
from pipeline.model.locale import parse_locale

_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}")
_SUFFIXED = re.compile(rf"(?P<name>.+?)[-_.](?P<tag>{_TAG.pattern})")
_LANGUAGE = ("language", "lang", "locale", "@language", "languageCode")
_VALUE = ("value", "text", "@value", "content", "label", "name")
_TITLES = frozenset({"title", "weak_title"})
# What is not said again in each language, as a name or a place: where a language has none, the first counts.
_SHARED = frozenset(
    {"organization", "locations", "city", "region", "country", "employment_type", "hours", "salary", "remote", "url"}
)
_DEEPEST = 6


def parse_localized(tree: Tree, parse: Callable[[Tree], PostingRecord]) -> PostingRecord:
    """Read an object by `parse`, once a language if it has its values so: the language that it names, or the first."""
    found = by_language(tree)
    if not found:
        return parse(tree)
    records = {tag: parse(part) for tag, part in found.items()}
    named = next((record.language for record in records.values()), None)
    first = next((tag for tag in records if tag == named), next(iter(records)))
    record = records.pop(first)
    versions = [
        {
            "language": tag,
            "title": version.title,
            "url": version.url if version.url != record.url else None,
            "description": version.description,
            "sections": version.sections,
        }
        for tag, version in records.items()
    ]
    given = [*record.versions, *versions] if isinstance(record.versions, list) else versions
    return structs.replace(record, language=first, versions=given or None)


def by_language(tree: Tree) -> dict[str, Tree]:
    """Return an object once for each language of its title, in their order; nothing if its title is in none.

    >>> by_language({"id": 1, "name": {"en": "Baker", "de": "Bäcker"}, "city": {"de": "Wien"}})
    {'en': {'id': 1, 'name': 'Baker', 'city': 'Wien'}, 'de': {'id': 1, 'name': 'Bäcker', 'city': 'Wien'}}
    """
    if any(isinstance(value, str) and value for name, value in tree.items() if field_of(name) == "title"):
        return {}
    tree = without_suffixes(tree)
    titles = (_spoken(value) for name, value in tree.items() if field_of(name) in _TITLES)
    title = next((found for found in titles if found and all(isinstance(text, str) for text in found.values())), {})
    tags = frozenset(title)
    return {
        tag: {name: _in_language(value, tag, tags, shared=field_of(name) in _SHARED) for name, value in tree.items()}
        for tag in title
    }


def _spoken(value: object) -> dict[str, object]:
    """Return what a value says in each language; nothing if it is not made so."""
    if isinstance(value, Mapping):
        return {tag: text for tag, text in value.items() if text} if value and all(map(_is_tag, value)) else {}
    if not isinstance(value, list) or not all(isinstance(part, Mapping) for part in value):
        return {}
    found = {}
    for part in value:
        tag = next((part[name] for name in _LANGUAGE if name in part), None)
        text = next((part[name] for name in _VALUE if part.get(name)), None)
        if not _is_tag(tag) or text is None:
            return {}
        found[str(tag)] = text
    return found


def _in_language(value: object, tag: str, tags: frozenset[str], *, shared: bool, depth: int = 0) -> object:
    """Return what a value says in one of the languages, as deep as it may be."""
    if depth > _DEEPEST:
        return value
    spoken = _spoken(value)
    if spoken and not tags.isdisjoint(spoken):
        return spoken.get(tag, next(iter(spoken.values())) if shared else None)
    if isinstance(value, Mapping):
        return {name: _in_language(part, tag, tags, shared=shared, depth=depth + 1) for name, part in value.items()}
    if isinstance(value, list):
        return [_in_language(part, tag, tags, shared=shared, depth=depth + 1) for part in value]
    return value


def without_suffixes(tree: Tree) -> Tree:
    """Return an object with `title_en` and `title_de` as one member, if its title and its text both stand so."""
    found: dict[str, dict[str, object]] = {}
    for name, value in tree.items():
        match = _SUFFIXED.fullmatch(name)
        if match and _is_tag(match["tag"]) and value:
            found.setdefault(match["name"], {})[match["tag"]] = value
    titles = {tag for name, spoken in found.items() for tag in spoken if field_of(name) == "title"}
    texts = {tag for name, spoken in found.items() for tag in spoken if field_of(name) == "description"}
    if not titles & texts:
        return tree
    nested = {
        name: spoken for name, spoken in found.items() if name not in tree and titles & spoken.keys() == spoken.keys()
    }
    taken = {f"{name}{sign}{tag}" for name, spoken in nested.items() for tag in spoken for sign in "-_."}
    return {**{name: value for name, value in tree.items() if name not in taken}, **nested}


@lru_cache(maxsize=512)
def _is_known(tag: str) -> bool:
    try:
        parse_locale(tag)
    except LocaleError:
        return False
    return True


def _is_tag(tag: object) -> bool:
    return isinstance(tag, str) and bool(_TAG.fullmatch(tag)) and _is_known(tag)
