"""What people wrote in the versions of postings, segment by segment: it counts as accepted in other postings."""

from dataclasses import replace

from babel import Locale

from pipeline.catalog.parallel import parallel_segments
from pipeline.model.locale import source_language, written_alike
from pipeline.model.segment import UnitKey
from pipeline.translation.segmenter import Segmenter
from pipeline.workflow.reading import Intake


def written_beside(intake: Intake, source: str, locale: Locale) -> dict[UnitKey, str]:
    """Return what people wrote for segments in the versions of postings in this locale."""
    found: dict[UnitKey, str] = {}
    for number, outline in enumerate(intake.outlines):
        if not outline.separate or outline.language is None or source_language(outline.language) != source:
            continue
        segmented = intake.segmented[number]
        for version in segmented.posting.versions:
            if version.separate and written_alike(version.language, locale):
                detection = replace(segmented.posting.detection, language=version.language)
                other = replace(segmented.posting, detection=detection, sections=version.sections)
                found |= parallel_segments(segmented, Segmenter().segment(other))
    return found
