"""What a run was like, as data."""

from collections import Counter
from datetime import date

from babel import Locale
from msgspec import structs

from pipeline.catalog.entries import Entries
from pipeline.catalog.po_file import Catalog
from pipeline.model.outcome import EngineUse, LocaleStatus, Reason, ReleaseChanges
from pipeline.model.segment import UnitKey
from pipeline.model.unit import OriginKind, Provenance, Unit, UnitState
from pipeline.publishing.versions.ledger import Publication, latest
from pipeline.workflow.run_report import Announcement, LocaleReport, RunReport, count_announced, mean_risk
from pipeline.workflow.stopwatch import Stage

PT = Locale("pt", "BR")
DAY = date(2026, 11, 1)


def line(posting: str, digest: str = "1", *, withdrawn: date | None = None, locale: str = "pt_BR") -> Publication:
    return Publication(
        posting=posting, locale=locale, digest=digest, slug=posting, published=DAY, withdrawn=withdrawn, facts="1"
    )


def test_items_are_announced_because_they_are_new_back_changed_or_gone() -> None:
    before = latest([line("back", withdrawn=DAY), line("text"), line("facts"), line("gone"), line("same")])
    facts = structs.replace(line("facts"), facts="2")
    lines = [line("new"), line("back"), line("text", "2"), facts, line("gone", withdrawn=DAY), line("new", locale="fr")]
    assert count_announced(before, lines) == {
        "pt_BR": dict.fromkeys(Announcement, 1),
        "fr": {Announcement.NEW: 1},
    }


def test_mean_risk_is_that_of_what_nobody_accepted() -> None:
    def unit(source: str, risk: int | None, *, doubtful: bool = True, retired: bool = False) -> Unit:
        made = Provenance(kind=OriginKind.ENGINE, digest="0", risk=risk)
        return Unit(key=UnitKey("offer", source), target="x", doubtful=doubtful, retired=retired, provenance=made)

    waiting = [unit("a", 10), unit("b", 25)]
    others = [unit("c", None), unit("d", 90, doubtful=False), unit("e", 90, retired=True)]
    assert mean_risk(Entries.of(Catalog(units=(*waiting, *others))).risks) == 17.5
    assert mean_risk(Entries.of(Catalog(units=(Unit(key=UnitKey("offer", "f")),))).risks) is None


UNITS = Counter({UnitState.REVIEWED: 3, UnitState.NEEDS_REVIEW: 1})
PUBLISHED = RunReport(
    command="build",
    ended="2026-11-30T02:00:00Z",
    as_of="2026-11-30",
    versions={"polypost": "1", "python": "3"},
    stages=(Stage(name="detect", seconds=2.0, count=10, peak_bytes=5), Stage(name="other", seconds=0.5, peak_bytes=7)),
    postings={"read": 2},
    locales={
        PT: LocaleReport(
            units=UNITS,
            mean_risk=12.5,
            status=LocaleStatus(units=UNITS, reasons={Reason.MACHINE: 1, Reason.RISK: 1}),
            announced={Announcement.NEW: 1},
            words_as_written=4,
        )
    },
    uses=(EngineUse(engine="bergamot", calls=1, segments=2, seconds=0.12345),),
    changes=ReleaseChanges(added=("a",), unchanged=2),
)


def test_report_of_a_build_says_all() -> None:
    assert PUBLISHED.fields() == {
        "form": 1,
        "command": "build",
        "ended": "2026-11-30T02:00:00Z",
        "as_of": "2026-11-30",
        "versions": {"polypost": "1", "python": "3"},
        "seconds": 2.5,
        "peak_bytes": 7,
        "stages": [
            {"stage": "detect", "seconds": 2.0, "count": 10, "rate": 5.0, "peak_bytes": 5},
            {"stage": "other", "seconds": 0.5, "count": 0, "rate": 0.0, "peak_bytes": 7},
        ],
        "postings": {"read": 2},
        "locales": {
            "pt_BR": {
                "units": {"untranslated": 0, "needs_review": 1, "reviewed": 3, "obsolete": 0},
                "mean_risk": 12.5,
                "published": 1,
                "held": 1,
                "held_reasons": {"risk": 1},
                "words_as_written": 4,
                "announced": {"new": 1},
            }
        },
        "engines": {"bergamot": {"calls": 1, "segments": 2, "seconds": 0.123}},
        "files": {"added": 1, "changed": 0, "removed": 0, "unchanged": 2},
    }


def test_report_of_a_run_that_does_not_publish_says_nothing_of_publishing() -> None:
    report = RunReport(
        command="translate",
        ended="2026-11-30T02:00:00Z",
        as_of=None,
        versions={},
        stages=(),
        postings={},
        locales={PT: LocaleReport(units=UNITS, mean_risk=None)},
    )
    fields = report.fields()
    assert set(PUBLISHED.fields()) - set(fields) == {"files"}
    assert (fields["seconds"], fields["peak_bytes"]) == (0, 0)
    assert fields["locales"] == {
        "pt_BR": {"units": {"untranslated": 0, "needs_review": 1, "reviewed": 3, "obsolete": 0}, "mean_risk": None}
    }
