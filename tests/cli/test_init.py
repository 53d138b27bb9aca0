"""`polypost init` begins a project that builds at once, asks on a terminal only, and overwrites nothing."""

import os
import pty
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.config import read_settings
from pipeline.config.site_table import SITE_KEYS
from pipeline.workflow.beginning import look_for_postings, suggested_locales
from tests.intake.word_documents import document, paragraph
from tests.processes import SECONDS
from tests.programs import offered
from tests.projects import CHECKOUT, NO_MODELS, polypost, read_json, read_tree, write_tree

WRITTEN = {"polypost.toml", "Makefile", ".github/workflows/polypost.yml", ".gitignore", ".gitattributes"}
COOK = "Title: Cook\nLocation: Cork, IE\n\nWe cook fish for the guests of our house by the sea, every day but Monday.\n"
BAKER = "Title: Padeiro\nLocation: Recife, BR\n\nProcuramos um padeiro para a nossa padaria no centro da cidade.\n"
POSTINGS = {
    "jobs/cook.txt": COOK,
    "jobs/baker.txt": BAKER,
    "jobs/waiter.txt": COOK.replace("Cook", "Waiter").replace("cook fish for", "carry plates to"),
}
GIVEN = ("--base-url", "https://jobs.acme.test", "--locales", "en,pt-BR", "--postings", "jobs/*.txt")


def answered(folder: Path, *answers: str) -> str:
    """Run `polypost init` on a terminal of its own and type the answers; return what the terminal showed."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT), "TERM": "dumb"}
    command = [sys.executable, "-m", "pipeline", "init"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux says so that the other side is closed
                break
            if not piece:
                break
            shown += piece
        assert process.wait(timeout=SECONDS) == 0, shown.decode()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_every_setting_of_a_site_stands_commented_in_a_new_configuration(tmp_path: Path) -> None:
    assert polypost(tmp_path, "init", *GIVEN).returncode == 0
    text = (tmp_path / "polypost.toml").read_text(encoding="utf-8")
    table = text[text.index("[site]") : text.index("[translate]")]
    table = re.sub(r"^# (?=[a-z_]+ = |\[)", "", table, flags=re.MULTILINE)
    assert set(tomllib.loads(table)["site"]) == SITE_KEYS


def test_project_builds_at_once(tmp_path: Path) -> None:
    write_tree(tmp_path, POSTINGS)
    done = polypost(tmp_path, "init", *GIVEN)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\nNext:\n  polypost build\n  polypost serve\n")
    assert set(read_tree(tmp_path)) == WRITTEN | set(POSTINGS)
    built = polypost(tmp_path, "build")
    assert built.returncode == 0, built.stderr
    items = read_json(tmp_path / "public/pt-BR/feed.json")["items"]
    assert {item["_polypost"]["posting"]: item["_polypost"]["translation"] for item in items} == {
        "baker": "source",
        "cook": "machine",
        "waiter": "machine",
    }
    assert polypost(tmp_path, "catalogs", "check").returncode == 0


def test_configuration_holds_what_was_given_in_every_spelling(tmp_path: Path) -> None:
    quoted = 'jobs/"old"/*.txt'
    assert polypost(tmp_path, "init", *GIVEN, "--postings", quoted).returncode == 0
    settings = read_settings(tmp_path / "polypost.toml")
    assert settings.base_url == "https://jobs.acme.test/"
    assert (settings.postings, tuple(map(str, settings.locales))) == (("jobs/*.txt", quoted), ("en", "pt_BR"))


def test_make_targets_run_the_commands(tmp_path: Path) -> None:
    write_tree(tmp_path, POSTINGS)
    polypost(tmp_path, "init", *GIVEN)
    # A make that runs the tests must not speak in the make that is tested.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment |= {**NO_MODELS, "PYTHONPATH": str(CHECKOUT)}
    with offered(tmp_path / "programs"):
        for target in ("help", "build", "preview", "check", "review", "status", "clean"):
            command = ["make", target, "POLYPOST=programs/polypost"]
            done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
            assert (done.returncode, bool(done.stdout)) == (0, target != "clean"), (target, done.stderr)


def test_without_a_terminal_the_missing_options_are_named_with_what_was_found(tmp_path: Path) -> None:
    write_tree(tmp_path, POSTINGS)
    done = polypost(tmp_path, "init", "--locales", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "found  jobs/*.txt  3 files: 2 en, 1 pt\n"
        "error: there is no terminal to ask on; name what is missing, for example: "
        "polypost init --postings 'jobs/*.txt' --base-url https://jobs.your-company.com/\n"
    )
    assert set(read_tree(tmp_path)) == set(POSTINGS)


def test_terminal_is_asked_and_offers_what_was_found(tmp_path: Path) -> None:
    write_tree(tmp_path, POSTINGS)
    shown = answered(tmp_path, "", "", "https://jobs.acme.test")
    assert "Posting files [jobs/*.txt]:" in shown
    assert "Languages to publish in [en,pt_BR]:" in shown
    assert tomllib.loads((tmp_path / "polypost.toml").read_text(encoding="utf-8"))["project"] == {
        "base_url": "https://jobs.acme.test/",
        "postings": ["jobs/*.txt"],
        "locales": ["en", "pt_BR"],
    }


def test_address_is_no_answer_to_the_question_for_files_and_a_folder_may_have_a_space(tmp_path: Path) -> None:
    write_tree(tmp_path, {name.replace("jobs/", "our jobs/"): text for name, text in POSTINGS.items()})
    shown = answered(tmp_path, "https://jobs.acme.test", "", "", "https://jobs.acme.test")
    assert "Posting files ['our jobs/*.txt']:" in shown
    assert "https://jobs.acme.test is an address and no file" in shown
    project = tomllib.loads((tmp_path / "polypost.toml").read_text(encoding="utf-8"))["project"]
    assert project["postings"] == ["our jobs/*.txt"]


def test_files_of_postings_that_are_not_read_are_told(tmp_path: Path) -> None:
    write_tree(tmp_path, {**POSTINGS, "jobs/cook.odt": "", "jobs/waiter.odt": "", "flyer.pdf": ""})
    assert polypost(tmp_path, "init", "--locales", "en").stderr.splitlines()[:3] == [
        "found  jobs/*.txt  3 files: 2 en, 1 pt",
        "not read  *.pdf  1 file; save them as HTML, text or a table",
        "not read  jobs/*.odt  2 files; save them as HTML, text or a table",
    ]


def test_word_documents_are_found_and_those_that_are_open_are_counted_once(tmp_path: Path) -> None:
    content = document(paragraph("Cook", style="Title"), paragraph(COOK.rpartition("\n\n")[2]))
    write_tree(tmp_path, {"jobs/~$cook.docx": "owner"})
    (tmp_path / "jobs/cook.docx").write_bytes(content)
    assert polypost(tmp_path, "init", "--locales", "en").stderr.splitlines()[0] == "found  jobs/*.docx  1 file: 1 en"


def test_empty_folder_gets_an_example_that_builds_and_an_address_that_is_not_for_others(tmp_path: Path) -> None:
    answered(tmp_path, "y", "", "", "")
    built = polypost(tmp_path, "build")
    assert built.returncode == 0, built.stderr
    assert "which is this machine; set project.base_url before others read them" in built.stderr
    assert len(read_json(tmp_path / "public/en/feed.json")["items"]) == 1


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    write_tree(tmp_path, {"Makefile": "all:\n", ".gitignore": "x\n"})
    done = polypost(tmp_path, "init", *GIVEN)
    assert (done.returncode, "kept   Makefile\nkept   .gitignore\n" in done.stdout) == (0, True)
    before = read_tree(tmp_path)
    assert (before["Makefile"], before[".gitignore"], set(before)) == (b"all:\n", b"x\n", WRITTEN)
    assert polypost(tmp_path, "init").returncode == 0
    assert read_tree(tmp_path) == before


def test_other_folder_is_named_in_the_next_commands(tmp_path: Path) -> None:
    done = polypost(tmp_path, "init", "my shop", *GIVEN)
    assert done.stdout.endswith(
        "  polypost build --config 'my shop/polypost.toml'\n  polypost serve --out 'my shop/public'\n"
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--base-url", "jobs.acme.test"), "it has to be an http or https address"),
        (("--locales", "en,qq"), "'qq' is not a locale"),
        (("--locales", " "), "names no locale"),
    ],
)
def test_answer_that_a_configuration_could_not_hold_is_refused(
    tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    done = polypost(tmp_path, "init", *GIVEN, *options)
    assert (done.returncode, told in done.stderr, read_tree(tmp_path)) == (2, True, {})


@pytest.mark.parametrize("command", [(), ("build",), ("status",)])
def test_folder_without_a_project_says_in_one_line_what_to_do(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = polypost(tmp_path, *command)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "`polypost init` begins a project" in done.stderr


def test_build_without_an_address_writes_nothing(tmp_path: Path) -> None:
    files = {**POSTINGS, "polypost.toml": '[project]\npostings = ["jobs/*.txt"]\nlocales = ["en"]\n'}
    write_tree(tmp_path, files)
    for command in ("build", "publish"):
        done = polypost(tmp_path, command)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert done.stderr.startswith(
            "error: polypost.toml: project.base_url is not set; write the address of your site"
        )
    assert not (tmp_path / "public").exists()
    assert polypost(tmp_path, "detect").returncode == 0


def test_files_of_other_purposes_are_no_postings(tmp_path: Path) -> None:
    noise = {
        "requirements.txt": "babel>=2.16\n",
        "README.txt": "How to build this site.\n",
        "node_modules/a/words.txt": "one\n",
        ".git/description.txt": "Unnamed repository.\n",
        "exports/empty.jsonl": "",
        "exports/other.jsonl": '{"event": "click"}\n',
    }
    write_tree(tmp_path, {**POSTINGS, **noise})
    assert [str(found) for found in look_for_postings(tmp_path)] == ["jobs/*.txt  3 files: 2 en, 1 pt"]
    assert suggested_locales(look_for_postings(tmp_path / "exports")) == ("en", "pt_BR")
