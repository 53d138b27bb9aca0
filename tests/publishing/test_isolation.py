"""What runs in the other direction: shown by Chromium in the order in which it is read, glyph by glyph."""

import re
import time
from collections.abc import Sequence
from html import unescape
from unicodedata import bidirectional

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.markup import render_markup, strip_markup
from pipeline.publishing.feeds.nh3_cleaner import clean_html
from pipeline.publishing.versions.isolation import (
    find_runs,
    isolate_html,
    isolate_markup,
    isolate_text,
    join_isolated,
    may_hold_runs,
)

AR, HE, EN, FR = map(Locale, ("ar", "he", "en", "fr"))
# As a reader reads them: what stands in ⟦ ⟧ runs against the direction of the rest.
HEBREW = (
    "דרוש מפתח ⟦C++⟧ בחיפה",
    "מפתחת ⟦C#, .NET⟧ וענן",
    "ידע ב-⟦.NET⟧ חובה, ב־⟦F#⟧ יתרון",
    "טלפון: ⟦+972-3-555-0199⟧, שלוחה ⟦5⟧",
    "לפרטים: ⟦(03) 555 0199⟧.",
    "קורות חיים אל ⟦jobs@acme.example⟧ עד יום א'",
    "ראו ⟦https://acme.example/jobs/⟧ לפרטים",
    "נתיב ⟦https://acme.example/a?b=1&c=2#d⟧.",
    "צוות של ⟦10–12⟧ איש",
    "משמרות ⟦09:00-17:00⟧ או ⟦17:00 – 01:00⟧",
    "⟦5+⟧ שנות ניסיון ב-⟦Python 3.11+⟧",
    "שכר ⟦$100⟧ לשעה, ⟦50%⟧ משרה",
    "חום עד ⟦-5⟧ מעלות",
    "(⟦C++⟧) או «⟦C#⟧»",
    "⟦Ernst & Young⟧ מגייסת",
    "⟦React⟧ (⟦3+⟧ שנים)",
    "⟦Java⟧: ⟦5+⟧ שנים",
    "שנת ⟦2024⟧, ⟦Q3⟧",
    "כונן ⟦8 GB⟧ לפחות",
    "מנהל/ת ⟦CI/CD⟧!",
)
ARABIC = (
    "مطور ⟦C++⟧ في عمان",
    "خبرة في ⟦C#⟧ و⟦.NET⟧ وغيرهما",
    "هاتف: ⟦+962 6 123 4567⟧، داخلي ⟦12⟧",
    "أرسلوا إلى ⟦hr+jobs@acme.example⟧ قبل الأحد",
    "الموقع ⟦https://acme.example/⟧؟",
    "فريق من ⟦10-12⟧ شخصا",
    "فريق من ⟦10 - 12⟧ شخصا",
    "الدوام ⟦09:00-17:00⟧.",
    "لغة ⟦Python 3.11+⟧، نظام ⟦Ubuntu 24.04⟧",
    "نسبة ⟦15%⟧ ومبلغ ⟦€500⟧",
    "شهادة ⟦ISO/IEC 27001:2022⟧ مطلوبة",
    "خدمات ⟦Amazon Web Services (AWS)⟧ فقط",
    "براتب ⟦1,200.50⟧ شهريا",
    "قسم ⟦R&D⟧؛ فرع ⟦A/B⟧",
    "تاريخ ⟦2026-11-30⟧ أو ⟦30/11/2026⟧",
)
FROM_LEFT = (
    "Ask ⟦محمد علي⟧, 5 days a week",
    "⟦רחוב הרצל 5⟧, Haifa",
    "Ten years at ⟦חברה⟧ 10 km away",
    "The team (⟦צוות⟧) has 12 people",
)


def plain(marked: str) -> str:
    return marked.replace("⟦", "").replace("⟧", "")


CASES = [(HE, HEBREW), (AR, ARABIC), (EN, FROM_LEFT)]


@pytest.mark.parametrize(("language", "cases"), CASES, ids=["Hebrew", "Arabic", "English"])
def test_nothing_else_is_isolated_than_what_runs_in_the_other_direction(language: Locale, cases: Sequence[str]) -> None:
    for case in cases:
        isolated = re.split("[\u2066\u2067\u2069]", isolate_text(plain(case), language))
        assert set(isolated[1::2]) <= set(re.split("[⟦⟧]", case)[1::2])


@pytest.mark.parametrize(
    ("segment", "html"),
    [
        ("<b>C</b>++ חובה", '<bdi dir="ltr"><b>C</b>++</bdi> חובה'),
        ("ידע <i>Java, <b>C#</b></i>!", 'ידע <i><bdi dir="ltr">Java, <b>C#</b></bdi></i>!'),
        ("<i><b>C</b></i>++", '<bdi dir="ltr"><i><b>C</b></i>++</bdi>'),
        ("<b>ידע Java</b>, C++", '<b>ידע </b><bdi dir="ltr"><b>Java</b>, C++</bdi>'),
        ("ידע C, <b>C++ וענן</b>", 'ידע <bdi dir="ltr">C, <b>C++</b></bdi><b> וענן</b>'),
        ("<b><b><i>:־</b>", '<bdi dir="ltr">&lt;b&gt;<b>&lt;i&gt;</b></bdi><b>:־</b>'),
        (
            "<b>אב C</b><b>C+ אב</b>",
            '<b>אב </b><bdi dir="ltr"><b>C</b><b>C+</b></bdi><b> אב</b>',
        ),
        ("<b>ידע C</b>++ חובה", '<b>ידע </b><bdi dir="ltr"><b>C</b>++</bdi> חובה'),
        ("ה-<i>.NET ו-F</i># או C", 'ה-<i><bdi dir="ltr">.NET</bdi> ו-</i><bdi dir="ltr"><i>F</i>#</bdi> או C'),
        (
            "<b><i>אב C</i>, A</b>/B",
            '<b><i>אב </i></b><bdi dir="ltr"><b><i>C</i>, A</b>/B</bdi>',
        ),
        ("ידע C<b></b>++", 'ידע <bdi dir="ltr">C<b></b>++</bdi>'),
        ("a < <b>b</b> ב", '<bdi dir="ltr">a &lt; <b>b</b></bdi> ב'),
    ],
)
def test_run_holds_whole_elements_and_its_part_of_one_that_goes_on(segment: str, html: str) -> None:
    assert isolate_markup(segment, HE) == html
    assert clean_html(html) == html


def test_what_any_text_shows_alike_stays_as_it_is() -> None:
    for text in (
        "ידע ב-Python 3",
        "ה-API",
        "60,000 שנה",
        "ISO 9001:2015 נדרש",
        "Docker",
        "מ-09:00",
        "Amazon Web Services",
    ):
        assert isolate_html(text, HE) == text
    for text in ("C++", "+962 6 123 4567", "", "Größe – 3", "<b>C</b>++"):
        assert not may_hold_runs(text, FR)
        assert isolate_text(text, FR) == text
        assert unescape(isolate_html(text, FR)) == text
    assert join_isolated(["C++", "Größe – 3"], " · ", FR) == "C++ · Größe – 3"


def test_no_letter_from_right_to_left_is_overlooked() -> None:
    letters = [sign for sign in map(chr, range(0x110000)) if bidirectional(sign) in {"R", "AL"}]
    unseen = [sign for sign in letters if not may_hold_runs(f"é{sign}", EN)]
    assert unseen == ["\u200f"]  # a mark that has no form
    assert not any(may_hold_runs(text, EN) for text in ("नर्स", "看護師", "Ｎｕｒｓｅ 🙂", "Größe – 3"))


def test_text_with_directions_set_by_hand_is_not_touched() -> None:
    for text in ("\u2066C++\u2069 חובה", "\u202bC++\u202c"):
        assert find_runs(text, right_to_left=True) == []
    assert isolate_text("C++\u200e חובה", HE) == "\u2066C++\u200e\u2069 חובה"


def test_amount_that_its_locale_has_run_from_right_to_left_stays_so() -> None:
    for text in ("\u200f60,000 US$\u200e – \u200f75,000 US$\u200e לשנה", "\u061c-5 C++"):
        assert isolate_text(text, HE) == text


def test_marks_belong_to_the_letter_before_them() -> None:
    assert isolate_text("ידע Ko\u0308ln+ שָׁנָה", HE) == "ידע \u2066Ko\u0308ln+\u2069 שָׁנָה"


def test_texts_side_by_side_stand_each_in_its_own_direction() -> None:
    assert join_isolated(["Acme", "חיפה", "5"], " · ", HE) == "\u2066Acme\u2069 · חיפה · \u20665\u2069"
    assert join_isolated(["Acme", "חיפה"], " · ", EN) == "Acme · \u2067חיפה\u2069"


_SIGNS = st.text(st.sampled_from("Ca5+-.,:/#%()[]«» –!&<>|_אבשע٣،\u05be\u0301\u200f"), max_size=24)


@given(_SIGNS, st.sampled_from((HE, AR, EN)))
def test_isolation_adds_nothing_else(text: str, language: Locale) -> None:
    isolated = isolate_text(text, language)
    assert isolated.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2069"))) == text
    runs = find_runs(text, right_to_left=language.text_direction == "rtl")
    bounds = [place for run in runs for place in run]
    assert bounds == sorted(set(bounds))


def styled(html: str) -> list[tuple[str, ...]]:
    """Return each sign with the elements that it stands in, other than those that isolate."""
    found: list[tuple[str, ...]] = []
    opened: list[str] = []
    without = re.sub("</?bdi[^>]*>", "", html)
    for tag, ended, text in re.findall(r"<(?!/)([^<>]*)>|(</)[^<>]*>|([^<]+)", without):
        if ended:
            opened.pop()
        elif tag:
            opened.append(tag)
        else:
            found += [(sign, *opened) for sign in unescape(text)]
    return found


_SEGMENTS = st.lists(st.one_of(_SIGNS, st.sampled_from(("<b>", "</b>", "<i>", "</i>", "</code>"))), max_size=12)


@given(_SEGMENTS.map("".join), st.sampled_from((HE, EN)))
def test_isolation_keeps_the_markup_and_is_well_formed(segment: str, language: Locale) -> None:
    html = isolate_markup(segment, language)
    assert styled(html) == styled(render_markup(segment))
    assert clean_html(html) == html
    assert strip_markup(segment) == unescape(re.sub("<[^>]*>", "", html))


@pytest.mark.parametrize("sign", [*"(+.)-#/,5C ", "C (", ") C", "א5. ", "א+C", "<b>א</b>C", "</b><b>C+"])
def test_time_grows_with_the_text_alone(sign: str) -> None:
    def seconds(length: int) -> float:
        text = "א" + sign * (length // len(sign)) + "א"
        started = time.process_time()
        isolate_markup(text, HE)
        return time.process_time() - started

    # Eight times the text; the square would be 64 times the time.
    assert min(seconds(80_000), seconds(80_000)) < 30 * max(seconds(10_000), 0.002)
