"""What plain words do to a source, and what no entry of any list may do."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import PlainWordsError
from pipeline.language import plain_laws, plain_words
from pipeline.language.plain_words import COLUMNS, Entry, PlainWords, bundled_entries, forms_of, parse_entries
from pipeline.terminology.formats.csv_text import CONTEXTS
from pipeline.terminology.plain_words_file import read_plain_words
from tests.projects import write_tree

FOLDER = Path(plain_words.__file__).with_name("plain")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.tsv"))
ENTRIES = [(language, entry) for language in LANGUAGES for entry in bundled_entries(language)]
HEADER = "\t".join(COLUMNS) + "\n"
OWN_HEADER = "language\t" + HEADER


def rewrite(pattern: str, plain: str, text: str, context: str = "", *, only_in: str = "") -> str:
    return PlainWords([Entry(pattern=pattern, plain=plain, context=only_in)]).rewrite(text, context)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_holds_no_mistake(language: str) -> None:
    text = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8")
    listed = parse_entries(text, language)
    assert listed.mistakes == ()
    assert listed.entries == bundled_entries(language)
    assert text.startswith(HEADER)
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in text.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_changes_what_a_phrase_states(language: str) -> None:
    broken = [
        (form.text, form.plain, changed)
        for entry in bundled_entries(language)
        for form in forms_of(entry)
        if (changed := plain_laws.changes(form.text, form.plain, language))
    ]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_laws_are_known_of_every_language_that_has_a_list(language: str) -> None:
    assert {"rank", "contract", "eligibility", "negation", "preference"} <= plain_laws.subjects(language)


def test_no_entry_says_the_same_as_its_phrase() -> None:
    same = [form for _, entry in ENTRIES for form in forms_of(entry) if form.text.lower() == form.plain.lower()]
    assert same == []


def test_no_entry_finds_itself_in_what_it_writes() -> None:
    again = [
        (form.text, form.plain)
        for language, entry in ENTRIES
        for form in forms_of(entry)
        if PlainWords([entry]).rewrite(form.plain, entry.context.partition(",")[0]) != form.plain
    ]
    assert again == []


def test_every_form_is_found_in_a_sentence_of_its_own() -> None:
    missed = [
        form.text
        for _, entry in ENTRIES
        for form in forms_of(entry)
        if form.plain not in PlainWords([entry]).rewrite(f"x {form.text}, y", entry.context.partition(",")[0])
    ]
    assert missed == []


def test_an_entry_is_limited_to_contexts_that_there_are() -> None:
    named = {name.strip() for _, entry in ENTRIES for name in entry.context.split(",") if entry.context}
    assert named <= CONTEXTS


def test_no_entry_spoils_as_many_lines_as_it_improves() -> None:
    assert [entry for _, entry in ENTRIES if entry.spoilt and entry.spoilt >= entry.improved] == []


@pytest.mark.parametrize(
    ("phrase", "plain", "subject"),
    [
        ("senior buyer", "experienced buyer", "rank"),
        ("lead buyer", "main buyer", "rank"),
        ("you must drive", "you should drive", "modality"),
        ("no cold calls", "calls", "negation"),
        ("two weeks off", "some weeks free", "quantity"),
        ("pay rate", "hourly pay", "period"),
        ("at-will position", "position", "contract"),
        ("visa help", "help", "eligibility"),
        ("nice to have", "required", "requirement"),
        ("senior buyer, junior cook", "junior cook, senior buyer", "rank"),
    ],
)
def test_what_a_phrase_states_may_not_change(phrase: str, plain: str, subject: str) -> None:
    assert any(change.startswith(f"{subject} is ") for change in plain_laws.changes(phrase, plain, "en"))
    listed = parse_entries(f"{HEADER}{phrase}\t{plain}\t\t\t0\t0\t\n", "en")
    assert listed.entries == ()
    assert listed.mistakes


def test_the_longest_phrase_goes_first() -> None:
    words = PlainWords(
        [Entry(pattern="deep dive", plain="analysis"), Entry(pattern="deep dive session", plain="course")]
    )
    assert words.rewrite("A deep dive session, a deep dive") == "A course, a analysis"


def test_what_an_entry_writes_is_not_read_again() -> None:
    words = PlainWords([Entry(pattern="perks", plain="benefits"), Entry(pattern="benefits", plain="perks")])
    assert words.rewrite("Perks and benefits") == "Benefits and perks"


@pytest.mark.parametrize(
    "text", ["self-starters", "a pre-self-starter", "self-starter's", "self-starter-led", "selfstarter"]
)
def test_a_part_of_a_longer_word_is_no_phrase(text: str) -> None:
    assert rewrite("self-starter", "proactive person", text) == text


@pytest.mark.parametrize("text", ["It’s a must", "It's a must", "it\u00a0was, it’s a must"])
def test_typographic_signs_are_usual_ones(text: str) -> None:
    assert rewrite("it's a must", "it is a must", text).lower().endswith("it is a must")


def test_letters_that_have_no_small_form_of_one_letter_keep_every_place() -> None:
    assert rewrite("perks", "benefits", "İİ Perks, İ") == "İİ Benefits, İ"


def test_a_phrase_with_a_capital_is_found_only_as_written() -> None:
    assert rewrite("IT", "information technology", "It is IT; IT's") == "It is information technology; IT's"
    assert rewrite("IT team", "computer team", "• IT team") == "• Computer team"


def test_context_limits_an_entry_also_where_it_is_narrowed_to_a_posting() -> None:
    assert rewrite("server", "waiter", "Server", "title|acme-1", only_in="title, heading") == "Waiter"
    assert rewrite("server", "waiter", "Server", "requirements", only_in="title, heading") == "Server"
    both = PlainWords(
        [Entry(pattern="server", plain="computer"), Entry(pattern="server", plain="waiter", context="title")]
    )
    assert (both.rewrite("server", "title"), both.rewrite("server", "offer")) == ("waiter", "computer")


def test_kept_spans_tags_and_addresses_stay() -> None:
    text = 'See <a href="https://x.example/perks">perks</a>, {perks} and Perks Inc at perks.example.org'
    stop = text.index("Perks Inc")
    words = PlainWords([Entry(pattern="perks", plain="benefits")])
    assert words.rewrite(text, kept=[(stop, stop + 9), (stop, stop + 5)]) == text.replace(">perks<", ">benefits<")


def test_a_phrase_may_hold_a_whole_name_with_signs() -> None:
    assert rewrite("SaaS", "online software", "B2B SaaS sales") == "B2B online software sales"


@given(st.text(alphabet="pPekrs -'<>/b{}|\u0130’"), st.sampled_from(["", "title"]))
def test_what_stands_between_phrases_stays(text: str, context: str) -> None:
    written = rewrite("perks", "PLAIN", text, context)
    assert written.lower().replace("plain", "perks").replace("’", "'") == text.lower().replace("’", "'")


def test_alternatives_go_in_step_or_take_the_only_plain_form() -> None:
    entry = Entry(pattern="team player|players who is|are", plain="person|people who")
    assert [form[:2] for form in forms_of(entry)] == [
        ("team player who is", "person who"),
        ("team players who are", "people who"),
    ]
    assert [form.plain for form in forms_of(Entry(pattern="perk|perks", plain="benefits"))] == ["benefits", "benefits"]


def test_a_list_names_every_mistake_with_its_line() -> None:
    rows = (
        "a|b c\tx|y|z\t\t\t\t\t",
        "a|b c|d|e\tx\t\t\t\t\t",
        "\tx\t\t\t\t\t",
        "\n(x)\ty\t\t\t\t\t",
        "perks\tbenefits\t\tnoun\t3\t1\tcarrier",
        "Perk|perks\tgain\t\t\t\t\t",
        "perks\tgain\ttitle\t\t\t\t",
    )
    listed = parse_entries(HEADER + "\n".join(rows), "en")
    assert listed.mistakes == (
        "2: pattern has 2 forms and plain has 3; there has to be one for each, or one",
        "3: 'a|b c|d|e' has words with different numbers of alternatives",
        "4: pattern is empty",
        "6: '(x)' has to begin with a letter or a figure and have single spaces",
        "8: 'perks' stands in line 7 too",
    )
    assert listed.entries == (
        Entry(pattern="perks", plain="benefits", pos="noun", improved=3, spoilt=1, note="carrier", language="en"),
        Entry(pattern="perks", plain="gain", context="title", language="en"),
    )


@pytest.mark.parametrize("text", ["", "pattern,plain\nperks,benefits\n", "pattern\tplain\tlevel\n"])
def test_a_list_has_to_name_its_columns(text: str) -> None:
    (mistake,) = parse_entries(text, "en").mistakes
    assert mistake.startswith("1: the first line has to name the columns")


def test_a_project_entry_overrules_a_bundled_one_and_can_switch_it_off() -> None:
    bundled = bundled_entries("en")
    pattern = next(form for entry in bundled for form in forms_of(entry) if not form.contexts and not form.exact)
    own = (Entry(pattern=pattern.text, plain="own words", language="en"), Entry(pattern="x", plain="y", language="de"))
    assert plain_words.plain_words("en", own).rewrite(f"x {pattern.text}", "title") == "x own words"
    off = (Entry(pattern=pattern.text, plain=pattern.text, language="en"),)
    assert plain_words.plain_words("en", off).rewrite(pattern.text, "title") == pattern.text
    assert plain_words.plain_words("en").rewrite(pattern.text) == pattern.plain


def test_a_language_without_a_list_has_no_plain_words() -> None:
    assert plain_words.plain_words("xx").rewrite("Perks") == "Perks"
    assert bundled_entries("../en") == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, " no such file; translate.plain_words names it"),
        (b"\xff", " not UTF-8 at byte 0; save it as UTF-8"),
        (
            f"{OWN_HEADER}en\tsenior cook\tcook\n".encode(),
            "2: 'senior cook' → 'cook': rank is 'senior' in the one and '' in the other",
        ),
        (f"{OWN_HEADER}\tperks\tgain\n".encode(), "2: language is empty"),
    ],
)
def test_a_project_list_that_cannot_be_used_says_why(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "plain-words.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PlainWordsError) as raised:
        read_plain_words(path)
    assert str(raised.value) == f"{path}:{reason}"


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(PlainWordsError):
        read_plain_words(tmp_path)


def test_a_project_list_needs_three_columns_only(tmp_path: Path) -> None:
    write_tree(tmp_path, {"plain-words.tsv": "language\tpattern\tplain\nen\tperks\tgains\n\nen\tPTO\tPTO\n"})
    assert read_plain_words(tmp_path / "plain-words.tsv") == (
        Entry(pattern="perks", plain="gains", language="en"),
        Entry(pattern="PTO", plain="PTO", language="en"),
    )


def test_rewriting_takes_linear_time() -> None:
    words = plain_words.plain_words("en")

    def seconds(text: str) -> float:
        started = time.process_time()
        words.rewrite(text)
        return time.process_time() - started

    def least(text: str) -> float:
        return min(seconds(text) for _ in range(3))

    for piece in ("self-starter, ", "<b>perks</b> ", "https://x.example/a perks ", "a", "team ", "-"):
        words.rewrite(piece)
        assert least(piece * 8_000) < 30 * least(piece * 800) + 0.1
