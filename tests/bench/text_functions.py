"""How every function that reads a text grows with it: `python -m tests.bench.text_functions [LENGTH]`.

A text of each shape is doubled until a function takes long enough to be measured, or has LENGTH characters, by default
1,000,000; then twice the text may take 2.5 times as long at most. What refuses long texts says so by a limit of its
own, and is fast for that reason.
"""

import contextlib
import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from babel import Locale

from pipeline.intake.reading.bodies.forms import Form
from pipeline.intake.reading.bodies.reader import read_body
from pipeline.intake.reading.furniture import announced_language, is_furniture
from pipeline.intake.reading.garbled import mend
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.pay import read_number
from pipeline.intake.reading.places import read_places
from pipeline.intake.reading.record import RecordError
from pipeline.intake.reading.values import Doubts, plain_line, read_url, read_yes_no
from pipeline.language import calendar, meaning, quantities
from pipeline.language.address import read_address
from pipeline.language.city_names import city_name
from pipeline.language.commitments import is_statutory, read_commitments
from pipeline.language.duties import duties_of
from pipeline.language.figures import western
from pipeline.language.formulas import formula_spans
from pipeline.language.gender_forms import strip_gender_marks, without_inline_forms
from pipeline.language.gerunds import with_prepositions
from pipeline.language.glossary import Glossary
from pipeline.language.glued_words import part_glued_words
from pipeline.language.limits import long_words
from pipeline.language.phrases import cut_words
from pipeline.language.plain_words import plain_words
from pipeline.language.product_names import find_names, lost_names
from pipeline.language.regional_words import reworded
from pipeline.language.scripts import main_script
from pipeline.language.spans import is_untranslatable, protected_spans
from pipeline.language.trade_words import names_occupation, trade_wording
from pipeline.language.vocabulary import unknown_words
from pipeline.language.words import words_of
from pipeline.model.cleaning import clean_line, clean_text
from pipeline.model.markup import render_markup, strip_markup
from pipeline.model.packages import Pair
from pipeline.models.firefox_files import parse_pair
from pipeline.publishing.feeds.nh3_cleaner import clean_html
from pipeline.publishing.feeds.xml_text import cdata, leaf
from pipeline.publishing.versions.collation import collation_key
from pipeline.publishing.versions.ledger import make_slug
from pipeline.terminology.formats.csv_text import parse_csv
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.terminology.titles.certainty import certain_occupation
from pipeline.terminology.titles.occupations import shorten
from pipeline.terminology.titles.person_forms import Gender, in_gender
from pipeline.terminology.titles.reading import read_phrase
from pipeline.terminology.titles.search import find_concepts
from pipeline.terminology.titles.stems import stems_of
from pipeline.terminology.titles.target import title_target
from pipeline.terminology.titles.words import fold
from pipeline.terminology.trade_glossary import trade_terms
from pipeline.translation.end_marks import EndMark, with_end_mark
from pipeline.translation.engines.apertium_stream import decode_segments, encode_segments
from pipeline.translation.engines.apertium_words import lexicon_of, without_marks_of_names
from pipeline.translation.engines.cutting import cut_at_clauses
from pipeline.translation.engines.pseudo import pseudo_translate
from pipeline.translation.fact_forms import fit_facts
from pipeline.translation.facts import NO_HINTS, find_facts
from pipeline.translation.lettering import Evidence, Lettering, gather_evidence, lettering_of, with_lettering
from pipeline.translation.line_parts import LineNames
from pipeline.translation.lines import part_line
from pipeline.translation.plain_signs import with_plain_signs, with_typographic_signs
from pipeline.translation.protection import Marker, mask, unmask
from pipeline.translation.questions import question_for
from pipeline.translation.risk import Evidence as Judged
from pipeline.translation.risk import read_features
from pipeline.translation.round_trip import with_other_end
from pipeline.translation.segmenter import Segmenter
from pipeline.translation.shape import take_shape
from pipeline.translation.wordings import replacements
from tests.bench.shapes import NAMES, text_of

MAX_GROWTH = 2.5
_ENGLISH, _BRAZIL, _GERMAN = Locale("en"), Locale("pt", "BR"), Locale("de")
_MARKER = Marker(form="Q{}Q")
_SHORTEST = 2_000
_ENOUGH_SECONDS = 0.1
_EVIDENCE = Evidence(language="en")
Function = Callable[[str], object]


def _bodies(text: str, form: Form) -> None:
    with contextlib.suppress(RecordError):  # nested too deeply
        read_body(text, load_headings(), form=form)


def _masked(text: str) -> object:
    masked = mask(text, _MARKER)
    return question_for(masked, _MARKER, "en")


def _unmasked(text: str) -> None:
    with contextlib.suppress(ValueError):  # another number of markers
        unmask(text, (), _MARKER)


def _stream(text: str) -> None:
    with contextlib.suppress(ValueError):  # cut in another place
        decode_segments(encode_segments([text]), [text])


def _duties(text: str) -> None:
    duties = duties_of("en", "pt")
    if duties:
        duties.answered(text, "responsibilities", duties.asked(text, "responsibilities"))


def _facts(text: str) -> None:
    fit_facts(text, find_facts(text, _ENGLISH, _BRAZIL, NO_HINTS).replacements[:9], _BRAZIL)  # a piece has no more


@cache
def _trade() -> Glossary:
    return Glossary(trade_terms(), SimplemmaForms, listed=True)


def _terms(text: str) -> None:
    terms = _trade().scope("en", _BRAZIL)
    list(replacements(text, terms.find(text, "title"), _BRAZIL))


FUNCTIONS: Mapping[str, Function] = {
    **{f"body as {form.value}": partial(_bodies, form=form) for form in Form},
    "places": read_places,
    "furniture": is_furniture,
    "a number": read_number,
    "what is garbled": mend,
    "a language that is announced": announced_language,
    "an address": lambda text: read_url(text, "url", Doubts()),
    "yes or no": lambda text: read_yes_no(text, "remote", Doubts()),
    "heading": lambda text: load_headings().kind_of(text, "en"),
    "clean text": clean_text,
    "clean line": clean_line,
    "a title": plain_line,
    "markup": render_markup,
    "without markup": strip_markup,
    "words": words_of,
    "cut words": cut_words,
    "long words": long_words,
    "protected spans": protected_spans,
    "is untranslatable": is_untranslatable,
    "script": main_script,
    "western figures": western,
    "formulas": formula_spans,
    "quantities": lambda text: quantities.read(text, "en"),
    "quantities, German": lambda text: quantities.read(text, "de"),
    "quantities, Japanese": lambda text: quantities.read(text, "ja"),
    "calendar": lambda text: calendar.read(text, "en"),
    "calendar, Spanish": lambda text: calendar.read(text, "es"),
    "meaning": lambda text: meaning.read(text, "en"),
    "form of address": lambda text: read_address(text, "pt", "BR", text, "en"),
    "form of address, German": lambda text: read_address(text, "de", None, text, "en"),
    "commitments": lambda text: read_commitments(text, "en"),
    "statutory lines": lambda text: is_statutory(text, "en"),
    "duties": _duties,
    "gender marks": strip_gender_marks,
    "inline forms": without_inline_forms,
    "gerunds": lambda text: with_prepositions(text, "en"),
    "glued words": lambda text: part_glued_words(text, "en"),
    "plain words": lambda text: plain_words("en").rewrite(text, "requirements"),
    "product names": lambda text: find_names(text, "en"),
    "lost names": lambda text: lost_names(text, text[1:], "en"),
    "name of a city": lambda text: city_name(Locale("en"), text, "JP"),
    "regional words": lambda text: reworded(text, "pt_BR"),
    "trade words": lambda text: (trade_wording(text, "en", "pt"), names_occupation(text, "en")),
    "vocabulary": lambda text: unknown_words(text, "en"),
    "trade glossary": _terms,
    "glossary file": parse_csv,
    "title, read": lambda text: read_phrase(text, "en"),
    "title, said": lambda text: title_target(text, "en", _BRAZIL),
    "title, searched": lambda text: find_concepts(text, "en", 3),
    "title, certain": lambda text: certain_occupation(text, "en"),
    "title, folded": fold,
    "title, stems": lambda text: stems_of(text, "en"),
    "title, shortened": lambda text: shorten(text, "de"),
    "title, gender": lambda text: in_gender(text, Gender.FEMININE, "de"),
    "facts": _facts,
    "facts to German": lambda text: find_facts(text, _ENGLISH, _GERMAN, NO_HINTS),
    "lettering": lambda text: with_lettering(text, lettering_of(text, _EVIDENCE), _BRAZIL),
    "lettering of titles": lambda text: with_lettering(text, Lettering.TITLE, _BRAZIL),
    "evidence of lettering": lambda text: gather_evidence([text], "en"),
    "lines": lambda text: part_line(text, _ENGLISH, _BRAZIL, LineNames()),
    "plain signs": with_plain_signs,
    "typographic signs": lambda text: with_typographic_signs(text, text, _BRAZIL),
    "end mark": lambda text: with_end_mark(text, EndMark.NONE, _BRAZIL),
    "other end": with_other_end,
    "shape": lambda text: take_shape(text, _EVIDENCE),
    "masks": _masked,
    "unmasked": _unmasked,
    "segments": lambda text: Segmenter().split(text, "en"),
    "segments, Japanese": lambda text: Segmenter().split(text, "ja"),
    "clauses": lambda text: cut_at_clauses(text, lambda part: len(part) < 400),
    "risk features": lambda text: read_features(
        Judged(source=text, target=text[1:], source_language="en", language="pt", returned=text, others=(text[2:],))
    ),
    "apertium's lexicon": lambda text: lexicon_of(Pair("en", "es")).hide(text),
    "apertium's marks": lambda text: without_marks_of_names(text, text, Pair("en", "es")),
    "apertium's stream": _stream,
    "name of a Firefox file": parse_pair,
    "pseudo": pseudo_translate,
    "slug": lambda text: make_slug(text, "a"),
    "sorting": lambda text: collation_key(_GERMAN, text),
    "HTML": clean_html,
    "XML": lambda text: (cdata(text), leaf("a", text)),
}


class Growth(NamedTuple):
    """How much longer a function takes for twice a text of that length; 0 where it takes no time to speak of."""

    times: float
    length: int
    seconds: float


def growth_of(
    function: Function, shape: Callable[[int], str], longest: int, *, enough: float = _ENOUGH_SECONDS
) -> Growth:
    """Double a text until it can be measured, and compare; caches and clocks are given three chances.

    What grows too much is doubled once more: a text that outgrows a cache of the processor takes a step, and the next
    doubling is even again (duties of a million spaces: 2.0, 3.1, 2.0 times), while a square grows at each.
    """
    length = _SHORTEST
    taken = _seconds(function, shape(length))
    while taken < enough and length < longest:
        length *= 2
        taken = _seconds(function, shape(length))
    if taken < enough:
        return Growth(0.0, length, taken)
    times = min(_growths(function, shape, length, taken))
    if times > MAX_GROWTH:
        times = min(times, *_growths(function, shape, 2 * length, _seconds(function, shape(2 * length))))
    return Growth(times, length, taken)


def _growths(function: Function, shape: Callable[[int], str], length: int, taken: float) -> Iterator[float]:
    for _ in range(3):
        times = _seconds(function, shape(2 * length)) / taken
        yield times
        if times <= MAX_GROWTH:
            return
        taken = _seconds(function, shape(length))


def _seconds(function: Function, text: str) -> float:
    gc.disable()  # what others have left says nothing of the text
    try:
        started = time.process_time()
        function(text)
        return time.process_time() - started
    finally:
        gc.enable()


def main(longest: int) -> int:
    """Print what takes more than linear time; return 1 if anything does."""
    wrong = 0
    for name, function in FUNCTIONS.items():
        function("We look for a nurse.")  # what is loaded once
        for shape in NAMES:
            found = growth_of(function, partial(text_of, shape), longest)
            if found.times > MAX_GROWTH:
                wrong += 1
                print(f"{name} of {shape}: {found.times:.1f} times at twice {found.length:,}", flush=True)  # noqa: T201
    print(f"{len(FUNCTIONS)} functions of {len(NAMES)} shapes to {longest:,} characters, {wrong} not linear")  # noqa: T201
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
