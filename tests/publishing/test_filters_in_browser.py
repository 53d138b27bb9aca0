"""What a job seeker asks of a list, in a real browser: filters, order, words, and what helps where nothing is found."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pipeline.intake.reading.gazetteer import other_names
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Location, Posting, Salary, Section, SectionKind, blocks_of
from pipeline.publishing.pages.search_words import words_of
from pipeline.publishing.release.site import build_site
from pipeline.publishing.release.switch import switch_release
from tests.publishing.browser import WIDTHS, chromium, tab
from tests.publishing.examples import BASE_URL, as_written, nurse, versions_of
from tests.publishing.loopback import serving

DAY = date(2026, 11, 30)
MANY = 60


def job(posting_id: str, title: str, text: str, place: str = "IE Dublin", days: int = 40, **facts: object) -> Posting:
    country, _, city = place.partition(" ")
    section = Section(kind=SectionKind.REQUIREMENTS, blocks=blocks_of(paragraphs=[text]))
    posting = replace(
        nurse(posting_id),
        title=title,
        organization=f"House of {posting_id}",
        locations=(Location(country=country, city=city),) if country else (),
        date_posted=DAY - timedelta(days=days),
        employment_type=("FULL_TIME",),
        sections=(section,),
    )
    return replace(posting, **facts)  # type: ignore[arg-type]  # fields of a posting


def euros(low: float, high: float | None = None, unit: str = "YEAR") -> Salary:
    return Salary(currency="EUR", minimum=low, maximum=high, unit=unit)


JOBS = [
    job("cpp", "C++ developer", "You write compilers.", "DE München", 1, salary=euros(58_000, 70_000)),
    job("csharp", "Windows developer", "You know C# and .NET well.", "DE Berlin", 6, salary=euros(6_000, unit="MONTH")),
    job("net", "Fisher/Woman", "You mend a net.", "PT Porto", 20, employment_type=("PART_TIME",)),
    job("web", "Web author", "You write prose.", "", 9, remote=True, valid_through=DAY + timedelta(days=9)),
    job("edit", "Editor", "You like <b>prose</b>.", "", 8, remote=True, applicant_countries=("ES", "PT")),
    job("port", "Prose reader", "You read aloud.", "PT Lisboa", 7, valid_through=DAY + timedelta(days=2)),
]
NURSES = [job(f"n{number:02}", f"Nurse {number}", "You care.", days=50 + number) for number in range(MANY)]
FRENCH = job("fr", "Infirmière", "Vous soignez à Lyon.", "FR Lyon", detection=nurse(language="fr").detection)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("seeking") / "public"
    foreign = replace(JOBS[2], detection=FRENCH.detection)
    machine = replace(as_written(JOBS[2], "en"), translation="machine", posting=foreign)
    written = [as_written(posting) for posting in JOBS + NURSES if posting.id != "net"]
    versions = versions_of(map(parse_locale, ("en", "fr")), [*written, machine, as_written(FRENCH, "fr")])
    switch_release(out, build_site(BASE_URL, versions, other_names=other_names))
    with serving(out.resolve()) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a tab, on the day, that has to end without a word on its console."""
    said: list[str] = []
    with tab(browser, WIDTHS["desktop"]) as opened:
        opened.clock.set_fixed_time(datetime.combine(DAY, datetime.min.time(), UTC).replace(hour=12))
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        yield opened
        assert said == []


def titles(page: Page) -> list[str]:
    """Return what is shown, once it is."""
    expect(page.locator("#results")).to_have_attribute("aria-busy", "false")
    return page.locator("#results .card h3").all_inner_texts()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=munich", ["C++ developer"]),  # the city in another language
        ("q=Germany", ["C++ developer", "Windows developer"]),
        ("q=58000", ["C++ developer"]),
        ("q=C%2B%2B", ["C++ developer"]),
        ("q=c%23", ["Windows developer"]),
        ("q=c", []),
        ("q=.net", ["Windows developer"]),
        ("q=net", ["Fisher/Woman"]),
        ("q=prose", ["Prose reader", "Editor", "Web author"]),  # a title before a text
        ("q=portugal&sort=closing", ["Prose reader", "Editor", "Fisher/Woman"]),
        ("q=house+of+web", ["Web author"]),
        ("city=Porto", ["Fisher/Woman"]),
        ("city=munchen", ["C++ developer"]),
        ("country=PT&type=FULL_TIME", ["Prose reader", "Editor"]),
        ("pay=60000&currency=EUR", ["C++ developer", "Windows developer"]),
        ("pay=71000&currency=EUR", ["Windows developer"]),  # 6,000 a month
        ("since=7", ["C++ developer", "Windows developer", "Prose reader"]),
        ("since=1", ["C++ developer"]),
        ("remote=yes", ["Editor", "Web author"]),
        ("from=PT", ["Editor", "Web author"]),
        ("from=BR", ["Web author"]),
        ("text=translated", ["Fisher/Woman"]),
        ("sort=pay&country=DE", ["Windows developer", "C++ developer"]),
    ],
)  # fmt: skip
def test_question_of_a_seeker_is_answered(page: Page, address: str, asked: str, found: list[str]) -> None:
    page.goto(f"{address}en/index.html?{asked}")
    assert titles(page) == found
    count = len(found)
    told = f"{count or 'No'} posting{'s' if count > 1 else ''} found"
    assert page.locator("#found").inner_text() == page.locator("output").inner_text() == told


def test_card_that_the_script_makes_is_that_of_the_list(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html?sort=closing")
    titles(page)
    cards = """selector => Object.fromEntries([...document.querySelectorAll(selector)].map(card => [
        card.querySelector("a").getAttribute("href"),
        card.outerHTML.replace(/>\\s+/g, ">").replace(/\\s+</g, "<"),
    ]))"""
    made, listed = (page.evaluate(cards, selector) for selector in ("#results .card", "#list .card"))
    both = sorted(made.keys() & listed.keys())
    assert len(both) > len(JOBS)
    assert {href: made[href] for href in both} == {href: listed[href] for href in both}


def test_every_choice_says_how_many_there_would_be_with_the_others_as_they_are(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html?country=PT")
    titles(page)
    offered = {name: page.locator(f"[name={name}] option").all_inner_texts() for name in ("country", "city", "type")}
    assert offered == {
        "country": ["All countries", "Germany (2)", "Ireland (60)", "Portugal (3)", "Spain (1)", "Anywhere (1)"],
        "city": ["All cities", "Lisboa (1)", "Porto (1)"],
        "type": ["All types", "Full time (2)", "Part time (1)"],
    }


def test_text_that_holds_a_word_is_shown_where_it_does(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html?q=compilers")
    excerpt = page.locator(".card .excerpt")
    expect(excerpt.locator("mark")).to_have_text("compilers.")
    assert "You write compilers." in excerpt.inner_text()


def test_where_nothing_is_found_other_words_less_filters_and_other_languages_are_offered(
    page: Page, address: str
) -> None:
    page.goto(f"{address}en/index.html?q=fishre&country=PT")
    page.get_by_role("link", name="fisher", exact=True).click()
    page.wait_for_url("**q=fisher*")
    assert titles(page) == ["Fisher/Woman"]
    page.goto(f"{address}en/index.html?city=Porto&type=FULL_TIME")
    assert titles(page) == []
    page.get_by_role("button", name="Without “Full time”: 1 posting").click()
    assert (titles(page), page.url) == (["Fisher/Woman"], f"{address}en/index.html?city=Porto")
    page.goto(f"{address}en/index.html?country=FR")
    page.get_by_role("button", name="Without “France”: 66 postings").click()
    assert page.url == f"{address}en/index.html"
    page.goto(f"{address}en/index.html?q=lyon")
    page.locator(".nothing").get_by_role("link", name="français", exact=True).click()
    page.wait_for_url("**/fr/index.html*")
    assert titles(page) == ["Infirmière"]


def test_next_page_takes_the_focus_and_back_leads_to_where_the_reader_was(page: Page, address: str) -> None:
    page.set_viewport_size({"width": WIDTHS["desktop"], "height": 400})
    page.goto(f"{address}en/index.html?city=Dublin")
    assert len(titles(page)) == 50
    following = page.locator("#results").get_by_role("link", name="Next page")
    following.scroll_into_view_if_needed()
    first_place = page.evaluate("scrollY")
    following.click()
    expect(page.locator("#results .card")).to_have_count(MANY - 50)
    expect(page.locator("#results .card a").first).to_be_focused()
    assert page.evaluate("document.activeElement.innerText") == "Nurse 50"
    expect(page.locator("output")).to_have_text("Page 2 of 2")
    assert page.url == f"{address}en/index.html?city=Dublin&page=2"
    assert page.locator("#results [aria-current=page]").inner_text() == "2"
    card = page.locator("#results .card a", has_text="Nurse 57")
    card.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    card.click()
    page.wait_for_url("**/postings/*")
    page.go_back()
    expect(page.locator("#results .card")).to_have_count(MANY - 50)
    page.wait_for_function("place => Math.abs(scrollY - place) < 5", arg=place)
    page.go_back()
    expect(page.locator("#results .card")).to_have_count(50)
    page.wait_for_function("place => Math.abs(scrollY - place) < 5", arg=first_place)


def test_page_that_back_left_and_forward_opens_again_begins_at_its_first_card(page: Page, address: str) -> None:
    page.set_viewport_size({"width": WIDTHS["desktop"], "height": 400})
    page.goto(f"{address}en/index.html?city=Dublin")
    page.locator("#results").get_by_role("link", name="Next page").click()
    expect(page.locator("#results .card a").first).to_be_focused()
    page.go_back()
    expect(page.locator("#results .card")).to_have_count(50)
    page.wait_for_function("() => scrollY > 1000")
    page.go_forward()
    expect(page.locator("#results .card")).to_have_count(MANY - 50)
    page.wait_for_function("() => scrollY < 600")
    expect(page.locator("#results .card a").first).to_be_in_viewport()


def test_pages_of_what_is_found_are_those_that_there_are(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html?city=Dublin&page=7")
    expect(page.locator("#results .card")).to_have_count(MANY - 50)
    page.get_by_label("Sort by").select_option("pay")
    expect(page.locator("#results .card")).to_have_count(50)
    assert page.url == f"{address}en/index.html?city=Dublin&sort=pay"
    page.locator("#results").get_by_role("link", name="Page 2 of 2").click()
    expect(page.locator("#results .card")).to_have_count(MANY - 50)
    page.goto(f"{address}en/index.html?city=Porto")
    expect(page.locator("#results .card")).to_have_count(1)
    expect(page.locator("#results .pager")).to_be_hidden()


def test_city_in_foreign_letters_is_chosen_and_found_by_either_name(browser: Browser, tmp_path: Path) -> None:
    jobs = [job("kana", "Nurse", "You care.", "JP 大阪"), job("latin", "Cook", "You cook.", "JP Osaka", 41)]
    written = [*map(as_written, jobs), as_written(replace(FRENCH, locations=jobs[0].locations), "fr")]
    versions = versions_of(map(parse_locale, ("en", "fr")), written)
    switch_release(tmp_path / "public", build_site(BASE_URL, versions))
    with serving((tmp_path / "public").resolve()) as address, tab(browser, WIDTHS["desktop"]) as page:
        page.goto(f"{address}en/index.html")
        assert page.locator("#list .card .place").all_inner_texts() == ["Osaka, Japan"] * 2
        page.get_by_label("City", exact=True).focus()
        expect(page.locator("[name=city] option")).to_have_text(["All cities", "Osaka (2)"])
        page.get_by_label("City", exact=True).select_option("Osaka (2)")
        assert titles(page) == ["Nurse", "Cook"]
        for asked in ("q=大阪", "q=osaka", "city=大阪", "city=osaka"):
            page.goto(f"{address}en/index.html?{asked}")
            assert titles(page) == ["Nurse", "Cook"], asked
        page.locator(".switch summary").click()
        page.locator(".languages a[hreflang=fr]").click()
        page.wait_for_url("**/fr/index.html?*")
        expect(page.get_by_label("City", exact=True)).to_have_value("大阪")


def test_list_of_a_country_is_filtered_in_the_same_way(page: Page, address: str) -> None:
    page.goto(f"{address}en/countries/PT/index.html")
    page.get_by_label("City", exact=True).focus()
    expect(page.locator("[name=city] option")).to_have_count(3)
    page.get_by_label("City", exact=True).select_option("Porto")
    assert (titles(page), page.url) == (["Fisher/Woman"], f"{address}en/countries/PT/index.html?city=Porto")
    page.locator("#results .card a").click()
    expect(page.locator("h1")).to_have_text("Fisher/Woman")
    page.go_back()
    assert titles(page) == ["Fisher/Woman"]
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("#list")).to_be_visible()
    assert page.url == f"{address}en/countries/PT/index.html"


def test_fields_that_fill_a_phone_say_how_many_are_found_and_lead_there(browser: Browser, address: str) -> None:
    with tab(browser, WIDTHS["phone"]) as page:
        page.goto(f"{address}en/index.html")
        toggle = page.get_by_role("button", name="Filters")
        toggle.click()
        expect(page.locator(".done")).to_be_hidden()
        page.get_by_label("City", exact=True).focus()
        expect(page.locator("[name=city] option")).to_have_count(6)
        page.get_by_label("City", exact=True).select_option("Dublin")
        answer = page.get_by_role("button", name=f"{MANY} postings found")
        expect(answer).to_be_in_viewport(ratio=1)
        page.evaluate("document.querySelector('.offer').hidden = false")
        box, offer = answer.bounding_box(), page.locator(".offer").bounding_box()
        assert box is not None
        assert offer is not None
        assert box["y"] + box["height"] <= offer["y"]
        answer.click()
        expect(toggle).to_have_attribute("aria-expanded", "false")
        expect(page.locator("#results")).to_be_focused()
        expect(page.locator("#found")).to_be_in_viewport(ratio=1)
        expect(page.locator("#results .card a").first).to_be_in_viewport()


def test_first_click_behind_a_typed_amount_opens_the_posting(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html")
    page.get_by_label("Pay at least").press_sequentially("71000")
    expect(page.locator("#found")).to_have_text("1 posting found")
    page.locator("#results .card").click()
    expect(page.locator("h1")).to_have_text("Windows developer")


def test_pay_is_asked_in_the_usual_currency_again_once_the_filters_are_cleared(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html?country=IE")
    assert len(titles(page)) == 50
    page.get_by_role("button", name="Clear the filters").click()
    page.get_by_label("Pay at least").fill("60000")
    expect(page.locator("#found")).to_have_text("2 postings found")
    assert page.url == f"{address}en/index.html?pay=60000&currency=EUR"


def test_posting_of_the_last_seven_days_is_new(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html")
    new = page.locator("#list .card:has(.new) h3")
    assert new.all_inner_texts() == ["C++ developer", "Windows developer", "Prose reader"]


def test_list_that_cannot_be_loaded_says_so_and_is_tried_again(browser: Browser, address: str) -> None:
    with tab(browser, WIDTHS["phone"]) as page:
        page.route("**/list.json", lambda route: route.abort())
        page.goto(f"{address}en/index.html?city=Porto")
        expect(page.locator("#found")).to_have_text("The list could not be loaded.")
        page.unroute("**/list.json")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("#results .card h3")).to_have_text("Fisher/Woman")


def test_list_that_takes_its_time_says_that_it_is_loading(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/list.json", lambda route: held.append(route))  # noqa: PLW0108  Playwright sets attributes on it
    page.goto(f"{address}en/index.html?city=Porto", wait_until="commit")
    expect(page.locator("#found")).to_have_text("Loading…")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    assert titles(page) == ["Fisher/Woman"]


def test_country_can_be_chosen_before_the_index_is_there_and_no_field_changes_with_it(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/list.json", lambda route: held.append(route))  # noqa: PLW0108  Playwright sets attributes on it
    page.goto(f"{address}en/index.html")
    country, currency = page.get_by_label("Country", exact=True), page.get_by_label("Currency")
    width = currency.bounding_box()
    offered = ["All countries", "Germany", "Ireland", "Portugal", "Spain", "Anywhere"]
    assert country.locator("option").all_inner_texts() == offered
    country.select_option("PT")
    expect(page.locator("#found")).to_have_text("Loading…")
    held[0].continue_()
    assert titles(page) == ["Prose reader", "Editor", "Fisher/Woman"]
    assert (currency.input_value(), currency.bounding_box()) == ("EUR", width)


def test_choice_that_was_made_while_the_script_was_loading_is_undone_by_back(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/filters.js", lambda route: held.append(route))  # noqa: PLW0108  Playwright sets attributes on it
    page.goto(f"{address}en/index.html")
    everything = page.locator("#list .card h3").all_inner_texts()
    page.get_by_label("Country", exact=True).select_option("PT")
    while not held:
        page.wait_for_timeout(10)
    held[0].continue_()
    assert titles(page) == ["Prose reader", "Editor", "Fisher/Woman"]
    page.go_back()
    expect(page.locator("#results")).to_be_hidden()
    assert page.locator("#list .card h3:visible").all_inner_texts() == everything
    assert page.url == f"{address}en/index.html"


def test_page_that_was_opened_before_a_new_release_loads_its_index_anew(page: Page, address: str) -> None:
    def older(route: Route) -> None:
        index = route.fetch().json()
        route.fulfill(json=index | {"orders": ["0"]})

    page.route("**/list.json", older, times=1)
    page.goto(f"{address}en/index.html?q=compilers")
    assert titles(page) == ["C++ developer"]


def test_cards_of_an_earlier_release_that_are_gone_are_loaded_anew(browser: Browser, address: str) -> None:
    def older(route: Route) -> None:
        index = route.fetch().json()
        route.fulfill(json=index | {"parts": [["0123456789abcdef", len(JOBS + NURSES)]]})

    with tab(browser, WIDTHS["phone"]) as page:  # the browser notes on the console what it does not find
        page.route("**/list.json", older, times=1)
        page.goto(f"{address}en/index.html?city=Porto")
        expect(page.locator("#results .card h3")).to_have_text("Fisher/Woman")


def test_count_is_told_before_the_cards_are_there(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/list/*.json", lambda route: held.append(route))  # noqa: PLW0108  Playwright sets attributes on it
    page.goto(f"{address}en/index.html?city=Porto", wait_until="commit")
    expect(page.locator("#found")).to_have_text("1 posting found")
    expect(page.get_by_label("City").locator("option:checked")).to_have_text("Porto (1)")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    assert page.locator("#results .card").count() == 0
    held[0].continue_()
    assert titles(page) == ["Fisher/Woman"]


def test_cards_that_cannot_be_loaded_are_tried_again(browser: Browser, address: str) -> None:
    with tab(browser, WIDTHS["phone"]) as page:
        page.route("**/list/*.json", lambda route: route.abort())
        page.goto(f"{address}en/index.html?city=Porto")
        expect(page.locator("#found")).to_have_text("The list could not be loaded.")
        page.unroute("**/list/*.json")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("#results .card h3")).to_have_text("Fisher/Woman")


def test_browser_cuts_words_as_the_index_does(page: Page, address: str) -> None:
    texts = [
        "C++17, C++/C# .NET ASP.NET a.b.NET ...We 5+ years R&D AT&T F#-x A+ n+1 jobs@acme.com https://x.y/z?q=1",
        "İstanbul ΣΊΣΥΦΟΣ ß Œuvre №5 ½ ² 1,00,000 12 345,50 3.5 2024 100 people 1.234.567,89 ١٬٢٣٤",
        "夜勤 ﾊﾝｶｸ 서울 कार्य हिन्दी ไทยคำ العَرَبِيَّة עִבְרִית",
    ]
    page.goto(f"{address}en/index.html")
    cut = "async texts => { const { wordsOf } = await import('/words.js'); return texts.map(wordsOf); }"
    assert page.evaluate(cut, texts) == list(map(words_of, texts))


def test_browser_older_than_the_question_whether_scripts_run_has_filters(page: Page, address: str) -> None:
    def older(route: Route) -> None:
        style = route.fetch().text()
        assert "(scripting:" in style
        route.fulfill(body=style.replace("(scripting:", "(not-yet-known:"), content_type="text/css")

    page.route("**/style.css", older)
    page.goto(f"{address}en/index.html")
    page.get_by_label("Country", exact=True).select_option("PT")
    page.get_by_label("Sort by").select_option("closing")
    assert titles(page) == ["Prose reader", "Editor", "Fisher/Woman"]


def test_nothing_of_the_index_is_loaded_before_somebody_asks(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}en/index.html", wait_until="networkidle")
    assert [path for path in asked if path.startswith("en/list") or path == "filters.js"] == []
    page.get_by_role("searchbox").fill("compilers")
    expect(page.locator("#results .card h3")).to_have_text("C++ developer")
    assert page.url == f"{address}en/index.html?q=compilers"
    assert len([path for path in asked if path.startswith("en/search/")]) == 1
