"""Nobody ever sees a mixture: readers during switches, a process that is killed, two that publish at once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from pipeline.publishing.release.switch import switch_release
from tests.processes import SECONDS
from tests.projects import CHECKOUT, read_tree
from tests.publishing.reading import read_whole
from tests.publishing.switching import edition, files_of

SWITCHES = 50
MOMENTS = [number * 0.0037 for number in range(15)]  # seconds after the first switch
EACH_READ = 10  # so many switches after one that every reader has seen there is the next
PAUSE = 0.02  # seconds between two switches; releases come at least minutes apart
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(CHECKOUT)}


def started(module: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.publishing.{module}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=CHECKOUT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)


def test_reader_during_fifty_switches_sees_whole_releases_only(tmp_path: Path) -> None:
    out, stop = tmp_path / "public", tmp_path / "stop"
    switch_release(out, files_of(0))
    readers = [started("reading", out, stop) for _ in range(2)]
    try:
        for number in range(1, SWITCHES + 1):
            if number % EACH_READ == 1:  # else one that the machine gives no turn sees nothing of it
                for reader in readers:
                    wait_until_read(reader, number - 1)
            switch_release(out, files_of(number))
            time.sleep(PAUSE)
    finally:
        stop.touch()
    seen = [json.loads(reader.communicate(timeout=SECONDS)[0].splitlines()[-1]) for reader in readers]
    editions = {"gone", *map(str, range(SWITCHES + 1))}
    assert [found for found in seen if set(found) - editions] == []
    assert min(len({*found} - {"gone"}) for found in seen) >= SWITCHES // EACH_READ


def wait_until_read(reader: subprocess.Popen[str], edition: int) -> None:
    assert reader.stdout is not None
    while (line := reader.stdout.readline()) != f"{edition}\n":
        assert line, "the reader has ended"


def test_mixture_is_seen_by_the_reader(tmp_path: Path) -> None:
    out = tmp_path / "public"
    switch_release(out, files_of(1))
    assert read_whole(out) == "1"
    (out / "fr/postings/1.html").write_bytes(b"2" * 200)
    assert read_whole(out) == "torn: ['fr/postings/1.html']"


def test_reader_in_the_release_before_keeps_it_when_its_content_returns(tmp_path: Path) -> None:
    out = tmp_path / "public"
    switch_release(out, files_of(1))
    reader = out.resolve()
    switch_release(out, files_of(2))
    switch_release(out, files_of(1))
    assert out.resolve() != reader
    switch_release(out, files_of(2))
    assert len(list((tmp_path / ".public-releases").iterdir())) == 2


def test_killed_release_leaves_a_whole_one_and_the_next_run_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "public"
    switch_release(out, files_of(0))
    last = 0
    for moment in MOMENTS:
        with started("switching", out, last + 1) as running:
            assert running.stdout is not None
            first = int(running.stdout.readline())
            time.sleep(moment)
            running.send_signal(signal.SIGKILL)
            told = [first, *map(int, running.stdout.read().split())]
            assert running.wait() == -signal.SIGKILL
        last = int(read_whole(out))
        assert last - told[-1] in {0, 1}  # it may be killed between the switch and telling of it
    switch_release(out, files_of(last + 1))
    assert {path: text for path, text in read_tree(out).items() if path != "manifest.json"} == edition(last + 1)
    assert len(list((tmp_path / ".public-releases").iterdir())) <= 2
