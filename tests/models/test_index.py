"""Of the Argos index only what can be used is offered; a request that it cannot serve is told what would."""

import json
from itertools import pairwise

import pytest

from pipeline.errors import MissingModelError, ModelIndexError, UsageError
from pipeline.model.locale import parse_locale
from pipeline.model.packages import Pair
from pipeline.models.index import (
    OfferedPackage,
    choose_package,
    exact_request,
    index_address,
    newest,
    parse_index,
    request_for,
)
from pipeline.models.package import package_name


def entry(source: str, target: str, version: str = "1.9", **fields: object) -> dict[str, object]:
    """Return an entry with all the fields that the public index has."""
    return {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": source,
        "from_name": source.upper(),
        "to_code": target,
        "to_name": target.upper(),
        "links": [f"https://models.example.org/{source}_{target}.argosmodel"],
        "code": f"translate-{source}_{target}",
        **fields,
    }


def offered(source: str, target: str, version: str = "1.9") -> OfferedPackage:
    link = f"https://models.example.org/{source}_{target}.argosmodel"
    return OfferedPackage(pair=Pair(source, target), version=version, links=(link,))


def parsed(*entries: object) -> tuple[OfferedPackage, ...]:
    return parse_index(json.dumps(entries).encode(), "models.example.org")


def complaint(offers: tuple[OfferedPackage, ...], source: str, target: str) -> str:
    with pytest.raises(MissingModelError) as raised:
        choose_package(offers, request_for(parse_locale(source), parse_locale(target)))
    assert raised.value.exit_code == 3
    return str(raised.value)


USELESS: dict[str, object] = {
    "no object": 7,
    "no fields": {},
    "no links, as the first index had it": {
        name: value for name, value in entry("en", "de").items() if name != "links"
    },
    "no links that lead to the web": entry("en", "de", links=["ipfs://Qm", "ifps://Qm", "file:///etc/passwd", "x"]),
    "links that are no texts": entry("en", "de", links=[1]),
    "sentence boundaries": {"type": "sbd", "from_codes": ["en"], "package_version": "1.9", "links": ["https://x.org"]},
    "unknown language": entry("en", "qqq"),
    "path as a language": entry("en", "../de"),
    "path as a version": entry("en", "de", version="../1"),
    "no version": entry("en", "de", version=""),
    "number as a version": entry("en", "de", package_version=1.9),
    "itself": entry("en", "en"),
}


@pytest.mark.parametrize("case", USELESS)
def test_entry_of_no_use_is_passed_over(case: str) -> None:
    assert parsed(USELESS[case], entry("en", "fr")) == (offered("en", "fr"),)


def test_links_are_kept_in_order_without_those_that_no_web_client_reads() -> None:
    links = ["ipfs://Qm", "https://one.example.org/x", "HTTP://two.example.org/x"]
    assert [offer.links for offer in parsed(entry("en", "fr", links=links))] == [
        ("https://one.example.org/x", "HTTP://two.example.org/x")
    ]


def test_codes_of_argos_become_ours() -> None:
    offers = parsed(entry("en", "pb"), entry("en", "zt"), entry("en", "nb"))
    assert [str(offer.pair) for offer in offers] == ["en→pt_BR", "en→zh_Hant", "en→nb"]
    assert package_name(offers[0].pair, offers[0].version) == "translate-en_pt_BR-1_9"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no list of packages"),
        (b"{}", "is no list of packages"),
        (b"null", "is no list of packages"),
        (b"[" * 100_000, "is no list of packages"),
        (b"\xff\xfe", "is no list of packages"),
        (b"<html></html>", "is no list of packages"),
        (b'[{"from_code": "en"}', "is no list of packages"),
        (b"[]", "offers no package that can be used among 0 entries"),
        (b'[7, {"from_code": "\xff"}]', ""),
    ],
)
def test_index_that_is_none_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ModelIndexError) as raised:
        parse_index(content, "models.example.org")
    assert str(raised.value).startswith(f"the Argos index at models.example.org {reason}")
    assert str(raised.value).endswith("; with a file at hand: polypost models install --from FILE.argosmodel")


def test_newest_version_is_chosen_by_its_numbers() -> None:
    versions = ("1.9", "1.10", "1.2")
    offers = parsed(*(entry("en", "fr", version) for version in versions))
    assert newest(offers, Pair("en", "fr")) == offered("en", "fr", "1.10")
    assert newest(offers, Pair("en", "fr"), "1.2") == offered("en", "fr", "1.2")
    assert newest(offers, Pair("en", "fr"), "1.3") is None
    assert newest(offers, Pair("fr", "en")) is None


@pytest.mark.parametrize(
    ("target", "pairs"),
    [
        ("fr", ["en→fr"]),
        ("pt-BR", ["en→pt", "en→pt_BR"]),
        ("zh_TW", ["en→zh_Hant", "en→zh_Hant_TW"]),
        ("zh_CN", ["en→zh", "en→zh_Hans_CN"]),
        ("no", ["en→nb"]),
    ],
)
def test_locale_is_served_by_its_language_in_its_script(target: str, pairs: list[str]) -> None:
    assert [str(pair) for pair in request_for(parse_locale("en"), parse_locale(target)).pairs] == pairs


def test_exact_request_takes_no_other_pair() -> None:
    offers = parsed(entry("en", "pt"), entry("en", "pb"))
    assert choose_package(offers, exact_request(Pair("en", "pt_BR"))).pair == Pair("en", "pt_BR")


def test_missing_pair_names_the_two_packages_that_would_do() -> None:
    offers = parsed(entry("pt", "en", "1.0"), entry("en", "es", "1.9"), entry("en", "fr"))
    assert complaint(offers, "pt-BR", "es") == (
        "pt_BR→es: the index has no package for it, but pt→en 1.0 and en→es 1.9; "
        "both at once: polypost models install pt_BR es --through en"
    )


def test_missing_pair_without_a_way_through_english_names_what_there_is() -> None:
    offers = parsed(*(entry(*pair) for pair in pairwise(["en", "fr", "es", "de", "en"])))
    assert complaint(offers, "fr", "pl") == (
        "fr→pl: the index has no package for it, and none through en; from fr it leads to es"
    )
    assert complaint(offers, "pl", "fr") == (
        "pl→fr: the index has no package for it, and none through en; from pl it leads nowhere, but from de, en, es, fr"
    )


@pytest.mark.parametrize("address", ["", "models.example.org", "file:///index.json", "ipfs://Qm"])
def test_index_elsewhere_than_on_the_web_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError):
        index_address(address)
