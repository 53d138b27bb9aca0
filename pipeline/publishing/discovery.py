"""What leads programs to the site: `robots.txt` for crawlers, OpenSearch descriptions for browsers."""

from pipeline.publishing.feeds.xml_text import attribute, document, leaf
from pipeline.publishing.sitemap import FILE_NAME as SITEMAP
from pipeline.publishing.version import Version
from pipeline.publishing.wording import pgettext

OPENSEARCH_FILE_NAME = "opensearch.xml"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# The specification's limit; a longer translation is not cut, for half a word helps nobody.
_SHORT_NAME = pgettext("search engine, 16 characters at most", "Job search")


def robots_txt(base_url: str) -> str:
    """Let every crawler in and name the sitemap; crawlers look for this file at the root of a host only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}{SITEMAP}\n"


def serialize_opensearch(version: Version) -> bytes:
    """Describe the search of a version's list page, so that a browser can offer it."""
    fields = (
        leaf("ShortName", version.translations.pgettext(*_SHORT_NAME)),
        leaf("Description", version.translations.gettext("Job postings")),
        f'<Url type="text/html" template="{attribute(version.url("index.html?q={searchTerms}"))}"></Url>',
        leaf("Language", version.tag),
        leaf("InputEncoding", "UTF-8"),
        leaf("OutputEncoding", "UTF-8"),
    )
    return document(f'<OpenSearchDescription xmlns="{_OPENSEARCH}">{"".join(fields)}</OpenSearchDescription>')
