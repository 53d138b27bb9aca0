"""Above which risk a machine's target is not published: one number for all segments, or others for some kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HIGHEST_RISK = 100
# What may never be left as written, and so holds its posting: duties, pay, how to apply.
COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxRisk:
    """The highest risk that a target may have, 0 to 100; contexts, and commitments, may have one of their own.

    >>> limits = MaxRisk(default=60, kinds={"title": 40})
    >>> limits.of("title|acme-4711"), limits.of("requirements")
    (40, 60)
    """

    default: float
    kinds: Mapping[str, float] = field(default_factory=dict)

    def of(self, context: str) -> float:
        """Return the highest risk that a target in a context may have."""
        return self.kinds.get(context.partition("|")[0], self.default)

    def of_commitments(self, context: str) -> float:
        """Return the highest risk that a target of a commitment in a context may have."""
        return self.kinds.get(COMMITMENTS, self.of(context))


NO_MAX_RISK = MaxRisk(default=HIGHEST_RISK)
