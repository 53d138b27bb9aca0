"""In which language a posting is written, and each of its sections: the decision over all the evidence.

The language of most letters decides, so that a block in another language does not flip the posting; what is written for
this posting counts more than what stands in every one. A section that clearly differs is marked with its own language;
one that is too short to tell has that of its posting. Halves that say the same in two languages are two versions of the
posting. A declared language wins, and a contradiction is reported. In doubt a posting has no language.

    >>> from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
    >>> from pipeline.intake.reading.headings import load_headings
    >>> from pipeline.model.posting import blocks_of
    >>> ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    >>> blocks = blocks_of(["Nous cherchons une boulangère pour la nuit."])
    >>> section = Section(kind=SectionKind.DESCRIPTION, blocks=blocks)
    >>> posting = Posting(id="b", title="Boulangère", sections=(section,))
    >>> str(read_language(posting, ensemble, load_headings()).language)
    'fr'
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from babel import Locale

from pipeline.intake.detection.bilingual import Half, split_halves
from pipeline.intake.detection.detectors import base_language
from pipeline.intake.detection.ensemble import SURE, Ensemble
from pipeline.intake.detection.evidence import Evidence, gather_evidence, read_again
from pipeline.intake.detection.letters import UNKNOWN
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Detection, DetectionReason, Posting, Section, SectionKind, WrittenVersion

# Less than a short title says nothing.
MIN_WEIGHT = 10
# More likely than not: of the titles whose language has a smaller share, two of three would be wrong.
MIN_SHARE = 0.5
# Who declares a language knows better than a guess.
MIN_CONTRADICTION_SCORE = 70


def read_language(posting: Posting, ensemble: Ensemble, lexicon: HeadingLexicon) -> Posting:
    """Return the posting with its language decided, and with what follows from it: languages and kinds of sections."""
    halves = _halves(posting, ensemble, lexicon)
    if halves:
        return _with_versions(posting, halves, lexicon)
    evidence = gather_evidence(posting, ensemble, lexicon)
    detection = decide_language(evidence, posting.declared)
    own = _section_languages(evidence, detection.language, ensemble)
    return replace(posting, detection=detection, sections=_decided(posting.sections, detection.language, own, lexicon))


def decide_language(evidence: Evidence, declared: Locale | None = None) -> Detection:
    """Decide by the shares of the languages; a declared language wins, a contradiction is reported."""
    shares = evidence.shares if evidence.weight >= MIN_WEIGHT else ()
    best = shares[0] if shares else None
    doubtful = (
        best is None
        or best.language == UNKNOWN
        or best.probability < MIN_SHARE
        or evidence.contradicted
        or evidence.torn
    )
    read_as = _locale(best.language) if best and not doubtful else None
    score = round(100 * best.probability) if best else 0
    if declared is not None:
        read_as = read_as if score >= MIN_CONTRADICTION_SCORE else None
        contradicted = read_as is not None and read_as.language != declared.language
        reason = DetectionReason.CONTRADICTION if contradicted else DetectionReason.DECLARED
        return Detection(language=declared, score=score, reason=reason, declared=declared, read_as=read_as)
    if best is None:
        return Detection(language=None, score=0, reason=DetectionReason.TOO_LITTLE_TEXT)
    reason = DetectionReason.DETECTED if read_as else DetectionReason.UNCERTAIN
    return Detection(language=read_as, score=score, reason=reason, read_as=read_as)


def _section_languages(evidence: Evidence, language: Locale | None, ensemble: Ensemble) -> Mapping[int, Locale]:
    """Return the numbers of the sections that both detectors surely read as another language, with theirs."""
    differing = {
        reading.passage.section
        for reading in evidence.readings
        if reading.passage.section is not None and _differs(reading.best, language)
    }
    own: dict[int, Locale] = {}
    for number in sorted(differing):
        section = evidence.of_section(number)
        if not _surely_differs(section, language):
            continue
        again = Evidence(readings=tuple(read_again(reading, ensemble) for reading in section.readings))
        if _surely_differs(again, language) and again.best == section.best:
            own[number] = _locale(again.shares[0].language)
    return own


def _surely_differs(section: Evidence, language: Locale | None) -> bool:
    return bool(section.shares) and section.shares[0].probability >= SURE and _differs(section.best, language)


def _differs(found: str | None, language: Locale | None) -> bool:
    return found is not None and (language is None or base_language(found) != language.language)


@cache
def _locale(code: str) -> Locale:
    return parse_locale(code)


def _halves(posting: Posting, ensemble: Ensemble, lexicon: HeadingLexicon) -> tuple[Half, ...] | None:
    """Return the halves of a bilingual posting, the declared one first; None if it is not in the declared language."""
    halves = split_halves(posting, ensemble, lexicon)
    if halves is None or posting.declared is None:
        return halves
    own = [half for half in halves if not _differs(half.language, posting.declared)]
    return (*own, *(half for half in halves if half not in own)) if own else None


def _with_versions(posting: Posting, halves: Sequence[Half], lexicon: HeadingLexicon) -> Posting:
    """Make the first half the posting itself, and the other a version of it."""
    first, *others = halves
    declared, read_as = posting.declared, _locale(first.language)
    reason = DetectionReason.BILINGUAL if declared is None else DetectionReason.DECLARED
    language = declared or read_as
    versions = (
        WrittenVersion(
            language=_locale(half.language),
            title=half.title,
            sections=_decided(half.sections, _locale(half.language), {}, lexicon),
        )
        for half in others
    )
    return replace(
        posting,
        title=first.title,
        detection=Detection(language=language, score=100, reason=reason, declared=declared, read_as=read_as),
        sections=_decided(first.sections, language, {}, lexicon),
        versions=tuple(versions),
    )


def _decided(
    sections: Sequence[Section], language: Locale | None, own: Mapping[int, Locale], lexicon: HeadingLexicon
) -> tuple[Section, ...]:
    """Return the sections with their languages, and the kinds that their headings name.

    A part without heading that follows a headed one has the kind that this one got.
    """
    decided: list[Section] = []
    for number, section in enumerate(sections):
        kind = _named_kind(section, language, lexicon)
        follows = not section.heading and decided and section.kind is SectionKind.OTHER and not section.kind_given
        decided.append(
            replace(
                section,
                kind=decided[-1].kind if follows else kind or section.kind,
                standard=section.standard or kind is not None,
                language=own.get(number, language),
            )
        )
    return tuple(decided)


def _named_kind(section: Section, language: Locale | None, lexicon: HeadingLexicon) -> SectionKind | None:
    """Return the kind that the heading names exactly, unless the posting named another one itself."""
    if not section.heading or language is None:
        return None
    kind = lexicon.kind_of(section.heading, language.language)
    free = section.kind is SectionKind.OTHER and not section.kind_given
    return kind if free or section.kind is kind else None
