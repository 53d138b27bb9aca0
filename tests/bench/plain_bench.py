"""Plain words on real postings: how many lines they touch, and what comes back of them from a round trip.

The round trip is a proxy, not a verdict: the share of the words of four letters and more of what the engine was asked
that stand in the translation back, by lemma or stem, and the share of lines in which the engine wrote a word that no
list of the target language knows. Only the lines that plain words touch are counted; the others are asked as before.
"""

import gzip
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.headings import load_headings
from pipeline.language.plain_words import bundled_entries, plain_words
from pipeline.language.vocabulary import unknown_words
from pipeline.language.words import Word, words_of
from pipeline.model.outcome import Rejection
from pipeline.model.segment import UnitKey
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.translation.engines import Pair
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.segmenter import Segmenter
from tests.bench.table import Found, Row
from tests.projects import shared_data

OTHER = {"en": "pt", "pt": "en"}  # where the engine of the wheel goes from a language and back
CONTENT_LETTERS = 4
ASKED = 300  # touched lines that make the round trip, in the order of the postings


def rows(most: int = ASKED) -> Iterator[Found]:
    """Yield for each language the share of touched lines, and where an engine exists what comes back of them."""
    engine = BergamotEngine(Segmenter())
    segments = real_segments()
    for language, keys in segments.items():
        words = plain_words(language)
        started = time.process_time()
        asked = {key.source: words.rewrite(key.source, key.context) for key in keys}
        speed = len(keys) / max(time.process_time() - started, 1e-6)
        touched = [(source, plain) for source, plain in asked.items() if source != plain]
        what, size = f"plain words, {language}", f"{len(asked):,} lines"
        entries = f"{what}, touched by {len(bundled_entries(language))} entries"
        yield Row(what=entries, size=size, unit="%", ours=(100 * len(touched) / len(asked),))
        yield Row(what=f"{what}, lines", size=size, unit="/s", ours=(speed,), at_least=10_000)
        if language in OTHER and touched:
            written, plain = zip(*touched[:most], strict=True)
            (back, unknown), (plain_back, plain_unknown) = (
                came_back(each, language, engine) for each in (written, plain)
            )
            size, peer, there = f"{len(written)} lines", "as written", f"{language}→{OTHER[language]}"
            what = f"plain words {there}→{language}, words that come back (a proxy)"
            yield Row(what=what, size=size, unit="%", ours=(plain_back,), peer=(back,), against=peer, at_least=1)
            what = f"plain words {there}, lines with an unknown word (a proxy)"
            yield Row(what=what, size=size, unit="%", ours=(plain_unknown,), peer=(unknown,), against=peer, at_most=1)


def came_back(texts: Sequence[str], language: str, engine: BergamotEngine) -> tuple[float, float]:
    """Return the percentage of words that come back, and of lines with a word that the target's lists do not know."""
    other = OTHER[language]
    there = engine.translate(texts, Pair(language, other))
    back = engine.translate(there, Pair(other, language))
    forms = SimplemmaForms(language)
    kept = words = 0
    for text, returned in zip(texts, back, strict=True):
        asked, found = ({forms.form(word.text).stem for word in _content(each)} for each in (text, returned))
        kept, words = kept + len(asked & found), words + len(asked)
    names = [{word.text for word in words_of(text)} for text in texts]
    unknown = sum(
        any(word.lower() not in known for word in unknown_words(target, other))
        for target, known in zip(there, names, strict=True)
    )
    return 100 * kept / words, 100 * unknown / len(texts)


def _content(text: str) -> Iterator[Word]:
    return (word for word in words_of(text) if not word.is_number and len(word.text) >= CONTENT_LETTERS)


def real_segments() -> Mapping[str, Sequence[UnitKey]]:
    """Return the segments of the real postings by the language that they declare, each once."""
    segmenter = Segmenter()
    found: dict[str, dict[UnitKey, None]] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "real.jsonl"
        file.write_bytes(gzip.decompress((shared_data() / "postings" / "real.jsonl.gz").read_bytes()))
        for posting in PostingReader(root=Path(folder), lexicon=load_headings()).read([file]):
            if not isinstance(posting, Rejection) and posting.declared is not None:
                found.setdefault(posting.declared.language, {}).update(dict.fromkeys(segmenter.segment(posting).keys()))
    return {language: list(keys) for language, keys in found.items() if bundled_entries(language)}
