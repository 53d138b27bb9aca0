"""HTTP requests to a LibreTranslate server; urllib3 tries again with growing pauses and reads Retry-After."""

from collections.abc import Mapping
from urllib.parse import unquote

import msgspec
import urllib3

from pipeline.errors import EngineError

_ENGINE = "libretranslate"
# Pauses of 0, 1, 2, 4 and 8 seconds: what a restart takes. Retry-After is followed, up to a minute.
RETRIES = 5
PAUSE_SECONDS = 0.5
MAX_PAUSE_SECONDS = 60
# A server that is to be opened is there or not; nobody wants to wait for that at the start of each run.
RETRIES_TO_OPEN = 1
SECONDS_TO_OPEN = 10
CONNECT_SECONDS = 5
# What a server may take for 5,000 characters on a busy core.
READ_SECONDS = 180
_WORTH_RETRYING = frozenset({429, 500, 502, 503, 504})
_MAX_TOLD_CHARS = 200
_REMEDIES = {
    400: "look at the limits that the server was started with (--char-limit, --batch-limit) and at its API keys",
    401: "set LIBRETRANSLATE_API_KEY to a key of this server",
    403: "set LIBRETRANSLATE_API_KEY to a key of this server",
    404: "translate.libretranslate in polypost.toml has to be the address that /translate lies under",
    429: "run again later, what is finished is kept; or get a key with a higher limit",
}
_TRY_LATER = "look at the log of the server and run again, what is finished is kept"


class HttpServer:
    """A server at an address; no message holds the key, or a password that the address may hold.

    httpx would bring four more packages and no retries by status; urllib follows a POST to another host.
    """

    def __init__(
        self, url: str, key: str, *, pause_seconds: float = PAUSE_SECONDS, read_seconds: float = READ_SECONDS
    ) -> None:
        """Keep the address; nothing is asked yet.

        Raises EngineError if it is none.
        """
        try:
            address = urllib3.util.parse_url(url)
        except urllib3.exceptions.LocationParseError as error:
            raise EngineError(_ENGINE, "translate.libretranslate in polypost.toml is no address") from error
        self._root = f"{address.scheme}://{address.netloc}{(address.path or '').rstrip('/')}"
        self._told = str(address.netloc)
        self._key = key
        self._headers = urllib3.util.make_headers(basic_auth=unquote(address.auth)) if address.auth else {}
        self._pause_seconds = pause_seconds
        self._read_seconds = read_seconds
        self._pool = urllib3.PoolManager()

    def fetch(self, path: str) -> bytes:
        """Return what lies at `path`.

        Raises EngineError if the server cannot be reached or refuses.
        """
        return self._request("GET", path, None, retries=RETRIES_TO_OPEN, seconds=SECONDS_TO_OPEN)

    def send(self, path: str, fields: Mapping[str, object]) -> bytes:
        """Return the answer to `fields`, sent as JSON with the key.

        Raises EngineError if the server cannot be reached, fails again and again, or refuses.
        """
        body = {**fields, "api_key": self._key} if self._key else fields
        return self._request("POST", path, msgspec.json.encode(body), retries=RETRIES, seconds=self._read_seconds)

    def _request(self, method: str, path: str, body: bytes | None, *, retries: int, seconds: float) -> bytes:
        try:
            answer = self._pool.request(
                method,
                f"{self._root}/{path}",
                body=body,
                headers=self._headers | {"Content-Type": "application/json"},
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=seconds),
                retries=self._retries(retries),
            )
        except urllib3.exceptions.HTTPError as error:
            raise EngineError(_ENGINE, f"{self._told} does not answer: {self._hidden(_cause(error))}") from error
        if answer.status != 200:  # noqa: PLR2004  OK
            remedy = _REMEDIES.get(answer.status, _TRY_LATER)
            said = self._hidden(_reason(answer.data))
            raise EngineError(_ENGINE, f"{self._told} answers {answer.status}{said and f' ({said})'}; {remedy}")
        return answer.data

    def _retries(self, total: int) -> urllib3.Retry:
        return urllib3.Retry(
            total=total,
            redirect=False,  # the key is for this server
            allowed_methods=None,
            status_forcelist=_WORTH_RETRYING,
            backoff_factor=self._pause_seconds,
            backoff_jitter=0,
            retry_after_max=MAX_PAUSE_SECONDS,
            raise_on_status=False,
        )

    def _hidden(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text


def _cause(error: Exception) -> str:
    """Say what lies behind a request that was given up."""
    reason = getattr(error, "reason", None) or error
    return str(reason).rpartition(": ")[2] or type(reason).__name__


def _reason(body: bytes) -> str:
    """Return the server's own words, on one line; "" if it sent something else than its JSON."""
    try:
        said = msgspec.json.decode(body, type=dict[str, object]).get("error", "")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return " ".join(str(said).split())[:_MAX_TOLD_CHARS]
