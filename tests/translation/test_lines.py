"""Lines that are no sentences are parted: names stay, fixed words have their wording, the rest is asked."""

from time import process_time

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.reading.gazetteer import place_code
from pipeline.language.knowledge import knowledge as knowledge_of
from pipeline.language.knowledge import languages
from pipeline.language.trade_words import trade_wording
from pipeline.translation.lettering import Evidence, gather_evidence
from pipeline.translation.line_parts import LineNames, Part, PartKind
from pipeline.translation.lines import line_target, part_line

EN, PT, FR, ES, DE = Locale("en"), Locale("pt", "BR"), Locale("fr"), Locale("es"), Locale("de")
RUNNING = ("We sell apples and pears.", "Our offices are in two cities; the sales team is here, and data is on mobile.")
NAMES = LineNames(
    proper=frozenset({"acme foods", "globex", "sales"}),
    evidence=gather_evidence(RUNNING, "en", names=("Kubernetes",)),
    place_of=place_code,
)


def shown(text: str, source: Locale = EN, target: Locale = PT, names: LineNames = NAMES) -> str:
    """Write a line with what is asked in brackets, and fixed wordings in place of their words."""
    parts = part_line(text, source, target, names)
    assert not parts or "".join(part.text for part in parts) == text
    return "".join(f"[{part.text}]" if part.asked else part.wording or part.text for part in parts)


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        (
            "Acme Foods | Head Baker | New York City, NY | REMOTE | https://acme.example",
            "Acme Foods | [Head Baker] | New York City, NY | Remoto | https://acme.example",
        ),
        ("Initech Labs | Oslo, Norway | ONSITE VISA", "Initech Labs | Oslo, Noruega | Presencial Visto"),
        ("Initech|Pastry Cook| Lisbon |", "Initech|[Pastry Cook]| Lisbon |"),
        ("Head Baker | Initech | Fresh bread", "[Head Baker] | [Initech] | [Fresh bread]"),
        ("Sales | London", "[Sales] | London"),
        ("Baking at night is fun! Really | Cook | Bonn", "[Baking at night is fun! Really] | [Cook] | Bonn"),
        ("X1 | Cook | Bonn | $70k - $80k", "X1 | [Cook] | Bonn | [$70k - $80k]"),
        (
            "Initech | El Segundo, CA or Wetherby, United Kingdom | Full-time & interns (preferred)",
            "Initech | El Segundo, CA ou Wetherby, Reino Unido | Tempo integral & estagiários (de preferência)",
        ),
        ("Cook | El Segundo, CA | Cooks", "[Cook] | El Segundo, CA | [Cooks]"),
        ("Cook | Austin, TX (later remote) | SF, LA", "[Cook] | [Austin, TX (later remote)] | SF, LA"),
        ("Initech (<b>Labs</b>) | Cook", "Initech (<b>Labs</b>) | [Cook]"),
        ('Cook | ONSITE <a href="https://acme.exa', '[Cook] | Presencial <a href="https://acme.exa'),
        ("Cook | Philadelphia PA | CC1286", "[Cook] | Philadelphia PA | CC1286"),
        ("Senior Cook (Top Kitchens), Globex, Germany", "[Senior Cook (Top Kitchens)], Globex, Alemanha"),
        ("Backend, Java and Go", ""),
        ("Cook, Europe/Northern Europe", "[Cook], Europa/Europa Setentrional"),
        ("Berlin, Germany", "Berlin, Alemanha"),
        ("Rider Experience, Poland", "[Rider Experience], Polônia"),
        ("REMOTE", "Remoto"),
        ("Globex", "Globex"),
    ],
)
def test_names_stay_countries_and_fixed_words_are_worded_and_the_rest_is_asked(line: str, parted: str) -> None:
    assert shown(line) == parted


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        ("Account Executive (m/f/d), Globex, Germany", "[Account Executive] (m/f/d), Globex, Alemanha"),
        ("Head Baker - Night Team", "[Head Baker] - [Night Team]"),
        ("Head Baker -- Night Team – Bonn", "[Head Baker] -- [Night Team] – Bonn"),
        ("9351150 - HEAD BAKER", "9351150 - [HEAD BAKER]"),
        ("Day off- Health plan- Gym", "[Day off]- [Health plan]- [Gym]"),
        ("Full-time / Onsite", "Tempo integral / Presencial"),
        ("Paid leave / Free bread", "[Paid leave] / [Free bread]"),
        ("Bread· Butter· Paid leave", "[Bread]· [Butter]· [Paid leave]"),
        ("Nurse (m/f/d)", "[Nurse] (m/f/d)"),
    ],
)
def test_titles_and_lists_are_parted_at_their_separators(line: str, parted: str) -> None:
    assert shown(line) == parted


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        ("Location: Bonn", "[Location]: Bonn"),
        (
            "<strong>Influence and Alignment:</strong> Act as a voice.",
            "<strong>[Influence and Alignment]:</strong> [Act as a voice.]",
        ),
        ("<b>Sales</b> - Closing the best deals.", "<b>[Sales]</b> - [Closing the best deals.]"),
        ("Pet leave – Did you adopt a pet? Stay at home.", "[Pet leave] – [Did you adopt a pet? Stay at home.]"),
        ("Contact: jobs@example.org", "[Contact]: jobs@example.org"),
        ("Step 4: Join us.", "[Step 4]: [Join us.]"),
        ("Start: 12/31/2026", "[Start]: [12/31/2026]"),
        ("Deadline: 03/04/2027", "Prazo: [03/04/2027]"),
        ("Team size: 12", "[Team size]: 12"),
    ],
)
def test_a_label_is_asked_without_its_text(line: str, parted: str) -> None:
    assert shown(line) == parted


@pytest.mark.parametrize(
    "line",
    [
        "",
        "12",
        "https://acme.example/a|b",
        "What moves us moves the world - let's move it forward.",
        "We care for people | at home and in hospitals"[:19],
        "The range is $80K - $145K",
        "From 9:00 to 17: 30",
        "Open 8: 30",
        "Android / Linux Engineers",
        "Strong written / verbal skills",
        "Write to us at: jobs@example.org",
        "Ideal candidate:",
        "You bake, and that is it: every day.",
        "Please visit: https://acme.example and write",
        'Say "Hello: World" to us',
        "Experience with SQL (MySQL - Oracle)",
        "[Sr|Mid-level] Engineer",
        "Write to jobs@example.org",
        "Bread, butter and jam",
        "We have offices in Rome, Germany and Spain. Come!",
        "<b>Bold</b> words in a line",
        "Rider Experience – all of it",
        "Head Baker, night shift, Germany",
        "One baker who works very long hours every single night - Bonn",
        7000 * "a",
    ],
)
def test_a_sentence_is_not_parted(line: str) -> None:
    assert part_line(line, EN, PT, NAMES) == ()


def test_couples_of_forms_stay_together() -> None:
    for line in ("Monteur / Monteuse de palettes", "Assistant ménager / Assistant ménagère"):
        assert part_line(line, FR, PT, NAMES) == ()
    assert shown("Monteur / Monteuse (H/F)", FR) == "[Monteur / Monteuse] (H/F)"


def test_a_german_hyphen_before_a_space_parts_nothing() -> None:
    assert part_line("Vertriebs- Und Service", DE, PT, NAMES) == ()
    assert shown("Rubyentwickler – Teilzeit", DE) == "[Rubyentwickler] – Meio período"


def test_a_colon_is_written_as_the_target_writes_it() -> None:
    assert shown("Lieu : Aubenas", FR) == "[Lieu]: [Aubenas]"
    assert shown("Place: here", EN, FR) == "[Place]\u00a0: [here]"
    assert shown("<b>Place:</b> here", EN, FR) == "<b>[Place]\u00a0:</b> [here]"
    assert shown("Place: here", EN, Locale("zh")) == "[Place]：[here]"


def test_a_word_of_running_text_and_an_occupation_are_no_names() -> None:
    assert shown("Cook | Sales") == "[Cook] | [Sales]"
    assert shown("Cook | Mobile | Bonn") == "[Cook] | [Mobile] | Bonn"
    assert shown("Cientista – Pleno", PT, EN) == "[Cientista] – [Pleno]"
    assert shown("Account Executive, France", FR) == "[Account Executive], França"


def test_without_a_gazetteer_countries_of_cldr_are_known_still() -> None:
    assert shown("Cook – Germany", names=LineNames()) == "[Cook] – Alemanha"
    assert shown("Cook – Oslo", names=LineNames()) == "[Cook] – [Oslo]"


def test_a_language_without_fixed_words_is_parted_and_asked() -> None:
    assert shown("Kok | Utrecht | REMOTE", Locale("nl"), PT) == "[Kok] | Utrecht | [REMOTE]"
    assert shown("Cook | Utrecht | REMOTE", EN, Locale("nl")) == "[Cook] | Utrecht | [REMOTE]"


def test_a_part_that_would_break_a_pair_of_tags_leaves_the_line_whole() -> None:
    assert part_line("Our <b>Cook | Baker</b> | Bonn", EN, PT, NAMES) == ()


def test_a_line_without_all_its_targets_has_none() -> None:
    parts = part_line("Acme Foods | Cook | REMOTE", EN, PT, NAMES)
    assert line_target(parts, {"Cook": "Cozinheiro"}) == "Acme Foods | Cozinheiro | Remoto"
    assert line_target(parts, {"Cook": ""}) == ""


@given(st.text(alphabet='Ab1 |-–/:·,().<b>"“”'))
def test_parts_joined_are_the_line(line: str) -> None:
    parts = part_line(line, EN, FR, NAMES)
    assert "".join(part.text for part in parts) in {"", line}
    assert all(part.text and (part.wording != "") == (part.kind is PartKind.WORDED) for part in parts)


@pytest.mark.parametrize("shape", ["A: ", "a | ", "A - ", "A / ", "(", "<b>", "A, ", "· A ", '"', "<a ", " "])
def test_a_line_of_any_shape_takes_little_time(shape: str) -> None:
    started = process_time()
    part_line((shape * 6000)[:6000], EN, PT, NAMES)
    assert process_time() - started < 5


@pytest.mark.parametrize("language", languages("lines"))
def test_every_fixed_word_is_read_back_by_the_language_that_writes_it(language: str) -> None:
    for name, listed in knowledge_of(language).table("lines", "words").items():
        assert trade_wording(listed[0], language, language).casefold() == listed[0].casefold(), name


def test_the_wording_begins_as_its_source_does() -> None:
    assert trade_wording("remote", "en", "es") == "remoto"
    assert trade_wording("On site", "en", "es") == "Presencial"
    assert trade_wording("nurse", "en", "es") == trade_wording("remote", "en", "xx") == ""


def test_a_part_is_asked_only_if_it_is_neither_kept_nor_worded() -> None:
    assert [Part(text="x", kind=kind).asked for kind in PartKind] == [True, False, False]
    assert Evidence() == LineNames().evidence
