"""Sentences about pay go through the real engine, and every fact of them comes out as it went in."""

import tomllib
from pathlib import Path

import pytest

from pipeline.model.locale import parse_locale
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.facts import FactHints
from pipeline.translation.segmenter import Segmenter
from tests.translation.carrying import changed, translated

SALARIES = tomllib.loads((Path(__file__).parent / "salaries.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("source", "target"), [("en", "pt_BR"), ("pt_BR", "en")])
def test_no_sentence_about_pay_changes_or_loses_a_fact(source: str, target: str) -> None:
    pair = parse_locale(source), parse_locale(target)
    sentences = SALARIES[source]["sentences"]
    hints = FactHints(currency=SALARIES[source]["currency"], day_first=source != "en")
    targets = translated(sentences, pair, BergamotEngine(Segmenter()), [hints] * len(sentences))
    found = {one: changed(one, other, pair, hints) for one, other in zip(sentences, targets, strict=True)}
    assert {one: facts for one, facts in found.items() if facts} == {}
