"""The list in a real browser: filters, full text search, the remembered language, and what is left without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.projects import built, polypost, read_times, read_tree, write_tree
from tests.publishing.browser import WIDTHS, chromium, tab
from tests.publishing.loopback import serving
from tests.publishing.sample_site import sample_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the samples with a search."""
    return sample_project(tmp_path_factory)


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    with serving((project / "public").resolve()) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a tab that has to end without a word on its console."""
    said: list[str] = []
    with tab(browser, WIDTHS["desktop"]) as opened:
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        yield opened
        assert said == []


def titles(page: Page) -> list[str]:
    """Return what the list shows, each posting once."""
    shown = page.locator(".card:visible h3").all_inner_texts()
    return list(dict.fromkeys(shown))


def tell(page: Page, text: str) -> None:
    """Wait until the page tells how many there are."""
    expect(page.locator("output")).to_have_text(text)


def select(page: Page, label: str, value: str) -> None:
    """Choose in a field, whose choices are there once somebody comes near."""
    field = page.get_by_label(label, exact=True)
    field.hover()
    field.select_option(value)


def test_filters_stand_in_the_address_and_the_back_button_undoes_them(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html")
    everything = titles(page)
    select(page, "Country", "PT")
    tell(page, "2 postings found")
    portugal = titles(page)
    select(page, "City", "Coimbra")
    tell(page, "1 posting found")
    assert page.url == f"{address}en/index.html?country=PT&city=Coimbra"
    page.go_back()
    tell(page, "2 postings found")
    assert (titles(page), page.url) == (portugal, f"{address}en/index.html?country=PT")
    page.go_back()
    tell(page, "")
    assert (titles(page), page.url) == (everything, f"{address}en/index.html")
    page.goto(f"{address}en/index.html?country=ZZ")
    tell(page, "No posting found")
    page.get_by_role("button", name="Clear the filters").click()
    tell(page, "")
    assert (titles(page), page.url) == (everything, f"{address}en/index.html")


def test_words_are_found_whatever_their_case_and_accents(page: Page, address: str) -> None:
    page.goto(f"{address}pt-BR/index.html")
    page.get_by_role("searchbox").fill("AGRONOMO nakuru")
    tell(page, "1 vaga encontrada")
    assert titles(page) == ["Agrônomo de campo"]
    assert page.url == f"{address}pt-BR/index.html?q=AGRONOMO+nakuru"


@pytest.mark.parametrize(("query", "said"), [("zzzz", "لم يُعثر على أي وظيفة"), ("طاقة شمسية", "عُثر على وظيفة واحدة")])
def test_number_found_is_told_in_the_plural_of_the_language(page: Page, address: str, query: str, said: str) -> None:
    page.goto(f"{address}ar/index.html")
    page.get_by_role("searchbox").fill(query)
    tell(page, said)


@pytest.mark.parametrize(
    ("tag", "word", "title"),
    [
        ("en", "oscilloscopes", "Embedded software engineer (C++)"),  # the text has the singular: Pagefind knows it
        ("ja", "夜勤", "介護福祉士（特別養護老人ホーム）"),
        ("ar", "العواكس", "فني أنظمة طاقة شمسية"),
    ],
)
def test_word_of_the_text_finds_its_posting_and_nothing_is_fetched_before(
    page: Page, address: str, tag: str, word: str, title: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{tag}/index.html", wait_until="networkidle")
    assert not [url for url in asked if "pagefind" in url]
    page.get_by_role("searchbox").fill(word)
    expect(page.locator("#results .card h3")).to_have_text(title)
    assert all(url.startswith(f"{address}{tag}/pagefind/") for url in asked if "pagefind" in url)


def test_chosen_language_is_offered_on_the_next_visit_and_leads_nobody_away(page: Page, address: str) -> None:
    page.goto(f"{address}en/index.html")
    page.locator("header summary").click()
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url(f"{address}de/index.html")
    page.goto(address)
    first = page.locator(".choice > li").first
    assert first.locator("a").inner_text() == "Deutsch"
    assert first.locator(".hint").inner_text() == "Ihre letzte Wahl"
    page.goto(f"{address}fr/index.html?country=FR")
    assert page.url == f"{address}fr/index.html?country=FR"
    offer = page.locator(".offer:visible")
    assert offer.locator("a").inner_text() == "Diese Seite auf Deutsch lesen"
    expect(offer.locator("a")).to_have_js_property("href", f"{address}de/index.html?country=FR")
    offer.get_by_role("button", name="Jetzt nicht").click()
    assert offer.count() == 0
    page.reload()
    assert page.locator(".offer:visible").count() == 0


def test_page_whose_language_was_chosen_offers_no_other(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="français").click()
    page.wait_for_url(f"{address}fr/index.html")
    assert page.locator(".offer:visible").count() == 0


def test_everything_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/index.html")
    assert page.locator("form:visible").count() == 0
    assert page.locator(".offer:visible").count() == 0
    assert page.locator(".card").count() == page.locator(".card:visible").count() > 0
    page.get_by_role("link", name="Kenya").click()
    page.wait_for_url(f"{address}en/countries/KE/index.html")
    context.close()


def test_script_and_style_that_get_into_a_page_do_nothing(browser: Browser, project: Path, tmp_path: Path) -> None:
    text = (project / "public/en/index.html").read_text(encoding="utf-8")
    planted = (
        '<script>document.title = "ran"</script><img src="x" onerror="document.title = 1"><p style="color: red">red</p>'
    )
    write_tree(tmp_path, {"en/index.html": text.replace("</main>", f"{planted}</main>")})
    with serving(tmp_path) as address, tab(browser, WIDTHS["phone"]) as page:
        page.goto(f"{address}en/index.html")
        assert page.title() == "Job postings"
        assert page.get_by_text("red", exact=True).evaluate("it => getComputedStyle(it).color") != "rgb(255, 0, 0)"


def test_second_build_makes_the_same_index_and_rewrites_no_file(project: Path, tmp_path: Path) -> None:
    project = shutil.copytree(project, tmp_path / "project", symlinks=True)
    before, times = read_tree(project / "public"), read_times(project / "public")
    built(project)
    assert read_times(project / "public") == times
    built(project, "--out", "again")
    assert read_tree(project / "again") == before


def test_search_without_its_program_stops_before_anything_is_published(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['pagefind_bin_extended'] = None"
    write_tree(
        tmp_path,
        {
            "polypost.toml": '[project]\nbase_url = "https://a.example/"\npostings = ["p/*.txt"]\nlocales = ["en"]\n'
            "[publish]\nsearch = true\n",
            "p/lamp.txt": "Title: Lamp cleaner\nLanguage: en\n\nYou like ladders.\n",
            "without/sitecustomize.py": f"{hidden}\n",
        },
    )
    done = polypost(tmp_path, "build", PYTHONPATH=f"{tmp_path / 'without'}:{Path(__file__).parents[2]}")
    assert (done.returncode, "pip install 'polypost[search]'" in done.stderr) == (3, True)
    assert not (tmp_path / "public").exists()
    assert not (tmp_path / "locales/publications.jsonl").exists()
