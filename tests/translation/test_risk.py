"""Which features of a target are read, and what they weigh."""

from dataclasses import replace

import pytest

from pipeline.translation.risk import (
    NAMES,
    Evidence,
    Features,
    Weights,
    bundled_weights,
    estimate_risk,
    read_features,
    risk_of,
)

GOOD = Evidence(
    source="Manage the sales team.",
    target="Gerenciar a equipe de vendas.",
    source_language="en",
    language="pt",
    returned="Manage the sales team.",
    others=("Gerenciar a equipe de vendas;",),
)
ONES = Weights(0.0, dict.fromkeys(NAMES, 1.0), dict.fromkeys(NAMES, 0.0))


def test_a_target_on_which_all_answers_agree_has_nothing_against_it() -> None:
    assert read_features(GOOD) == Features(
        errors=0.0, others=0.0, unreturned=0.0, left=0.0, made=0.0, names=0.0, run=2.0, capitals=0.25
    )


@pytest.mark.parametrize(
    ("change", "feature", "value"),
    [
        ({"errors": 5}, "errors", 2.0),
        ({"others": ("Gerir o time comercial;",)}, "others", 3**0.5),
        ({"others": ("Gerenciar equipe de vendas", "Gerir vendas e equipe")}, "others", 0.5),
        ({"returned": "Command the sales crew."}, "unreturned", 2**0.5),
        ({"returned": "Command the sales crew.", "asked": "Command the sales crew."}, "unreturned", 0.0),
        ({"source": "Manage the seasoned team.", "target": "Gerenciar a equipe seasoned."}, "left", 1.0),
        ({"target": "Gerenciar a equipagica de vendas."}, "made", 1.0),
        ({"source": "Manage Helsinki.", "target": "Gerenciar Estocolmo."}, "made", 1.0),
        ({"source": "Use <b>React</b> and Redux.", "target": "Use Reagir e Redux."}, "names", 1.0),
        ({"source": "Senior platform growth product manager, remote"}, "run", 5.0),
    ],
)
def test_what_speaks_against_a_target_counts(change: dict[str, object], feature: str, value: float) -> None:
    evidence = replace(GOOD, **change)  # type: ignore[arg-type]
    features = read_features(evidence)
    assert getattr(features, feature) == pytest.approx(value)
    assert risk_of(features, ONES) > 50


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Manage Helsinki, Finland.", "Gerenciar Helsinque, Finlândia."),
        ("Full Stack developers", "Pessoas desenvolvedoras full stack"),
    ],
)
def test_names_of_places_and_words_of_the_source_in_small_letters_are_not_made_up(source: str, target: str) -> None:
    assert read_features(replace(GOOD, source=source, target=target)).made == 0


def test_what_cannot_be_read_is_unknown_and_counts_as_usual() -> None:
    features = read_features(
        Evidence(source="Wir backen Brot.", target="Leipomme leipää.", source_language="de", language="xx")
    )
    assert [name for name in NAMES if getattr(features, name) is None] == [
        "others",
        "unreturned",
        "left",
        "made",
        "capitals",
    ]
    usual = Weights(0.0, ONES.weights, dict.fromkeys(NAMES, 9.0))
    assert risk_of(features, usual) == 100
    assert read_features(Evidence(source="a b", target="c", source_language="xx", language="en")).run is None


def test_a_source_of_small_words_alone_has_nothing_to_come_back() -> None:
    assert read_features(replace(GOOD, source="and the", returned="and the")).unreturned == 0


def test_a_risk_is_a_whole_number_between_none_and_all() -> None:
    nothing = Features(**dict.fromkeys(NAMES, 0.0))
    assert risk_of(nothing, Weights(-99.0, ONES.weights, ONES.usual)) == 0
    assert risk_of(nothing, Weights(99.0, ONES.weights, ONES.usual)) == 100
    assert risk_of(nothing, Weights(-0.85, ONES.weights, ONES.usual)) == 30


def test_a_long_text_is_read_in_no_time() -> None:
    many = " ".join(f"abcde{number}fgh" for number in "xyz" * 3000)
    assert 0 < estimate_risk(replace(GOOD, source=many, target=many, returned=many, others=(many,))) < 100


def test_bundled_weights_name_every_feature_and_none_is_against_nature() -> None:
    weights = bundled_weights()
    assert list(weights.weights) == list(weights.usual) == list(NAMES)
    assert all(weight >= 0 for weight in weights.weights.values())


def test_a_word_left_in_english_and_another_answer_raise_the_risk() -> None:
    doubtful = replace(
        GOOD, target="Gerenciar a sales Team.", others=("Dirigir os vendedores;",), returned="Manage the sales."
    )
    assert estimate_risk(doubtful) > estimate_risk(GOOD)
