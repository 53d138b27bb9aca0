"""Files that were made to do harm, for everything that reads one: postings, catalogs, the record, glossaries, settings.

Each is read or refused by an error of ours, in time, without showing a file that nobody gave. Some are written here;
the others are good files that are cut, doubled and overwritten at places that a seed chooses.
"""

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from pipeline.catalog.po_file import parse_catalog, serialize_catalog
from pipeline.config.toml_file import read_settings
from pipeline.intake.containers import open_members
from pipeline.intake.formats.item import Item
from pipeline.intake.reading.record import RecordError
from pipeline.models.lock import read_lock
from pipeline.publishing.versions.ledger_file import parse_ledger
from pipeline.storage.answers import Answers
from pipeline.terminology.formats.csv_text import parse_csv
from pipeline.terminology.formats.tbx import parse_tbx
from tests.hostile.tally import CANARY
from tests.intake import word_documents
from tests.intake.hostile_documents import READER, SEEDS, TOKENS
from tests.publishing.xss_payloads import every_payload

Attack = tuple[str, Callable[[], object]]
_CHANGES = 3  # to one file, at most

# What stands for a file that an entity names; and where the document puts what an entity stands for.
_FILE = "@FILE@"
_TYPES: Mapping[str, tuple[str, str]] = {
    "external entity": ('<!DOCTYPE r [<!ENTITY e SYSTEM "file://@FILE@">]>', "&e;"),
    "external entity by public id": ('<!DOCTYPE r [<!ENTITY e PUBLIC "x" "file://@FILE@">]>', "&e;"),
    "parameter entity": ('<!DOCTYPE r [<!ENTITY % p SYSTEM "file://@FILE@"> %p;]>', "&e;"),
    "nested parameter entity": (
        '<!DOCTYPE r [<!ENTITY % f SYSTEM "file://@FILE@"><!ENTITY % g "<!ENTITY e \'%f;\'>"> %g;]>',
        "&e;",
    ),
    "external type": ('<!DOCTYPE r SYSTEM "file://@FILE@">', "&e;"),
    "type from the network": ('<!DOCTYPE r SYSTEM "http://192.0.2.1/x.dtd">', "&e;"),
    "laughs": (
        '<!DOCTYPE r [<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        + '<!ENTITY e "&a11;">]>',
        "&e;",
    ),
    "quadratic": (f'<!DOCTYPE r [<!ENTITY e "{"x" * 50_000}">]>', "&e;" * 20_000),
    "entity of itself": ('<!DOCTYPE r [<!ENTITY e "&f;"><!ENTITY f "&e;">]>', "&e;"),
    "default attribute": ('<!DOCTYPE r [<!ENTITY e "x"><!ATTLIST title a CDATA "&e;">]>', "&e;"),
    "XInclude": ("", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://@FILE@" parse="text"/>'),
    "stylesheet": ('<?xml-stylesheet type="text/xsl" href="file://@FILE@"?>', "x"),
    "schema": (
        "",
        '<x xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespaceSchemaLocation="file://@FILE@"/>',
    ),
    "deep": ("", "<a>" * 100_000),
    "attributes": ("", "<a " + " ".join(f"a{n}='x'" for n in range(50_000)) + "/>"),
    "namespaces": ("", "<a " + " ".join(f"xmlns:a{n}='x'" for n in range(20_000)) + "/>"),
}
_DOCUMENTS: Mapping[str, str] = {
    "jobs": "{}<source><job><title>Baker {}</title><description>We bake.</description></job></source>",
    "rss": "{}<rss><channel><item><title>B {}</title><description>x</description><guid>1</guid></item></channel></rss>",
    "atom": "{}<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>B {}</title><content>x</content></entry></feed>",
    "personio": "{}<workzag-jobs><position><id>1</id><name>B {}</name><jobDescriptions/></position></workzag-jobs>",
    "hr-xml": "{}<PositionOpening><PositionProfile><PositionTitle>B {}</PositionTitle></PositionProfile>",
}
_TBX = (
    "{}<tbx type='TBX-Basic' style='dca' xml:lang='en'><text><body><conceptEntry id='1'><langSec xml:lang='en'>"
    "<termSec><term>nurse {}</term></termSec></langSec><langSec xml:lang='fr'><termSec>"
    "<term>infirmier</term></termSec></langSec></conceptEntry></body></text></tbx>"
)
_PO = """msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"X-Source-Language: en\\n"

#. engine: argos 1.9 en→fr 3f2a9c1b
#. risk: 12
#: postings/acme-4711
#, fuzzy
#| msgid "Night nurses"
msgctxt "title"
msgid "Night nurse"
msgstr "Infirmier de nuit"

#~ msgctxt "title"
#~ msgid "Cook"
#~ msgstr "Cuisinier"
"""
_PO_TOKENS = (
    *("\x00", "\x1b[2J", "\x85", "\u2028", "\u202e", "\ufeff", "\ud800", "\\", "\\x", "\\777", '"', '""', "\n\n", "\r"),
    *(
        "#",
        "#~ ",
        "#| ",
        "#, ",
        "#. ",
        "#: ../../etc/passwd",
        "#: %2e%2e%2f%00",
        "msgid ",
        "msgstr[9999999999] ",
        "msgctxt ",
    ),
    *(
        "#. engine: ",
        "#. risk: 99999999999999999999",
        "#. risk: -1",
        "#. risk: NaN",
        "#. check: ../x",
        "#, fuzzy" * 500,
    ),
    *(
        "\"Plural-Forms: nplurals=2; plural=__import__('os').system('x');\\n\"\n",
        '"Plural-Forms: nplurals=99999999;\\n"\n',
    ),
    *(
        '"Content-Type: text/plain; charset=zip\\n"\n',
        '"Content-Type: text/plain; charset=utf-7\\n"\n',
        '"Language: ../..\\n"\n',
    ),
    *('"X-Source-Language: ../../etc\\n"\n', "<<<<<<< HEAD\n", "=======\n", "a" * 100_000, '"' * 5_000, "\\" * 5_000),
)
_LEDGER = (
    '{"posting": "acme-1", "locale": "en", "digest": "8a7e99c9a0", "slug": "nurse-8a7e99c9a0", '
    '"published": "2026-11-02", "updated": "2026-11-02"}\n'
)
_SLUGS = (
    "../x",
    "/x",
    "x/../y",
    "x\\y",
    "x\0",
    "x.html",
    "..",
    ".",
    "",
    "C:x",
    "x y",
    "<b>",
    "x%2fy",
    "\u202ex",
    "x" * 5_000,
)
_CSV = "source_language,source,locale,target,rule,context,note\nen,nurse,fr,infirmier,must,,\n"
_TOML = """[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.txt"]
locales = ["en", "pt_BR"]
[translate]
engines = ["bergamot"]
glossary = "glossary.csv"
[publish]
policy = "machine"
max_original = 10
"""
_TOKENS = tuple(token.decode("utf-8", "replace") for token in TOKENS)


def documents(folder: Path, number: int) -> Iterator[Attack]:
    """Yield postings' files: written ones, and `number` damaged ones."""
    secret = folder / "secret"
    secret.write_text(CANARY, encoding="utf-8")
    for kind, document in _DOCUMENTS.items():
        for name, (head, body) in _TYPES.items():
            text = f"<?xml version='1.0'?>{document.format(head, body)}".replace(_FILE, str(secret))
            yield f"{kind}, {name}", partial(_read, text.encode())
            yield (
                f"{kind}, {name}, UTF-16",
                partial(_read, text.replace("1.0'", "1.0' encoding='utf-16'").encode("utf-16")),
            )
    for name, (head, body) in _TYPES.items():
        parts = word_documents.parts_of(word_documents.paragraph("Baker", style="Title"), body)
        text = parts["word/document.xml"].decode().replace('standalone="yes"?>', f"?>{head}", 1)
        parts["word/document.xml"] = text.replace(_FILE, str(secret)).encode()
        yield f"Word, {name}", partial(_read, word_documents.packed(parts))
    for name, content in _archives(secret).items():
        yield name, partial(_read, content)
    seeds = [seed.decode("latin-1") for seed in SEEDS]
    for name, text in damaged(seeds, [token.decode("latin-1") for token in TOKENS], number):
        yield name, partial(_read, text.encode("latin-1"))


def others(folder: Path, number: int) -> Iterator[Attack]:
    """Yield files that people and other programs write: catalogs, record, glossaries, settings, lock, answers."""
    path = folder / "postings.en.po"
    for name, text in damaged([_PO], _PO_TOKENS, number):
        yield f"catalog, {name}", partial(_reread_catalog, text, path)
    for name, text in damaged([_LEDGER * 2], [*_TOKENS, *_SLUGS], number // 2):
        yield f"record, {name}", partial(parse_ledger, text.encode("utf-8", "surrogatepass"), path)
    for slug in _SLUGS:
        line = _LEDGER.replace("nurse-8a7e99c9a0", slug.replace("\\", "\\\\").replace("\0", "\\u0000"))
        yield f"slug {slug}", partial(_slugs, line.encode(), path)
    for name, text in damaged([_CSV], [*_TOKENS, '"', ",", "\n", "=1+1"], number // 2):
        yield f"glossary, {name}", partial(parse_csv, text)
    secret = str(folder / "secret")
    for name, (head, body) in _TYPES.items():
        yield f"TBX, {name}", partial(parse_tbx, _TBX.format(head, body).replace(_FILE, secret).encode())
    for name, text in damaged([_TBX.format("", "")], _TOKENS, number // 2):
        yield f"TBX, {name}", partial(parse_tbx, text.encode("utf-8", "surrogatepass"))
    for name, text in damaged([_TOML], [*_TOKENS, *every_payload()[::40], "../../x", "/etc/passwd"], number // 2):
        yield f"settings, {name}", partial(_from_file, folder / "polypost.toml", text, read_settings)
    for name, text in damaged(['[[package]]\nengine = "argos"\nfrom = "en"\nto = "fr"\n'], _TOKENS, number // 4):
        yield f"lock, {name}", partial(_from_file, folder / "models.lock", text, read_lock)
    for name, text in damaged(["SQLite format 3\0"], _TOKENS, number // 10):
        yield f"answers, {name}", partial(_from_file, folder / "answers.sqlite3", text, _answer)


def damaged(seeds: Sequence[str], tokens: Sequence[str], number: int) -> Iterator[tuple[str, str]]:
    """Yield good files with pieces cut out, doubled or replaced by what is meant to break a reader."""
    chance = random.Random(f"{seeds[0][:40]}{number}")  # noqa: S311  the same at each run
    for each in range(number):
        text = chance.choice(seeds)
        for _ in range(chance.randint(1, _CHANGES)):
            start = chance.randint(0, len(text))
            end = chance.choice((start, min(len(text), start + chance.randint(0, 60))))
            piece = chance.choice([*tokens, text[start:end], text[:start]]) * chance.choice((1, 1, 1, 3))
            text = text[:start] + piece + text[end:]
        yield f"damaged {each}", text[: chance.randint(0, len(text))] if chance.random() < 1 / 4 else text


def _archives(secret: Path) -> dict[str, bytes]:
    """Pack postings under names that lead elsewhere, and what unpacks to more than anybody has room for."""
    posting = b"Title: Baker\n\nWe bake.\n"
    names = (
        "../../x.txt",
        "/etc/cron.d/x.txt",
        f"{secret}",
        "C:\\x.txt",
        "..\\..\\x.txt",
        "x\0.txt",
        "\u202etxt.x",
        "a" * 70_000,
    )
    found = {f"zip with {name[:20]!r}": _zipped({name[:65_000]: posting}) for name in names if "\0" not in name}
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, str(secret))
    bomb = gzip.compress(bytes(100_000_000), mtime=0)
    nested = _zipped({"a.txt": bytes(10_000_000)})
    for _ in range(6):
        nested = _zipped({f"{number}.zip": nested for number in range(10)})
    return {
        **found,
        "zip with a link": link.getvalue(),
        "gzip bomb": bomb,
        "gzip in gzip": gzip.compress(gzip.compress(gzip.compress(bomb))),
        "zip bomb": _zipped({"a.txt": bytes(200_000_000)}),
        "nested zips": nested,
        "many members": _zipped({f"{number}.txt": posting for number in range(20_000)}),
        "zip without an end": _zipped({"a.txt": posting})[:-10],
        "gzip with rubbish behind it": gzip.compress(posting) + b"\xff" * 1_000,
    }


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _read(content: bytes) -> str:
    """Read a file of postings; return all that would be shown of it, up to some records."""
    shown = []
    for member in open_members(io.BytesIO(content)):
        if isinstance(member.file, RecordError):
            shown.append(str(member.file))
            continue
        for item in READER.read(member.file, name="a.txt"):
            if isinstance(item, Item):
                shown.append(repr(item.found) + (item.written() if len(shown) < 10 else ""))
    return "".join(shown)


def _reread_catalog(text: str, path: Path) -> None:
    """Read a catalog; what was read is written so that it reads the same again."""
    catalog = parse_catalog(text, path)
    again = parse_catalog(serialize_catalog(catalog), path)
    assert again.units == catalog.units


def _slugs(content: bytes, path: Path) -> None:
    assert all(line.slug.replace("-", "").isalnum() for line in parse_ledger(content, path))


def _from_file(path: Path, text: str, read: Callable[[Path], object]) -> object:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return read(path)


def _answer(path: Path) -> object:
    return Answers(path.parent).find("inputs", "question")
