"""Pages without words in their language: a new version is refused, and no machine translation lacks its label."""

import json
from pathlib import Path

import pytest

from tests.projects import CONFIG, polypost, write_tree

SWAHILI = "Language: sw\nId: muuguzi\nTitle: Muuguzi\nLocation: Nairobi, KE\n\nTunatafuta muuguzi wa usiku.\n"
NURSE = "Language: en\nId: nurse\nTitle: Night nurse\nLocation: Porto, PT\n\nWe look after our patients.\n"
WORDS = "locales/sw/LC_MESSAGES/site.po"
LABEL = "Machine translation from %(language)s, not reviewed by a person"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    config = CONFIG.replace(', "fr"]', "]").replace("pt_BR", "sw")
    return write_tree(tmp_path, {"polypost.toml": config, "postings/muuguzi.txt": SWAHILI})


@pytest.mark.parametrize("command", [("build",), ("build", "--check"), ("build", "--dry-run"), ("publish",)])
def test_new_locale_without_words_is_refused_before_anything_is_written(
    project: Path, command: tuple[str, ...]
) -> None:
    done = polypost(project, *command)
    assert done.returncode == 2
    assert "sw: Polypost has no words for pages in this language" in done.stderr
    assert WORDS in done.stderr
    assert "--allow-incomplete" in done.stderr
    assert not (project / "public").exists()


def test_locale_without_words_that_was_allowed_once_is_published_from_then_on(project: Path) -> None:
    assert polypost(project, "build", "--allow-incomplete").returncode == 0
    assert (project / "public/sw/index.html").is_file()
    again = polypost(project, "publish")
    assert again.returncode == 0, again.stderr
    checked = polypost(project, "catalogs", "check")
    assert f"without which none is published: {LABEL!r}" in checked.stdout + checked.stderr
    status = json.loads(polypost(project, "status", "--json").stdout)["locales"]
    assert status["sw"]["words_missing"] > status["en"]["words_missing"] == 0


def test_locale_with_a_word_of_its_own_is_begun(project: Path) -> None:
    polypost(project, "catalogs", "update")
    path = project / WORDS
    empty = 'msgid "Employer"\nmsgstr ""\n'
    text = path.read_text(encoding="utf-8")
    assert empty in text
    path.write_text(text.replace(empty, 'msgid "Employer"\nmsgstr "Mwajiri"\n'), encoding="utf-8")
    assert polypost(project, "build").returncode == 0


def test_machine_translation_whose_label_has_no_target_is_held_with_what_to_translate(tmp_path: Path) -> None:
    config = CONFIG.replace(', "fr"]', "]")
    write_tree(tmp_path, {"polypost.toml": config, "postings/nurse.txt": NURSE})
    assert polypost(tmp_path, "build").returncode == 0
    why = json.loads(polypost(tmp_path, "why", "nurse", "pt-BR", "--json").stdout)
    assert (why["published"], why["reason"]) == (True, "machine")
    words = tmp_path / "locales/pt_BR/LC_MESSAGES/site.po"
    before, _, after = words.read_text(encoding="utf-8").partition(f'msgid "{LABEL}"\nmsgstr "')
    words.write_text(f'{before}msgid "{LABEL}"\nmsgstr ""{after[after.index(chr(10)) :]}', encoding="utf-8")
    assert polypost(tmp_path, "publish", "--allow-withdrawals").returncode == 0
    why = json.loads(polypost(tmp_path, "why", "nurse", "pt-BR", "--json").stdout)
    assert (why["published"], why["reason"]) == (False, "words")
    told = polypost(tmp_path, "why", "nurse", "pt-BR").stdout
    assert "locales/pt_BR/LC_MESSAGES/site.po" in told


def test_draft_of_a_word_of_ours_is_shown_to_no_reviewer_as_what_people_made_of_it(tmp_path: Path) -> None:
    config = CONFIG.replace("pt_BR", "hr")
    write_tree(tmp_path, {"polypost.toml": config, "postings/nurse.txt": f"{NURSE}\nWhat you see:\nEmployer\n"})
    assert polypost(tmp_path, "build").returncode == 0
    french, croatian = (
        (tmp_path / f"locales/{locale}/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
        for locale in ("fr", "hr")
    )
    assert "neighbour: 100 Employer → Employeur" in french
    assert "Employer →" not in croatian
