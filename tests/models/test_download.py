"""A file comes whole or not at all: whatever the server does, nothing else is ever taken for it."""

import gzip
import hashlib
import logging
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from pipeline.errors import DownloadError, ModelPackageError
from pipeline.http_client import MAX_REDIRECTS, HttpClient, RetryPolicy
from pipeline.models.download import open_part
from tests.models.breaking_server import BreakingServer, Reply, Request, dead_address, serving
from tests.processes import SECONDS
from tests.tools import require_tool

CONTENT = Random(4).randbytes(300_000)  # noqa: S311  the same in every run
OTHER = Random(5).randbytes(250_000)  # noqa: S311
HALF = len(CONTENT) // 2
POLICY = RetryPolicy(connect_seconds=10, read_seconds=10, total_seconds=60, attempts=3, backoff_seconds=0.01)
TWICE = replace(POLICY, attempts=2)
SHORT = replace(TWICE, read_seconds=1)  # for servers that say nothing
LIMIT = 1_000_000


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def fetch(url: str, folder: Path, policy: RetryPolicy = POLICY) -> bytes:
    """Fetch into a part; return what it holds, by its checksum too."""
    with open_part(folder / "x.part") as part:
        part.fetch(HttpClient(policy), url, limit=LIMIT, progress=lambda _done, _total: None)
        content = part.path.read_bytes()
        assert part.sha256() == hashlib.sha256(content).hexdigest()
        return content


def failure(url: str, folder: Path, policy: RetryPolicy = POLICY) -> DownloadError:
    with pytest.raises(DownloadError) as raised:
        fetch(url, folder, policy)
    return raised.value


def begun(server: BreakingServer, folder: Path, reply: Reply | None = None) -> str:
    """Let a download break off half way; return its address, which then gives `reply`."""
    server.replies["/file"] = lambda request: request.broken_off(CONTENT, HALF)
    once = RetryPolicy(attempts=1)
    assert "broke off" in failure(server.url("/file"), folder, once).reason
    assert (folder / "x.part").read_bytes() == CONTENT[:HALF]
    server.asked.clear()
    server.replies["/file"] = reply or (lambda request: request.file(CONTENT))
    return server.url("/file")


def after_failures(*failures: Reply, then: Reply) -> Reply:
    return lambda request: (failures[request.number] if request.number < len(failures) else then)(request)


def good(request: Request) -> None:
    request.file(CONTENT)


def test_download_goes_on_where_it_broke_off(tmp_path: Path) -> None:
    with serving({}) as server:
        assert fetch(begun(server, tmp_path), tmp_path) == CONTENT
        assert server.ranges("/file") == [f"bytes={HALF}-"]


def test_connection_that_breaks_again_and_again_is_taken_up_as_long_as_bytes_come(tmp_path: Path) -> None:
    with serving({"/file": lambda request: request.broken_off(CONTENT, 30_000)}) as server:
        assert fetch(server.url("/file"), tmp_path) == CONTENT
        assert len(server.asked) == 10 > POLICY.attempts


def test_whole_part_is_not_asked_for_again(tmp_path: Path) -> None:
    with serving({"/file": good}) as server:
        assert fetch(server.url("/file"), tmp_path) == fetch(server.url("/file"), tmp_path) == CONTENT
        assert len(server.asked) == 1


def without_ranges(request: Request) -> None:
    request.answer(200, CONTENT)


def as_changed_file(request: Request) -> None:
    request.file(OTHER, etag='"two"')


def with_other_range(request: Request) -> None:
    """Send a part that nobody asked for, as long as one is asked for."""
    told = {"ETag": '"one"', "Content_Range": f"bytes 7-{len(CONTENT) - 1}/{len(CONTENT)}"}
    request.answer(206, CONTENT[7:], **told) if request.start else good(request)


def with_other_total(request: Request) -> None:
    told = {"ETag": '"one"', "Content_Range": f"bytes {HALF}-{len(OTHER) - 1}/{len(OTHER)}"}
    request.answer(206, OTHER[HALF:], **told) if request.start else request.file(OTHER, etag='"two"')


def with_other_tag_in_the_part(request: Request) -> None:
    told = {"ETag": '"two"', "Content_Range": f"bytes {HALF}-{len(CONTENT) - 1}/{len(CONTENT)}"}
    request.answer(206, OTHER[: len(CONTENT) - HALF], **told) if request.start else request.file(OTHER, etag='"two"')


def without_content_range(request: Request) -> None:
    request.answer(206, CONTENT[HALF:], ETag='"one"') if request.start else good(request)


def in_many_parts(request: Request) -> None:
    kind = "multipart/byteranges; boundary=x"
    request.answer(206, b"--x\r\n--x--", ETag='"one"', Content_Type=kind) if request.start else good(request)


def with_packed_part(request: Request) -> None:
    told = {"ETag": '"one"', "Content_Range": f"bytes {HALF}-{len(CONTENT) - 1}/{len(CONTENT)}"}
    packed = gzip.compress(CONTENT[HALF:])
    request.answer(206, packed, Content_Encoding="gzip", **told) if request.start else good(request)


def longer_than_the_file(request: Request) -> None:
    told = {"ETag": '"one"', "Content_Range": f"bytes {HALF}-{len(CONTENT) - 1}/{len(CONTENT)}"}
    request.answer(206, CONTENT[HALF:] + b"more", **told) if request.start else good(request)


def longer_than_the_file_without_a_length(request: Request) -> None:
    """As above, ended by hanging up."""
    if not request.start:
        good(request)
        return
    request.begin(206, ETag='"one"', Content_Range=f"bytes {HALF}-{len(CONTENT) - 1}/{len(CONTENT)}")
    request.handler.wfile.write(CONTENT[HALF:] + b"more")


def not_satisfiable(request: Request) -> None:
    request.answer(416, Content_Range=f"bytes */{HALF}") if request.start else good(request)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (without_ranges, CONTENT),
        (as_changed_file, OTHER),
        (with_other_range, CONTENT),
        (with_other_total, OTHER),
        (with_other_tag_in_the_part, OTHER),
        (without_content_range, CONTENT),
        (in_many_parts, CONTENT),
        (with_packed_part, CONTENT),
        (longer_than_the_file, CONTENT),
        (longer_than_the_file_without_a_length, CONTENT),
        (not_satisfiable, CONTENT),
    ],
)
def test_part_that_does_not_go_on_is_fetched_anew(tmp_path: Path, reply: Reply, expected: bytes) -> None:
    with serving({}) as server:
        assert fetch(begun(server, tmp_path, reply), tmp_path) == expected
        assert server.ranges("/file")[0] == f"bytes={HALF}-"


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"weak"'}])
def test_file_that_cannot_be_told_from_another_version_is_never_resumed(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    def half(request: Request) -> None:
        request.answer(200, CONTENT[:HALF], Content_Length=str(len(CONTENT)), **headers)

    with serving({"/file": after_failures(half, then=good)}) as server:
        assert fetch(server.url("/file"), tmp_path) == CONTENT
        assert server.ranges("/file") == ["", ""]


def test_file_with_only_a_date_is_resumed_by_that(tmp_path: Path) -> None:
    date = "Tue, 03 Nov 2026 10:00:00 GMT"

    def dated(request: Request) -> None:
        if request.start:
            assert request.handler.headers["If-Range"] == date
            told = f"bytes {request.start}-{len(CONTENT) - 1}/{len(CONTENT)}"
            request.answer(206, CONTENT[request.start :], Last_Modified=date, Content_Range=told)
        else:
            request.answer(200, CONTENT[:HALF], Last_Modified=date, Content_Length=str(len(CONTENT)))

    with serving({"/file": dated}) as server:
        assert fetch(server.url("/file"), tmp_path) == CONTENT
        assert server.ranges("/file") == ["", f"bytes={HALF}-"]


def test_part_of_one_address_is_never_continued_from_another(tmp_path: Path) -> None:
    with serving({"/other": lambda request: request.file(OTHER)}) as server:
        begun(server, tmp_path)
        assert fetch(server.url("/other"), tmp_path) == OTHER
        assert server.ranges("/other") == [""]


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b'{"url": 7}', b"\xff"])
def test_part_whose_state_is_lost_is_fetched_anew(tmp_path: Path, state: bytes) -> None:
    with serving({}) as server:
        url = begun(server, tmp_path)
        (tmp_path / "x.part.json").write_bytes(state)
        assert fetch(url, tmp_path) == CONTENT
        assert server.ranges("/file") == [""]


def held_before_the_header(request: Request) -> None:
    request.hold()


def held_in_mid_body(request: Request) -> None:
    request.begin(200, ETag='"one"', Content_Length=str(len(CONTENT)))
    request.handler.wfile.write(CONTENT[:HALF])
    request.hold()


def reset_before_the_header(request: Request) -> None:
    request.reset()


def reset_in_mid_body(request: Request) -> None:
    request.begin(200, ETag='"one"', Content_Length=str(len(CONTENT)))
    request.handler.wfile.write(CONTENT[:1000])
    request.reset()


def out_of_order(request: Request) -> None:
    request.answer(500)


def overloaded(request: Request) -> None:
    request.answer(503, Retry_After="0")


def no_http(request: Request) -> None:
    request.handler.wfile.write(b"hello\r\n\r\n")


def hung_up(request: Request) -> None:
    request.handler.wfile.flush()


def cut_off_in_a_chunk(request: Request) -> None:
    request.begin(200, ETag='"one"', Transfer_Encoding="chunked")
    request.handler.wfile.write(b"ffff\r\n" + CONTENT[:1000])


TRANSIENT: list[tuple[Reply, str]] = [
    (held_before_the_header, "no answer in time"),
    (held_in_mid_body, "no answer in time"),
    (reset_before_the_header, "connection reset by peer"),
    (reset_in_mid_body, "connection reset by peer"),
    (out_of_order, "the server answers 500 Internal Server Error"),
    (overloaded, "the server answers 503 Service Unavailable"),
    (no_http, "answers in no HTTP that is understood (BadStatusLine)"),
    (hung_up, "remote end closed connection without response"),
]


@pytest.mark.parametrize("broken", [broken for broken, _ in TRANSIENT] + [cut_off_in_a_chunk])
def test_what_breaks_once_is_tried_again(tmp_path: Path, broken: Reply) -> None:
    held = broken in {held_before_the_header, held_in_mid_body}
    with serving({"/file": after_failures(broken, then=good)}) as server:
        # So late that whoever is at work answers before, so soon that nobody waits long.
        policy = replace(POLICY, read_seconds=3 if held else POLICY.read_seconds, attempts=4)
        assert fetch(server.url("/file"), tmp_path, policy) == CONTENT
        assert len(server.asked) == 2


@pytest.mark.parametrize(("broken", "reason"), TRANSIENT)
def test_what_stays_broken_is_given_up_and_said_why(tmp_path: Path, broken: Reply, reason: str) -> None:
    with serving({"/file": broken}) as server:
        policy = SHORT if broken in {held_before_the_header, held_in_mid_body} else TWICE
        assert failure(server.url("/file"), tmp_path, policy).reason == reason
        # One more where bytes came the first time; one that gave up waiting may be ahead of the server.
        server.wait_for(2)
        assert len(server.asked) in {2, 3}


def test_dead_port_is_refused(tmp_path: Path) -> None:
    assert failure(dead_address(), tmp_path, SHORT).reason == "connection refused"


def test_name_that_does_not_exist_is_told(tmp_path: Path) -> None:
    reason = failure("http://no-such-host.invalid/", tmp_path, SHORT).reason
    assert reason == "the name no-such-host.invalid cannot be resolved"


def test_open_server_that_speaks_no_tls_is_told(tmp_path: Path) -> None:
    with serving({"/file": good}) as server:
        error = failure(server.url("/file").replace("http:", "https:"), tmp_path, SHORT)
        assert "ssl" in error.reason.lower()


def dripping_header(request: Request) -> None:
    request.handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Drops: ")
    while not request.released.wait(0.02):
        request.handler.wfile.write(b"x")


def dripping_body(request: Request) -> None:
    request.begin(200, ETag='"one"', Content_Length=str(LIMIT))
    while not request.released.wait(0.02):
        request.handler.wfile.write(b"x")


@pytest.mark.parametrize("dripping", [dripping_header, dripping_body])
def test_server_that_drips_is_left_when_the_whole_takes_too_long(tmp_path: Path, dripping: Reply) -> None:
    policy = RetryPolicy(read_seconds=5, total_seconds=0.5, attempts=3, backoff_seconds=0.01)
    with serving({"/file": dripping}) as server:
        assert failure(server.url("/file"), tmp_path, policy).reason == "took too long as a whole"
        server.wait_for(1)
        assert len(server.asked) == 1


def to(address: str) -> Reply:
    return lambda request: request.answer(302, Location=address)


def as_web_page(request: Request) -> None:
    request.answer(200, b"<html>Log in to the network</html>", Content_Type="text/html; charset=utf-8")


FINAL: list[tuple[Reply, str]] = [
    (lambda request: request.answer(404), "the server answers 404 Not Found"),
    (lambda request: request.answer(403), "the server answers 403 Forbidden"),
    (lambda request: request.answer(204), "the server answers 204, which is no file"),
    (lambda request: request.answer(206, b"part"), "the server answers 206, which is no file"),
    (as_web_page, "leads to a web page, not to a file (a login page of this network?)"),
    (to("file:///etc/passwd"), "redirects to 'file:///etc/passwd', which is not followed"),
    (to("data:,x"), "redirects to 'data:,x', which is not followed"),
    (to("ftp://example.org/x"), "redirects to 'ftp://example.org/x', which is not followed"),
    (to("/file"), "redirects in a circle or too often"),
    (
        lambda request: request.answer(200, b"x", Content_Encoding="br"),
        "comes encoded as 'br', which was not asked for",
    ),
    (
        lambda request: request.answer(200, b"", Content_Length=str(LIMIT + 1)),
        f"has more than {LIMIT} bytes, which are the limit",
    ),
    (
        lambda request: request.answer(200, gzip.compress(bytes(LIMIT + 1)), Content_Encoding="gzip"),
        f"has more than {LIMIT} bytes, which are the limit",
    ),
]


@pytest.mark.parametrize(("reply", "reason"), FINAL)
def test_what_will_not_pass_is_told_at_once(tmp_path: Path, reply: Reply, reason: str) -> None:
    with serving({"/file": reply}) as server:
        assert failure(server.url("/file"), tmp_path).reason == reason
        assert len(server.asked) in {1, 3}  # three times round a circle


def test_web_page_in_place_of_the_rest_costs_nothing_of_the_part(tmp_path: Path) -> None:
    with serving({}) as server:
        url = begun(server, tmp_path, as_web_page)
        failure(url, tmp_path)
        assert (tmp_path / "x.part").read_bytes() == CONTENT[:HALF]
        server.replies["/file"] = good
        assert fetch(url, tmp_path) == CONTENT
        assert server.ranges("/file") == [f"bytes={HALF}-"] * 2


def test_body_without_end_stops_at_the_limit(tmp_path: Path) -> None:
    def endless(request: Request) -> None:
        request.begin(200)
        while not request.released.is_set():
            request.handler.wfile.write(bytes(100_000))

    with serving({"/file": endless}) as server:
        assert "are the limit" in failure(server.url("/file"), tmp_path).reason
    assert (tmp_path / "x.part").stat().st_size < 2 * LIMIT


def test_redirects_are_followed_up_to_a_limit(tmp_path: Path) -> None:
    steps: dict[str, Reply] = {f"/{step}": to(f"/{step + 1}") for step in range(MAX_REDIRECTS + 1)}
    with serving({**steps, f"/{MAX_REDIRECTS}": good}) as server:
        assert fetch(server.url("/0"), tmp_path) == CONTENT
        server.replies.update({f"/{MAX_REDIRECTS}": to(f"/{MAX_REDIRECTS + 1}"), f"/{MAX_REDIRECTS + 1}": good})
        (tmp_path / "x.part").unlink()
        assert failure(server.url("/0"), tmp_path).reason == "redirects in a circle or too often"


def test_resumption_asks_for_its_range_behind_a_redirect_too(tmp_path: Path) -> None:
    with serving({"/moved": good}) as server:
        assert fetch(begun(server, tmp_path, to("/moved")), tmp_path) == CONTENT
        assert server.ranges("/moved") == [f"bytes={HALF}-"]


def test_body_that_is_packed_unasked_is_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(CONTENT)

    def cut_off(request: Request) -> None:
        request.answer(200, packed[: len(packed) // 2], Content_Encoding="gzip", ETag='"one"')

    def damaged(request: Request) -> None:
        request.answer(200, b"no gzip", Content_Encoding="gzip", ETag='"one"')

    def whole(request: Request) -> None:
        request.answer(200, packed, Content_Encoding="gzip", ETag='"one"')

    with serving({"/file": after_failures(cut_off, damaged, then=whole)}) as server:
        assert fetch(server.url("/file"), tmp_path) == CONTENT
        assert server.ranges("/file") == ["", "", ""]


def test_bytes_behind_the_announced_end_are_not_the_file(tmp_path: Path) -> None:
    with serving({"/file": lambda request: request.answer(200, CONTENT, Content_Length="1000")}) as server:
        assert fetch(server.url("/file"), tmp_path) == CONTENT[:1000]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/x", "example.org", "http://", "http://[", "http://a:x/", "ipfs://Qm"],
)
def test_other_addresses_than_http_are_refused(tmp_path: Path, address: str) -> None:
    assert failure(address, tmp_path).reason == "is no http or https address"


def test_password_in_an_address_is_neither_sent_nor_printed(tmp_path: Path) -> None:
    error = failure("http://me:secret@127.0.0.1:1/x", tmp_path)
    assert str(error) == "127.0.0.1: an address with a password in it is not used"


def test_proxy_of_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"http://models.invalid/file": good}) as server:
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setenv("http_proxy", server.address)
        assert fetch("http://models.invalid/file", tmp_path) == CONTENT


def write_certificate(folder: Path) -> Path:
    """Write a key and a certificate for loopback that nobody else trusts."""
    path = folder / "server.pem"
    command = [
        require_tool("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", str(folder / "key.pem"), "-out", str(path), "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=IP:127.0.0.1",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "key.pem").read_bytes())
    return path


def test_protected_server_has_to_be_trusted_and_is_never_left_for_an_open_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = write_certificate(tmp_path)
    with serving({"/open": good}) as opened, serving({"/file": good}, certificate) as server:
        server.replies["/away"] = to(opened.url("/open"))
        error = failure(server.url("/file"), tmp_path)
        assert (error.reason, error.transient) == ("the certificate is not trusted (self-signed certificate)", False)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch(server.url("/file"), tmp_path) == CONTENT
        away = f"redirects to {opened.url('/open')!r}, which is not followed"
        assert failure(server.url("/away"), tmp_path).reason == away
        assert opened.asked == []


def test_progress_counts_what_was_there_already(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with serving({}) as server, open_part(tmp_path / "x.part") as part:
        server.replies["/file"] = lambda request: request.broken_off(CONTENT, HALF)
        part.fetch(HttpClient(POLICY), server.url("/file"), limit=LIMIT, progress=lambda *step: told.append(step))
    assert {total for _, total in told} == {len(CONTENT)}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_two_that_want_the_same_part_take_turns(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    order: list[str] = []
    waiting = threading.Event()

    class Waited(logging.NullHandler):
        def handle(self, record: logging.LogRecord) -> bool:
            waiting.set()
            return super().handle(record)

    def second() -> None:
        with open_part(tmp_path / "x.part") as part:
            order.append(f"second, {part.size} bytes")

    log = logging.getLogger("pipeline.models.download")
    handler = Waited()
    log.addHandler(handler)
    thread = threading.Thread(target=second)
    try:
        with serving({"/file": good}) as server, open_part(tmp_path / "x.part") as part:
            thread.start()
            assert waiting.wait(SECONDS)
            part.fetch(HttpClient(POLICY), server.url("/file"), limit=LIMIT, progress=lambda _done, _total: None)
            order.append(f"first, {part.size} bytes")
            part.discard()
        thread.join(SECONDS)
    finally:
        log.removeHandler(handler)
    assert order == [f"first, {len(CONTENT)} bytes", "second, 0 bytes"]
    assert [record.getMessage() for record in caplog.records] == [
        "x is being fetched by another process; waiting for it"
    ]


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelPackageError, match=r"File exists|Not a directory"), open_part(tmp_path / "file/x.part"):
        pass


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (lambda request: request.answer(200, bytes(LIMIT + 1)), "has more than"),
        (lambda request: request.answer(404), "404"),
        (lambda request: request.answer(206, b"part"), "which is no file"),
        (as_web_page, "web page"),
        (lambda request: request.broken_off(CONTENT, HALF), "broke off"),
    ],
)
def test_small_file_comes_whole_or_not_at_all(reply: Callable[[Request], None], reason: str) -> None:
    with serving({"/bad": reply, "/good": good}) as server:
        assert HttpClient(POLICY).request("GET", server.url("/good"), limit=LIMIT) == CONTENT
        with pytest.raises(DownloadError, match=reason):
            HttpClient(POLICY).request("GET", server.url("/bad"), limit=LIMIT)
