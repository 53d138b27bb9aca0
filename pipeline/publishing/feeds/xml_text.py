"""XML as text: an entry of a feed is some twenty short elements, which a library takes much longer to write.

Texts are free of what XML cannot hold: postings are cleaned when they are read, targets when they are localized.
"""

from functools import partial
from html import escape

attribute = escape
text = partial(escape, quote=False)
_CDATA_END = "]]>"
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


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
