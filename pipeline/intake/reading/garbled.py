r"""Mends text that was UTF-8 and went through a program that took it for windows-1252: "confirmÃ©", "panier â‚¬".

Exports and pasted texts often have it. A run of such signs that decodes as UTF-8 is nothing else, but for a capital
before a mark ("MAÇÃ…"), so that a record is mended only where there are several. Found in none of 296 real postings.

>>> mend("un Ã©lectricien confirmÃ© Ã\u00a0 Nantes, 10,30 â‚¬")
'un électricien confirmé à Nantes, 10,30 €'
>>> mend("SÃO PAULO – MAÇÃ… e romã")
'SÃO PAULO – MAÇÃ… e romã'
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from msgspec import structs

from pipeline.intake.reading.record import PostingRecord, SectionRecord

# The signs that windows-1252 has for bytes from 0x80 on; the five bytes without one stay what they are in Latin 1.
_SIGNS = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
# Before the bytes that go on, those that begin signs of Latin, Cyrillic, Greek, Arabic, Hebrew and of print.
_BEGINS = "ÂÃÄÅÎÏÐÑ×ØÙâ"
_GOES_ON = re.escape("".join(sign for sign, byte in _SIGNS.items() if byte < 0xC0))  # noqa: PLR2004  see RFC 3629
_GARBLED = re.compile(f"[{_BEGINS}][{_GOES_ON}](?:[{''.join(map(re.escape, _SIGNS))}]*[{_GOES_ON}])?")
# The second half of "à" is a space that does not break, which other programs made an ordinary one of.
_BARE_A = re.compile(r"Ã(?= |$)")
_LEAST = 2


def mend(text: str) -> str:
    """Return a text as it was written, if several signs of it are garbled."""
    return _mended(text) if _count([text]) >= _LEAST else text


def mended_record(record: PostingRecord) -> PostingRecord | None:
    """Return a record whose title and text are mended, None if nothing has to be."""
    texts = _texts(record)
    if all(map(str.isascii, texts)) or _count(texts) < _LEAST:
        return None
    sections = [_of_section(part) for part in record.sections] if isinstance(record.sections, list) else record.sections
    return structs.replace(
        record,
        title=_of(record.title),
        organization=_of(record.organization),
        locations=_of(record.locations),
        description=_of(record.description),
        sections=sections,
    )


def _texts(record: PostingRecord) -> list[str]:
    texts = [text for text in (record.title, record.description) if isinstance(text, str)]
    for part in record.sections if isinstance(record.sections, list) else ():
        if isinstance(part, SectionRecord):
            texts += [block.text for block in part.blocks]
        elif type(part) is dict or isinstance(part, Mapping):  # the first is told in a tenth of the time
            texts += [text for text in part.values() if isinstance(text, str)]
    return texts


def _count(texts: Iterable[str]) -> int:
    return sum(_decoded(match[0]) != match[0] for text in texts for match in _GARBLED.finditer(text))


def _mended(text: str) -> str:
    return _BARE_A.sub("à", _GARBLED.sub(lambda match: _decoded(match[0]), text)).replace("à  ", "à ")


def _decoded(signs: str) -> str:
    try:
        return bytes(_SIGNS[sign] for sign in signs).decode("utf-8")
    except UnicodeDecodeError:
        return signs


def _of(value: object) -> object:
    if isinstance(value, str):
        return _mended(value)
    if isinstance(value, Mapping):
        return {name: _of(part) for name, part in value.items()}
    return list(map(_of, value)) if isinstance(value, list) else value


def _of_section(part: object) -> object:
    if not isinstance(part, SectionRecord):
        return _of(part)
    blocks = tuple(structs.replace(block, text=_mended(block.text)) for block in part.blocks)
    return replace(part, heading=_mended(part.heading), blocks=blocks)
