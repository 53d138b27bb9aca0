"""How feeds write text and days: XML without a library, days as RFC 3339 and RFC 822 have them.

An entry of a feed is some twenty short elements, which an XML library takes much longer to write.

Texts are free of what XML cannot hold: postings are cleaned when they are read, targets when they are localized.
"""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cache
from html import escape

_CDATA_END = "]]>"
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


def text(content: str) -> str:
    """Return a text as it stands in an element; in most nothing has to be written otherwise.

    >>> text('R&D <"here">')
    'R&amp;D &lt;"here"&gt;'
    """
    return escape(content, quote=False) if "&" in content or "<" in content or ">" in content else content


def attribute(content: str) -> str:
    """Return a text as it stands between the quotes of an attribute.

    >>> attribute('"R&D"')
    '&quot;R&amp;D&quot;'
    """
    return escape(content) if '"' in content or "'" in content else text(content)


def cdata(content: str) -> str:
    """Return a text that holds markup of its own as people can read it, and no character is written twice for it.

    >>> cdata("<p>R&amp;D</p>"), cdata("]]> & <b>")
    ('<![CDATA[<p>R&amp;D</p>]]>', ']]&gt; &amp; &lt;b&gt;')
    """
    closes = "]" in content and _CDATA_END in content  # a single character is sought much faster
    return text(content) if closes else f"<![CDATA[{content}]]>"


def leaf(name: str, content: str = "", /, **attributes: str) -> str:
    """Return an element that holds text alone.

    >>> leaf("link", rel="self", href="?a=1&b=2"), leaf("title", "C & <C>")
    ('<link rel="self" href="?a=1&amp;b=2"/>', '<title>C &amp; &lt;C&gt;</title>')
    """
    opened = name + "".join([f' {key}="{attribute(value)}"' for key, value in attributes.items()])
    return f"<{opened}>{text(content)}</{name}>" if content else f"<{opened}/>"


def document(root: str) -> bytes:
    """Return a whole document, given its root element."""
    return f"{DECLARATION}{root}\n".encode()


@cache
def write_timestamp(day: date) -> str:
    """Write a day as RFC 3339 wants it.

    >>> write_timestamp(date(2026, 11, 1))
    '2026-11-01T00:00:00Z'
    """
    return f"{day.isoformat()}T00:00:00Z"


@cache
def write_mail_date(day: date) -> str:
    """Write a day as RFC 822 wants it, with four digits for the year.

    >>> write_mail_date(date(2026, 11, 1))
    'Sun, 01 Nov 2026 00:00:00 GMT'
    """
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)
