"""Lexicons that a run opened lie in `build/`, open at once in the next one, and know the same."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.terminology.simplemma_forms import SimplemmaForms

WORDS = ("nurses", "Nurse", "went", "better", "children's", "PLC", "Köche", "formações", "x", "3")
RUN = """
import sys
from pathlib import Path
from pipeline.workflow.word_forms import KeptForms
kept = KeptForms(build_dir=Path(sys.argv[1]))
print([kept.of(sys.argv[2]).form(word) for word in sys.argv[3:]])
kept.keep()
"""

APART = RUN.replace("print(", "parent = kept; kept = KeptForms(build_dir=Path(sys.argv[1]))\nprint(").replace(
    "kept.keep()", "parent.take_over(kept.new())\nassert kept.new() == {}\nparent.keep()"
)


def forms_of(build: Path, language: str, *words: str, script: str = RUN) -> str:
    (build / "run.py").write_text(script)
    command = (sys.executable, str(build / "run.py"), str(build), language, *words)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def known(language: str, *words: str) -> str:
    return str([SimplemmaForms(language).form(word) for word in words])


@pytest.mark.parametrize("language", ["en", "de"])
def test_kept_lexicon_knows_what_the_lexicon_knows_and_is_not_made_again(tmp_path: Path, language: str) -> None:
    assert forms_of(tmp_path, language, "kept") == known(language, "kept")
    made = (tmp_path / f"lexicon.{language}.msgpack").stat().st_ino
    assert forms_of(tmp_path, language, *WORDS) == known(language, *WORDS)
    assert (tmp_path / f"lexicon.{language}.msgpack").stat().st_ino == made


def test_damaged_lexicon_is_opened_anew(tmp_path: Path) -> None:
    forms_of(tmp_path, "en", "kept")
    path = tmp_path / "lexicon.en.msgpack"
    content = path.read_bytes()
    path.write_bytes(content[:1000] + bytes([content[1000] ^ 1]) + content[1001:])
    assert forms_of(tmp_path, "en", *WORDS) == known("en", *WORDS)
    assert path.read_bytes() == content


def test_run_that_meets_no_new_word_opens_no_lexicon(tmp_path: Path) -> None:
    forms_of(tmp_path, "en", *WORDS)
    (tmp_path / "lexicon.en.msgpack").unlink()
    assert forms_of(tmp_path, "en", *WORDS) == known("en", *WORDS)
    assert not (tmp_path / "lexicon.en.msgpack").exists()


def test_what_a_child_process_found_out_is_kept_as_if_it_had_been_found_out_here(tmp_path: Path) -> None:
    apart, here = tmp_path / "apart", tmp_path / "here"
    apart.mkdir()
    here.mkdir()
    forms_of(here, "en", *WORDS)
    assert forms_of(apart, "en", *WORDS, script=APART) == known("en", *WORDS)
    assert {path.name: path.read_bytes() for path in apart.glob("*.msgpack")} == {
        path.name: path.read_bytes() for path in here.glob("*.msgpack")
    }
