"""The head of a feed: whose it is, in words and pictures, and what a person sees who opens it in a browser.

Browsers show XML as a tree of elements, or save it. A style sheet in CSS makes a page of it in all of them; XSLT, which
others used for this, is being taken out of browsers (docs/why/feeds-in-a-browser.md). CSS can show text but no links,
so a feed says in words what it is for, and the list of feeds a language is a page of its own.
"""

from pipeline.publishing.feeds.extension import PREFIX
from pipeline.publishing.feeds.xml_text import attribute, leaf
from pipeline.publishing.versions import facts
from pipeline.publishing.versions.paging import FeedPage
from pipeline.publishing.versions.version import Version

STYLE_SHEET = "feed.css"  # at the root of a release
ICON = "icon.svg"  # there too


def stylesheet(feed: FeedPage) -> str:
    """Return the instruction that names the style sheet, as seen from a feed."""
    up = "../" * (1 + feed.path("").count("/"))
    return f'<?xml-stylesheet type="text/css" href="{attribute(up + STYLE_SHEET)}"?>\n'


def help_element(feed: FeedPage, file_name: str) -> str:
    """Say what to do with a feed, and its address; the style sheet alone shows it, readers pass it over."""
    words = feed.version.translations.gettext("Copy the address into a feed reader, and it tells you of new postings.")
    return leaf(f"{PREFIX}:help", words, href=feed.url(file_name, 0))


def subtitle(version: Version) -> str:
    """Say in a sentence what a feed holds."""
    words = version.translations.gettext("Job postings in %(language)s")
    return words.replace("%(language)s", facts.language_name(version.locale, version.locale))


def publisher(version: Version) -> str:
    """Return who publishes a feed: the site, by the name that its owner gave it, or by its title."""
    return version.settings.name or version.title


def icon_url(version: Version) -> str:
    """Return the address of the small picture of a site."""
    favicon = version.settings.favicon
    return version.base_url + (favicon.name if favicon else ICON)


def logo_url(version: Version) -> str:
    """Return the address of the logo that its owner gave a site, "" without one."""
    return version.base_url + version.settings.logo.name if version.settings.logo else ""
