"""Makes pipeline/translation/risk.toml: what each feature of a machine's target adds to the odds that it is wrong.

    python -m tests.make.risk_weights VERDICTS.jsonl ...

A line of a file is a target with a translator's verdict: {"source", "target", "locale" or "pair" ("en>pt_BR"),
"context", "verdict": "ok | awkward | wrong", "kind"}, between English and Portuguese. The engine of the wheel is asked
for the way back and the other answer, the checks for their findings. A logistic regression with a penalty on large
weights is solved by Newton's method; its result is rounded, so that the file is the same wherever it is made.
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from statistics import mean

from babel import Locale

from pipeline.config import Settings
from pipeline.language.glossary import Glossary
from pipeline.language.plain_words import plain_words
from pipeline.model.finding import Severity
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.translation import risk
from pipeline.translation.asking import Asker
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.memory_file import open_memory
from pipeline.translation.risk import NAMES, Evidence, Features, Weights, read_features
from pipeline.translation.round_trip import ask_route, with_other_end
from pipeline.translation.routes import find_route
from pipeline.translation.segmenter import Segmenter
from pipeline.workflow.checking import Checks

PENALTY = 20.0
DIGITS = 3
_ROUNDS = 30
SENSE = frozenset({"sense", "nonsense"})
_HEAD = """# What each feature adds to the logarithm of the odds that a target is wrong, and what it counts as where
# it cannot be read. Made by tests/make/risk_weights.py from {count} targets; a translator called {wrong} of them wrong.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A target's features and a translator's verdict; `sense` tells an error of sense."""

    source: str
    features: Features
    wrong: bool
    sense: bool = False


def fit(judged: Sequence[Judged], penalty: float = PENALTY) -> Weights:
    """Return the weights under which the verdicts are likeliest, large ones held against them; one a feature.

    A weight against nature, such as a finding that makes a target less likely to be wrong, is none.
    """
    usual = _usual([each.features for each in judged])
    wrong = [float(each.wrong) for each in judged]
    columns = {name: [_value(each.features, name, usual) for each in judged] for name in NAMES}
    names = [name for name, values in columns.items() if len(set(values)) > 1]
    while True:
        intercept, found = _solve([columns[name] for name in names], wrong, penalty)
        against = [name for name, weight in zip(names, found, strict=True) if weight < 0]
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
    numpy = import_module("numpy")
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


def read_judged(files: Iterable[Path]) -> list[Judged]:
    """Read verdicts, and ask the engine of the wheel for what the risk reads beside source and target."""
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    lines = list({(line["source"], line["target"]): line for line in lines}.values())
    checks = Checks(Settings(root=Path()), Glossary((), SimplemmaForms))
    evidence = [_evidence(line, checks) for line in lines]
    engine = BergamotEngine(Segmenter())
    with tempfile.TemporaryDirectory() as folder, open_memory(Path(folder) / "memory.sqlite") as memory:
        asker = Asker(memory=memory)

        def ask(texts: Mapping[str, str], source: str, target: str) -> dict[str, str]:
            route = find_route([engine], parse_locale(source), parse_locale(target))
            made = ask_route(asker, route, texts.values(), lambda _: None)
            return {key: made[text] for key, text in texts.items()}

        for pair in sorted({(each.source_language, each.language) for each in evidence}):
            own = [each for each in evidence if (each.source_language, each.language) == pair]
            back = ask({each.target: each.target for each in own}, *reversed(pair))
            others = ask({each.asked: with_other_end(each.asked) for each in own}, *pair)
            evidence = [
                replace(each, returned=back[each.target], others=(others[each.asked],)) if each in own else each
                for each in evidence
            ]
    return [
        Judged(
            source=line["source"],
            features=read_features(each),
            wrong=line["verdict"] == "wrong",
            sense=line.get("kind") in SENSE,
        )
        for line, each in zip(lines, evidence, strict=True)
    ]


def _evidence(line: Mapping[str, str], checks: Checks) -> Evidence:
    locale = parse_locale(line.get("locale") or line["pair"].partition(">")[2])
    language = "pt" if locale.language == "en" else "en"
    key = UnitKey(line["context"], line["source"])
    unit = Unit(key=key, target=line["target"], doubtful=True)
    found = checks.of(Locale(language), locale).findings(unit)
    return Evidence(
        source=key.source,
        target=unit.target,
        source_language=language,
        language=locale.language,
        asked=plain_words(language).rewrite(key.source, key.context),
        errors=sum(finding.severity is Severity.ERROR for finding in found),
    )


if __name__ == "__main__":
    known = read_judged([Path(name) for name in sys.argv[1:]])
    Path(risk.__file__).with_name("risk.toml").write_text(write(fit(known), known), encoding="utf-8")
