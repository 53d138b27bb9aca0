"""What postings bring to the catalogs: their segments, and what they say of the figures in them.

The postings lie in a file, and reading one takes longer than looking at it. Most locales get the same of them, so what
they bring is gathered once for all of these:

    arriving = read_arriving(postings, settings.locales)
    merge_units(catalog.units, arriving.of[locale].units)
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.merge import posting_reference
from pipeline.catalog.pairing import Incoming
from pipeline.model.segment import SegmentedPosting, UnitKey
from pipeline.translation.fact_hints import Stated, agreed, read_stated
from pipeline.translation.facts import FactHints

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The segments of some postings, each once, and what the postings of a segment with a figure say of it.

    `names` are those that a posting has for itself, its employer and its cities, by its reference.
    """

    units: tuple[Incoming, ...]
    hints: Mapping[UnitKey, FactHints]
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """What the postings of a language bring to each locale, and to any of them.

    `versions` tells whether people wrote one of them in another language too.
    """

    of: Mapping[Locale, Segments]
    anywhere: tuple[Incoming, ...]
    versions: bool


def read_arriving(postings: Iterable[SegmentedPosting], locales: Sequence[Locale]) -> Arriving:
    """Gather what postings bring to each of the locales."""
    chosen = {tuple(group): array("Q") for group in (locales, *([locale] for locale in locales))}
    versions = False
    for number, item in enumerate(postings):
        versions = versions or any(version.separate for version in item.posting.versions)
        for group, numbers in chosen.items():
            if layout.is_for_any(item, group):
                numbers.append(number)
    found: dict[bytes, Segments] = {}
    for group, numbers in chosen.items():
        if numbers.tobytes() not in found:
            found[numbers.tobytes()] = _gathered(layout.for_locales(postings, group))
    return Arriving(
        of={locale: found[chosen[locale,].tobytes()] for locale in locales},
        anywhere=found[chosen[tuple(locales)].tobytes()].units,
        versions=versions,
    )


def _gathered(postings: Iterable[SegmentedPosting]) -> Segments:
    """Return what some postings bring."""
    users: defaultdict[UnitKey, set[Stated]] = defaultdict(set)
    names: dict[str, tuple[str, ...]] = {}

    def looked_at() -> Iterable[SegmentedPosting]:
        for segmented in postings:
            posting = segmented.posting
            stated = read_stated(posting)
            named = (posting.organization, *(location.city for location in posting.locations))
            names[posting_reference(posting.id)] = tuple(filter(None, named))
            for key in segmented.keys():  # noqa: SIM118  a posting is no mapping
                if _DIGIT.search(key.source):
                    users[key].add(stated)
            yield segmented

    units = layout.incoming_units(looked_at())
    return Segments(units=units, hints={key: agreed(each) for key, each in users.items()}, names=names)
