"""A glossary as TBX, ISO 30042: TBX-Basic of 2008 (`martif`) and of 2019 (`tbx`, either style).

Every language of a concept is a source for every other one. Its preferred and admitted terms are required, preferred
first; deprecated and superseded ones are forbidden, and found in sources like the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from babel import Locale
from lxml import etree

from pipeline.errors import LocaleError
from pipeline.language.term import Term
from pipeline.model.locale import parse_locale, source_language
from pipeline.terminology.formats.csv_text import CONTEXTS
from pipeline.terminology.formats.rows import Mistake, Parsed, TermRow

_ROOTS = {"martif", "tbx"}
_CONCEPTS = {"termEntry", "conceptEntry"}
_LANGUAGES = {"langSet", "langSec"}
_GROUPS = {"tig", "ntig", "termSec"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    locale: Locale
    text: str
    line: int
    status: str

    @property
    def forbidden(self) -> bool:
        return self.status.startswith(("deprecated", "superseded"))


def parse_tbx(content: bytes) -> Parsed:
    """Read the terms of every pair of languages of every concept; a subject field that is one of our contexts narrows.

    Entities are not resolved and no document type is loaded; a term that holds an entity is a mistake.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return Parsed(mistakes=(Mistake(line=error.lineno or 1, reason=f"not XML: {error.msg}"),))
    if _name(root) not in _ROOTS:
        reason = f"the root is <{_name(root)}>; TBX has <martif> or <tbx>"
        return Parsed(mistakes=(Mistake(line=_line(root), reason=reason),))
    mistakes: list[Mistake] = []
    rows: list[TermRow] = []
    for concept in root.iter():
        if _name(concept) in _CONCEPTS:
            rows += _rows(concept, mistakes)
    if not rows and not mistakes:
        mistakes.append(Mistake(line=_line(root), reason="no concept has terms in two languages"))
    return Parsed(rows=tuple(rows), mistakes=tuple(mistakes))


def _rows(concept: etree._Element, mistakes: list[Mistake]) -> Iterator[TermRow]:
    context = _context(concept)
    wordings = list(_wordings(concept, mistakes))
    # Stable: preferred first, the rest in the order of the file.
    ordered = sorted(wordings, key=lambda wording: not wording.status.startswith("preferred"))
    for source in wordings:
        for target in ordered:
            if source.locale.language != target.locale.language:
                yield TermRow(
                    line=target.line,
                    term=Term(
                        language=source_language(source.locale),
                        source=source.text,
                        locale=target.locale,
                        context=context,
                        required=() if target.forbidden else (target.text,),
                        forbidden=(target.text,) if target.forbidden else (),
                    ),
                )


def _wordings(concept: etree._Element, mistakes: list[Mistake]) -> Iterator[_Wording]:
    for language in concept.iter():
        if _name(language) not in _LANGUAGES:
            continue
        try:
            locale = parse_locale(language.get(_LANG) or language.get("lang") or "")
        except LocaleError as error:
            mistakes.append(Mistake(line=_line(language), reason=f"xml:lang: {error}"))
            continue
        for group in language.iter():
            if _name(group) in _GROUPS:
                yield from _wording(group, locale, mistakes)


def _wording(group: etree._Element, locale: Locale, mistakes: list[Mistake]) -> Iterator[_Wording]:
    term = next((element for element in group.iter() if _name(element) == "term"), None)
    if term is None:
        mistakes.append(Mistake(line=_line(group), reason="no <term> in it"))
        return
    if any(child.tag is etree.Entity for child in term.iter()):
        mistakes.append(Mistake(line=_line(term), reason="the term holds an entity, which is not resolved"))
        return
    text = " ".join("".join(map(str, term.itertext())).split())
    if text:
        yield _Wording(locale=locale, text=text, line=_line(term), status=_status(group))
    else:
        mistakes.append(Mistake(line=_line(term), reason="the term is empty"))


def _status(group: etree._Element) -> str:
    """Return what the term is worth: a note of that type, or in the newer style an element of that name."""
    for element in group.iter():
        if _name(element) == "administrativeStatus" or element.get("type") == "administrativeStatus":
            return (element.text or "").strip()
    return ""


def _context(concept: etree._Element) -> str:
    """Return the subject field of a concept where it is one of our contexts."""
    for element in concept.iter():
        if _name(element) == "subjectField" or element.get("type") == "subjectField":
            text = (element.text or "").strip()
            return text if text in CONTEXTS else ""
    return ""


def _name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for an instruction or an entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 1)
