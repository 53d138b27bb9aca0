"""How a term is enforced in machine output: its wording put in for the engine, or a whole segment made of it alone."""

import re
from collections.abc import Callable, Iterable, Iterator

from babel import Locale

from pipeline.language.gender_forms import gender_forms, strip_gender_marks
from pipeline.language.glossary import TermScope
from pipeline.language.letters import writes_capital_nouns
from pipeline.language.phrases import Phrase
from pipeline.language.term import Occurrence, Term
from pipeline.language.word_forms import split_words
from pipeline.model.segment import HEADING, TITLE
from pipeline.model.unit import GLOSSARY_ENGINE, EngineOrigin, Unit, digest
from pipeline.translation.protection import Replacement
from pipeline.translation.routes import pairs_for


def find_replacements(terms: TermScope) -> Callable[[str, str], tuple[Replacement, ...]]:
    """Return what finds the terms of a segment in a context that can be put in for the engine."""
    return lambda source, context: tuple(replacements(source, terms.find(source, context), terms.locale))


def replacements(source: str, occurrences: Iterable[Occurrence], locale: Locale) -> Iterator[Replacement]:
    """Yield what takes the place of terms in a segment, in order: kept ones themselves, others their one wording.

    A term in an inflected form, or with a choice of wordings or genders, is left to the engine: a wording in its base
    form might be wrong there.
    """
    for occurrence in occurrences:
        term, found = occurrence.term, source[occurrence.start : occurrence.stop]
        if term.keep:
            yield Replacement(start=occurrence.start, stop=occurrence.stop, text=found)
        elif _same_but_for_capital(found, term.source) and len(term.required) == 1 == len(
            gender_forms(term.required[0])
        ):
            text = _capital_like(term.required[0], found, term.source, locale)
            yield Replacement(start=occurrence.start, stop=occurrence.stop, text=text)


def replace_forms(source: str, occurrences: Iterable[Occurrence], locale: Locale) -> Iterator[Replacement]:
    """Yield what takes the place of terms that list their forms, in order: stand-ins, each once, or the wordings.

    A stand-in that the segment itself has is none: it could not be told from it in the answer. What a slash ties to a
    term is a part of it: "availability to move city/state".
    """
    asked = {word.casefold() for word in re.findall(r"\w+", source)}
    for occurrence in occurrences:
        found = source[occurrence.start : occurrence.stop]
        words = split_words(found)
        form = next((form for form in occurrence.term.forms if Phrase.of(form.source).is_written(words)), None)
        if (
            form is None
            or not form.put
            or "/" in (source[occurrence.start - 1 : occurrence.start], source[occurrence.stop :][:1])
        ):
            continue
        stand_in = next((each for each in form.stand_ins if each.asked not in asked), None)
        if stand_in is not None:
            asked.add(stand_in.asked)
            yield Replacement(occurrence.start, occurrence.stop, form.target, *stand_in)
        elif not form.stand_ins:
            wording = _capital_like(form.target, found, form.source, locale)
            yield Replacement(occurrence.start, occurrence.stop, wording)


def fit_wordings(target: str, replacements: Iterable[Replacement]) -> str:
    """Return an answer with the wordings of terms in the place of their stand-ins; "" where one is not there once.

    >>> fit_wordings("Telescópios novos", [Replacement(0, 9, "carrinhos de paletes", "telescopes", "telescópios")])
    'Carrinhos de paletes novos'
    """
    for each in replacements:
        if not each.answered or not target:
            continue
        found = [*re.finditer(rf"\b{re.escape(each.answered)}\b", target, re.IGNORECASE)]
        if len(found) != 1:
            return ""
        start, stop = found[0].span()
        text = each.text[0].upper() + each.text[1:] if target[start].isupper() else each.text
        target = target[:start] + text + target[stop:]
    return target


def whole_term(unit: Unit, terms: TermScope) -> Term | None:
    """Return the term that the source of a unit consists of, if it alone makes a target."""
    context, source = unit.key
    term = terms.find_whole(source, context)
    return term if term is not None and whole_target(source, term, terms.locale) else None


def whole_target(source: str, term: Term, locale: Locale) -> str:
    """Return the target of a segment that consists of a term and perhaps a mark such as (m/f/d); "" without a wording.

    Of several wordings the first is taken, of one for two genders the whole.
    """
    if term.keep:
        return source
    bare = strip_gender_marks(source)
    if not term.required or source.count(bare) != 1:
        return ""
    words = split_words(bare)
    form = next((form for form in term.forms if Phrase.of(form.source).is_written(words)), None)
    if form is not None:
        return source.replace(bare, form.target[0].upper() + form.target[1:] if bare[0].isupper() else form.target)
    return source.replace(bare, _capital_like(term.required[0], bare, term.source, locale))


def whole_listed(source: str, context: str, terms: TermScope) -> tuple[Term, str] | None:
    """Return the term that a segment consists of but for its end mark, and the target; None of another segment.

    A title or a heading says too little to tell the sense of a term by.
    """
    if context.partition("|")[0] in {TITLE, HEADING}:
        return None
    bare = source.rstrip(" ;.,")
    term = terms.find_whole(bare, context)
    target = whole_target(bare, term, terms.locale) if term is not None else ""
    return (term, target + source[len(bare) :]) if term is not None and target else None


def glossary_origin(term: Term, source: Locale, locale: Locale) -> EngineOrigin:
    """Return the origin of a target that is a term's wording; its model changes with the entry."""
    entry = "\n".join((term.source, *term.required))
    return EngineOrigin(engine=GLOSSARY_ENGINE, model=digest(entry), route=str(pairs_for(source, locale)[-1]))


def _same_but_for_capital(found: str, wording: str) -> bool:
    return found[1:] == wording[1:] and found[0].casefold() == wording[0].casefold()


def _capital_like(wording: str, found: str, source: str, locale: Locale) -> str:
    """Give a wording the capital, or take it, where the text writes the term otherwise than the glossary does."""
    if found[0].isupper() == source[0].isupper():
        return wording
    if found[0].isupper():
        return wording[0].upper() + wording[1:]
    plain = not writes_capital_nouns(locale.language) and not wording[:2].isupper()
    return wording[0].lower() + wording[1:] if plain else wording
