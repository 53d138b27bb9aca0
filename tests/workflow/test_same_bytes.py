"""Same input, same bytes; an unchanged run writes nothing and asks no engine."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, built, polypost, read_times, read_tree
from tests.shared import built_samples
from tests.tools import LONG, require_tool


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_samples(tmp_path_factory)


@pytest.fixture
def samples(built_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built_once, tmp_path / "project", symlinks=True)


def outputs(project: Path) -> dict[str, dict[str, bytes]]:
    return {name: read_tree(project / name) for name in ("locales", "public")}


def test_repository_is_built_as_it_is_committed(samples: Path) -> None:
    assert {name: text for name, text in read_tree(samples / "locales").items() if not name.endswith(".mo")} == {
        name: text for name, text in read_tree(CHECKOUT / "locales").items() if not name.endswith(".mo")
    }


def test_unchanged_build_writes_no_file_and_asks_no_engine(samples: Path) -> None:
    before = {name: read_times(samples / name) for name in ("locales", "public")}
    done = built(samples)
    assert "no engine was asked" in done.stdout
    assert {name: read_times(samples / name) for name in ("locales", "public")} == before


@pytest.mark.skipif(not LONG, reason="a part of make fuzz: the next one has another time zone and hash seed too")
def test_time_zone_and_hash_seed_change_no_byte(samples: Path) -> None:
    before = outputs(samples)
    forget(samples)
    done = polypost(samples, "build", TZ="Pacific/Kiritimati", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert outputs(samples) == before


def test_what_was_deleted_is_made_again_without_an_engine_on_any_day_in_any_time_zone_hash_seed_and_locale(
    samples: Path,
) -> None:
    before = outputs(samples)
    forget(samples)
    command = [require_tool("faketime"), "2031-02-03 04:05:06", sys.executable, "-m", "pipeline", "build"]
    elsewhere = {"TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "99", "LC_ALL": "C"}
    environment = {"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin", **elsewhere}
    done = subprocess.run(command, cwd=samples, env=environment, check=True, capture_output=True, text=True)
    assert "no engine was asked" in done.stdout
    assert outputs(samples) == before


def forget(project: Path) -> None:
    """Delete what the next run would answer from."""
    shutil.rmtree(project / "build")
    (project / "public").unlink()
    shutil.rmtree(project / ".public-releases")


@pytest.mark.skipif(
    not LONG, reason="a part of make fuzz: tests/chaos/test_kills.py builds with an engine in many folders"
)
def test_first_build_elsewhere_makes_the_same_targets(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The machine's targets in the repository may be of an older recipe, which stay: they are made anew in both."""
    made = []
    for place in ("here", "elsewhere"):
        other = tmp_path_factory.mktemp(place)
        shutil.copytree(CHECKOUT / "samples", other / "samples")
        shutil.copytree(CHECKOUT / "locales", other / "locales")
        shutil.copy(CHECKOUT / "polypost.toml", other)
        cleared = polypost(other, "catalogs", "clear", "--machine")
        assert cleared.returncode == 0, cleared.stderr
        assert read_tree(other / "locales") != read_tree(samples / "locales")
        built(other)
        made.append(outputs(other))
    assert made[0] == made[1]
