"""`polypost models install en fr`: fetched from an index, compared with what is pinned, never half."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.argos_archives import EN_PT, PT_ES, TOP, members, repacked, speaking, write_archive
from tests.models.breaking_server import BreakingServer, Reply, Request, dead_address, serving
from tests.projects import CHECKOUT, CONFIG, polypost, read_json, write_tree
from tests.read_only import read_only, without_privilege

MODEL = EN_PT.read_bytes()
FROM_FILE = "with a file at hand: polypost models install --from FILE.argosmodel"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "project", {"polypost.toml": CONFIG})


@pytest.fixture
def server() -> Iterator[BreakingServer]:
    with serving({}) as started:
        yield started


def environment(project: Path) -> dict[str, str]:
    unset = dict.fromkeys(("XDG_DATA_HOME", "POLYPOST_MODELS_DIR", "ARGOS_PACKAGES_DIR", "ARGOS_PACKAGE_INDEX"), "")
    return {"HOME": str(project.parent / "home"), "no_proxy": "*", **unset}


def stock(project: Path) -> Path:
    return project.parent / "home/.local/share/polypost/models"


def models(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return polypost(project, "models", *arguments, **(environment(project) | more))


def install(project: Path, server: BreakingServer, *arguments: str) -> subprocess.CompletedProcess[str]:
    return models(project, "install", *arguments, "--index", server.url("/index.json"), "--attempts", "1")


def offer(server: BreakingServer, *packages: tuple[str, str, str], link: str = "/model") -> None:
    """Let the index offer packages, each as (source, target, version), from one address plus its number."""
    entries = [
        {"from_code": source, "to_code": target, "package_version": version, "links": [server.url(f"{link}{number}")]}
        for number, (source, target, version) in enumerate(packages)
    ]
    server.replies["/index.json"] = lambda request: request.answer(200, json.dumps(entries).encode())


def giving(content: bytes) -> Reply:
    return lambda request: request.file(content)


def nothing_is_left(project: Path) -> bool:
    """Tell that neither a package nor a pin has come of it, nor a part that would be gone on with."""
    left = [path for path in stock(project).rglob("*") if path.is_file()] if stock(project).exists() else []
    return not left and not (project / "models.lock").exists()


def test_pair_is_fetched_installed_pinned_listed_and_verified(project: Path, server: BreakingServer) -> None:
    offer(server, ("en", "pt", "0.1"), ("pt", "es", "0.1"))
    server.replies["/model0"] = giving(MODEL)
    done = install(project, server, "en", "pt-BR")
    folder = stock(project) / "translate-en_pt-0_1"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"en→pt 0.1 installed: {folder}\n", "")
    (pinned,) = read_json(project / "models.lock")["packages"]
    assert pinned["sha256"] == hashlib.sha256(MODEL).hexdigest()
    by_file = write_tree(project.parent / "by-file/project", {"polypost.toml": CONFIG})
    assert models(by_file, "install", "--from", str(EN_PT)).returncode == 0
    assert (by_file / "models.lock").read_bytes() == (project / "models.lock").read_bytes()
    assert json.loads(models(project, "list", "--json").stdout) == [
        {"engine": "argos", "from": "en", "to": "pt", "version": "0.1", "folder": str(folder)}
    ]
    assert models(project, "verify").stdout == "0 differences\n"
    assert list((stock(project) / ".downloads").iterdir()) == []


def test_what_is_installed_as_pinned_is_not_even_asked_for(project: Path, server: BreakingServer) -> None:
    assert models(project, "install", "--from", str(EN_PT)).returncode == 0
    folder = stock(project) / "translate-en_pt-0_1"
    for arguments in (("en", "pt"), ()):
        done = install(project, server, *arguments)
        assert (done.returncode, done.stdout) == (0, f"en→pt 0.1 is installed already: {folder}\n")
    assert server.asked == []


def test_another_machine_gets_everything_that_is_pinned(project: Path, server: BreakingServer) -> None:
    assert models(project, "install", "--from", str(EN_PT), "--from", str(PT_ES)).returncode == 0
    lock = (project / "models.lock").read_text(encoding="utf-8")
    other = write_tree(project.parent / "other/project", {"polypost.toml": CONFIG, "models.lock": lock})
    offer(server, ("en", "pt", "0.1"), ("pt", "es", "0.1"), ("en", "pt", "0.2"))
    server.replies.update({"/model0": giving(MODEL), "/model1": giving(PT_ES.read_bytes())})
    done = install(other, server)
    assert done.returncode == 0, done.stderr
    assert models(other, "verify").stdout == "0 differences\n"
    assert (other / "models.lock").read_text(encoding="utf-8") == lock


def test_two_packages_through_a_pivot_are_installed_at_once_or_not_at_all(
    project: Path, server: BreakingServer
) -> None:
    offer(server, ("pt", "en", "1.9"), ("en", "fr", "1.9"), link="/package")
    for number, (source, target) in enumerate((("pt", "en"), ("en", "fr"))):
        server.replies[f"/package{number}"] = giving(packed(project, source, target))
    missing = install(project, server, "pt", "fr")
    assert (missing.returncode, missing.stdout) == (3, "")
    assert missing.stderr == (
        "error: pt→fr: the index has no package for it, but pt→en 1.9 and en→fr 1.9; "
        "both at once: polypost models install pt fr --through en\n"
    )
    assert install(project, server, "pt", "fr", "--through", "es").returncode == 3
    assert nothing_is_left(project)
    done = install(project, server, "pt", "fr", "--through", "en")
    assert (done.returncode, [line.split()[0] for line in done.stdout.splitlines()]) == (0, ["pt→en", "en→fr"])


def test_index_is_found_by_the_variable_of_argos_too(project: Path, server: BreakingServer) -> None:
    offer(server, ("en", "pt", "0.1"))
    server.replies["/model0"] = giving(MODEL)
    done = models(project, "install", "en", "pt", ARGOS_PACKAGE_INDEX=server.url("/"))
    assert done.returncode == 0, done.stderr


def test_unreachable_index_is_told_with_the_way_that_needs_none(project: Path) -> None:
    address = dead_address()
    done = models(project, "install", "en", "fr", "--index", address, "--attempts", "1")
    host = address.removeprefix("http://")
    told = f"error: the Argos index at {host} cannot be reached: connection refused; {FROM_FILE}\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", told)
    assert nothing_is_left(project)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"nonsense", "is no list of packages"),
        (b'{"packages": []}', "is no list of packages"),
        (b"[]", "offers no package"),
        (b"[" + b" " * 50_000_000 + b"]", "cannot be reached: has more than 8388608 bytes"),
    ],
)
def test_index_that_is_none_is_told(project: Path, server: BreakingServer, content: bytes, told: str) -> None:
    server.replies["/index.json"] = giving(content)
    done = install(project, server, "en", "fr")
    assert (done.returncode, told in done.stderr, done.stderr.count("\n")) == (3, True, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("en", "english"),
        ("en", "qqq"),
        ("en",),
        ("en", "fr", "de"),
        ("en", "en"),
        ("--through", "en"),
        ("en", "fr", "--index", "file:///etc/passwd"),
        ("en", "fr", "--from", str(EN_PT)),
        (),
    ],
)
def test_wrong_request_ends_with_two(project: Path, arguments: tuple[str, ...]) -> None:
    done = models(project, "install", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert nothing_is_left(project)


def corrupted() -> bytes:
    content = bytearray(MODEL)
    content[len(content) // 2] ^= 1
    return bytes(content)


def packed(folder: Path, source: str = "en", target: str = "fr", version: str = "1.9") -> bytes:
    return speaking(folder / "x.argosmodel", source, target, version).read_bytes()


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("no zip", "a damaged or incomplete package"),
        ("cut off", "a damaged or incomplete package"),
        ("one bit", "a damaged or incomplete package"),
        ("other pair", "is en→de 1.9, not what the index says"),
        ("other version", "is en→fr 2.0, not what the index says"),
        ("leads out", "a path that leads out of the package"),
        ("worthless", "cannot be translated with: "),
        ("other language", "claims to translate to fr, but what it writes is pt"),
    ],
)
def test_package_that_is_not_what_the_index_says_leaves_nothing(
    project: Path, server: BreakingServer, case: str, told: str
) -> None:
    good = packed(project)
    evil = write_archive(project / "evil", members() | {f"{TOP}/../../evil": b""}).read_bytes()
    first = good.index(b"model.bin") + len("model.bin") + 3  # in the packed weights, which follow their name
    served = {
        "no zip": b"no zip at all",
        "cut off": good[:-30],
        "one bit": good[:first] + bytes([good[first] ^ 1]) + good[first + 1 :],
        "other pair": packed(project, target="de"),
        "other version": packed(project, version="2.0"),
        "leads out": evil,
        "worthless": write_archive(project / "worthless", members()).read_bytes(),
        "other language": repacked(EN_PT, project / "y", to_code="fr", package_version="1.9").read_bytes(),
    }
    offer(server, ("en", "fr", "1.9"))
    server.replies["/model0"] = giving(served[case])
    done = install(project, server, "en", "fr")
    assert (done.returncode, done.stdout) == (3, "")
    assert told in done.stderr
    assert f"the package at {server.url('/model0')} cannot be used and was deleted" in done.stderr
    assert nothing_is_left(project)
    server.replies["/model0"] = giving(good)
    assert install(project, server, "en", "fr").returncode == 0


@pytest.mark.parametrize("reply", ["absent", "truncated", "web page"])
def test_package_that_does_not_come_is_told_with_what_to_do(project: Path, server: BreakingServer, reply: str) -> None:
    replies: dict[str, tuple[Reply, str]] = {
        "absent": (lambda request: request.answer(404), "the server answers 404 Not Found"),
        "truncated": (
            lambda request: request.broken_off(MODEL, 1000),
            f"broke off {len(MODEL) - 1000} bytes before its end",
        ),
        "web page": (
            lambda request: request.answer(200, b"<html>", Content_Type="text/html"),
            "leads to a web page, not to a file (a login page of this network?)",
        ),
    }
    offer(server, ("en", "pt", "0.1"))
    server.replies["/model0"], reason = replies[reply]
    done = install(project, server, "en", "pt")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines()[-1] == (
        f"error: en→pt: version 0.1 cannot be fetched: {server.url('/model0')}: {reason}; "
        f"run the command again to go on from what has come, or {FROM_FILE}"
    )
    assert models(project, "list", "--json").stdout == "[]\n"
    assert not (project / "models.lock").exists()


def test_next_link_is_tried_where_one_leads_nowhere(project: Path, server: BreakingServer) -> None:
    links = ["ipfs://Qm", server.url("/gone"), server.url("/there")]
    entry = {"from_code": "en", "to_code": "pt", "package_version": "0.1", "links": links}
    server.replies["/index.json"] = lambda request: request.answer(200, json.dumps([entry]).encode())
    server.replies["/there"] = giving(MODEL)
    assert install(project, server, "en", "pt").returncode == 0


def test_other_file_than_the_pinned_one_is_refused_with_both_sums(project: Path, server: BreakingServer) -> None:
    assert models(project, "install", "--from", str(EN_PT)).returncode == 0
    lock = (project / "models.lock").read_text(encoding="utf-8")
    other = write_tree(project.parent / "other/project", {"polypost.toml": CONFIG, "models.lock": lock})
    offer(server, ("en", "pt", "0.1"))
    server.replies["/model0"] = giving(corrupted())
    done = install(other, server, "en", "pt")
    assert (done.returncode, done.stdout) == (3, "")
    came, pinned = (hashlib.sha256(content).hexdigest() for content in (corrupted(), MODEL))
    assert done.stderr == (
        f"error: en→pt: {server.url('/model0')} is not the file that models.lock pins: it has sha256 {came}, "
        f"pinned is {pinned}; it was deleted; run the command again in case it was damaged on the way; "
        "if the new file is meant: polypost models install en pt --upgrade\n"
    )
    assert list((stock(other) / ".downloads").iterdir()) == []
    assert (other / "models.lock").read_text(encoding="utf-8") == lock
    server.replies["/model0"] = giving(MODEL)
    assert install(other, server, "en", "pt").returncode == 0


def test_newer_version_is_taken_only_when_asked_for(project: Path, server: BreakingServer) -> None:
    old, new = packed(project), packed(project, version="1.10")
    server.replies.update({"/model0": giving(old), "/model1": giving(new)})
    offer(server, ("en", "fr", "1.9"))
    assert install(project, server, "en", "fr").returncode == 0
    offer(server, ("en", "fr", "1.9"), ("en", "fr", "1.10"))
    assert "1.9 is installed already" in install(project, server, "en", "fr").stdout
    assert "1.10 installed" in install(project, server, "en", "fr", "--upgrade").stdout
    assert "1.10 is installed already" in install(project, server, "en", "fr", "--upgrade").stdout
    assert [entry["version"] for entry in read_json(project / "models.lock")["packages"]] == ["1.10"]
    assert models(project, "verify").stdout == "0 differences\n"


def test_pinned_version_that_the_index_has_no_more_is_told(project: Path, server: BreakingServer) -> None:
    lock = {"packages": [{"from": "en", "to": "fr", "version": "1.8", "sha256": "0", "files": "0"}]}
    write_tree(project, {"models.lock": json.dumps(lock)})
    offer(server, ("en", "fr", "1.9"))
    done = install(project, server, "en", "fr")
    assert done.returncode == 3
    assert done.stderr == (
        "error: en→fr: models.lock pins version 1.8, the index offers 1.9; to take that and pin it: "
        f"polypost models install en fr --upgrade; {FROM_FILE}\n"
    )
    assert not stock(project).exists()


def test_what_is_pinned_is_fetched_beside_a_lock_that_cannot_be_written_and_nothing_else_is(
    project: Path, server: BreakingServer
) -> None:
    offer(server, ("en", "pt", "0.1"), ("pt", "es", "0.1"))
    server.replies.update({"/model0": giving(MODEL), "/model1": giving(PT_ES.read_bytes())})
    assert models(project, "install", "--from", str(EN_PT)).returncode == 0
    shutil.rmtree(stock(project))
    index = ("--index", server.url("/index.json"))
    with read_only(project):
        done = without_privilege(project, "models", "install", "pt", "es", *index, **environment(project))
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{project / 'models.lock'} cannot be written (Permission denied), and it has to say" in done.stderr
        assert server.ranges("/model1") == []
        assert without_privilege(project, "models", "install", *index, **environment(project)).returncode == 0
    assert models(project, "verify").stdout == "0 differences\n"


def test_killed_download_goes_on_where_it_stopped(project: Path, server: BreakingServer) -> None:
    half = len(MODEL) // 2
    sent = threading.Event()

    def stalling(request: Request) -> None:
        request.begin(200, ETag='"one"', Content_Length=str(len(MODEL)))
        request.handler.wfile.write(MODEL[:half])
        sent.set()
        request.hold()

    offer(server, ("en", "pt", "0.1"))
    server.replies["/model0"] = stalling
    running = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "models", "install", "en", "pt", "--index", server.url("/index.json")],
        cwd=project,
        env={**os.environ, **environment(project), "PYTHONPATH": str(CHECKOUT)},
    )
    part = stock(project) / ".downloads/translate-en_pt-0_1.argosmodel.part"
    assert sent.wait(60)
    while running.poll() is None and part.stat().st_size < half:
        threading.Event().wait(0.01)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    assert part.read_bytes() == MODEL[:half]
    assert models(project, "list", "--json").stdout == "[]\n"
    server.replies["/model0"] = giving(MODEL)
    done = install(project, server, "en", "pt")
    assert (done.returncode, server.ranges("/model0")) == (0, ["", f"bytes={half}-"])
    (pinned,) = read_json(project / "models.lock")["packages"]
    assert pinned["sha256"] == hashlib.sha256(MODEL).hexdigest()
    assert models(project, "verify").stdout == "0 differences\n"


def test_full_disk_is_told_and_costs_nothing_of_what_has_come(project: Path, server: BreakingServer) -> None:
    offer(server, ("en", "pt", "0.1"))
    server.replies["/model0"] = giving(MODEL)
    command = [sys.executable, "-m", "pipeline", "models", "install", "en", "pt", "--index", server.url("/index.json")]
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 400 && exec "$@"', "bash", *command],  # KiB a file: no disk has to be filled for this
        cwd=project,
        env={**os.environ, **environment(project), "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    part = stock(project) / ".downloads/translate-en_pt-0_1.argosmodel.part"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {part}: File too large\n")
    assert install(project, server, "en", "pt").returncode == 0
    assert server.ranges("/model0") == ["", f"bytes={400 * 1024}-"]


def test_installations_at_once_spoil_nothing_and_fetch_once(project: Path, server: BreakingServer) -> None:
    offer(server, ("en", "pt", "0.1"), ("pt", "es", "0.1"))
    server.replies.update({"/model0": giving(MODEL), "/model1": giving(PT_ES.read_bytes())})
    done: list[subprocess.CompletedProcess[str]] = []

    def run(source: str, target: str) -> None:
        done.append(install(project, server, source, target))

    threads = [threading.Thread(target=run, args=pair) for pair in (("en", "pt"), ("pt", "es")) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.returncode for one in done] == [0, 0, 0, 0], [one.stderr for one in done]
    assert server.ranges("/model0") == server.ranges("/model1") == [""]
    assert models(project, "verify").stdout == "0 differences\n"
    assert [entry["to"] for entry in read_json(project / "models.lock")["packages"]] == ["pt", "es"]
