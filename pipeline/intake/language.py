"""In which language a posting is written: a pure decision over what a detector guessed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from babel import Locale

from pipeline.intake.headings import HeadingLexicon
from pipeline.model.markup import strip_markup
from pipeline.model.posting import Detection, DetectionReason, Posting, Section, SectionKind
from pipeline.model.text import count_letters

# Below this many letters every detector of LESSONS errs more than once in fifty.
MIN_DETECTABLE_CHARS = 40
MIN_SECTION_CHARS = 120
# langdetect spreads its certainty over candidates only where the text really is ambiguous.
MIN_PROBABILITY = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One language that a text may be in; `probability` is 0-1."""

    language: Locale
    probability: float


Detector = Callable[[str], Sequence[Guess]]


def detect_language(posting: Posting, detect: Detector) -> Detection:
    """Decide on the pooled text of a posting; a declared language wins, a contradiction is reported."""
    text = pooled_text(posting)
    best = _best_guess(text, detect)
    sure = best is not None and best.probability >= MIN_PROBABILITY
    read_as = best.language if best and sure else None
    score = round(best.probability * 100) if best else 0
    declared = posting.declared
    if declared is not None:
        contradicted = read_as is not None and read_as.language != declared.language
        reason = DetectionReason.CONTRADICTION if contradicted else DetectionReason.DECLARED
        return Detection(language=declared, score=score, reason=reason, declared=declared, read_as=read_as)
    if best is None:
        return Detection(language=None, score=0, reason=DetectionReason.TOO_LITTLE_TEXT)
    reason = DetectionReason.DETECTED if sure else DetectionReason.UNCERTAIN
    return Detection(language=read_as, score=score, reason=reason, read_as=read_as)


def with_language(posting: Posting, detection: Detection, detect: Detector, lexicon: HeadingLexicon) -> Posting:
    """Return the posting with its language decided, and with what follows from it: kinds of headed sections."""
    language = detection.language.language if detection.language else None
    sections = tuple(
        replace(_classified(section, language, lexicon), language=_section_language(section, detection, detect))
        for section in posting.sections
    )
    return replace(posting, detection=detection, sections=_inherited_kinds(sections))


def pooled_text(posting: Posting) -> str:
    """Return the text to decide on: title and running text; headings are too short and too alike to help."""
    return "\n".join([posting.title, *(line for section in posting.sections for line in _lines(section))])


def _lines(section: Section) -> Iterable[str]:
    return (strip_markup(line) for line in (*section.paragraphs, *section.items))


def _best_guess(text: str, detect: Detector, at_least: int = MIN_DETECTABLE_CHARS) -> Guess | None:
    if count_letters(text) < at_least:
        return None
    return max(detect(text), key=lambda guess: guess.probability, default=None)


def _section_language(section: Section, detection: Detection, detect: Detector) -> Locale | None:
    """Return the section's own language if it is long enough to tell, else the posting's."""
    best = _best_guess("\n".join(_lines(section)), detect, at_least=MIN_SECTION_CHARS)
    own = best.language if best and best.probability >= MIN_PROBABILITY else None
    if own is None or (detection.language is not None and own.language == detection.language.language):
        return detection.language
    return own


def _classified(section: Section, language: str | None, lexicon: HeadingLexicon) -> Section:
    """Let a heading that the lexicon knows exactly name the kind, unless the posting named another one itself."""
    kind = lexicon.kind_of(section.heading, language) if section.heading else None
    if kind is None or section.kind not in {SectionKind.OTHER, kind}:
        return section
    return replace(section, kind=kind, standard=True)


def _inherited_kinds(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Give a part without heading that follows a headed one the kind that this one got."""
    result: list[Section] = []
    for section in sections:
        continues = not section.heading and result and section.kind is SectionKind.OTHER
        result.append(replace(section, kind=result[-1].kind) if continues else section)
    return tuple(result)
