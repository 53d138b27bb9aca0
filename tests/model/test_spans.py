"""Spans that no translation may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.spans import EMAIL, MAY_HOLD, PATTERNS, name_pattern, protected_spans


def protected(text: str, *names: str) -> list[str]:
    return [text[start:stop] for start, stop in protected_spans(text, names)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("See https://a.example/b?c=d#e, then www.b.example.", ["https://a.example/b?c=d#e", "www.b.example"]),
        ("Apply (https://a.example/b).", ["https://a.example/b"]),
        ("Our site baking.example/jobs and rye.de.", ["baking.example/jobs", "rye.de"]),
        ("Write to ana.b+jobs@a-b.example, please.", ["ana.b+jobs@a-b.example"]),
        ("Dear {name}, ${x} {{ y }} %s %(n)d %NAME%", ["{name}", "${x}", "{{ y }}", "%s", "%(n)d", "%NAME%"]),
        ("Give 100% for 5% de tudo", []),
        ("We write C++, C#, F# and .NET; Node.js too.", ["C++", "C#", "F#", ".NET", "Node.js"]),
        ("A Ph.D. in the U.S. is fine.", ["Ph.D.", "U.S."]),
        ("PostgreSQL on iOS, not a Word", ["PostgreSQL", "iOS"]),
        ("Koch (m/w/d), Boulanger H/F, Baker (all)", ["(m/w/d)", "H/F"]),
        ("Join us 🚀🚀 now ✅", ["🚀🚀", "✅"]),
        ("Family 👩\u200d🍳 and ❤\ufe0f", ["👩\u200d🍳", "❤\ufe0f"]),
        ("ශ්\u200dරී ලංකා", []),
        ("plain words only", []),
        ("最新のPostgreSQLとNode.jsを使う", ["PostgreSQL", "Node.js"]),
        ("خبرة في C++ وNode.js وPostgreSQL", ["C++", "Node.js", "PostgreSQL"]),
        ("詳細はhttps://a.example/b?c=dをご覧ください", ["https://a.example/b?c=d"]),
        ("راسل لjobs@a.example، شكرًا", ["jobs@a.example"]),
        ("面接は%(manager)sが担当、%sまで", ["%(manager)s", "%s"]),
        ("Tarif TVöD-B, McDonald, ÖPNV", ["TVöD", "McDonald"]),
        ("See acme.io, careers.acme.dev, blog.acme.ai.", ["acme.io", "careers.acme.dev", "blog.acme.ai"]),
        ("At polyglot.app, acme.jobs and acme.com.ar", ["polyglot.app", "acme.jobs", "acme.com.ar"]),
        ("Siehe müller.de", ["müller.de"]),
        ("The end.Next, e.g. z.B. o.a. Bewerber.in, config.yaml, main.test.ts, Std.", []),
        ("ASP.NET Core at ACME.COM", ["ASP.NET", "ACME.COM"]),
        ("See https://例え.jp/求人。", ["https://例え.jp/求人"]),
        ("أو https://مثال.إختبار/وظائف، ثم", ["https://مثال.إختبار/وظائف"]),
        ("https://ไทย.ไทย/งาน now", ["https://ไทย.ไทย/งาน"]),
        ("https://a.example/求人をご覧", ["https://a.example/求人"]),
        (
            "Or mailto:jobs@a.example?subject=Apply%20now, mailto:x",
            ["mailto:jobs@a.example?subject=Apply%20now", "mailto:x"],
        ),
        ("Use tel:+49-30-123 or sms:110; Tel: none", ["tel:+49-30-123", "sms:110"]),
        ("Hello :name, see :job_id at /jobs/:slug", [":name", ":job_id", ":slug"]),
        ("Missions :conseiller, at 10:30, 5 :1", []),
        ("Set $name and $PATH/bin, not $5k or US$ 10", ["$name", "$PATH/bin"]),
        ("<%= name %> {% if x %} [[name]] *|FNAME|*", ["<%= name %>", "{% if x %}", "[[name]]", "*|FNAME|*"]),
        (
            "<Company Name>, [First Name], [NAME], [JOB TITLE]",
            ["<Company Name>", "[First Name]", "[NAME]", "[JOB TITLE]"],
        ),
        ("Bring [your own] device [optional] [Remote Work]", []),
        ("%1$s of %5.2f and %-10s, 10 %, 50% sure, 100 %ige", ["%1$s", "%5.2f", "%-10s"]),
        ("Edit /etc/hosts and ${HOME}/bin", ["/etc/hosts", "${HOME}/bin"]),
        ("EUR ${pay}/month, and/or, Bäcker /in, 24/7", ["${pay}"]),
        ("C#10, R#, F# and C++17; class C+E", ["C#10", "R#", "F#", "C++17", "C+E"]),
        ("Bread @ Kestrel, 32h @ 100% (@ 13:00), a@b, @acme", ["@", "@", "@", "@acme"]),
        ("→ Growth ← or ⇒, 3 × 4 ÷ 2, § 34a", ["→", "←", "⇒", "×", "÷", "§"]),
    ],
)
def test_span_is_found_whole(text: str, spans: list[str]) -> None:
    assert protected(text) == spans


def test_name_is_found_as_a_whole_word_in_its_spelling() -> None:
    assert protected("Acme, not Acmeist, ACME or acme; C.A.T! here", "Acme", "C.A.T!") == ["Acme", "C.A.T!"]


def test_name_ends_where_another_script_goes_on() -> None:
    assert protected("Blue Ovenは、وBlue Oven의, Blue Ovens", "Blue Oven") == ["Blue Oven", "Blue Oven"]


def test_longer_of_two_spans_wins() -> None:
    assert protected("Azure DevTools is at https://acme.example/Acme", "Azure DevTools", "Azure", "Acme") == [
        "Azure DevTools",
        "https://acme.example/Acme",
    ]


def test_name_of_signs_needs_no_word_boundary() -> None:
    assert name_pattern("+++").findall("a+++b") == ["+++"]


def test_long_text_without_spaces_takes_no_time() -> None:
    assert EMAIL.findall("a" * 200_000) == []


@given(st.text())
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    edges = [edge for span in protected_spans(text) for edge in span]
    assert edges == sorted(edges)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("履歴書をsaiyo@a.exampleまでお送りください。", ["saiyo@a.example"]),
        ("詳細はhttps://a.example/jobs?id=7をご覧ください。", ["https://a.example/jobs?id=7"]),
        ("Acmeの開発者、iOSとC++とNode.jsの経験", ["Acme", "iOS", "C++", "Node.js"]),
        ("Acme에서 일하세요", ["Acme"]),
        ("www.a.example、またはa.exampleで", ["www.a.example", "a.example"]),
        ("اكتب إلى jobs@a.example، أو https://a.example؛", ["jobs@a.example", "https://a.example"]),
        ("ติดต่อjobs@a.exampleเลย", ["jobs@a.example"]),
        ("Écrivez à rené@a.example.", ["rené@a.example"]),
        ("Acmeville and Acme", ["Acme"]),
    ],
)
def test_words_of_a_script_without_spaces_are_no_part_of_a_name_beside_them(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in protected_spans(text, ("Acme",))] == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Call +49 (0)30 1234-567 now", ["+49 (0)30 1234-567"]),
        ("tel. 0044 20 7946 0018.", ["0044 20 7946 0018"]),
        ("(555) 010-4477, ext. 3", ["(555) 010-4477"]),
        ("030/1234567 oder 0170 5550123", ["030/1234567", "0170 5550123"]),
        ("+351 912 000 000", ["+351 912 000 000"]),
        ("from 01/12/2026 to 05.12.2026", []),
        ("40 000 to 50 000 a year, 100 000 km", []),
        ("0.5 to 0,75", []),
        ("5-7 people, +10 %", []),
    ],
)
def test_phone_numbers_are_protected_and_dates_and_amounts_are_not(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in protected_spans(text)] == kept


@pytest.mark.parametrize(
    "mark",
    ["(m/w/d)", "(f/m/x)", "(m/f/*)", "(w/m/div.)", "(M/F/NB)", "H/F", "F/H", "m/w/d", "(m|w|d)", "(all genders)"],
)
def test_gender_marks_are_protected(mark: str) -> None:
    wanted = [mark] if mark != "(all genders)" else []  # words of a language, so they are translated
    text = f"Nurse {mark} in Bonn"
    assert [text[start:end] for start, end in protected_spans(text)] == wanted


@given(st.text(alphabet="aBcDé.@/:#+{%<_(|0 パـ🚀\u2600$[]*×→§~", max_size=12))
def test_quick_look_passes_over_no_span(text: str) -> None:
    assert MAY_HOLD.search(text) or not any(pattern.search(text) for pattern in PATTERNS)
