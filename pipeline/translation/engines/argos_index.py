"""The index of Argos packages: which pairs it offers, in which versions, and which packages a request needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit

import msgspec
from babel import Locale

from pipeline.errors import LocaleError, MissingModelError, ModelIndexError, UsageError
from pipeline.model.locale import parse_locale, source_language
from pipeline.translation.engines import Pair
from pipeline.translation.engines.argos_names import is_version, package_name, parse_argos_code, version_age

PUBLIC_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
_FILE_NAME = "index.json"
_WEB = ("https://", "http://")
# The one language that nearly every package of the public index starts from or leads to.
PIVOT = Locale("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPackage:
    """A package of the index; `links` are the http and https addresses of its file, in order."""

    pair: Pair
    version: str
    links: tuple[str, ...]

    @property
    def name(self) -> str:
        """What its folder will be called."""
        return package_name(self.pair.source, self.pair.target, self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A pair that somebody asked for, and the pairs that serve it, those that routes ask for first."""

    source: Locale
    target: Locale
    pairs: tuple[Pair, ...]

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What we read of an entry; the defaults are Argos's."""

    from_code: str | None = None
    to_code: str | None = None
    package_version: str = ""
    type: str = "translate"
    links: tuple[str, ...] = ()


def index_address(given: str) -> str:
    """Return the address of the index file: `given` is that of the file or, as Argos has it, of its folder.

    Raises UsageError if it is no http or https address.

    >>> index_address("https://models.example.org/argos")
    'https://models.example.org/argos/index.json'
    >>> index_address("https://models.example.org/list.json")
    'https://models.example.org/list.json'
    """
    if not given.lower().startswith(_WEB):
        raise UsageError(f"{given!r} is no http or https address of an Argos index")
    return given if urlsplit(given).path.endswith(".json") else f"{given.removesuffix('/')}/{_FILE_NAME}"


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
    offers = tuple(offer for offer in map(_parse_entry, entries) if offer)
    if not offers:
        raise ModelIndexError(host, f"offers no package that can be used among {len(entries)} entries")
    return offers


def wish_for(source: Locale, target: Locale) -> Wish:
    """Ask for what serves two locales: pt before pt_BR; zh_Hant for zh_TW and not zh, which is another script."""
    pairs = tuple(Pair(*codes) for codes in product(_codes(source), _codes(target)))
    return Wish(source=source, target=target, pairs=pairs)


def exact_wish(pair: Pair) -> Wish:
    """Ask for one pair and no other."""
    return Wish(source=parse_locale(pair.source), target=parse_locale(pair.target), pairs=(pair,))


def newest(offers: Iterable[OfferedPackage], pair: Pair, version: str = "") -> OfferedPackage | None:
    """Return the newest package of a pair, or the one of the given version."""
    fitting = [offer for offer in offers if offer.pair == pair and version in {"", offer.version}]
    return max(fitting, key=lambda offer: version_age(offer.version), default=None)


def choose_package(offers: Sequence[OfferedPackage], wish: Wish) -> OfferedPackage:
    """Return the newest package that serves a wish in one step.

    Raises MissingModelError, with what would do instead, if there is none.
    """
    found = _closest(offers, wish)
    if found:
        return found
    first, second = (_closest(offers, half) for half in (wish_for(wish.source, PIVOT), wish_for(PIVOT, wish.target)))
    if first and second:
        reason = f"the index has no package for it, but {first.pair} {first.version} and {second.pair} {second.version}"
        asked = f"polypost models install {wish.source} {wish.target} --through {PIVOT}"
        raise MissingModelError(str(wish), reason, f"both at once: {asked}")
    raise MissingModelError(
        str(wish), f"the index has no package for it, and none through {PIVOT}", _near(offers, wish)
    )


def _near(offers: Iterable[OfferedPackage], wish: Wish) -> str:
    pairs = {offer.pair for offer in offers}
    reached = sorted({pair.target for pair in pairs if pair.source in _codes(wish.source)})
    if reached:
        return f"from {wish.source} it leads to {', '.join(reached)}"
    return f"from {wish.source} it leads nowhere, but from {', '.join(sorted({pair.source for pair in pairs}))}"


def _closest(offers: Sequence[OfferedPackage], wish: Wish) -> OfferedPackage | None:
    return next(filter(None, (newest(offers, pair) for pair in wish.pairs)), None)


def _codes(locale: Locale) -> tuple[str, ...]:
    return tuple(dict.fromkeys((source_language(locale), str(locale))))


def _parse_entry(raw: msgspec.Raw) -> OfferedPackage | None:
    try:
        entry = msgspec.json.decode(raw, type=_Entry)
        pair = Pair(parse_argos_code(entry.from_code or ""), parse_argos_code(entry.to_code or ""))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, LocaleError):
        return None
    links = tuple(link for link in entry.links if link.lower().startswith(_WEB))
    usable = entry.type == "translate" and is_version(entry.package_version) and pair.source != pair.target and links
    return OfferedPackage(pair=pair, version=entry.package_version, links=links) if usable else None
