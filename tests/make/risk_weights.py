"""Makes pipeline/translation/risk.toml: what each feature of a machine's target adds to the odds that it is wrong.

    python -m tests.make.risk_weights VERDICTS.jsonl ...

A line of a file is a target with a translator's verdict: {"source", "target", "locale" or "pair" ("en>pt_BR"),
"context", "verdict": "ok | awkward | wrong", "kind"}, and, where they are known, "errors" and "warnings". The engine of
the wheel is asked for the way back and the other answer. A logistic regression with a penalty on large weights is
solved by Newton's method; its result is rounded, so that the file is the same wherever it is made.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

from pipeline.translation import risk
from pipeline.translation.risk import NAMES, Features, Weights
from tests.bench.risk_bench import Judged, read_judged

PENALTY = 20.0
DIGITS = 3
_ROUNDS = 30
_HEAD = """# What each feature of a target adds to the logarithm of the odds that it is wrong, and what a feature that cannot be
# read counts as. Made by tests/make/risk_weights.py from {count} targets of which a translator called {wrong} wrong.
"""


def fit(judged: Sequence[Judged], penalty: float = PENALTY) -> Weights:
    """Return the weights under which the verdicts are likeliest, large ones held against them; one a feature.

    A weight against nature, such as a finding that makes a target less likely to be wrong, is none.
    """
    usual = _usual([each.features for each in judged])
    names = [name for name in NAMES if any(getattr(each.features, name) for each in judged)]
    wrong = [float(each.wrong) for each in judged]
    columns = {name: [_value(each.features, name, usual) for each in judged] for name in names}
    while True:
        intercept, found = _solve([columns[name] for name in names], wrong, penalty)
        against = [name for name, weight in zip(names, found, strict=True) if weight < 0 and name != "length"]
        if not against:
            break
        names.remove(min(against, key=dict(zip(names, found, strict=True)).__getitem__))
    weights = dict.fromkeys(NAMES, 0.0) | {
        name: round(weight, DIGITS) for name, weight in zip(names, found, strict=True)
    }
    return Weights(round(intercept, DIGITS), weights, usual)


def _usual(features: Sequence[Features]) -> Mapping[str, float]:
    known = {name: [value for each in features if (value := getattr(each, name)) is not None] for name in NAMES}
    return {name: round(mean(values), DIGITS) if values else 0.0 for name, values in known.items()}


def _value(features: Features, name: str, usual: Mapping[str, float]) -> float:
    value = getattr(features, name)
    return usual[name] if value is None else float(value)


def _solve(columns: Sequence[Sequence[float]], wrong: Sequence[float], penalty: float) -> tuple[float, list[float]]:
    """Return intercept and weights; the penalty counts a feature in units of its own spread."""
    numpy = __import__("numpy")
    table = numpy.array(columns).T
    middle, spread = table.mean(0), table.std(0)
    rows = numpy.hstack([numpy.ones((len(table), 1)), (table - middle) / spread])
    held = numpy.diag([0.0] + [penalty] * len(columns))
    found = numpy.zeros(len(columns) + 1)
    for _ in range(_ROUNDS):
        share = 1 / (1 + numpy.exp(-rows @ found))
        slope = rows.T @ (numpy.array(wrong) - share) - held @ found
        found += numpy.linalg.solve((rows.T * (share * (1 - share))) @ rows + held, slope)
    weights = found[1:] / spread
    return float(found[0] - weights @ middle), [float(weight) for weight in weights]


def write(weights: Weights, judged: Sequence[Judged]) -> str:
    """Return the file."""
    lines = [_HEAD.format(count=len(judged), wrong=sum(each.wrong for each in judged))]
    lines.append(f"intercept = {weights.intercept}\n")
    for title, table in (("weights", weights.weights), ("usual", weights.usual)):
        lines.append(f"\n[{title}]\n")
        lines += [f"{name} = {value}\n" for name, value in table.items()]
    return "".join(lines)


if __name__ == "__main__":
    known = read_judged([Path(name) for name in sys.argv[1:]])
    Path(risk.__file__).with_name("risk.toml").write_text(write(fit(known), known), encoding="utf-8")
