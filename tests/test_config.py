"""The configuration is read as people write it, and says in their words what is wrong."""

import re
from pathlib import Path

import pytest

from pipeline.config import DEFAULT_ROUND_TRIP, IntakeSource, read_settings
from pipeline.config.settings import DEFAULT_MAX_RISK
from pipeline.errors import ConfigError
from pipeline.model.max_risk import MaxRisk
from pipeline.model.packages import Pair, RankedPair

LEAST = '[project]\nlocales = ["en"]\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "polypost.toml"
    path.write_bytes(text.encode())
    return path


def test_byte_order_mark_of_an_editor_is_no_mistake(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, f"\ufeff{LEAST}")).root == tmp_path


@pytest.mark.parametrize(
    "address", ["https://jobs.example.org", "http://127.0.0.1:8000/", "https://example.org/jobs/eu"]
)
def test_address_ends_with_one_slash(tmp_path: Path, address: str) -> None:
    settings = read_settings(written(tmp_path, f'{LEAST}base_url = "{address}"\n'))
    assert settings.base_url == address.rstrip("/") + "/"


@pytest.mark.parametrize(
    "address", ["ftp://x", "https://", "https://a.example/?x=1", "https://a.example/a b", "https://a.example/<x>#y"]
)
def test_address_to_which_no_path_can_be_added_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match=r"project\.base_url is .* without a query, a fragment or spaces"):
        read_settings(written(tmp_path, f'{LEAST}base_url = "{address}"\n'))


def test_address_is_asked_for_by_what_publishes_alone(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, LEAST))
    with pytest.raises(ConfigError, match=r"polypost\.toml: project\.base_url is not set; write the address"):
        settings.require_address()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ('gzip = "yes"', "publish.gzip is 'yes', it has to be true or false"),
        ("policy = 3", "publish.policy is 3, it has to be a text in quotes"),
        ('max_withdrawn = "20%"', "publish.max_withdrawn is '20%', it has to be a number"),
        ("locales = 1", "publish.locales is 1, it has to be a table"),
        ("max_original = 101", "publish.max_original is 101.0, it has to be between 0 and 100 percent"),
        (
            "[publish.locales.fr]",
            "publish.locales.fr has to hold max_original, max_risk, original_titles, policy and nothing else",
        ),
        (
            "[publish.locales.fr]\nmax = 3",
            "publish.locales.fr has to hold max_original, max_risk, original_titles, policy and",
        ),
        ('[publish.locales.fr]\nmax_original = "3"', "publish.locales.fr.max_original is '3', it has to be a number"),
        ("[publish.locales.fr]\nmax_original = -1", "publish.locales.fr.max_original is -1.0, it has to be between"),
        ("[publish.locales.fr]\noriginal_titles = 1", "publish.locales.fr.original_titles is 1, it has to be true"),
    ],
)
def test_wrong_kind_of_value_is_told_in_words_of_the_file(tmp_path: Path, setting: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        read_settings(written(tmp_path, f"{LEAST}[publish]\n{setting}\n"))


def test_locale_says_how_much_it_shows_as_written_else_it_is_as_everywhere(tmp_path: Path) -> None:
    text = (
        '[project]\nlocales = ["fr", "de"]\n[publish]\npolicy = "machine"\nmax_original = 5\n'
        "[publish.locales.de]\nmax_original = 0\noriginal_titles = true\n"
    )
    found = read_settings(written(tmp_path, text))
    told = [
        (found.policy_of(locale), found.max_original_of(locale), found.original_titles_of(locale))
        for locale in found.locales
    ]
    assert told == [("machine", 5, False), ("machine", 0, True)]
    assert read_settings(written(tmp_path, LEAST)).max_original == 10


@pytest.mark.parametrize(
    ("publish", "general", "own"),
    [
        ("", DEFAULT_MAX_RISK, DEFAULT_MAX_RISK),
        ("max_risk = 60", MaxRisk(default=60), MaxRisk(default=60)),
        (
            "max_risk = {title = 40, default = 60}\n[publish.locales.fr]\nmax_risk = 70.5",
            MaxRisk(default=60, kinds={"title": 40}),
            MaxRisk(default=70.5),
        ),
        (
            "max_risk = {title = 40}\n[publish.locales.fr]\nmax_risk = {requirements = 50}",
            MaxRisk(default=40, kinds={"title": 40, "commitments": 100}),
            MaxRisk(default=40, kinds={"title": 40, "commitments": 100, "requirements": 50}),
        ),
        (
            "max_risk = {title = 40}\n[publish.locales.fr]\nmax_risk = {offer = 50, default = 9}",
            MaxRisk(default=40, kinds={"title": 40, "commitments": 100}),
            MaxRisk(default=9, kinds={"offer": 50}),
        ),
    ],
)
def test_highest_risk_is_one_number_or_one_a_kind_and_a_locale_names_what_is_other_there(
    tmp_path: Path, publish: str, general: MaxRisk, own: MaxRisk
) -> None:
    found = read_settings(written(tmp_path, f'[project]\nlocales = ["de", "fr"]\n[publish]\n{publish}\n'))
    assert [found.max_risk_of(locale) for locale in found.locales] == [general, own]


@pytest.mark.parametrize(
    ("publish", "told"),
    [
        ('max_risk = "high"', "publish.max_risk is 'high', it has to be a number"),
        ("max_risk = 101", "publish.max_risk is 101, it has to be between 0 and 100"),
        ("max_risk = nan", "publish.max_risk is nan, it has to be between 0 and 100"),
        ("max_risk = {title = true}", "publish.max_risk.title is True, it has to be a number"),
        ("max_risk = {titel = 1}", "publish.max_risk.titel is not a kind of segment, it has to be one of default, "),
        ("[publish.locales.en]\nmax_risk = -1", "publish.locales.en.max_risk is -1, it has to be between 0 and 100"),
    ],
)
def test_highest_risk_that_cannot_be_meant_is_refused(tmp_path: Path, publish: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        read_settings(written(tmp_path, f"{LEAST}[publish]\n{publish}\n"))


def test_round_trip_is_a_setting(tmp_path: Path) -> None:
    texts = ("", "[translate]\nround_trip = true\n", "[translate]\nround_trip = false\n")
    found = [read_settings(written(tmp_path, LEAST + text)).round_trip for text in texts]
    assert found == [DEFAULT_ROUND_TRIP, True, False]


def test_sources_of_postings_name_their_files_format_ids_and_columns(tmp_path: Path) -> None:
    text = (
        f'{LEAST}[[intake.sources]]\nfiles = ["exports", "*.xlsx"]\nformat = "csv"\nid_prefix = "rye-"\n'
        'columns = {title = "Stelle"}\n[[intake.sources]]\nfiles = "a.json"\n'
    )
    assert read_settings(written(tmp_path, text)).sources == (
        IntakeSource(files=("exports", "*.xlsx"), format="csv", id_prefix="rye-", columns={"title": "Stelle"}),
        IntakeSource(files=("a.json",)),
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("sources = [1]", r"intake\.sources\[0\] has to be a table"),
        ("sources = [{}]", r"intake\.sources\[0\]\.files has to name files"),
        ('sources = [{files = "a", fromat = "csv"}]', r"intake\.sources\[0\]\.fromat is not a setting"),
        ('sources = [{files = "a", format = 1}]', r"intake\.sources\[0\]\.format and id_prefix have to be texts"),
        ('sources = [{files = "a", columns = ["b"]}]', r"intake\.sources\[0\]\.columns has to name columns"),
    ],
)
def test_source_that_cannot_be_meant_is_refused(tmp_path: Path, source: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        read_settings(written(tmp_path, f"{LEAST}[intake]\n{source}\n"))


def test_locale_says_how_its_targets_speak_to_the_reader_else_that_is_left_open(tmp_path: Path) -> None:
    table = '[translate.locales.de]\naddress = "formal"\ngender = "neutral"\n'
    settings = read_settings(written(tmp_path, f'[project]\nlocales = ["en", "de"]\n{table}'))
    assert [settings.address_of(locale) for locale in settings.locales] == ["", "formal"]


def test_locale_says_in_which_form_its_titles_name_people_else_in_both(tmp_path: Path) -> None:
    table = '[translate.locales.en]\ngender = "neutral"\n'
    settings = read_settings(written(tmp_path, f'[project]\nlocales = ["en", "de"]\n{table}'))
    assert [settings.gender_of(locale) for locale in settings.locales] == ["neutral", "paired"]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('[translate.locales.en]\ngender = "none"', "gender is 'none', it has to be one of paired, neutral, masculine"),
        ('[translate.locales.en]\naddress = "Sie"', "address is 'Sie', it has to be one of formal, informal"),
        ("[translate.locales.en]\nform = 1", "translate.locales.en has to hold address and gender, and nothing else"),
        ('[translate.locales.de]\ngender = "paired"', "translate.locales.de: project.locales does not list de"),
    ],
)
def test_form_of_titles_that_cannot_be_meant_is_refused(tmp_path: Path, table: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        read_settings(written(tmp_path, LEAST + table))


def test_ranks_name_pairs_perhaps_by_an_engine_in_any_spelling_of_a_locale(tmp_path: Path) -> None:
    table = '[translate.ranks]\n"en>es" = 20\n"apertium pt > es" = 0\n"en>pt-BR" = 100\n'
    assert read_settings(written(tmp_path, LEAST + table)).ranks == {
        RankedPair("", Pair("en", "es")): 20,
        RankedPair("apertium", Pair("pt", "es")): 0,
        RankedPair("", Pair("en", "pt_BR")): 100,
    }


@pytest.mark.parametrize(
    ("rank", "told"),
    [
        ('"en-es" = 20', 'translate.ranks."en-es" has to name a pair, "en>es", or one by an engine, "apertium en>es"'),
        ('"deepl en>es" = 20', "translate.ranks.\"deepl en>es\" is 'deepl', it has to be one of argos, firefox"),
        ('"en>xx" = 20', 'translate.ranks."en>xx": '),
        ('"en>es" = 101', 'translate.ranks."en>es" is 101, it has to be a whole number from 0, the best, to 100'),
        ('"en>es" = true', 'translate.ranks."en>es" is True, it has to be a whole number from 0, the best, to 100'),
        ('"en>es" = "low"', "translate.ranks.\"en>es\" is 'low', it has to be a whole number from 0, the best, to 100"),
    ],
)
def test_rank_that_cannot_be_meant_is_refused(tmp_path: Path, rank: str, told: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(told)):
        read_settings(written(tmp_path, f"{LEAST}[translate.ranks]\n{rank}\n"))


def test_default_engines_are_those_that_come_with_packages_and_not_what_a_machine_happens_to_have(
    tmp_path: Path,
) -> None:
    settings = read_settings(written(tmp_path, LEAST))
    assert (settings.engines, settings.names_engines) == (("argos", "firefox", "bergamot"), False)
    named = read_settings(written(tmp_path, f'{LEAST}[translate]\nengines = ["apertium"]\n'))
    assert (named.engines, named.names_engines) == (("apertium",), True)
