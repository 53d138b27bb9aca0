"""The last check before pages and feeds: ammonia parses the HTML as a browser does and keeps only the allow list."""

import re

import nh3

from pipeline.model.markup import INLINE_TAGS, LINK_RELATION

_BLOCK_TAGS = frozenset({"h2", "h3", "h4", "li", "ol", "p", "ul"})
# Around what is in another language, or runs in the other direction; ours alone, a posting's own are text.
_PASSAGE_TAG, _ISOLATE_TAG = "span", "bdi"
_CLEANER = nh3.Cleaner(
    tags={*INLINE_TAGS, *_BLOCK_TAGS, _PASSAGE_TAG, _ISOLATE_TAG},
    attributes={"a": {"href"}, _PASSAGE_TAG: {"class", "dir", "lang"}, _ISOLATE_TAG: {"dir"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=LINK_RELATION,
)
# Ammonia takes the square of the time where a text has more than some ten thousand entities, eight seconds for a
# million ampersands. Of so many it is given stand-ins: control characters, which the intake leaves in no text.
_MANY = 10_000
_AMPERSAND = re.compile(r"&(?:amp;|(?![a-zA-Z0-9#]))")
_STAND_INS = {"&amp;": "\x01", "&lt;": "\x02", "&gt;": "\x03"}


def clean_html(html: str) -> str:
    r"""Return HTML of ours unchanged, without anything that is not on the allow list.

    What `render_markup` lets through but browsers read otherwise is mended: a link in a link, an address that is none.

    >>> clean_html("<p>Bac\u00a0+3 <i onclick='x'>a</i><script>x</script> <a href='https://x:99999/'>b</a></p>")
    '<p>Bac\xa0+3 <i>a</i> <a rel="nofollow noopener">b</a></p>'
    """
    many = html.count("&") > _MANY and not any(sign in html for sign in _STAND_INS.values())
    cleaned = _CLEANER.clean(_with_stand_ins(html) if many else html)
    # Ammonia names the no-break space, which nothing else can have written: an ampersand of the text is `&amp;`.
    cleaned = cleaned.replace("&nbsp;", "\N{NO-BREAK SPACE}")
    for entity, sign in _STAND_INS.items() if many else ():
        cleaned = cleaned.replace(sign, entity)
    return cleaned


def _with_stand_ins(html: str) -> str:
    html = _AMPERSAND.sub(_STAND_INS["&amp;"], html)
    for entity, sign in _STAND_INS.items():
        html = html.replace(entity, sign)
    return html
