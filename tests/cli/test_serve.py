"""`polypost serve` shows a release to browsers on this machine, and to nobody and nothing else."""

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.reloading import MAX_CONNECTIONS, MAX_HEAD_BYTES, RELEASES, REQUEST_SECONDS, SCRIPT
from tests.irregular import put
from tests.processes import POLYPOST, Process, ended, started
from tests.projects import CONFIG, built, read_tree, write_tree
from tests.publishing.browser import WIDTHS, chromium, tab

POSTING = "Title: {title}\nLanguage: en\n\nYou like ladders and lamps.\n"
PAGE = "<html><head></head><body>front</body></html>"
PRIVATE = "not for browsers"
OWN = "own"  # stands for the address of the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    address: str
    port: int
    process: Process


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/lamp.txt": POSTING.format(title="Lamp cleaner")})
    built(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose `public` is a link to a release, in which are some things that are not to be shown."""
    root = tmp_path_factory.mktemp("served")
    release = root / ".public-releases/first"
    files = {"index.html": PAGE, "en/index.html": PAGE, "en/feed.json": "{}", "bare/file.txt": "text", "é.txt": "e"}
    write_tree(release, {**files, "languages.json": "[]", ".git/config": PRIVATE, ".hidden.txt": PRIVATE})
    write_tree(root, {"secret.txt": PRIVATE, "secrets/index.html": PRIVATE, ".public-releases/first-2/x.txt": PRIVATE})
    (release / "link.txt").symlink_to(root / "secret.txt")
    (release / "up.txt").symlink_to("../../secret.txt")
    (release / "linked").symlink_to(root / "secrets")
    (release / "sibling").symlink_to("../first-2")
    (release / "loop").symlink_to("loop")
    (release / "inner.txt").symlink_to("en/feed.json")
    put("pipe", release / "pipe.txt")
    put("device", release / "zero.txt")
    put("folder", release / "folder.txt")
    (root / "public").symlink_to(".public-releases/first")
    return root


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Served]:
    with served(folder) as running:
        yield running


@contextmanager
def served(project: Path) -> Iterator[Served]:
    with started(project, *POLYPOST, "serve", "--port", "0") as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, said
        yield Served(address=found[0], port=int(found[1]), process=process)
        if process.poll() is None:
            process.terminate()
        assert ended(process)[2] == "ended\n"  # whatever was asked: no traceback


def answer(server: Served, request: bytes) -> bytes:
    """Send bytes; return everything that comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        with suppress(OSError):  # the server may have answered and closed by now
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        got = b""
        try:
            while piece := connection.recv(65536):
                got += piece
        except ConnectionResetError:  # the server closed before it had read everything
            pass
        return got


def is_dropped(connection: socket.socket) -> bool:
    """Wait for the end of a connection; a server that had not read everything resets it."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def ask(server: Served, path: str | bytes, method: str = "GET", host: str = OWN) -> tuple[int, bytes]:
    """Send a request; return the status and the content."""
    named = f"127.0.0.1:{server.port}" if host == OWN else host.replace("PORT", str(server.port))
    raw = path if isinstance(path, bytes) else path.encode()
    got = answer(server, method.encode() + b" " + raw + f" HTTP/1.1\r\nHost: {named}\r\n\r\n".encode())
    head, _, content = got.partition(b"\r\n\r\n")
    return int(head.split()[1]), content


def test_open_page_shows_a_new_release_by_itself(project: Path) -> None:
    before = read_tree(project / "public")
    with served(project) as server, chromium() as browser, tab(browser, WIDTHS["desktop"]) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{server.address}en/index.html")
        assert page.locator("h3").all_inner_texts() == ["Lamp cleaner"]
        assert read_tree(project / "public") == before
        write_tree(project, {"postings/lamp.txt": POSTING.format(title="Lantern cleaner")})
        built(project)
        page.get_by_role("heading", name="Lantern cleaner").wait_for()
        assert said == []
    assert all(b"/.polypost/" not in content for content in read_tree(project / "public").values())


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/en/feed.json", b"{}"),
        ("/en/feed.json?page=1", b"{}"),
        ("/%65n/feed.json", b"{}"),
        ("/inner.txt", b"{}"),
        ("/%C3%A9.txt", b"e"),
        ("/é.txt", b"e"),
        ("/bare/file.txt", b"text"),
    ],
)
def test_file_of_the_release_is_served_as_it_is(server: Served, path: str, content: bytes) -> None:
    assert ask(server, path) == (200, content)


@pytest.mark.parametrize("path", ["/", "/index.html", "/en/", "/en/?a=b", "/?"])
def test_page_is_served_with_the_script_that_reloads_it(server: Served, path: str) -> None:
    expected = PAGE.replace("</head>", f'<script src="{SCRIPT}" defer></script>\n</head>').encode()
    assert ask(server, path) == (200, expected)
    assert ask(server, SCRIPT)[0] == 200


def test_head_is_answered_as_get_without_the_content(server: Served) -> None:
    for path in ("/", "/en/feed.json", SCRIPT, RELEASES):
        assert ask(server, path, method="HEAD") == (200, b"")
    request = f"{{}} / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
    heads = [
        re.sub(rb"Date: .*\r\n", b"", answer(server, request.format(method).encode()).partition(b"\r\n\r\n")[0])
        for method in ("GET", "HEAD")
    ]
    assert heads[0] == heads[1]


def test_folder_without_a_slash_leads_to_its_page(server: Served) -> None:
    got = answer(server, f"GET /en?a=b HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
    assert got.startswith(b"HTTP/1.0 301 ")
    assert b"\r\nLocation: /en/?a=b\r\n" in got


@pytest.mark.parametrize(
    "path",
    [
        "/bare",
        "/bare/",
        "/missing",
        "/en/index.html/",
        "/en/feed.json/x",
        "//example.org/",
        "/en//feed.json",
        "/./index.html",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/en/../../../secret.txt",
        "/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/link.txt",
        "/up.txt",
        "/linked/",
        "/linked",
        "/linked/index.html",
        "/sibling/x.txt",
        "/loop",
        "/loop/",
        "/pipe.txt",
        "/zero.txt",
        "/folder.txt",
        "/folder.txt/",
        "/.git/config",
        "/.hidden.txt",
        "/.polypost/",
        "/.polypost/other",
        "/\0",
        "/%00",
        "/en/feed.json%00.html",
        "/%ff",
        b"/\xff",
        "/%",
        "/%zz",
        "/" + "a" * 5000,
        "/" + "a/" * 3000,
        "/en\\feed.json",
        "/en;x/",
        "*",
        "en/feed.json",
        "http://127.0.0.1/secret.txt",
        "file:///etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
    ],
)
def test_what_is_no_file_of_the_release_is_not_found(server: Served, path: str | bytes) -> None:
    status, content = ask(server, path)
    assert status == 404
    assert PRIVATE.encode() not in content


@pytest.mark.parametrize("host", [OWN, "localhost:PORT", "LocalHost:PORT", "[::1]:PORT"])
def test_request_for_this_machine_is_answered(server: Served, host: str) -> None:
    assert ask(server, "/en/feed.json", host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "example.org:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "localhost.example.org:PORT",
        "127.0.0.1.nip.io:PORT",
        "127.0.0.2:PORT",
        "0.0.0.0:PORT",
        "2130706433:PORT",
        "user@127.0.0.1:PORT",
        "127.0.0.1:PORT, example.org",
        "",
        "127.0.0.1:PORT\r\nHost: example.org",
        "127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT",
    ],
)
def test_request_for_another_host_is_refused(server: Served, host: str) -> None:
    for path in ("/en/feed.json", "/", SCRIPT, RELEASES):
        assert ask(server, path, host=host)[0] == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "LIST"])
def test_only_reading_is_answered(server: Served, method: str) -> None:
    assert ask(server, "/en/feed.json", method=method)[0] == 501


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"", b""),
        (b"\r\n\r\n", b""),
        (b"\0\0\0\0", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
        (b"GET\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"505"),
        (b"GET / HTTP/x\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1 extra\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost\0: x\r\n\r\n", b"421"),
        (b"GET /" + b"a" * 70_000, b"431"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * MAX_HEAD_BYTES + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 150 + b"\r\n", b"431"),
    ],
)
def test_malformed_request_is_refused(server: Served, request_: bytes, status: bytes) -> None:
    got = answer(server, request_)
    assert got.split()[1:2] == [status][: len(status)]
    assert PRIVATE.encode() not in got
    assert ask(server, "/en/feed.json")[0] == 200


def test_client_that_goes_away_leaves_no_trace(server: Served) -> None:
    for path in ("/", "/en/feed.json", RELEASES, "/missing"):
        for _ in range(5):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # ends by a reset
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
            connection.close()
    assert ask(server, "/en/feed.json")[0] == 200


def test_slow_clients_hold_nothing_up_and_are_dropped(folder: Path) -> None:
    with served(folder) as server, ExitStack() as opened:
        began = time.monotonic()
        slow = [
            opened.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            for _ in range(MAX_CONNECTIONS // 2)
        ]
        while time.monotonic() < began + REQUEST_SECONDS / 2:  # each says a little more, and none ever comes to an end
            for connection in slow:
                with suppress(OSError):  # on a machine that stood still it is dropped by now
                    connection.sendall(b"G")
            assert ask(server, "/en/feed.json")[0] == 200
            time.sleep(0.5)
        assert all(map(is_dropped, slow))
        assert time.monotonic() < began + REQUEST_SECONDS * 2


def test_connections_beyond_the_bound_are_refused_at_once(folder: Path) -> None:
    with served(folder) as server:
        with ExitStack() as opened:
            idle = [
                opened.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
                for _ in range(MAX_CONNECTIONS)
            ]
            assert len(idle) == MAX_CONNECTIONS
            assert ask(server, "/en/feed.json")[0] == 503
        deadline = time.monotonic() + REQUEST_SECONDS
        while ask(server, "/en/feed.json")[0] != 200:  # as soon as they are gone
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_new_release_is_served_without_a_restart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_tree(tmp_path / f".public-releases/{name}", {"index.html": PAGE, "languages.json": "[]", "x.txt": name})
    public = tmp_path / "public"
    public.symlink_to(".public-releases/a")
    with served(tmp_path) as server:
        assert ask(server, "/x.txt") == (200, b"a")
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as listening:
            listening.sendall(f"GET {RELEASES} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
            stream = listening.makefile("rb")
            assert next(line for line in stream if line.startswith(b"data: "))
            (tmp_path / "next").symlink_to(".public-releases/b")
            (tmp_path / "next").rename(public)
            assert next(line for line in stream if line.startswith(b"data: "))
        assert ask(server, "/x.txt") == (200, b"b")
        public.unlink()
        assert ask(server, "/x.txt")[0] == 404


def test_wrong_address_is_answered_with_the_page_that_the_release_has_for_it(tmp_path: Path) -> None:
    write_tree(tmp_path, {"public/index.html": PAGE, "public/languages.json": "[]", "public/404.html": "<p>None such"})
    with served(tmp_path) as server:
        assert ask(server, "/en/postings/none.html") == (404, b"<p>None such")
        assert ask(server, "/404.html")[0] == 200


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_ends_it_with_one_line_while_a_page_listens(folder: Path, number: signal.Signals, code: int) -> None:
    with served(folder) as server, socket.create_connection(("127.0.0.1", server.port), timeout=10) as listening:
        listening.sendall(f"GET {RELEASES} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        assert listening.recv(1)
        os.kill(server.process.pid, number)
        assert server.process.wait(timeout=REQUEST_SECONDS * 2) == code
