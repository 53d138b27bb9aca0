"""Translation memories as TMX 1.4 (LISA OSCAR), which OmegaT, Weblate, Trados and translate-toolkit exchange.

    <tu><tuv xml:lang="en"><seg>Night shift</seg></tuv><tuv xml:lang="pt-BR"><seg>Turno da noite</seg></tuv></tu>

Other tools put the markup of their documents into codes (`bpt`, `ept`, `it`, `ph`, `ut`): of these only placeholders
are kept, what `hi` marks is text. No entity is expanded, no document type is loaded; a file that declares entities is
refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from babel import Locale
from lxml import etree

from pipeline.errors import LocaleError
from pipeline.language.limits import is_too_long
from pipeline.model.cleaning import clean_line
from pipeline.model.locale import parse_locale, to_tag
from pipeline.model.patterns import lazy_pattern

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY = "*all*"
# Native code that says something in the text itself: {name}, %s, &lt;b> says nothing.
_MARKUP = re.compile(r"\s*[<&\\]")
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_CONTEXT, _STATE = "x-polypost-context", "x-polypost-state"
_UNWRITABLE = lazy_pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TmxUnit(NamedTuple):
    """A source and its translation, each with its locale; context and state are empty in files of others."""

    source_locale: Locale
    locale: Locale
    source: str
    target: str
    context: str = ""
    state: str = ""


class TmxMistake(NamedTuple):
    """What is wrong with a file, or a unit of it, and the line where."""

    line: int
    reason: str


class ParsedTmx(NamedTuple):
    """The units of a file in their order, and what could not be read of it."""

    units: tuple[TmxUnit, ...] = ()
    mistakes: tuple[TmxMistake, ...] = ()


def serialize_tmx(units: Iterable[TmxUnit], version: str, source_locale: Locale | None) -> Iterator[str]:
    """Yield the lines of a document: a unit a line, in their order; without one source locale it has any."""
    language = to_tag(source_locale) if source_locale else _ANY
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<tmx version="1.4">'
    yield (
        f'<header creationtool="polypost" creationtoolversion="{version}" segtype="sentence" o-tmf="polypost" '
        f'adminlang="en" srclang="{language}" datatype="plaintext"/>'
    )
    yield "<body>"
    yield from map(_serialize_unit, units)
    yield "</body>"
    yield "</tmx>"


def _serialize_unit(unit: TmxUnit) -> str:
    element = etree.Element("tu", srclang=to_tag(unit.source_locale))
    for kind, value in ((_CONTEXT, unit.context), (_STATE, unit.state)):
        if value:
            etree.SubElement(element, "prop", type=kind).text = value
    for locale, text in ((unit.source_locale, unit.source), (unit.locale, unit.target)):
        version = etree.SubElement(element, "tuv", {_XML_LANG: to_tag(locale)})
        etree.SubElement(version, "seg").text = _UNWRITABLE.sub("", text)
    return etree.tostring(element, encoding="unicode")


def parse_tmx(content: bytes) -> ParsedTmx:
    """Read the units of a document, in whatever encoding it declares; each language but the source's is a target.

    A unit without two texts is left out. A document that is not XML to its end gives what stands before the fault, and
    the fault as a mistake; one that declares entities gives nothing.
    """
    source_language, mistakes, units = _ANY, list[TmxMistake](), list[TmxUnit]()
    steps = etree.iterparse(
        BytesIO(content), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True
    )
    began = False
    try:
        for event, element in steps:
            if event == "start":
                reason = "" if began else _refusal(element)
                if reason:
                    return ParsedTmx(mistakes=(TmxMistake(_line(element), reason),))
                began = True
                if _name(element) == "header":
                    source_language = element.get("srclang") or _ANY
            elif _name(element) == "tu":
                units += _units(element, source_language, mistakes)
                _forget(element)
    except etree.XMLSyntaxError as error:
        mistakes.append(TmxMistake(error.lineno or 1, f"not XML: {error.msg}"))
    return ParsedTmx(tuple(units), tuple(mistakes))


def _refusal(root: etree._Element) -> str:
    """Say why a document is not read, by its root and its document type."""
    if _name(root) != "tmx":
        return f"the root is <{_name(root)}>; a translation memory in TMX has <tmx>"
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        return "its document type declares entities, which are not expanded; save it without them"
    return ""


class _Version(NamedTuple):
    locale: Locale
    text: str


def _units(element: etree._Element, language: str, mistakes: list[TmxMistake]) -> Iterator[TmxUnit]:
    """Yield a unit for each target of an element."""
    versions: list[_Version] = []
    for version in element:
        if _name(version) == "tuv":
            versions += _version(version, mistakes)
    wanted = element.get("srclang") or language
    sources = versions if wanted.lower() == _ANY else _of_language(versions, wanted)
    properties = {prop.get("type"): (prop.text or "").strip() for prop in element if _name(prop) == "prop"}
    for source in sources:
        for target in versions:
            if source.locale.language != target.locale.language and source.text and target.text:
                yield TmxUnit(
                    source_locale=source.locale,
                    locale=target.locale,
                    source=source.text,
                    target=target.text,
                    context=properties.get(_CONTEXT, ""),
                    state=properties.get(_STATE, ""),
                )


def _version(version: etree._Element, mistakes: list[TmxMistake]) -> Iterator[_Version]:
    named = version.get(_XML_LANG) or version.get("lang") or ""
    segment = next((child for child in version if _name(child) == "seg"), None)
    try:
        locale = parse_locale(named)
    except LocaleError as error:
        mistakes.append(TmxMistake(_line(version), f"xml:lang: {error}"))
        return
    if segment is None:
        mistakes.append(TmxMistake(_line(version), "no <seg> in it"))
        return
    if any(child.tag is etree.Entity for child in segment.iter()):
        mistakes.append(TmxMistake(_line(version), "its text holds an entity, which is not expanded"))
        return
    text = clean_line("".join(_texts(segment)))
    if is_too_long(text):
        mistakes.append(TmxMistake(_line(version), f"its text has {len(text):,} characters, more than any segment"))
    else:
        yield _Version(locale, text)


def _texts(element: etree._Element) -> Iterator[str]:
    """Yield what is text of a segment: all but codes, of which placeholders are."""
    yield element.text or ""
    for child in element:
        if _name(child) == "ph":
            code = child.text or ""
            yield "" if _MARKUP.match(code) else code
        elif _name(child) and _name(child) not in _CODES:
            yield from _texts(child)
        yield child.tail or ""


def _of_language(versions: Sequence[_Version], named: str) -> list[_Version]:
    """Return the versions in the locale that is named, else those in its language."""
    try:
        locale = parse_locale(named)
    except LocaleError:
        return []
    same = [version for version in versions if version.locale == locale]
    return same or [version for version in versions if version.locale.language == locale.language]


def _forget(element: etree._Element) -> None:
    """Drop what has been read, so that a memory of any size is read in little of ours."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for a comment, an instruction or an entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 1)
