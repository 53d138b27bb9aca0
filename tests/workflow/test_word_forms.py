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


def forms_of(build: Path, language: str, *words: str) -> str:
    script = build / "run.py"
    script.write_text(RUN)
    command = (sys.executable, str(script), str(build), language, *words)
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
