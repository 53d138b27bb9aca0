"""The last check before pages and feeds: ammonia parses the HTML as a browser does and keeps only the allow list."""

import nh3

from pipeline.model.markup import INLINE_TAGS, LINK_RELATION

_BLOCK_TAGS = frozenset({"h2", "h3", "h4", "li", "ol", "p", "ul"})
_PASSAGE_TAG = "span"  # around what is in another language; ours alone, a posting's own is text
_CLEANER = nh3.Cleaner(
    tags={*INLINE_TAGS, *_BLOCK_TAGS, _PASSAGE_TAG},
    attributes={"a": {"href"}, _PASSAGE_TAG: {"lang", "dir"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=LINK_RELATION,
)


def clean_html(html: str) -> str:
    r"""Return HTML of ours unchanged, without anything that is not on the allow list.

    What `render_markup` lets through but browsers read otherwise is mended: a link in a link, an address that is none.

    >>> clean_html("<p>Bac\u00a0+3 <i onclick='x'>a</i><script>x</script> <a href='https://x:99999/'>b</a></p>")
    '<p>Bac\xa0+3 <i>a</i> <a rel="nofollow noopener">b</a></p>'
    """
    # Ammonia names the no-break space, which nothing else can have written: an ampersand of the text is `&amp;`.
    return _CLEANER.clean(html).replace("&nbsp;", "\N{NO-BREAK SPACE}")
