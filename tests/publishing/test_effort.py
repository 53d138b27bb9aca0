"""What postings wait for, and the words that a locale has to translate and to review, each sentence once."""

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.publishing.versions.effort import Left, WordsLeft, left_in
from tests.publishing.examples import nurse, segmented

NEW = Unit(key=UnitKey("offer", "Two weeks off"))
DRAFT = Unit(key=UnitKey("offer", "Paid <b>lunch</b>"), target="Déjeuner payé", doubtful=True)
DONE = Unit(key=UnitKey("title", "Nurse"), target="Infirmier")


def decision(
    reason: Reason, *, holding: tuple[Unit, ...] = (), as_written: tuple[Unit, ...] = (), language: str = "en"
) -> Decision:
    return Decision(
        segmented=segmented(nurse(language=language)),
        locale=parse_locale("fr"),
        reason=reason,
        units=(DONE, DRAFT, NEW),
        holding=holding,
        as_written=as_written,
    )


def test_held_posting_waits_for_what_holds_it() -> None:
    left = left_in(decision(Reason.FINDING, holding=(NEW, DRAFT), as_written=(NEW,)))
    assert left == Left(reason=Reason.FINDING, published=False, sentences=2, words=5)
    assert left.holds


def test_published_posting_waits_for_what_it_shows_as_written_and_a_whole_one_for_nothing() -> None:
    shown, whole = (left_in(decision(Reason.MACHINE, as_written=units)) for units in ((NEW,), ()))
    assert shown == Left(reason=Reason.MACHINE, published=True, sentences=1, words=3)
    assert whole == Left(reason=Reason.MACHINE, published=True)
    assert not shown.holds


def test_posting_that_no_sentence_would_publish_holds_for_its_reason_alone() -> None:
    assert not left_in(decision(Reason.FIELD)).holds


def test_words_are_counted_once_a_language_and_what_is_reviewed_not_at_all() -> None:
    words = WordsLeft()
    for language in ("en", "en", "de"):
        words.note(decision(Reason.FINDING, language=language))
    assert (words.to_translate, words.to_review) == (6, 4)
