"""Pseudo-translation: accented, bracketed, longer text in every pair, to see layout and what escapes translation."""

from collections.abc import Sequence

from pipeline.model.unit import SHOW_ENGINE
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.protection import Marker

# German and Portuguese run about this much longer than English; what fits with it fits with them.
EXPANSION = 0.4
_ACCENTED = str.maketrans("aceiknorsuyzACDEINORSUYZ", "àçéîķñôŕšúýžÀÇĎÉÎÑÔŔŠÚÝŽ")
_FILLER = "~"


class PseudoEngine(Engine):
    """Makes text that nobody takes for a translation and that is never published."""

    name = SHOW_ENGINE
    marker = Marker(form="[[{}]]")
    batch_segments = 4096

    def pairs(self) -> frozenset[Pair]:
        """Offer no step: a route through accents would be nonsense."""
        return frozenset()

    def covers(self, pair: Pair) -> bool:
        """Cover every pair."""
        return pair.source != pair.target

    def model(self, pair: Pair) -> str:  # noqa: ARG002  the protocol's
        """Return the number of the rule."""
        return "1"

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:  # noqa: ARG002  the protocol's
        """Return every segment accented, bracketed and 40 % longer; markers stay as they are."""
        return [pseudo_translate(segment) for segment in segments]


def pseudo_translate(text: str) -> str:
    """Accent, lengthen and bracket a text.

    >>> pseudo_translate("Registered nurse")
    '⟦Ŕégîštéŕéd ñúŕšé ~~~~~~⟧'
    """
    if not text.strip():
        return text
    filler = _FILLER * max(1, int(len(text) * EXPANSION))
    return f"⟦{text.translate(_ACCENTED)} {filler}⟧"
