"""LibreTranslate: a server that somebody else runs, asked over HTTP for a few segments at a time.

A server that fails in passing, or says that it is busy, is asked again with back-off. This module loads network code,
so it is imported only where a server is configured.
"""

import logging
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar
from urllib.parse import unquote, urlsplit

import msgspec

from pipeline.errors import DownloadError, EngineError, LocaleError
from pipeline.http_client import HttpClient, RetryPolicy
from pipeline.model.locale import parse_locale, source_language
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.cutting import cut_batches
from pipeline.translation.protection import Marker

API_KEY = "LIBRETRANSLATE_API_KEY"
# A server takes some seconds for this much on one core (40 words a second without batches of its own), and
# what one request brought is remembered before the next.
MAX_TEXTS = 32
MAX_CHARS = 5_000
_NO_LIMIT = -1
_Shape = TypeVar("_Shape")
_log = logging.getLogger(__name__)
_ENGINE = "libretranslate"
# Pauses of 0.5, 1, 2, 4 and 8 seconds: what a restart takes. A busy core may need 180 s for 5,000 characters.
POLICY = RetryPolicy(connect_seconds=5, read_seconds=180, attempts=6, backoff_seconds=0.5)
# A server that is to be opened is there or not; nobody wants to wait for that at the start of each run.
OPENING = RetryPolicy(connect_seconds=5, read_seconds=10, total_seconds=30, attempts=2, backoff_seconds=0.5)
# What translates 5,000 characters has some tens of thousands.
MAX_BYTES = 16 * 1024**2
_MAX_QUOTED_CHARS = 200
_REMEDIES = {
    400: "look at the limits that the server was started with (--char-limit, --batch-limit) and at its API keys",
    401: "set LIBRETRANSLATE_API_KEY to a key of this server",
    403: "set LIBRETRANSLATE_API_KEY to a key of this server",
    404: "translate.libretranslate in polypost.toml has to be the address that /translate lies under",
    429: "run again later, what is finished is kept; or get a key with a higher limit",
}
_TRY_LATER = "look at the log of the server and run again, what is finished is kept"


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


class LibreTranslateEngine(Engine):
    """Translates on a server; what it is and which pairs it has was asked for once, when it was opened."""

    name = _ENGINE
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
    """Make the engine; None, and the reason in the log, if the configured server fails."""
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
        raise EngineError(_ENGINE, f"the server does not answer as LibreTranslate: {error}") from error


class HttpServer:
    """A server at an address; no message holds the key, or a password that the address may hold."""

    def __init__(self, url: str, key: str, policy: RetryPolicy = POLICY) -> None:
        """Keep the address; nothing is asked yet.

        Raises EngineError if it is none.
        """
        try:
            address = urlsplit(url)
        except ValueError as error:
            raise EngineError(_ENGINE, "translate.libretranslate in polypost.toml is no address") from error
        login, _, self._host = address.netloc.rpartition("@")
        self._root = f"{address.scheme}://{self._host}{address.path.rstrip('/')}"
        self._key = key
        self._headers = {"Content-Type": "application/json"}
        if login:
            self._headers["Authorization"] = f"Basic {b64encode(unquote(login).encode()).decode()}"
        self._client = HttpClient(policy, max_redirects=0)

    def fetch(self, path: str) -> bytes:
        """Return what lies at `path`.

        Raises EngineError if the server cannot be reached or refuses.
        """
        client, url = HttpClient(OPENING, max_redirects=0), f"{self._root}/{path}"
        return self._answer(lambda: client.request("GET", url, limit=MAX_BYTES, headers=self._headers))

    def send(self, path: str, fields: Mapping[str, object]) -> bytes:
        """Return the answer to `fields`, sent as JSON with the key.

        Raises EngineError if the server cannot be reached, fails again and again, or refuses.
        """
        body = msgspec.json.encode({**fields, "api_key": self._key} if self._key else fields)
        url = f"{self._root}/{path}"
        return self._answer(
            lambda: self._client.request("POST", url, body=body, limit=MAX_BYTES, headers=self._headers)
        )

    def _answer(self, ask: Callable[[], bytes]) -> bytes:
        try:
            return ask()
        except DownloadError as error:
            if not error.status:
                raise EngineError(_ENGINE, f"{self._host} does not answer: {self._hidden(error.reason)}") from error
            words = self._hidden(_words(error.body))
            remedy = _REMEDIES.get(error.status, _TRY_LATER)
            reason = f"{self._host} answers {error.status}{words and f' ({words})'}; {remedy}"
            raise EngineError(_ENGINE, reason) from error

    def _hidden(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text


def _words(body: bytes) -> str:
    """Return the server's own words, on one line; "" if it sent something else than its JSON."""
    try:
        words = msgspec.json.decode(body, type=dict[str, object]).get("error", "")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return " ".join(str(words).split())[:_MAX_QUOTED_CHARS]
