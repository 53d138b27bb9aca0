"""What leads programs to the site: crawlers to the sitemap, browsers to the search."""

from urllib.robotparser import RobotFileParser

from lxml import html

from pipeline.catalog.layout import SITE_DOMAIN, catalog_path
from pipeline.catalog.po_file import read_catalog
from pipeline.config import read_settings
from pipeline.model.locale import parse_locale
from tests.projects import CHECKOUT
from tests.publishing.examples import BASE_URL, as_written, nurse, site_of, versions_of
from tests.publishing.outputs import selected

EN, DE = parse_locale("en"), parse_locale("de")
OPENSEARCH = """\
<?xml version='1.0' encoding='utf-8'?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Job search</ShortName>
<Description>Job postings</Description>
<Url type="text/html" template="https://jobs.example.org/de/index.html?q={searchTerms}"></Url>
<Language>de</Language>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
"""


def test_crawlers_may_read_everything_and_find_the_sitemap() -> None:
    files = site_of(versions_of([EN], [as_written(nurse())]))
    robots = RobotFileParser()
    robots.parse(files["robots.txt"].decode().splitlines())
    assert robots.site_maps() == [f"{BASE_URL}sitemap.xml"]
    assert all(robots.can_fetch("AnyBot", BASE_URL + path) for path in files)


def test_search_of_each_language_is_described_and_announced_there() -> None:
    files = site_of(versions_of([DE, EN], [as_written(nurse(language="de"), "de"), as_written(nurse())]))
    assert files["de/opensearch.xml"].decode().replace("><", ">\n<").replace(">\n</Url>", "></Url>") == OPENSEARCH
    for tag in ("de", "en"):
        page = html.fromstring(files[f"{tag}/index.html"])
        assert selected(page, "//link[@rel='search']/@href") == [f"../{tag}/opensearch.xml"]


def test_search_at_the_root_is_that_of_the_first_language() -> None:
    files = site_of(versions_of([DE, EN], [as_written(nurse(language="de"), "de"), as_written(nurse())]))
    assert files["opensearch.xml"] == files["de/opensearch.xml"]
    assert "opensearch.xml" not in site_of([])


def test_name_of_the_search_is_as_short_as_browsers_want_it() -> None:
    for locale in read_settings(CHECKOUT / "polypost.toml").locales:
        catalog = read_catalog(catalog_path(CHECKOUT / "locales", locale, SITE_DOMAIN))
        assert catalog is not None
        (target,) = (unit.target for unit in catalog.units if unit.key.source == "Job search")
        assert 0 < len(target) <= 16, locale
