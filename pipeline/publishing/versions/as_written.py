"""Which segments of a translated posting may be shown as written: in the language of the posting, marked as such.

A posting of forty sentences is worth reading with two of them in its own language, and not worth much with twenty. So
a few may stay as they are, up to a share of its segments (`publish.max_original`, percent), and never so many that a
part of it cannot be read: at most a third of a section. Titles, pay, hours, deadlines and what a reader must know
before applying never stay; those kinds are read by `pipeline.language.commitments`.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from pipeline.language.words import DENSE
from pipeline.model.markup import strip_markup
from pipeline.model.patterns import lazy_pattern
from pipeline.model.segment import TITLE, SegmentedPosting, UnitKey

# From so many segments on one may stay as written, however low the share is.
MIN_SEGMENTS = 5
# Of the words of a posting this many times the share may stay as written: what fails is longer than what does not.
WORDS_TO_SEGMENTS = 2
# Of a section at most one segment in so many.
SECTION_PART = 3
_WORD = lazy_pattern(rf"[{DENSE}]|[^\s{DENSE}]+")


def allowed_segments(segments: int, percent: float) -> int:
    """Return how many of a posting's segments may be shown as written.

    >>> [allowed_segments(number, 10) for number in (4, 5, 19, 40)]
    [0, 1, 1, 4]
    """
    share = int(segments * percent // 100)
    return max(share, 1) if percent and segments >= MIN_SEGMENTS else share


def count_words(segment: str) -> int:
    """Return how many words a segment has; a Chinese or Japanese sign counts as one.

    >>> count_words("Don't <b>wait</b>, apply"), count_words("看護師 の仕事")
    (3, 6)
    """
    return len(_WORD.findall(strip_markup(segment)))


def choose_as_written(
    segmented: SegmentedPosting,
    wanting: Sequence[UnitKey],
    *,
    percent: float,
    copies: Collection[UnitKey] = (),
    untranslated: Collection[UnitKey] = (),
) -> frozenset[UnitKey]:
    """Return those of `wanting`, the first ones first, that may be shown as written.

    `copies` are segments in which there is nothing to translate: they do not count. `untranslated` are shown as written
    too, but not at the expense of the share. A segment that stands in a posting twice counts twice.
    """
    parts = [Counter(key for key in part if key not in copies) for part in _parts(segmented)]
    total = sum(parts, Counter[UnitKey]())
    words = {key: count_words(key.source) for key in total}
    left = allowed_segments(total.total(), percent)
    words_left = WORDS_TO_SEGMENTS * percent * sum(words[key] * number for key, number in total.items()) / 100
    in_part = [part.total() // SECTION_PART for part in parts]
    readable = [sum(number for key, number in part.items() if key not in untranslated) for part in parts]
    chosen: set[UnitKey] = set()
    for key in wanting:
        used = words[key] * total[key]
        fits = all(
            part[key] <= room and part[key] < rest
            for part, room, rest in zip(parts[1:], in_part[1:], readable[1:], strict=True)
            if part[key]
        )
        if fits and total[key] <= left and used <= words_left:
            chosen.add(key)
            left, words_left = left - total[key], words_left - used
            in_part = [room - part[key] for part, room in zip(parts, in_part, strict=True)]
            readable = [rest - part[key] for part, rest in zip(parts, readable, strict=True)]
    return frozenset(chosen)


def _parts(segmented: SegmentedPosting) -> Iterator[Sequence[UnitKey]]:
    """Yield the segments of the title, which is no section, and of each section in reading order, with repeats."""
    yield (UnitKey(TITLE, segmented.posting.title),)
    for section in segmented.sections:
        yield tuple(section.keys())
