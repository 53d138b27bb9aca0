"""LibreTranslate: a server that somebody else runs, asked over HTTP for a few segments at a time."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec

from pipeline.errors import EngineError, LocaleError
from pipeline.model.locale import parse_locale, source_language
from pipeline.translation.engines import Pair
from pipeline.translation.engines.batching import cut_batches
from pipeline.translation.protection import Marker

API_KEY = "LIBRETRANSLATE_API_KEY"
# A server takes some seconds for this much on one core (40 words a second without batches of its own, LESSONS), and
# what one request brought is remembered before the next.
MAX_TEXTS = 32
MAX_CHARS = 5_000
_NO_LIMIT = -1
_Shape = TypeVar("_Shape")
_log = logging.getLogger(__name__)


class Server(Protocol):
    """Answers requests; every failure is an EngineError."""

    def fetch(self, path: str) -> bytes:
        """Return what lies at `path`."""

    def send(self, path: str, fields: Mapping[str, object]) -> bytes:
        """Return the answer to `fields`, sent as JSON with the key."""


class _Language(msgspec.Struct):
    code: str
    targets: list[str] = []


class _Settings(msgspec.Struct, rename="camel"):
    char_limit: int = _NO_LIMIT


class _Info(msgspec.Struct):
    version: str


class _Spec(msgspec.Struct):
    info: _Info


class _Answer(msgspec.Struct, rename="camel"):
    translated_text: list[str]


class LibreTranslateEngine:
    """Translates on a server; what it is and which pairs it has was asked for once, when it was opened."""

    name = "libretranslate"
    # It runs the models of Argos, and so does this marker; see there.
    marker = Marker(form="Q{}Q")
    batch_segments = MAX_TEXTS

    def __init__(self, server: Server) -> None:
        """Ask the server what it is.

        Raises EngineError if it does not answer, or not as LibreTranslate does.
        """
        self._server = server
        self._codes = dict(_read_pairs(_decoded(server.fetch("languages"), list[_Language])))
        self._version = _decoded(server.fetch("spec"), _Spec).info.version
        self._char_limit = _decoded(server.fetch("frontend/settings"), _Settings).char_limit

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs that the server names; those through its own pivot are direct ones for us."""
        return frozenset(self._codes)

    def covers(self, pair: Pair) -> bool:
        """Tell whether the server names `pair`."""
        return pair in self._codes

    def model(self, pair: Pair) -> str:  # noqa: ARG002  the protocol's
        """Return the version of the server, for example 1.9.6; it does not tell those of its models."""
        return self._version

    def flaws(self, asked: str, answer: str) -> tuple[str, ...]:  # noqa: ARG002  the protocol's
        """Return nothing: this engine marks no word."""
        return ()

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        """Translate a batch; the server cuts sentences itself. A segment beyond its limit comes back empty.

        Raises EngineError if it refuses, does not answer or gives another number of answers.
        """
        targets = dict.fromkeys(segments, "")
        wanted = [segment for segment in targets if segment.strip() and not self._is_too_long(segment)]
        for batch in cut_batches(wanted, max_texts=MAX_TEXTS, max_chars=MAX_CHARS):
            targets |= zip(batch, self._ask(batch, pair), strict=True)
        return [targets[segment] for segment in segments]

    def _is_too_long(self, segment: str) -> bool:
        return self._char_limit != _NO_LIMIT and len(segment) > self._char_limit

    def _ask(self, texts: Sequence[str], pair: Pair) -> list[str]:
        codes = self._codes[pair]
        fields = {"q": texts, "source": codes.source, "target": codes.target, "format": "text"}
        answers = _decoded(self._server.send("translate", fields), _Answer).translated_text
        if len(answers) != len(texts):
            raise EngineError(self.name, f"{len(answers)} targets came back for {len(texts)} segments")
        return answers


def open_libretranslate(url: str, environment: Mapping[str, str]) -> LibreTranslateEngine | None:
    """Make the engine; None, and the reason in the log, if no server is configured or the configured one fails."""
    if not url:
        return None
    # Loaded only now: without a server nothing that can connect is.
    from pipeline.translation.engines.libretranslate_server import HttpServer  # noqa: PLC0415

    try:
        return LibreTranslateEngine(HttpServer(url, environment.get(API_KEY, "")))
    except EngineError as error:
        _log.warning("%s", error)
        return None


def _read_pairs(languages: Sequence[_Language]) -> Iterator[tuple[Pair, Pair]]:
    """Yield our pairs with the server's codes for them; `pt` comes last and so wins over `pt-BR`."""
    for language in sorted(languages, key=lambda found: -len(found.code)):
        for target in sorted(language.targets, key=lambda code: -len(code)):
            pair = Pair(_language(language.code), _language(target))
            if all(pair) and pair.source != pair.target:
                yield pair, Pair(language.code, target)


def _language(code: str) -> str:
    """Return a server's language as ours, "" if it is in a script that needs a locale: zh-Hans is zh."""
    try:
        locale = parse_locale(code)
    except LocaleError:
        return ""
    return locale.language if source_language(locale) == locale.language else ""


def _decoded(body: bytes, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EngineError(
            LibreTranslateEngine.name, f"the server does not answer as LibreTranslate: {error}"
        ) from error
