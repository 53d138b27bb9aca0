"""Targets that speak to the reader in another way than asked for, or in two."""

from dataclasses import replace
from itertools import permutations

from babel import Locale
from msgspec import structs

from pipeline.checks.address import CHECKS, mixed_addresses, wrong_address
from pipeline.checks.registry import checks_for
from pipeline.language.address import FORMAL, INFORMAL
from pipeline.language.knowledge import knowledge, languages
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from tests.checks.pairs import compared, say

DE = Locale("de")
YOURS, WITH_YOU, OURS = "Send us your CV.", "We want to work with you.", "We bake bread."


def unit(source: str, target: str, *postings: str, doubtful: bool = True) -> Unit:
    key = UnitKey("requirements", source)
    return Unit(key=key, target=target, doubtful=doubtful, references=postings or ("postings/a",))


SIE = unit(YOURS, "Schicken Sie uns Ihren Lebenslauf.")
DU = unit(WITH_YOU, "Wir möchten mit dir arbeiten.")
BREAD = unit(OURS, "Wir backen Brot.")


def test_target_that_mixes_both_is_reported_and_one_that_does_not_may_choose() -> None:
    mixed = "Schicken Sie uns deinen Lebenslauf."
    assert say(wrong_address, YOURS, mixed, "de") == "speaks to the reader formally (Sie) and informally (deinen)"
    assert [say(wrong_address, each.key.source, each.target, "de") for each in (SIE, DU, BREAD)] == ["", "", ""]


def test_target_is_of_the_kind_that_the_locale_asks_for() -> None:
    def told(each: Unit, address: str) -> str:
        return wrong_address(structs.replace(compared(each.key.source, each.target, "de"), address=address))

    assert told(SIE, INFORMAL) == "speaks to the reader formally (Sie, Ihren)"
    assert told(DU, FORMAL) == "speaks to the reader informally (dir)"
    assert [told(SIE, FORMAL), told(DU, INFORMAL), told(BREAD, FORMAL)] == ["", "", ""]


def test_text_that_stays_as_it_was_is_not_read() -> None:
    assert say(wrong_address, "Le Café du Monde et toi, Sie du", "Le Café du Monde et toi, Sie du", "de", "fr") == ""


def test_rarer_form_of_a_posting_is_reported_whatever_the_order() -> None:
    more = unit("Are you free?", "Haben Sie Zeit?")
    for units in permutations((SIE, DU, BREAD, more)):
        found = mixed_addresses(units, "en", DE)
        assert {each: finding.detail for each, finding in found.items()} == {
            DU: "speaks to the reader informally (dir), the rest of postings/a formally"
        }


def test_what_people_accepted_decides_for_a_posting_and_the_formal_one_where_both_are_as_frequent() -> None:
    assert [*mixed_addresses((SIE, DU), "en", DE)] == [DU]
    accepted = replace(DU, doubtful=False)
    more = unit("Are you free?", "Haben Sie Zeit?")
    assert [*mixed_addresses((SIE, more, accepted), "en", DE)] == [SIE, more]


def test_postings_that_each_speak_in_one_way_are_sound() -> None:
    assert mixed_addresses((SIE, replace(DU, references=("postings/b",))), "en", DE) == {}
    assert mixed_addresses((SIE, replace(DU, retired=True), replace(DU, target="")), "en", DE) == {}


def test_postings_that_a_catalog_does_not_name_are_told_beside_it() -> None:
    shared = replace(DU, references=("postings/a",))
    apart = replace(SIE, references=("postings/b",))
    assert mixed_addresses((shared, apart), "en", DE) == {}
    found = mixed_addresses((shared, apart), "en", DE, {shared.key: ("postings/a", "postings/b")}.get)
    assert [*found] == [shared]


def test_check_reads_the_languages_whose_words_are_known() -> None:
    known = {language for language in languages("address") if knowledge(language).listed("address", "formal")}
    assert sorted(known) == sorted(CHECKS[0].languages or ())
    assert "address" not in {check.id for check in checks_for(Locale("en"))}
