"""What was decided about one posting in one locale."""

from dataclasses import dataclass

from babel import Locale

from pipeline.model.outcome import PUBLISHED_REASONS, Reason
from pipeline.model.segment import SegmentedPosting
from pipeline.model.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether and why a posting is in a language version; `units` are those of its segments, in reading order."""

    segmented: SegmentedPosting
    locale: Locale
    reason: Reason
    units: tuple[Unit, ...] = ()

    @property
    def published(self) -> bool:
        """Whether the posting is in this language version."""
        return self.reason in PUBLISHED_REASONS
