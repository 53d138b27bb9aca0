"""A build through the real LibreTranslate server; the server is killed in the middle of a run and comes back."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, CONFIG, NO_MODELS, built, polypost, write_tree
from tests.translation.libretranslate_servers import free_port, libretranslate
from tests.workflow.test_crash import DEADLINE_SECONDS, THINGS, TIMES, VERBS, remembered

# The third request for translations is not sent before there is a file `go`: the server can be killed in the middle.
HELD = """
import sys, time
from pathlib import Path
from pipeline.cli import main

sent = 0

def hear(event, arguments):
    global sent
    if event == "http.client.send" and bytes(arguments[1]).startswith(b"POST /translate"):
        sent += 1
        if sent == 3:
            Path("held").touch()
            while not Path("go").exists():
                time.sleep(0.01)

sys.addaudithook(hear)
main(sys.argv[1:])
"""
POSTING = """\
Title: Accountant
Language: en

Requirements:
Experience with Python and/or SQL
"""


@pytest.fixture
def port() -> Iterator[int]:
    with free_port() as kept:
        yield kept


def write_project(folder: Path, port: int, engines: str = '["libretranslate"]') -> Path:
    config = CONFIG.replace('["en", "pt_BR", "fr"]', '["en", "pt_BR", "es"]').replace(
        '["bergamot"]', f'{engines}\nlibretranslate = "http://127.0.0.1:{port}"'
    )
    return write_tree(folder / "project", {"polypost.toml": config, "postings/accountant.txt": POSTING})


def many_items() -> str:
    items = "\n".join(f"{' '.join(words)}, as our plan has it" for words in product(VERBS, THINGS[:5], TIMES[:3]))
    return f"Title: Caretaker\nLanguage: en\n\nResponsibilities:\n{items}\n"


def test_build_goes_through_the_server_and_names_its_version(tmp_path: Path, port: int) -> None:
    project = write_project(tmp_path, port)
    with libretranslate(tmp_path, port):
        told = json.loads(polypost(project, "engines", "--json").stdout)
        assert told["installed"] == ["libretranslate"]
        assert ("en→es", "libretranslate", "en→es") in [
            (pair["pair"], pair["engine"], pair["route"]) for pair in told["pairs"]
        ]
        built(project)
        assert json.loads(polypost(project, "translate", "--json").stdout) == {}
    catalog = (project / "locales/pt_BR/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    assert "#. engine: libretranslate 1." in catalog
    assert 'msgstr "Experiência com Python e/ou SQL"' in catalog

    before = catalog
    assert "no engine was asked" in built(project).stdout  # the server is gone, and nothing new is wanted of it
    assert (project / "locales/pt_BR/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8") == before


def test_server_killed_in_mid_run_stops_the_run_and_costs_nothing_that_was_finished(tmp_path: Path, port: int) -> None:
    project = write_project(tmp_path, port)
    write_tree(project, {"postings/accountant.txt": many_items()})
    (project / "polypost.toml").write_text(
        (project / "polypost.toml").read_text(encoding="utf-8").replace(', "es"]', "]"), encoding="utf-8"
    )
    memory = project / "build/memory.sqlite3"
    command = [sys.executable, "-c", HELD, "translate"]
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT)}
    with libretranslate(tmp_path, port) as server:
        running = subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not (project / "held").exists() and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        server.kill()
        server.wait()
        (project / "go").touch()
        _, errors = running.communicate(timeout=DEADLINE_SECONDS)
    finished = remembered(memory)
    assert (running.returncode, len(finished) > 0) == (1, True)
    assert f"engine libretranslate: 127.0.0.1:{port} does not answer: " in errors

    with libretranslate(tmp_path, port):
        done = polypost(project, "translate", "--json")
    assert json.loads(done.stdout)["libretranslate"]["segments"] == len(remembered(memory)) - len(finished) > 0


def test_server_that_is_asked_for_and_down_ends_with_three(tmp_path: Path, port: int) -> None:
    project = write_project(tmp_path, port)
    done = polypost(project, "translate", "--engine", "libretranslate")
    assert (done.returncode, "does not answer" in done.stderr) == (3, True)
    assert "libretranslate = " in done.stderr


def test_server_in_the_list_that_is_down_is_passed_over_with_a_note(tmp_path: Path, port: int) -> None:
    project = write_project(tmp_path, port, '["libretranslate", "bergamot"]')
    done = built(project)
    assert "not installed and passed over: libretranslate (see polypost engines)" in done.stderr
    catalog = (project / "locales/pt_BR/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    assert "#. engine: bergamot " in catalog
    (missing,) = json.loads(polypost(project, "engines", "--json").stdout)["missing"]
    assert (missing["engine"], "libretranslate = " in missing["remedy"]) == ("libretranslate", True)


@pytest.mark.parametrize("address", ["127.0.0.1:5000", "file:///etc/passwd"])
def test_address_that_is_none_is_told_with_the_configuration(tmp_path: Path, address: str) -> None:
    project = write_project(tmp_path, 1)
    config = (project / "polypost.toml").read_text(encoding="utf-8").replace("http://127.0.0.1:1", address)
    (project / "polypost.toml").write_text(config, encoding="utf-8")
    done = polypost(project, "status")
    told = f"translate.libretranslate is '{address}', it has to be an http or https address"
    assert (done.returncode, told in done.stderr) == (2, True)
