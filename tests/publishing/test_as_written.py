"""Which sentences of a machine's version are shown as written: how many, of which kinds, and where it is said."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.catalog.site_domain import page_words
from pipeline.model.locale import parse_locale, to_tag
from pipeline.model.max_risk import NO_MAX_RISK, MaxRisk
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Posting, Section, SectionKind, blocks_of
from pipeline.model.segment import HEADING, TITLE, SegmentedPosting, SegmentedSection, UnitKey
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Suggestion, Unit, digest
from pipeline.publishing.feeds.content import content_of, summary_of
from pipeline.publishing.versions.as_written import allowed_segments, choose_as_written, count_words
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from pipeline.publishing.versions.policy import Policy, Rule, decide
from tests.laws import examples
from tests.publishing.examples import WORDS, detected, segmented, site_of, version_of
from tests.segmented import segmented_blocks

FR = parse_locale("fr")
ENGINE = EngineOrigin(engine="argos", model="1.9", route="en→fr")
KIND = SectionKind.RESPONSIBILITIES
TITLE_KEY = UnitKey(TITLE, "Gardener")
LINES = (
    "Cut the hedges of the park",
    "Mow the lawn behind the house",
    "Plant roses and tulips in spring",
    "Water the beds in the evening",
    "Sweep the leaves from the paths",
    "Feed the birds in the cold season",
    "Prune the apple trees in the orchard",
    "Rake the gravel in the yard",
    "Weed the borders along the wall",
)
WHOLE = Rule(
    locale=FR,
    policy=Policy.MACHINE,
    configured=(parse_locale("en"), FR),
    faulty=lambda unit: "FAULT" in unit.target,
    has_route=lambda _: True,
)
RULE = replace(WHOLE, max_original=10)


def gardener(*lines: str, kind: SectionKind = KIND, title: str = "Gardener", language: str = "en") -> SegmentedPosting:
    posting = Posting(id="acme-1", title=title, detection=detected(language))
    section = Section(kind=kind, blocks=blocks_of(items=lines))
    return segmented(replace(posting, sections=(section,)))


def key(line: str) -> UnitKey:
    return UnitKey(KIND, line)


def machine(key: UnitKey, target: str) -> Unit:
    made = Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=ENGINE)
    return Unit(key=key, target=target, doubtful=True, provenance=made)


def failed(key: UnitKey) -> Unit:
    return Unit(key=key, attempt=ENGINE, findings=("numbers",))


def translated(item: SegmentedPosting, *others: Unit) -> dict[UnitKey, Unit]:
    """Return a machine's target for every segment but those of `others`."""
    made = {each: machine(each, f"fr {each.source}") for each in item.keys()}  # noqa: SIM118  a posting is no mapping
    return made | {unit.key: unit for unit in others}


def outcome(item: SegmentedPosting, *others: Unit, rule: Rule = RULE) -> tuple[Reason, list[str], list[str]]:
    """Return the reason, the sources that hold the posting and those that are shown as written."""
    decision = decide(item, translated(item, *others), rule)
    sources = [[unit.key.source for unit in units] for units in (decision.holding, decision.as_written)]
    return decision.reason, sources[0], sources[1]


TEN = gardener(*LINES)
LINE = LINES[0]
STALE = replace(
    Unit(key=key(LINE), target="Tailler", doubtful=True, previous=key("Cut the hedge")),
    suggestion=Suggestion(engine=ENGINE, target="Tailler les haies"),
)
REJECTED = Unit(key=key(LINE), provenance=Provenance(kind=OriginKind.ENGINE, digest=digest("x"), engine=ENGINE))
BEGUN = replace(machine(key(LINE), "Tailler"), target="Tailler les")
UNVOUCHED = Unit(key=key(LINE), target="Tailler les", doubtful=True)


@pytest.mark.parametrize("unit", [failed(key(LINE)), Unit(key=key(LINE)), machine(key(LINE), "FAULT")])
def test_sentence_without_a_target_to_publish_is_shown_as_written(unit: Unit) -> None:
    assert outcome(TEN, unit) == (Reason.MACHINE, [], [LINE])


@pytest.mark.parametrize("unit", [REJECTED, BEGUN, UNVOUCHED])
def test_rejected_target_and_a_persons_unfinished_one_are_shown_as_written(unit: Unit) -> None:
    assert outcome(TEN, unit) == (Reason.MACHINE, [], [LINE])


def test_unfinished_target_that_finds_no_room_takes_nothing_down() -> None:
    other = failed(key(LINES[1]))
    assert outcome(TEN, BEGUN, other) == (Reason.MACHINE, [], [LINES[1]])
    assert outcome(gardener(*LINES[:3]), BEGUN) == (Reason.MACHINE, [], [])


def test_edited_sentence_is_published_by_what_the_engine_made_of_it() -> None:
    decision = decide(TEN, translated(TEN, STALE), RULE)
    assert (decision.reason, decision.as_written) == (Reason.MACHINE, ())
    assert localize(decision, WORDS).sections[0].blocks[0].text == "Tailler les haies"


def test_edited_sentence_whose_new_target_has_an_error_is_shown_as_written() -> None:
    faulty = replace(STALE, suggestion=Suggestion(engine=ENGINE, target="FAULT"))
    assert outcome(TEN, faulty) == (Reason.MACHINE, [], [LINE])


def test_with_no_share_a_posting_is_published_whole_or_not_at_all() -> None:
    assert outcome(TEN, failed(key(LINE)), rule=WHOLE) == (Reason.FINDING, [LINE], [])
    assert outcome(TEN, STALE, rule=WHOLE) == (Reason.SOURCE_CHANGED, [LINE], [])


@pytest.mark.parametrize("policy", [Policy.REVIEWED, Policy.SOURCE])
def test_other_policies_show_nothing_as_written(policy: Policy) -> None:
    reviewed = {each: replace(unit, doubtful=False) for each, unit in translated(TEN).items()}
    decision = decide(TEN, reviewed | {key(LINE): failed(key(LINE))}, replace(RULE, policy=policy))
    assert not decision.published
    assert decision.as_written == ()


def test_more_than_the_share_holds_the_posting_and_names_the_longer_ones() -> None:
    units = [failed(key(line)) for line in LINES[:2]]
    assert outcome(TEN, *units) == (Reason.FINDING, [LINES[1]], [LINES[0]])
    assert outcome(TEN, *units, rule=replace(RULE, max_original=20)) == (Reason.MACHINE, [], [*LINES[:2]])


def test_four_segments_leave_none_and_five_leave_one() -> None:
    assert outcome(gardener(*LINES[:3]), failed(key(LINE)))[0] is Reason.FINDING
    rule = replace(RULE, max_original=12)  # of the words it may be a quarter then
    assert outcome(gardener(*LINES[:4]), failed(key(LINE)), rule=rule)[0] is Reason.MACHINE


def test_many_words_are_too_many_however_few_sentences() -> None:
    long = "Look after " + " and ".join(["the trees of the town"] * 4)
    item = gardener(long, *LINES)
    assert outcome(item, failed(key(long))) == (Reason.FINDING, [long], [])


def test_sentence_that_stands_in_a_posting_twice_counts_twice() -> None:
    item = gardener(*LINES, LINE)
    assert outcome(item, failed(key(LINE))) == (Reason.FINDING, [LINE], [])


def test_copies_do_not_count() -> None:
    copy = EngineOrigin(engine="copy", model="1", route="en→fr")
    names = [f"SQL {number}" for number in range(10)]
    item = gardener(*names, *LINES)
    made = [Provenance(kind=OriginKind.ENGINE, digest=digest(name), engine=copy) for name in names]
    copies = [Unit(key=key(name), target=name, provenance=by) for name, by in zip(names, made, strict=True)]
    units = [failed(key(line)) for line in LINES[:2]]
    assert outcome(item, *units, *copies)[1] == [LINES[1]]


def test_third_of_a_section_is_the_most() -> None:
    sections = (
        SegmentedSection(kind=KIND, blocks=segmented_blocks(items=LINES[:2])),
        SegmentedSection(kind=SectionKind.OFFER, blocks=segmented_blocks(items=LINES[2:])),
    )
    item = SegmentedPosting(posting=TEN.posting, sections=sections)
    assert outcome(item, failed(key(LINE))) == (Reason.FINDING, [LINE], [])
    other = UnitKey(SectionKind.OFFER, LINES[2])
    assert outcome(item, failed(other)) == (Reason.MACHINE, [], [LINES[2]])


def test_section_is_never_left_without_a_translated_sentence() -> None:
    lines = ("We are an equal opportunity employer.", "We do not discriminate.", "Tea")
    sections = (
        SegmentedSection(kind=KIND, blocks=segmented_blocks(items=LINES)),
        SegmentedSection(kind=SectionKind.OTHER, blocks=segmented_blocks(items=lines)),
    )
    item = SegmentedPosting(posting=TEN.posting, sections=sections)
    assert outcome(item, failed(UnitKey(SectionKind.OTHER, "Tea")))[1] == ["Tea"]


@pytest.mark.parametrize(
    "line",
    [
        "We offer £60k", "Salary by agreement", "40 hours per week", "Full-time", "A fixed-term contract",
        "Apply by 3 May 2027", "Send your CV", "You must be tall", "You must not smoke", "A driving licence",
        "We cannot sponsor visas", "A background check", "There is an application fee", "Wear protective equipment",
    ],
)  # fmt: skip
def test_what_a_reader_must_know_is_never_left_as_written(line: str) -> None:
    item = gardener(line, *LINES)
    assert outcome(item, failed(key(line))) == (Reason.FINDING, [line], [])


def test_language_whose_commitments_nobody_can_read_keeps_nothing_as_written() -> None:
    item = gardener(*LINES, language="fi")
    assert outcome(item, failed(key(LINE)))[0] is Reason.FINDING


def test_title_is_left_as_written_where_the_setting_says_so() -> None:
    title = failed(TITLE_KEY)
    assert outcome(TEN, title) == (Reason.FINDING, ["Gardener"], [])
    assert outcome(TEN, title, rule=replace(RULE, original_titles=True)) == (Reason.MACHINE, [], ["Gardener"])


STATUTORY = "We are an equal opportunity employer."


@pytest.mark.parametrize("unit", [machine(key(STATUTORY), "Employeur"), failed(key(STATUTORY)), None])
def test_statutory_line_stands_as_written_beside_the_share_and_first(unit: Unit | None) -> None:
    item = gardener(*LINES, STATUTORY)
    others = [failed(key(LINE)), *([unit] if unit else [])]
    assert outcome(item, *others) == (Reason.MACHINE, [], [STATUTORY, LINE])


def test_reviewed_statutory_line_is_published_as_a_person_accepted_it() -> None:
    reviewed = Unit(key=key(STATUTORY), target="Nous recrutons sans distinction.")
    assert outcome(gardener(*LINES, STATUTORY), reviewed) == (Reason.MACHINE, [], [])


def test_title_and_heading_are_no_statutory_lines() -> None:
    section = SegmentedSection(
        kind=SectionKind.OTHER, heading="Equal opportunity employer", blocks=TEN.sections[0].blocks
    )
    item = SegmentedPosting(
        posting=replace(TEN.posting, title="Equal opportunity and diversity lead"), sections=(section,)
    )
    assert outcome(item) == (Reason.MACHINE, [], [])


def test_without_a_route_nothing_is_left_as_written_but_what_an_engine_was_asked() -> None:
    rule = replace(RULE, has_route=lambda _: False)
    assert outcome(TEN, Unit(key=key(LINE)), rule=rule) == (Reason.NO_ROUTE, [LINE], [])
    assert outcome(TEN, failed(key(LINE)), rule=rule) == outcome(TEN, failed(key(LINE)))


def test_what_only_shows_the_layout_holds_the_posting() -> None:
    show = EngineOrigin(engine="pseudo", model="1", route="en→fr")
    made = Provenance(kind=OriginKind.ENGINE, digest=digest("ç"), engine=show)
    units = (replace(machine(key(LINE), "ç"), provenance=made), Unit(key=key(LINE), attempt=show))
    assert [outcome(TEN, unit)[1:] for unit in units] == [([LINE], [])] * 2


def test_posting_with_a_sentence_as_written_is_a_machines_even_if_all_else_is_reviewed() -> None:
    reviewed = [replace(unit, doubtful=False) for unit in translated(TEN).values()]
    assert outcome(TEN, *reviewed, failed(key(LINE)))[0] is Reason.MACHINE


# Risk: what a machine has made and may have made wrong.

ASKED: list[str] = []


def risk_of(unit: Unit) -> int | None:
    """Read the number that a machine's target begins with."""
    ASKED.append(unit.key.source)
    first = unit.target.split()[0]
    return int(first) if first.isdigit() and unit.machine_made else None


RISKY = machine(key(LINE), "72 haies")
LIMITED = replace(RULE, risk=risk_of, max_risk=MaxRisk(default=60))


def test_target_above_the_highest_risk_counts_as_none() -> None:
    assert outcome(TEN, RISKY, rule=LIMITED) == (Reason.MACHINE, [], [LINE])
    assert outcome(TEN, RISKY) == (Reason.MACHINE, [], [])
    assert outcome(TEN, machine(key(LINE), "60 haies"), rule=LIMITED) == (Reason.MACHINE, [], [])


def test_risky_target_that_may_not_be_left_as_written_holds_the_posting_for_its_risk() -> None:
    whole = replace(LIMITED, max_original=0)
    assert outcome(TEN, RISKY, rule=whole) == (Reason.RISK, [LINE], [])
    assert decide(TEN, translated(TEN, RISKY), whole).too_risky == {key(LINE): 72}
    title = machine(TITLE_KEY, "72 jardinier")
    assert outcome(TEN, title, rule=LIMITED) == (Reason.RISK, ["Gardener"], [])
    pay = gardener("Salary: £60k", *LINES)
    assert outcome(pay, machine(key("Salary: £60k"), "72"), rule=LIMITED) == (Reason.RISK, ["Salary: £60k"], [])


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (machine(key(LINES[1]), "FAULT"), Reason.FINDING),
        (Unit(key=key(LINES[1])), Reason.UNTRANSLATED),
        (replace(BEGUN, key=key(LINES[1])), Reason.RISK),
        (Unit(key=key(LINES[1]), target="Tondre", doubtful=True), Reason.NEEDS_REVIEW),
    ],
)
def test_risk_is_the_reason_only_where_nothing_else_holds(other: Unit, reason: Reason) -> None:
    assert outcome(TEN, RISKY, other, rule=replace(LIMITED, max_original=0))[0] is reason


def test_kind_of_segment_may_have_a_limit_of_its_own() -> None:
    limits = MaxRisk(default=80, kinds={KIND: 40, "title": 10})
    rule = replace(LIMITED, max_risk=limits)
    assert outcome(TEN, RISKY, rule=rule)[2] == [LINE]
    assert outcome(TEN, machine(TITLE_KEY, "11 jardinier"), rule=rule)[1] == ["Gardener"]
    narrow = replace(RISKY, key=key(LINE).narrowed("acme-1"))
    assert decide(TEN, {**translated(TEN), narrow.key: narrow}, rule).as_written == (narrow,)


@pytest.mark.parametrize(("limit", "held"), [(72, []), (71, ["Salary: £60k"])])
def test_commitments_may_have_a_limit_of_their_own_whatever_their_kind(limit: int, held: list[str]) -> None:
    rule = replace(LIMITED, max_risk=MaxRisk(default=60, kinds={"commitments": limit}))
    pay = gardener("Salary: £60k", *LINES)
    assert outcome(pay, machine(key("Salary: £60k"), "72"), rule=rule)[1] == held
    assert outcome(TEN, RISKY, rule=rule)[2] == [LINE]
    assert outcome(TEN, machine(TITLE_KEY, "61 jardinier"), rule=rule)[1] == ["Gardener"]


def test_limit_for_commitments_alone_leaves_all_else() -> None:
    rule = replace(LIMITED, max_risk=MaxRisk(default=100, kinds={"commitments": 60}))
    assert outcome(TEN, RISKY, rule=rule) == (Reason.MACHINE, [], [])
    pay = gardener("Salary: £60k", *LINES)
    assert outcome(pay, machine(key("Salary: £60k"), "72"), rule=rule)[1] == ["Salary: £60k"]


def test_risk_of_an_edited_sentence_is_that_of_what_the_engine_made_of_it() -> None:
    risky = replace(STALE, suggestion=Suggestion(engine=ENGINE, target="72 haies"))
    assert outcome(TEN, risky, rule=LIMITED) == (Reason.MACHINE, [], [LINE])


def test_nobody_asks_for_the_risk_of_what_is_reviewed_wrong_statutory_or_not_limited() -> None:
    ASKED.clear()
    item = gardener(*LINES, STATUTORY)
    reviewed = [replace(unit, doubtful=False) for unit in translated(item).values()][2:]
    known = translated(item, *reviewed, machine(key(LINE), "FAULT"), failed(TITLE_KEY), machine(key(STATUTORY), "72"))
    for rule in (LIMITED, replace(LIMITED, policy=Policy.REVIEWED), replace(LIMITED, max_risk=NO_MAX_RISK)):
        decide(item, known, rule)
    assert ASKED == []
    decide(TEN, translated(TEN, RISKY), replace(LIMITED, max_risk=MaxRisk(default=0, kinds={KIND: 100})))
    assert ASKED == ["Gardener"]


# Laws.

segment_sources = st.sampled_from([*LINES, "Tea", "Python", "看護師の仕事", "Salary: £60k", STATUTORY])
section_lists = st.lists(st.lists(segment_sources, min_size=1, max_size=8), min_size=1, max_size=4)
shares = st.one_of(st.integers(0, 100), st.floats(0, 100))


def posting_of(sections: Sequence[Sequence[str]]) -> SegmentedPosting:
    kinds = list(SectionKind)
    parts = tuple(
        SegmentedSection(
            kind=kinds[number], heading="Our garden" if number % 2 else "", blocks=segmented_blocks(items=lines)
        )
        for number, lines in enumerate(sections)
    )
    return SegmentedPosting(posting=TEN.posting, sections=parts)


@examples(300)
@given(section_lists, st.data(), shares)
def test_share_is_kept_in_segments_in_words_and_in_every_section(
    sections: list[list[str]], data: st.DataObject, percent: float
) -> None:
    item = posting_of(sections)
    each = st.sets(st.sampled_from(item.keys()))
    wanting, copies, untranslated = (sorted(data.draw(each)) for _ in range(3))
    wanting = [found for found in wanting if found not in {*copies, *untranslated}]
    chosen = choose_as_written(item, wanting, percent=percent, copies=copies, untranslated=untranslated)
    parts = [[found for found in part.keys() if found not in copies] for part in item.sections]  # noqa: SIM118
    title = [TITLE_KEY] if TITLE_KEY not in copies else []
    counted = title + [found for part in parts for found in part]
    shown = [found for found in counted if found in chosen]
    assert chosen <= set(wanting)
    assert len(shown) <= allowed_segments(len(counted), percent)
    words = [sum(count_words(found.source) for found in some) for some in (shown, counted)]
    assert words[0] * 100 <= 2 * percent * words[1] + 1e-6
    for part in parts:
        own = [found for found in part if found in chosen]
        assert len(own) * 3 <= len(part)
        assert not own or len([found for found in part if found in chosen or found in untranslated]) < len(part)


@examples(200)
@given(section_lists, st.data(), shares)
def test_accepting_what_holds_a_posting_publishes_it_with_the_same_sentences_as_written(
    sections: list[list[str]], data: st.DataObject, percent: float
) -> None:
    item = posting_of(sections)
    rule = replace(LIMITED, max_original=percent)
    units = {
        found: data.draw(st.sampled_from([*(machine(found, made) for made in ("FAULT", "fr", "72 fr")), failed(found)]))
        for found in item.keys()  # noqa: SIM118  a posting is no mapping
    }
    before = decide(item, units, rule)
    assert before.published is not bool(before.holding)
    accepted = {unit.key: Unit(key=unit.key, target="accepté") for unit in before.holding}
    after = decide(item, units | accepted, rule)
    assert after.published
    assert {unit.key for unit in before.as_written} <= {unit.key for unit in after.as_written}
    assert localize(after, WORDS).original >= len(after.as_written)


# Where it is said.

SHARED = (
    SegmentedSection(
        kind=SectionKind.ABOUT,
        heading="The old garden",
        blocks=segmented_blocks(
            (("One & all.", "Two <b>big</b> trees.", "Three.", "Four <span lang='x'>."),), items=("Tea", "Two < three")
        ),
    ),
)
SHOWN = {
    UnitKey(SectionKind.ABOUT, "Two <b>big</b> trees."),
    UnitKey(SectionKind.ABOUT, "Four <span lang='x'>."),
    UnitKey(SectionKind.ABOUT, "Two < three"),
    UnitKey(HEADING, "The old garden"),
}


NAMED = '<span class="language">[anglais]</span> '


def published(locale: Locale, shown: set[UnitKey] = SHOWN, language: str = "en") -> LocalizedPosting:
    posting = replace(TEN.posting, detection=detected(language))
    item = SegmentedPosting(posting=posting, sections=SHARED)
    targets = {"Gardener": "Jardin", "One & all.": "Un & tous.", "Three.": "Trois.", "Tea": "Thé"}
    units = tuple(
        Unit(key=each, target=targets.get(each.source, "autre"))
        for each in item.keys()  # noqa: SIM118  a posting is no mapping
    )
    left = tuple(unit for unit in units if unit.key in shown)
    decision = Decision(segmented=item, locale=locale, reason=Reason.MACHINE, units=units, as_written=left)
    return localize(decision, WORDS)


def test_each_sentence_as_written_says_its_language_and_direction() -> None:
    assert content_of(published(FR), WORDS).text == (
        '<div lang="fr" dir="ltr"><h2><span lang="en" dir="ltr">The old garden</span></h2>'
        '<p>Un &amp; tous. <span lang="en" dir="ltr">Two <b>big</b> trees.</span> Trois. '
        '<span lang="en" dir="ltr">Four &lt;span lang=\'x\'&gt;.</span></p>'
        '<ul><li>Thé</li><li><span lang="en" dir="ltr">Two &lt; three</span></li></ul></div>'
    )


def test_direction_is_that_of_the_language_it_is_written_in() -> None:
    shown = {UnitKey(SectionKind.ABOUT, "Three.")}
    assert '<span lang="en" dir="ltr">Three.</span>' in content_of(published(parse_locale("ar"), shown), WORDS).text
    assert (
        '<span lang="he" dir="rtl"><bdi dir="ltr">Three.</bdi></span>'
        in content_of(published(FR, shown, language="he"), WORDS).text
    )


def test_summary_marks_the_sentences_too() -> None:
    sentence = f'{NAMED}<span lang="en" dir="ltr">Two <b>big</b> trees.</span>'
    assert f"<p>Un &amp; tous. {sentence}" in summary_of(published(FR))


def test_in_feeds_the_first_line_counts_the_sentences_and_each_begins_with_the_name_of_its_language() -> None:
    assert content_of(published(FR), WORDS).html == (
        '<div lang="fr" dir="ltr"><p class="facts">Machine translation from anglais, not reviewed by a person · '
        "4 sentences are shown in anglais</p>"
        f'<h2>{NAMED}<span lang="en" dir="ltr">The old garden</span></h2>'
        f'<p>Un &amp; tous. {NAMED}<span lang="en" dir="ltr">Two <b>big</b> trees.</span> Trois. '
        f'{NAMED}<span lang="en" dir="ltr">Four &lt;span lang=\'x\'&gt;.</span></p>'
        f'<ul><li>Thé</li><li>{NAMED}<span lang="en" dir="ltr">Two &lt; three</span></li></ul></div>'
    )


def test_text_is_the_same_to_the_ledger_whoever_left_the_sentence() -> None:
    kept = published(FR)
    plain = replace(
        kept,
        original=0,
        sections=tuple(replace(part, as_written=(), heading_as_written=False) for part in kept.sections),
    )
    assert kept.digest == plain.digest
    assert kept.digest != published(FR, set()).digest


def test_sentence_that_a_person_keeps_as_written_is_counted_and_marked_under_every_policy() -> None:
    lines = ("Free tea and cake", "Patience")
    item = gardener(*lines)
    units = {each: Unit(key=each, target=each.source) for each in item.keys()}  # noqa: SIM118
    decision = decide(item, units, replace(RULE, policy=Policy.REVIEWED))
    assert (decision.reason, decision.as_written) == (Reason.HUMAN, ())
    localized = localize(decision, WORDS)
    assert localized.original == 1
    assert (
        '<li><span lang="en" dir="ltr">Free tea and cake</span></li><li>Patience</li>'
        in content_of(localized, WORDS).text
    )


def built(localized: LocalizedPosting) -> dict[str, bytes]:
    words = page_words(localized.locale, None)
    dated = replace(localized, slug="jardin-1")
    return site_of([version_of(localized.locale, [dated], words)])


def test_every_feed_counts_the_sentences_and_the_page_says_in_which_language_they_are() -> None:
    files = built(published(FR, SHOWN | {TITLE_KEY}))
    item = json.loads(files["fr/feed.json"])["items"][0]
    atom: Any = etree.fromstring(files["fr/atom.xml"])
    rss: Any = etree.fromstring(files["fr/rss.xml"])
    jobs: Any = etree.fromstring(files["fr/jobs.xml"])
    page: Any = html.fromstring(files["fr/postings/jardin-1.html"])
    assert (item["_polypost"]["original"], item["title"]) == (5, "Gardener")
    assert atom.xpath("//*[local-name()='category'][@scheme='urn:polypost:original']/@term") == ["5"]
    assert rss.xpath("//category[@domain='urn:polypost:original']/text()") == ["5"]
    assert jobs.xpath("//job/original/text()") == ["5"]
    assert page.xpath("normalize-space(//*[@class='as-written'])") == (
        "5\N{NO-BREAK SPACE}phrases sont affichées dans la langue d’origine (anglais)"
    ).replace("\N{NO-BREAK SPACE}", " ")
    assert [page.xpath("//h1")[0].get(name) for name in ("lang", "dir")] == ["en", "ltr"]
    card: Any = html.fromstring(files["fr/index.html"])
    assert card.xpath("//h3/a/@lang")[:1] == ["en"]


def test_posting_without_such_a_sentence_says_nothing_of_it() -> None:
    files = built(published(FR, set()))
    assert "original" not in json.loads(files["fr/feed.json"])["items"][0]["_polypost"]
    texts = [text for path, text in files.items() if path.endswith((".xml", ".html", ".json"))]
    assert not [text for text in texts if b"polypost:original" in text or b'class="as-written"' in text]


@pytest.mark.parametrize("locale", ["en", "pt_BR", "fr", "es", "de", "ar"])
@pytest.mark.parametrize("count", [1, 2, 3, 11])
def test_shipped_words_count_the_sentences_in_every_language(locale: str, count: int) -> None:
    localized = replace(published(parse_locale(locale)), original=count)
    page: Any = html.fromstring(built(localized)[f"{to_tag(localized.locale)}/postings/jardin-1.html"])
    (notice,) = page.xpath("//*[@class='as-written']")
    assert not notice.xpath("./span[@lang]")
    assert "%" not in notice.text_content()
