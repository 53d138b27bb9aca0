"""How far the review of a catalog is."""

from collections import Counter
from collections.abc import Iterable

from pipeline.model.unit import Unit, UnitState


def count_states(units: Iterable[Unit]) -> dict[UnitState, int]:
    """Count the units in every state, zeros included."""
    found = Counter(unit.state for unit in units)
    return {state: found[state] for state in UnitState}
