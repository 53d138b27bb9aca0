"""Argos packages run by us: known sentences, in any order, on any number of workers, as argostranslate has them."""

import json
import os
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import EngineError
from pipeline.model.packages import InstalledPackage
from pipeline.models.install import install_package
from pipeline.models.package import list_packages
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.argos import LONG_TOKENS, MAX_TOKENS, ArgosEngine, rank_hypotheses
from pipeline.translation.engines.cutting import translate_by_sentence
from pipeline.translation.segmenter import Segmenter
from tests.models.argos_archives import EN_PT, PT_ES, members, write_archive
from tests.projects import CHECKOUT

EN_TO_PT = {
    "We are hiring a recruiter with experience in Python and Java.": (
        "Estamos contratando um recrutador com experiência em Python e Java."
    ),
    "Degree in economics or a closely related field": (
        "Licenciatura em economia ou um campo estreitamente relacionado"
    ),
    "Strong knowledge of Python and SQL": "Forte conhecimento de Python e SQL",
    "You speak French and have basic knowledge of German.": ("Você fala francês e tem conhecimento básico de alemão."),
    "This is a full-time position in Paris. We offer paid vacation and free meals.": (
        "Esta é uma posição em tempo integral em Paris. Oferecemos férias pagas e refeições gratuitas."
    ),
    "Accountant": "Contador",
}
PT_TO_ES = {
    "Mínimo de três anos de experiência como engenheiro de software": (
        "Mínimo de tres años de experiencia como ingeniero de software"
    ),
    "Forte conhecimento de Python e SQL": "Fuerte conocimiento de Python y SQL",
    "O contrato começa em janeiro e dura 10 meses.": "El contrato comienza en enero y dura 10 meses.",
    "Nossa empresa ajuda nossos clientes a melhorar os processos de produção.": (
        "Nuestra empresa ayuda nuestros clientes a mejorar los procesos de producción."
    ),
    "Enfermeira registrada": "Enfermera registrada",
}
EXPECTED = {Pair("en", "pt"): EN_TO_PT, Pair("pt", "es"): PT_TO_ES}
# Unmodified argostranslate, with every way out of the machine closed.
PEER = """
import json, socket, sys
def refuse(*_):
    raise OSError("this test is offline")
socket.socket.connect = socket.getaddrinfo = refuse
from argostranslate.translate import translate
print(json.dumps([translate(text, *sys.argv[1:]) for text in json.load(sys.stdin)]))
"""


@pytest.fixture(scope="module")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for archive in (EN_PT, PT_ES):
        install_package(archive, folder)
    return folder


@pytest.fixture(scope="module")
def packages(models_dir: Path) -> tuple[InstalledPackage, ...]:
    return list_packages([models_dir])


def engine(packages: tuple[InstalledPackage, ...], workers: int = 2) -> Engine:
    return ArgosEngine(packages, Segmenter(), workers)


@pytest.mark.parametrize("pair", EXPECTED, ids=str)
def test_sentences_of_the_templates_come_out_as_expected(packages: tuple[InstalledPackage, ...], pair: Pair) -> None:
    expected = EXPECTED[pair]
    assert engine(packages).translate(list(expected), pair) == list(expected.values())


@pytest.mark.parametrize("pair", EXPECTED, ids=str)
def test_neither_workers_nor_order_nor_company_change_a_target(
    packages: tuple[InstalledPackage, ...], pair: Pair
) -> None:
    expected = EXPECTED[pair]
    for workers in (1, 3):
        translating = engine(packages, workers)
        for seed in range(3):
            sources = [*expected, *expected]
            random.Random(seed).shuffle(sources)  # noqa: S311  an order, not a secret
            assert translating.translate(sources, pair) == [expected[source] for source in sources]
        assert [translating.translate([source], pair) for source in expected] == [[t] for t in expected.values()]


@pytest.mark.parametrize("pair", EXPECTED, ids=str)
def test_unmodified_argostranslate_gives_the_same_targets(models_dir: Path, tmp_path: Path, pair: Pair) -> None:
    if find_spec("argostranslate") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("argos-translate-lt is missing; the extra `dev` has to bring it")
        pytest.skip("argos-translate-lt is not installed")
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    environment = {**os.environ, **dict.fromkeys(places, str(tmp_path)), "ARGOS_PACKAGES_DIR": str(models_dir)}
    done = subprocess.run(
        [sys.executable, "-c", PEER, *pair],
        input=json.dumps(list(EXPECTED[pair])),
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == list(EXPECTED[pair].values())


def test_longer_neighbour_does_not_change_a_target(packages: tuple[InstalledPackage, ...]) -> None:
    # A close call for the model: padded to the length of any of these, it has another target.
    close = "document and support test plans together with the sales team"
    longer = (
        "Our company helps new employees to prepare customer orders.",
        "review and prepare delivery schedules together with our customers",
        "As a cook, you will plan delivery schedules and work closely with researchers.",
    )
    translating, pair = engine(packages), Pair("en", "pt")
    alone = translating.translate([close], pair)
    assert [translating.translate([close, text], pair)[:1] for text in longer] == [alone] * len(longer)


def test_engine_covers_what_is_installed_and_names_the_version(packages: tuple[InstalledPackage, ...]) -> None:
    translating = engine(packages)
    assert [translating.covers(Pair(*pair)) for pair in (("en", "pt"), ("pt", "es"), ("pt", "en"))] == [
        True,
        True,
        False,
    ]
    assert translating.model(Pair("pt", "es")) == "0.1"


def test_empty_segment_stays_empty(packages: tuple[InstalledPackage, ...]) -> None:
    assert engine(packages).translate(["", " \n", "\u200b", "Accountant"], Pair("en", "pt")) == [
        "",
        "",
        "",
        "Contador",
    ]


def test_segment_with_a_sentence_beyond_the_model_comes_back_empty_and_spoils_no_other(
    packages: tuple[InstalledPackage, ...],
) -> None:
    endless = "We offer " + " and ".join(["health insurance"] * MAX_TOKENS) + "."
    assert engine(packages).translate([f"Accountant. {endless}", "Accountant"], Pair("en", "pt")) == ["", "Contador"]


def test_long_sentence_is_cut_at_its_clauses(packages: tuple[InstalledPackage, ...]) -> None:
    half = ", ".join(["you will work with the sales team"] * 10)
    translating = engine(packages)
    assert LONG_TOKENS < len(f"{half} {half}".split()) < 2 * LONG_TOKENS
    whole, *halves = translating.translate([f"{half}; {half}.", f"{half};", f"{half}."], Pair("en", "pt"))
    assert whole == " ".join(halves)


def test_hypothesis_that_keeps_the_markers_is_taken_before_a_better_one() -> None:
    hypotheses = ["write to us", "write to Q0Q Q0Q", "write q0q", "Q0Q"]
    assert rank_hypotheses(hypotheses, "write to Q0Q")[0] == "write q0q"
    assert rank_hypotheses(hypotheses[:2], "write to Q0Q")[0] == "write to us"
    assert rank_hypotheses(["one", "two"], "write") == ["one", "two"]


def test_answers_of_every_rank_differ_and_the_best_is_the_translation(
    packages: tuple[InstalledPackage, ...],
) -> None:
    one, pair = engine(packages), Pair("en", "pt")
    ranked = [one.hypothesis(["Accountant"], pair, rank)[0] for rank in range(one.hypotheses + 1)]
    assert [ranked[0]] == one.translate(["Accountant"], pair)
    assert (len(set(ranked[:-1])), ranked[-1]) == (one.hypotheses, "")


def test_character_that_the_model_never_saw_spoils_no_other_segment(packages: tuple[InstalledPackage, ...]) -> None:
    found = engine(packages).translate(["日本語 🙂", "Accountant"], Pair("en", "pt"))
    assert found[1] == "Contador"
    assert "▁" not in found[0]


def test_package_that_cannot_be_loaded_is_named_with_what_to_do(tmp_path: Path) -> None:
    package = install_package(write_archive(tmp_path / "broken.argosmodel", members()), tmp_path / "models")
    with pytest.raises(EngineError) as raised:
        engine((package,)).translate(["Cook"], Pair("en", "fr"))
    told = str(raised.value)
    assert told.startswith(f"engine argos: the package {package.folder} cannot be used: ")
    assert told.endswith(
        "; `polypost models verify` tells whether it was changed, `polypost models install en fr` "
        "(or --from FILE.argosmodel) installs it again; or remove the folder"
    )


def test_model_is_loaded_with_the_first_segment_only(packages: tuple[InstalledPackage, ...]) -> None:
    folder = str(packages[0].folder.parent)
    code = f"""
import sys
from pathlib import Path
from pipeline.translation.engines import Pair
from pipeline.translation.engines.argos import ArgosEngine
from pipeline.models.package import list_packages
from pipeline.translation.segmenter import Segmenter
engine = ArgosEngine(list_packages([Path({folder!r})]), Segmenter())
engine.translate([""], Pair("en", "pt"))
print([name for name in ("ctranslate2", "sentencepiece") if name in sys.modules])
engine.translate(["Cook"], Pair("en", "pt"))
print([name for name in ("ctranslate2", "sentencepiece") if name in sys.modules])
"""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['ctranslate2', 'sentencepiece']"]


@given(st.lists(st.lists(st.sampled_from(["a.", "bb.", "c!", ""]), max_size=4)))
def test_each_sentence_is_translated_once_and_put_back_where_it_stood(groups: list[list[str]]) -> None:
    calls: list[list[str]] = []

    def translate(sentences: object) -> list[str]:
        assert isinstance(sentences, list)
        calls.append(sentences)
        return [f" {sentence.upper()}" for sentence in sentences]

    segments = [" ".join(group) for group in groups]
    targets = translate_by_sentence(segments, split=str.split, translate=translate, gap=" ")
    assert targets == [" ".join(segment.upper().split()) for segment in segments]
    seen = {sentence for segment in segments for sentence in segment.split()}
    assert calls == ([sorted(seen, key=lambda text: (len(text), text))] if seen else [])


def test_segment_of_which_one_sentence_is_lost_is_lost() -> None:
    lost = {"One.": "Um.", "Two.": ""}
    found = translate_by_sentence(
        ["One. Two.", "One."], split=str.split, translate=lambda sentences: [lost[s] for s in sentences], gap=" "
    )
    assert found == ["", "Um."]
