"""Which form a body has, told by its content, and its text with escapes taken off as often as they were put on."""

import html
import re
from enum import Enum
from html.entities import html5

_LOOKS_LIKE_HTML = re.compile(
    r"<(?:/?(?:p|div|ul|ol|li|d[ldt]|h[1-6]|span|table|t[rdh]|section|article|blockquote|pre|script|style)|br)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_ESCAPED_HTML = re.compile(
    r"&(?:amp;)*(?:lt|#60|#x3c);(?:/?(?:p|div|ul|ol|li|h[1-6]|span|table|section|strong|b|em)|br)"
    r"(?:\s[^&;<>]{0,40}|/|\s/|)(?:&(?:amp;)*(?:gt|quot|#34|#39|#x22|#62|#x3e);|>|=)",
    re.IGNORECASE,
)
_INLINE_PAIR = re.compile(r"<(b|strong|i|em|u|a|font|code|small)(?:\s[^<>]*)?>[^<>]*</\1\s*>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)")
# What no plain text holds: a heading with hashes, a pair of double stars or underscores, a link, an escaped sign that
# only Markdown escapes, a row of dashes below a table's head.
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S"
    r"|\*\*[^\s*][^*\n]*\*\*|\*\*[^*\n]*[^\s*]\*\*|(?<![\w_])__[^\s_][^_\n]*__(?![\w_])"
    r"|\[[^\[\]\n]+\]\((?:https?://|mailto:)[^\s()]+"
    r"|\\[-.*+()#&_!\[\]~>]"
    r"|^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$",
    re.MULTILINE,
)
# Line ends that an export wrote as two signs each.
_WRITTEN_ENDS = re.compile(r"(?:\\r)?\\n")
_MARKDOWN_SIGN = re.compile(r"[#*_\[\\|]")
# Who escapes more often than this writes no text to be read.
_MAX_UNESCAPED = 4


class Form(Enum):
    """How a body is written."""

    HTML = "html"
    INLINE_HTML = "inline_html"  # tags inside lines only: the lines are those of the text
    MARKDOWN = "markdown"
    TEXT = "text"


def looks_like_html(text: str) -> bool:
    """Tell HTML from plain text by its block tags: `a < b` and `List<T>` are text."""
    return _LOOKS_LIKE_HTML.search(text) is not None


def recognize(text: str) -> tuple[Form, str]:
    r"""Return the form of a body and its text without CDATA and without the escapes around it.

    What a parser of HTML or Markdown decodes itself is still escaped once; plain text is decoded.

    >>> recognize(r"We bake.\n- Bread\n- Cake")
    (<Form.TEXT: 'text'>, 'We bake.\n- Bread\n- Cake')
    >>> recognize("&lt;p&gt;Bread &amp;amp; butter&lt;/p&gt;")
    (<Form.HTML: 'html'>, '<p>Bread &amp; butter</p>')
    """
    if text.count("\\n") > 1 and "\n" not in text:  # one may be a path: C:\new
        text = _WRITTEN_ENDS.sub("\n", text)
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda match: match[1], text)
    text = _unescaped(text)
    if looks_like_html(text):
        return Form.HTML, _singly_escaped(text)
    if _MARKDOWN_SIGN.search(text) and _MARKDOWN.search(text):
        return Form.MARKDOWN, _singly_escaped(text)
    if "<" in text and (_INLINE_PAIR.search(text) or _holds_comment(text)):
        return Form.INLINE_HTML, _singly_escaped(text)
    return Form.TEXT, _decoded(_singly_escaped(text))


def _holds_comment(text: str) -> bool:
    start = text.find("<!--")
    return start >= 0 and text.find("-->", start) > 0


def _unescaped(text: str) -> str:
    """Take escapes off until tags are tags; one element around it all may stand there already."""
    for _ in range(_MAX_UNESCAPED):
        escaped = sum(1 for _ in _ESCAPED_HTML.finditer(text)) if "&" in text else 0
        if not escaped or escaped < sum(1 for _ in _LOOKS_LIKE_HTML.finditer(text)):
            return text
        text = _decoded(text)
    return text


def _singly_escaped(text: str) -> str:
    """Decode text whose every ampersand is escaped twice; one that stands bare shows that it is not.

    >>> _singly_escaped("R&amp;amp;D"), _singly_escaped("R&D and &amp;lt;")
    ('R&amp;D', 'R&D and &amp;lt;')
    """
    for _ in range(_MAX_UNESCAPED):
        if "&amp;" not in text or _AMPERSAND.search(text):
            return text
        decoded = text.replace("&amp;", "&")
        names = _ENTITY.findall(decoded)
        if _AMPERSAND.search(decoded) or not all(name[1] == "#" or name[1:] in html5 for name in names):
            return text
        text = decoded
    return text


def _decoded(text: str) -> str:
    """Decode entities; what ends in no semicolon is part of an address."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
