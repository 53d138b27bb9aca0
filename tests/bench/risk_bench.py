"""Risk: how well it tells wrong targets from the others, on a translator's verdicts, and what each feature is good for.

Targets whose weights are measured are never among those that made them: the verdicts are cut into five parts by source,
and each part is told by weights from the other four. The figures are of lines, not of postings; one reader's verdict
moves one line in ten between awkward and wrong.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from pipeline.translation.risk import NAMES, risk_of
from tests.bench.table import Found, Note, Row
from tests.make.risk_weights import Judged, fit, read_judged
from tests.projects import shared_data

PARTS = 5
SAMPLES = 400
WORST = (4, 20)
_ASKED = ("others", "unreturned")


def rows() -> Iterator[Found]:
    """Measure on every file of verdicts in the shared data."""
    yield from risk_rows(read_judged(sorted((shared_data() / "judged").glob("*.jsonl"))))


def risk_rows(judged: Sequence[Judged]) -> Iterator[Found]:
    """Yield the figures of all features, then the loss without each."""
    wrong = [each.wrong for each in judged]
    risks = cross_risks(judged)
    area = auc(risks, wrong)
    low, high = interval(risks, wrong)
    what = f"risk, AUC, {sum(wrong)} wrong (95 in 100: {low:.0f}–{high:.0f})"
    size = f"{len(judged):,} targets"
    yield Row(what=what, size=size, unit="%", ours=(area,), at_least=80)
    told = [(risk, each.wrong) for risk, each in zip(risks, judged, strict=True) if each.sense or not each.wrong]
    sense = auc(*map(list, zip(*told, strict=True)))
    yield Row(what="risk, AUC on errors of sense alone", size=size, unit="%", ours=(sense,), at_least=80)
    for percent in WORST:
        share, held = worst(risks, wrong, percent)
        least = 33 if percent < 10 else None
        yield Row(what=f"risk, wrong among the worst {percent} %", size=size, unit="%", ours=(share,), at_least=least)
        yield Row(what=f"risk, of the wrong among the worst {percent} %", size=size, unit="%", ours=(held,))
    without = {name: cross_risks([_without(each, (name,)) for each in judged]) for name in NAMES}
    losses = ", ".join(f"{name} {area - auc(each, wrong):+.1f}" for name, each in without.items())
    yield Note(what="risk, AUC that each feature adds to the others", text=losses)
    unasked = cross_risks([_without(each, _ASKED) for each in judged])
    yield Row(what="risk, AUC without a question to an engine", size=size, unit="%", ours=(auc(unasked, wrong),))


def cross_risks(judged: Sequence[Judged]) -> list[int]:
    """Return the risk of each target by weights from targets of other sources."""
    parts = [int(sha256(each.source.encode()).hexdigest(), 16) % PARTS for each in judged]
    weights = {
        part: fit([each for each, own in zip(judged, parts, strict=True) if own != part]) for part in sorted(set(parts))
    }
    return [risk_of(each.features, weights[part]) for each, part in zip(judged, parts, strict=True)]


def _without(judged: Judged, names: Iterable[str]) -> Judged:
    return replace(judged, features=replace(judged.features, **dict.fromkeys(names)))


def auc(risks: Sequence[float], wrong: Sequence[bool]) -> float:
    """Return in how many of a hundred pairs of a wrong target and another the wrong one has the higher risk.

    >>> auc([10, 20, 30, 40], [False, True, False, True])
    75.0
    """
    bad, good = (
        Counter(risk for risk, is_wrong in zip(risks, wrong, strict=True) if is_wrong is kind) for kind in (True, False)
    )
    above = sum(
        ones * others * ((one > other) + (one == other) / 2)
        for one, ones in bad.items()
        for other, others in good.items()
    )
    return 100 * above / (bad.total() * good.total())


def interval(risks: Sequence[float], wrong: Sequence[bool], seed: int = 0) -> tuple[float, float]:
    """Return between what the AUC lies in 95 of 100 samples of as many of either kind, drawn with replacement."""
    chance = random.Random(seed)  # noqa: S311  no secret
    kinds = [[risk for risk, is_wrong in zip(risks, wrong, strict=True) if is_wrong is kind] for kind in (True, False)]
    truth = sorted(wrong, reverse=True)
    drawn = sorted(
        auc([risk for kind in kinds for risk in chance.choices(kind, k=len(kind))], truth) for _ in range(SAMPLES)
    )
    return drawn[SAMPLES // 40], drawn[-SAMPLES // 40 - 1]


def worst(risks: Sequence[float], wrong: Sequence[bool], percent: int) -> tuple[float, float]:
    """Return the percentage of the riskiest targets that is wrong, and that of the wrong which is among them."""
    count = max(1, round(len(risks) * percent / 100))
    riskiest = sorted(range(len(risks)), key=lambda place: (-risks[place], place))[:count]
    found = sum(wrong[place] for place in riskiest)
    return 100 * found / count, 100 * found / sum(wrong)
