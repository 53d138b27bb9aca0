"""XML as text: an entry of a feed is some twenty short elements, which a library takes ten times as long to write.

Texts are free of what XML cannot hold: postings are cleaned when they are read, targets when they are localized.
"""

from html import escape

DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


def leaf(name: str, text: str = "", /, **attributes: str) -> str:
    """Return an element that holds text alone.

    >>> leaf("link", rel="self", href="?a=1&b=2"), leaf("title", "C & <C>")
    ('<link rel="self" href="?a=1&amp;b=2"/>', '<title>C &amp; &lt;C&gt;</title>')
    """
    opened = name + "".join([f' {key}="{escape(value)}"' for key, value in attributes.items()])
    return f"<{opened}>{escape(text, quote=False)}</{name}>" if text else f"<{opened}/>"
