"""HTTP requests to a LibreTranslate server: as JSON, with its key, tried again while it is overloaded or restarts."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from pipeline.errors import DownloadError, EngineError
from pipeline.http_client import HttpClient, RetryPolicy

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
