"""The index of Argos packages: which pairs it offers, in which versions, and which package serves a request.

The index is a JSON list, for example `[{"from_code": "en", "to_code": "fr", "package_version": "1.9", "links":
["https://…/translate-en_fr-1_9.argosmodel"]}]`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit

import msgspec
from babel import Locale

from pipeline.errors import LocaleError, MissingModelError, ModelIndexError, UsageError
from pipeline.model.locale import parse_locale, source_language
from pipeline.model.packages import PIVOT, Pair
from pipeline.models.package import is_version, parse_argos_code, version_age

PUBLIC_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
FROM_FILE = "with a file at hand: polypost models install --from FILE.argosmodel"
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPackage:
    """A package of the index; `links` are the http and https addresses of its file, in order."""

    pair: Pair
    version: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRequest:
    """A pair that somebody asked for, and the pairs that serve it, those that routes ask for first."""

    source: Locale
    target: Locale
    pairs: tuple[Pair, ...]

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What we read of an entry; the defaults are Argos's."""

    from_code: str
    to_code: str
    package_version: str = ""
    type: str = "translate"
    links: tuple[str, ...] = ()


def index_address(address: str) -> str:
    """Return the address of the index file: `address` is that of the file or, as Argos has it, of its folder.

    Raises UsageError if it is no http or https address.

    >>> index_address("https://models.example.org/argos")
    'https://models.example.org/argos/index.json'
    >>> index_address("https://models.example.org/list.json")
    'https://models.example.org/list.json'
    """
    if not address.lower().startswith(_WEB):
        raise UsageError(f"{address!r} is no http or https address of an Argos index")
    return address if urlsplit(address).path.endswith(".json") else f"{address.removesuffix('/')}/index.json"


def parse_index(content: bytes, host: str) -> tuple[OfferedPackage, ...]:
    """Read the packages that can be had, in the order of the index; an entry of no use is passed over.

    Of no use are other things than models for translating, languages unknown to CLDR and packages without an http or
    https link (the public index names ipfs addresses too).
    Raises ModelIndexError if it is no list of packages, or one without any that can be had.
    """
    try:
        entries = msgspec.json.decode(content, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelIndexError(host, f"is no list of packages ({error})") from error
    offers = tuple(filter(None, map(_parse_entry, entries)))
    if not offers:
        raise ModelIndexError(host, f"offers no package that can be used among {len(entries)} entries")
    return offers


def request_for(source: Locale, target: Locale) -> PackageRequest:
    """Ask for what serves two locales: pt before pt_BR; zh_Hant for zh_TW and not zh, which is another script."""
    pairs = tuple(Pair(*codes) for codes in product(_codes(source), _codes(target)))
    return PackageRequest(source=source, target=target, pairs=pairs)


def exact_request(pair: Pair) -> PackageRequest:
    """Ask for one pair and no other."""
    return PackageRequest(source=parse_locale(pair.source), target=parse_locale(pair.target), pairs=(pair,))


def newest(offers: Iterable[OfferedPackage], pair: Pair, version: str = "") -> OfferedPackage | None:
    """Return the newest package of a pair, or the one of the given version."""
    fitting = [offer for offer in offers if offer.pair == pair and version in {"", offer.version}]
    return max(fitting, key=lambda offer: version_age(offer.version), default=None)


def choose_package(offers: Sequence[OfferedPackage], request: PackageRequest) -> OfferedPackage:
    """Return the newest package that serves a request in one step.

    Raises MissingModelError, with what would do instead, if there is none.
    """
    found = _closest(offers, request)
    if found:
        return found
    source, target = request.source, request.target
    first, second = (_closest(offers, request_for(*half)) for half in ((source, PIVOT), (PIVOT, target)))
    if first and second:
        reason = f"the index has no package for it, but {first.pair} {first.version} and {second.pair} {second.version}"
        remedy = f"both at once: polypost models install {source} {target} --through {PIVOT}"
        raise MissingModelError(str(request), reason, remedy)
    reached = sorted({offer.pair.target for offer in offers if offer.pair.source in _codes(source)})
    near = f"it leads to {', '.join(reached)}"
    if not reached:
        near = f"it leads nowhere, but from {', '.join(sorted({offer.pair.source for offer in offers}))}"
    reason = f"the index has no package for it, and none through {PIVOT}"
    raise MissingModelError(str(request), reason, f"from {source} {near}")


def _closest(offers: Sequence[OfferedPackage], request: PackageRequest) -> OfferedPackage | None:
    return next(filter(None, (newest(offers, pair) for pair in request.pairs)), None)


def _codes(locale: Locale) -> tuple[str, ...]:
    return tuple(dict.fromkeys((source_language(locale), str(locale))))


def _parse_entry(raw: msgspec.Raw) -> OfferedPackage | None:
    try:
        entry = msgspec.json.decode(raw, type=_Entry)
        pair = Pair(parse_argos_code(entry.from_code), parse_argos_code(entry.to_code))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, LocaleError):
        return None
    links = tuple(link for link in entry.links if link.lower().startswith(_WEB))
    usable = entry.type == "translate" and is_version(entry.package_version) and pair.source != pair.target and links
    return OfferedPackage(pair=pair, version=entry.package_version, links=links) if usable else None
