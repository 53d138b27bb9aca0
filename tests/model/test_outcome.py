"""What became of postings, releases and engines, counted."""

from pathlib import Path

from pipeline.model.finding import CheckIds
from pipeline.model.outcome import LocaleStatus, Pending, Reason, ReleaseChanges
from pipeline.model.packages import InstalledPackage, Pair
from pipeline.model.text import count_chars
from pipeline.model.unit import UnitState
from tests.catalog.units import empty, persons


def test_what_a_posting_asks_for_itself_is_neither_published_nor_held() -> None:
    reasons = {Reason.REVIEWED: 3, Reason.SOURCE: 2, Reason.UNTRANSLATED: 4, Reason.FINDING: 1, Reason.EXPIRED: 7}
    status = LocaleStatus.of(reasons, [persons("Nurse", "Enfermeira"), empty("Baker")])
    assert (status.published, status.held) == (5, 5)
    assert status.held_reasons == {Reason.FINDING: 1, Reason.UNTRANSLATED: 4}
    assert {state: number for state, number in status.units.items() if number} == {
        UnitState.REVIEWED: 1,
        UnitState.UNTRANSLATED: 1,
    }


def test_only_what_is_reviewed_counts_as_approved() -> None:
    units = [persons("Nurse", "Enfermeira"), persons("Cook", "Cozinheiro"), persons("Baker", "Padeiro", doubtful=True)]
    status = LocaleStatus.of({}, units, lambda unit: unit.key.source != "Cook")
    assert (status.units[UnitState.REVIEWED], status.approved) == (2, 1)


def test_changes_below_a_folder_are_only_its_own() -> None:
    changes = ReleaseChanges(added=("pt/a.html", "fr/a.html"), changed=("pt-BR/b.html",), removed=("pt/c.html",))
    assert changes.below("pt/") == ReleaseChanges(added=("pt/a.html",), removed=("pt/c.html",))


def test_pending_is_whatever_a_build_would_write_anywhere() -> None:
    something = (
        Pending(record=("fr/LC_MESSAGES/postings.en.po",)),
        Pending(publications=1),
        Pending(files=ReleaseChanges(added=("a.html",))),
        Pending(files=ReleaseChanges(changed=("a.html",))),
        Pending(files=ReleaseChanges(removed=("a.html",))),
    )
    assert all(something)
    assert not Pending(files=ReleaseChanges(unchanged=5))


def test_check_of_an_earlier_version_has_its_id_of_today() -> None:
    ids = CheckIds(successors={"figures": "quantities"})
    assert [ids.current(check) for check in ("figures", "terms")] == ["quantities", "terms"]


def test_package_translates_the_pair_of_its_languages() -> None:
    package = InstalledPackage(folder=Path("translate-en_pt-1_9"), source="en", target="pt", version="1.9")
    assert (package.pair, str(package.pair)) == (Pair("en", "pt"), "en→pt")


def test_dense_scripts_say_more_a_character() -> None:
    assert [count_chars(text) for text in ("QA 1", "介護 1")] == [4, 8]
