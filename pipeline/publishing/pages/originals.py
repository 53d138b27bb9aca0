"""The text of a translation with what the employer wrote beside each sentence, for a page that can show both.

Each sentence is an element of its own with a number, by which an address names it (`…/nurse.html#s12`), and holds the
sentence of the original. The style sheet hides the originals until a reader chooses to compare:

    <span class="sentence" id="s12"><span>Infirmière</span><span class="original">
    <a href="#s12">12</a> <span lang="en" dir="ltr">Nurse</span></span></span>
"""

from collections.abc import Sequence
from gettext import NullTranslations
from html import escape
from itertools import count
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from pipeline.model.locale import sentence_gap, to_tag
from pipeline.model.markup import split_markup
from pipeline.model.segment import UnitKey
from pipeline.model.unit import unit_id
from pipeline.publishing.feeds.content import block_elements, inline_html, wrapping_of
from pipeline.publishing.feeds.mail_links import link_addresses
from pipeline.publishing.versions import wording
from pipeline.publishing.versions.isolation import isolate_html
from pipeline.publishing.versions.localized import LocalizedPosting, LocalizedSection, Passage, Sentence

_PRINTED = "", "<span>", "</span>"
_LEVEL = 2


class Comparison:
    """Writes the title and then the text of one translation; its sentences are numbered in this order.

    `report` is where a reader writes to about a wrong translation, "" for nowhere.
    """

    def __init__(self, localized: LocalizedPosting, translations: NullTranslations, report: str = "") -> None:
        self._localized, self._report = localized, report
        self._numbers = count(1)
        self._around = wrapping_of(localized)
        self._gap = sentence_gap(self._around.language)
        name = wording.fillable(translations.gettext("Sentence %(number)s"), "%(number)s")
        self._name = escape(Markup.escape(name).striptags())
        self._report_words = Markup.escape(translations.gettext("Report this translation"))

    def title(self, html: str) -> Markup:
        """Return the title, whose HTML is given, with the title of the original."""
        key = self._localized.title_key
        if key is None:
            return Markup(html)  # noqa: S704  escaped by the caller
        return Markup(self._sentence(html, key.source, key, as_written=self._localized.title_as_written))  # noqa: S704

    def body(self) -> Markup:
        """Return the sections, as feeds have them but for the originals."""
        return Markup(link_addresses("".join(map(self._section, self._localized.sections))))  # noqa: S704

    def report_address(self, key: UnitKey | None = None) -> str:
        """Return where a reader writes to about this posting, or about one of its sentences; "" for nowhere."""
        if not self._report:
            return ""
        unit = {"unit": unit_id(key, self._localized.locale)} if key else {}
        names = {"posting": self._localized.posting.id, "locale": to_tag(self._localized.locale), **unit}
        return report_address(self._report, names)

    def _section(self, section: LocalizedSection) -> str:
        written_in = self._around.language if section.heading_as_written else self._localized.language
        heading = isolate_html(section.heading, written_in)
        if heading and section.heading_key:
            key = section.heading_key
            heading = self._sentence(heading, key.source, key, as_written=section.heading_as_written)
        written = f"<h{_LEVEL}>{heading}</h{_LEVEL}>" if heading else ""
        sentences: dict[int, list[Sentence]] = {}
        for sentence in section.sentences:
            sentences.setdefault(sentence.block, []).append(sentence)
        texts = [self._block(block.text, sentences.get(number, ())) for number, block in enumerate(section.blocks)]
        return written + block_elements(section.blocks, texts, _LEVEL + 1)

    def _block(self, text: str, sentences: Sequence[Sentence]) -> str:
        if _crossed(text, sentences):
            passages = [Passage(*sentence[:3]) for sentence in sentences if sentence.as_written]
            html = inline_html(text, self._localized.language, passages, self._around)
            source = self._gap.join(sentence.key.source for sentence in sentences)
            return self._sentence(html, source, sentences[0].key)
        written, end = [], 0
        for sentence in sentences:
            language = self._around.language if sentence.as_written else self._localized.language
            html = inline_html(text[sentence.start : sentence.stop], language)
            written.append(text[end : sentence.start])
            written.append(self._sentence(html, sentence.key.source, sentence.key, as_written=sentence.as_written))
            end = sentence.stop
        return "".join(written)

    def _sentence(self, html: str, source: str, key: UnitKey, *, as_written: bool = False) -> str:
        number = next(self._numbers)
        _, opened, closed = self._around if as_written else _PRINTED
        original = "" if as_written else self._original(number, inline_html(source, self._around.language), key)
        return f'<span class="sentence" id="s{number}">{opened}{html}{closed}{original}</span>'

    def _original(self, number: int, source: str, key: UnitKey) -> str:
        name = self._name % {"number": number}
        link = f'<a href="#s{number}" aria-label="{name}">{number}</a>'
        address = escape(self.report_address(key))
        report = f' <a class="report" href="{address}" rel="nofollow">{self._report_words}</a>' if address else ""
        _, opened, closed = self._around
        return f'<span class="original" data-pagefind-ignore>{link} {opened}{source}{closed}{report}</span>'


def report_address(report: str, names: dict[str, str]) -> str:
    """Return an address with what a report is about: parameters of a page, or the subject of an e-mail.

    >>> report_address("https://acme.example/fix?by=reader#form", {"posting": "a b/1", "locale": "pt-BR"})
    'https://acme.example/fix?by=reader&posting=a+b%2F1&locale=pt-BR#form'
    >>> report_address("mailto:words@acme.example", {"posting": "a b/1", "locale": "pt-BR"})
    'mailto:words@acme.example?subject=a%20b%2F1%20pt-BR'
    """
    parts = urlsplit(report)
    mail = parts.scheme == "mailto"
    added = f"subject={quote(' '.join(names.values()), safe='')}" if mail else urlencode(names)
    return parts._replace(query="&".join(filter(None, (parts.query, added)))).geturl()


def _crossed(text: str, sentences: Sequence[Sentence]) -> bool:
    """Tell whether bold text, say, begins in one sentence and ends in another, so that they cannot be apart."""
    if "<" not in text:
        return False
    return sum(_tags(text[each.start : each.stop]) for each in sentences) != _tags(text)


def _tags(text: str) -> int:
    return len(split_markup(text)) // 2
