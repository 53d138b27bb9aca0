"""Exit codes, streams and the shapes of --json: what other programs rely on."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import unit_id
from tests.projects import CONFIG, bound_polypost, built, polypost, read_json, read_tree, write_tree

NURSE = """\
Title: Night nurse
Location: Porto, PT
Date-Posted: 2026-10-01
Valid-Through: 2026-12-24

We look after forty patients on a quiet ward above the river.

Requirements:
Registration as a nurse
Good knowledge of Portuguese
"""
BAKER = json.dumps(
    {
        "id": "baker-7",
        "title": "Boulanger H/F",
        "locations": [{"country": "France", "city": "Nantes"}],
        "sections": [{"heading": "Profil recherché", "items": ["Vous aimez vous lever tôt et travailler en équipe."]}],
        "description": "Nous faisons du pain au levain depuis trois générations dans le même quartier.",
    },
    ensure_ascii=False,
)

FILES = {"polypost.toml": CONFIG, "postings/nurse.txt": NURSE, "postings/more.jsonl": BAKER + "\n"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, FILES)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_tree(tmp_path_factory.mktemp("master"), FILES)
    built(folder)
    return folder


@pytest.fixture
def built_project(master: Path, tmp_path: Path) -> Path:
    """Return a copy of a project that was built once."""
    return shutil.copytree(master, tmp_path / "project", symlinks=True)


def test_status_has_the_contracted_shape_and_adds_up(built_project: Path) -> None:
    status = json.loads(polypost(built_project, "status", "--json").stdout)
    assert status["postings"] == {"read": 2, "merged": 0, "unlisted": 0, "expired": 0, "rejected": 0}
    assert status["locales"]["fr"] == {
        "untranslated": 3,
        "needs_review": 1,
        "reviewed": 0,
        "obsolete": 0,
        "approved": 0,
        "published": 1,
        "held": 1,
        "words_missing": 0,
    }
    assert list(status["locales"]) == ["en", "pt_BR", "fr"]
    assert all(found["published"] + found["held"] == 2 for found in status["locales"].values())


def test_rejected_record_ends_with_one_and_the_rest_is_published(project: Path) -> None:
    write_tree(project, {"postings/more.jsonl": f'{{"id": "broken"\n{BAKER}\n'})
    done = polypost(project, "build")
    assert done.returncode == 1
    assert "postings/more.jsonl:1: not JSON" in done.stderr
    assert "rejected:" not in done.stdout
    rejected = json.loads((project / "build/rejected.jsonl").read_text(encoding="utf-8"))
    assert (rejected["file"], rejected["position"], rejected["record"]) == ("postings/more.jsonl", 1, '{"id": "broken"')
    assert [item["id"] for item in read_json(project / "public/fr/feed.json")["items"]] == ["baker-7/fr"]
    status = polypost(project, "status", "--json")
    assert status.returncode == 1
    assert json.loads(status.stdout)["postings"]["rejected"] == 1


def test_detect_prints_json_lines(project: Path) -> None:
    write_tree(
        project,
        {"postings/short.txt": "Title: Cook\nLanguage: de\n\nHi.\n", "postings/tiny.txt": "Title: Cook\n\nHi.\n"},
    )
    lines = [json.loads(line) for line in polypost(project, "detect", "--json").stdout.splitlines()]
    assert {line["id"]: (line["language"], line["reason"], line["declared"]) for line in lines} == {
        "nurse": ("en", "detected", None),
        "short": ("de", "declared", "de"),
        "tiny": (None, "too_little_text", None),
        "baker-7": ("fr", "detected", None),
    }
    assert lines[0]["sections"] == [
        {"kind": "description", "language": "en"},
        {"kind": "requirements", "language": "en"},
    ]


def test_contradicted_declaration_wins_and_is_reported(project: Path) -> None:
    write_tree(project, {"postings/nurse.txt": "Language: fr\n" + NURSE})
    done = polypost(project, "detect", "--json")
    first = json.loads(done.stdout.splitlines()[0])
    assert (first["language"], first["reason"]) == ("fr", "contradiction")
    assert "declares fr, its text reads as en" in done.stderr


def test_why_names_units_and_reason(built_project: Path) -> None:
    told = json.loads(polypost(built_project, "why", "nurse", "fr", "--json").stdout)
    assert (told["posting"], told["locale"], told["published"], told["reason"]) == ("nurse", "fr", False, "no_route")
    assert [unit["source"] for unit in told["units"]] == [
        "Night nurse",
        "We look after forty patients on a quiet ward above the river.",
        "Registration as a nurse",
        "Good knowledge of Portuguese",
    ]


def test_why_shows_targets_and_says_what_to_do(built_project: Path) -> None:
    told = polypost(built_project, "why", "nurse", "fr").stdout.splitlines()
    assert told[0] == "nurse is held in fr: no_route"
    french, brazilian = (unit_id(UnitKey("title", "Night nurse"), parse_locale(each)) for each in ("fr", "pt-BR"))
    assert told[1:3] == [f"  {french} needs_review  [title] Night nurse", "      target: Infirmier/ère (de nuit)"]
    assert told[-1] == (
        "What to do: translate locales/fr/LC_MESSAGES/postings.en.po by hand, "
        "or install a model: `polypost engines` names the command"
    )
    machine = polypost(built_project, "why", "nurse", "pt-BR").stdout
    assert f"  {brazilian} needs_review  [title] Night nurse\n      target: Enfermeiro(a) (noturno)\n" in machine


def test_status_lists_what_is_held(built_project: Path) -> None:
    told = polypost(built_project, "status", "--held").stdout.splitlines()
    rows = [line.split() for line in told[told.index("") + 1 : -1]]
    assert rows[0] == ["locale", "posting", "reason", "findings"]
    assert ["fr", "nurse", "no_route"] in rows
    assert told[-1] == "More about one of them: polypost why POSTING LOCALE"


def test_hint_names_a_command_that_looks_at_the_same_project(project: Path) -> None:
    folders = ("--locales-dir", "try/my locales", "--build-dir", "try/work", "--out", "try/public")
    options = (*folders, "--as-of", "2026-11-01")
    told = polypost(project, "build", "postings/nurse.txt", *options).stdout
    hint = re.search(r"^Which postings are held, and where to look: polypost (.*)$", told, re.MULTILINE)
    assert hint is not None
    assert hint[1] == f"status --held postings/nurse.txt {shlex.join(options)}"
    listed = polypost(project, *shlex.split(hint[1])).stdout
    assert re.search(r"^fr +nurse +no_route$", listed, re.MULTILINE)
    more = listed.splitlines()[-1].removeprefix("More about one of them: polypost why POSTING LOCALE ")
    assert more == shlex.join(options)
    why = polypost(project, "why", "nurse", "fr", *shlex.split(more)).stdout.splitlines()
    assert why[0] == "nurse is held in fr: no_route"
    assert why[-1].endswith("`polypost engines --locales-dir 'try/my locales'` names the command")


def test_translate_reports_the_use_of_each_engine(project: Path) -> None:
    done = polypost(project, "translate", "--json")
    (use,) = json.loads(done.stdout).values()
    assert (use["calls"], use["segments"]) == (1, 3)
    assert json.loads(polypost(project, "translate", "--json").stdout) == {}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("why", "nobody", "fr"), 2, "no posting has the id 'nobody'"),
        (("why", "BAKER", "fr"), 2, "no posting has the id 'BAKER'; near it: "),
        (("why", "nurse", "it"), 2, "'it' is not a configured locale"),
        (("why", "nurse", "xx-yy"), 2, "is not a locale"),
        (("build", "postings/nurse.txt"), 2, "--locales-dir, --build-dir and --out"),
        (("build", "postings/nobody.txt"), 2, "does not exist"),
        (("build", "--as-of", "yesterday"), 2, "is not a day"),
        (("build", "--config", "other.toml"), 2, "no such file"),
        (("catalogs", "clear"), 2, "--machine"),
        (("serve", "--out", "nowhere"), 2, "polypost build"),
        (("dance",), 2, "No such command"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_to_do(
    project: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = polypost(project, *arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_configuration_tells_every_mistake_at_once(project: Path) -> None:
    write_tree(
        project,
        {
            "polypost.toml": """
        [project]
        base_url = "ftp://x"
        locales = ["en", "klingon"]
        postings = "samples"
        [publish]
        policy = "always"
        max_withdrawn = 120
        [publish.locales.fr]
        policy = "machine"
        [intake]
        drop_lines = ["("]
        [translate]
        engines = ["babelfish"]
        colour = "red"
    """
        },
    )
    done = polypost(project, "build")
    assert done.returncode == 2
    for mistake in (
        "ftp://x",
        "klingon",
        "postings",
        "always",
        "120",
        "publish.locales.fr",
        "'('",
        "babelfish",
        "colour",
    ):
        assert mistake in done.stderr, mistake
    lines = done.stderr.splitlines()
    assert all(line.startswith("error: polypost.toml: ") for line in lines), lines
    assert "error: polypost.toml: project.locales: 'klingon' is not a locale; write for example pt_BR or pt-BR" in lines


def test_posting_files_as_arguments_touch_only_the_named_folders(project: Path) -> None:
    before = read_tree(project)
    folders = ("--locales-dir", "try/locales", "--build-dir", "try/work", "--out", "try/public")
    done = polypost(project, "build", "postings/nurse.txt", *folders)
    assert done.returncode == 0, done.stderr
    after = {name: text for name, text in read_tree(project).items() if not name.startswith("try/")}
    assert after == before
    assert [item["id"] for item in read_json(project / "try/public/pt-BR/feed.json")["items"]] == ["nurse/pt-BR"]


def test_detect_and_inspect_need_no_configuration(tmp_path: Path) -> None:
    write_tree(tmp_path, {"nurse.txt": NURSE})
    assert polypost(tmp_path, "detect", "nurse.txt").stdout.split()[0] == "en"
    read = json.loads(polypost(tmp_path, "inspect", "--json", "nurse.txt").stdout)
    write_tree(tmp_path, {"again.jsonl": json.dumps(read)})
    assert json.loads(polypost(tmp_path, "inspect", "--json", "again.jsonl").stdout) == read


def test_what_is_doubted_is_told_in_one_line_a_kind_and_held_where_it_restricts(project: Path) -> None:
    odd = [
        {**json.loads(BAKER), "id": f"baker-{number}", "locations": None, "locatoin": "Nantes", "valid_through": "soon"}
        for number in range(3)
    ]
    write_tree(project, {"postings/more.jsonl": "\n".join(map(json.dumps, odd))})
    done = polypost(project, "build")
    assert [line for line in done.stderr.splitlines() if "`" in line] == [
        (
            "note: 3 postings: `valid_through` is no date, for example 'soon' in postings/more.jsonl:1; "
            "write for example 2026-11-01 (held until it is corrected)"
        ),
        (
            "note: 3 postings: `locatoin` is not a field, for example 'Nantes' in postings/more.jsonl:1; "
            "did you mean `location`?"
        ),
    ]
    why = json.loads(polypost(project, "why", "baker-1", "fr", "--json").stdout)
    assert (why["published"], why["reason"]) == (False, "field")
    read = [json.loads(line) for line in polypost(project, "inspect", "--json").stdout.splitlines()]
    assert [[doubt["field"] for doubt in posting["doubts"]] for posting in read[1:]] == [
        ["valid_through", "locatoin"]
    ] * 3
    told = polypost(project, "inspect").stdout
    assert "  held by              `valid_through`\n" in told
    assert "`locatoin` is not a field: Nantes; did you mean `location`?" in told


def test_expired_posting_leaves_and_is_counted_as_expired(project: Path) -> None:
    built(project, "--as-of", "2026-12-01")
    built(project, "--as-of", "2026-12-25")
    status = json.loads(polypost(project, "status", "--json", "--as-of", "2026-12-25").stdout)
    assert status["postings"]["expired"] == 1
    assert status["locales"]["en"]["published"] + status["locales"]["en"]["held"] == 1
    last = (project / "locales/publications.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["withdrawn"] == "2026-12-25"
    assert not (project / "public/en").exists()


def test_expired_posting_stays_away_without_a_date(project: Path) -> None:
    built(project, "--as-of", "2026-12-01")
    built(project, "--as-of", "2026-12-25")
    before = read_tree(project / "locales"), read_tree(project / "public")
    built(project)
    assert (read_tree(project / "locales"), read_tree(project / "public")) == before
    status = json.loads(polypost(project, "status", "--json").stdout)
    assert status["postings"]["expired"] == 1


def test_one_wrong_date_makes_no_other_posting_expire(project: Path) -> None:
    bakers = [
        json.dumps({**json.loads(BAKER), "id": f"baker-{number}", "valid_through": "2027-03-01"})
        for number in range(10)
    ]
    mistyped = BAKER.replace("baker-7", "wrong").replace('"title"', '"date_posted": "2062-11-01", "title"')
    write_tree(project, {"postings/more.jsonl": "\n".join([*bakers, mistyped])})
    built(project)
    for _ in range(2):  # the withdrawal is recorded on that day, and stays alone
        write_tree(project, {"postings/more.jsonl": "\n".join(bakers[1:])})
        built(project)
        assert len(read_json(project / "public/fr/feed.json")["items"]) == 9
    done = polypost(project, "build", "--as-of", "2062-11-03")
    assert done.returncode == 1
    assert "9 of 9 published postings would vanish, 2 may" in done.stderr
    assert "--as-of names" in done.stderr


def test_change_that_no_day_tells_of_is_reported(built_project: Path) -> None:
    write_tree(built_project, {"postings/nurse.txt": NURSE.replace("forty", "fifty")})
    told = built(built_project).stderr
    assert "note: 2 changed texts keep their date" in told  # in English and Portuguese
    assert "--as-of YYYY-MM-DD" in told
    write_tree(built_project, {"postings/nurse.txt": NURSE.replace("forty", "sixty")})
    assert "keep their date" not in built(built_project, "--as-of", "2026-11-24").stderr


def test_source_date_epoch_is_the_day_of_the_run(project: Path) -> None:
    done = polypost(project, "build", "--json", SOURCE_DATE_EPOCH="1798156800")
    assert json.loads(done.stdout)["postings"]["expired"] == 1
    wrong = polypost(project, "build", SOURCE_DATE_EPOCH="soon")
    assert (wrong.returncode, "seconds since 1970" in wrong.stderr) == (2, True)


def test_bad_day_stops_before_anything_is_published(project: Path) -> None:
    postings = "".join(BAKER.replace("baker-7", f"baker-{number}") + "\n" for number in range(10))
    write_tree(project, {"postings/more.jsonl": postings})
    built(project)
    before = read_tree(project / "public")
    write_tree(project, {"postings/more.jsonl": BAKER + "\n"})
    done = polypost(project, "build")
    assert done.returncode == 1
    assert "fr: 9 of 10 published postings would vanish, 2 may; nothing was published" in done.stderr
    assert read_tree(project / "public") == before
    built(project, "--allow-withdrawals")
    assert len(read_json(project / "public/fr/feed.json")["items"]) == 1


def test_missing_configured_file_stops_the_run(project: Path) -> None:
    write_tree(project, {"polypost.toml": CONFIG.replace('"postings/*.txt"', '"postings/gone.txt"')})
    done = polypost(project, "build")
    assert (done.returncode, "postings/gone.txt: no such file" in done.stderr) == (2, True)
    assert not (project / "public").exists()


def test_broken_catalog_is_named_with_its_line_and_left_as_it_is(built_project: Path) -> None:
    path = built_project / "locales/pt_BR/LC_MESSAGES/postings.en.po"
    broken = path.read_text(encoding="utf-8").replace('msgstr "', "msgstr ", 3)
    path.write_text(broken, encoding="utf-8")
    done = polypost(built_project, "build")
    assert done.returncode == 1
    assert "postings.en.po:" in done.stderr
    assert path.read_text(encoding="utf-8") == broken


@pytest.mark.parametrize("command", ["build", "translate", "publish", "status", "catalogs update", "catalogs check"])
def test_emptied_catalog_stops_every_command_and_stays_for_people(built_project: Path, command: str) -> None:
    path = built_project / "locales/fr/LC_MESSAGES/postings.en.po"
    path.write_bytes(b"")
    before = read_tree(built_project)
    done = polypost(built_project, *command.split())
    assert done.returncode == 1
    assert f"{path.relative_to(built_project)}: is empty" in done.stderr
    assert "restore the file from version control" in done.stderr
    assert read_tree(built_project) == before


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        ("locales", "locales/site.pot"),
        ("locales/fr", "locales/fr/LC_MESSAGES"),
        ("locales/fr/LC_MESSAGES", "locales/fr/LC_MESSAGES"),
    ],
)
def test_catalogs_in_a_closed_folder_are_not_passed_over(built_project: Path, closed: str, told: str) -> None:
    (built_project / closed).chmod(0)
    done = bound_polypost(built_project, "catalogs", "check")
    (built_project / closed).chmod(0o755)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(f"/{told}: Permission denied\n")
    assert len(done.stderr.splitlines()) == 1


def test_catalogs_check_finds_stale_words_and_another_tools_form(built_project: Path) -> None:
    assert polypost(built_project, "catalogs", "check").returncode == 0
    french = built_project / "locales/fr/LC_MESSAGES"
    words = (french / "site.po").read_text(encoding="utf-8")
    (french / "site.po").write_text(words.replace('msgstr "Télétravail"', 'msgstr ""'), encoding="utf-8")
    wrapped = (french / "postings.en.po").read_text(encoding="utf-8").replace('msgid "We', 'msgid ""\n"We')
    (french / "postings.en.po").write_text(wrapped, encoding="utf-8")
    template = built_project / "locales/site.pot"
    template.write_text(template.read_text(encoding="utf-8").replace('"Country"', '"Land"'), encoding="utf-8")
    done = polypost(built_project, "catalogs", "check")
    assert done.returncode == 1
    assert [line.partition(": ")[2].split(";")[0] for line in done.stdout.splitlines()[:-1]] == [
        "is stale: our pages say other words now",
        "is not in the house form",
        "has no reviewed target for 'Remote'",
    ]
    assert polypost(built_project, "catalogs", "update").returncode == 0
    assert polypost(built_project, "catalogs", "check").returncode == 0


def test_catalogs_check_finds_plurals_that_do_not_follow_their_header(built_project: Path) -> None:
    catalog = built_project / "locales/pt_BR/LC_MESSAGES/site.po"
    text = catalog.read_text(encoding="utf-8")
    two = "Plural-Forms: nplurals=2; plural=(n > 1);"
    assert two in text
    three = "Plural-Forms: nplurals=3; plural=(n > 1);"
    own = text.replace("postings encontradas", "postagens encontradas").replace("vagas encontradas", "postagens")
    catalog.write_text(own.replace(two, three), encoding="utf-8")
    done = polypost(built_project, "catalogs", "check")
    assert (done.returncode, "has 2 plural forms for '%(num)d posting found' and 3" in done.stdout) == (1, True)
    catalog.write_text(text.replace(two, "Plural-Forms: nplurals=2; plural=(x);"), encoding="utf-8")
    done = polypost(built_project, "publish")
    assert done.returncode == 1
    assert "site.po: its header Plural-Forms, 'nplurals=2; plural=(x);', has an expression" in done.stderr
    assert done.stderr.endswith(f'; write "{two}\\n"\n')


def test_every_command_has_help(project: Path) -> None:
    commands = ["build", "inspect", "detect", "translate", "publish", "check", "status", "why", "serve"]
    commands += ["catalogs update", "catalogs compile", "catalogs stats", "catalogs clear", "catalogs check"]
    for name in commands:
        text = polypost(project, *name.split(), "--help").stdout
        options = [line for line in text.splitlines() if line.strip().startswith("-")]
        assert options
        assert all(len(line.split(None, 1)) > 1 for line in options), (name, text)


def test_version_is_told(project: Path) -> None:
    assert polypost(project, "--version").stdout.startswith("polypost, version")


def test_word_with_a_broken_place_is_found_and_publishing_goes_on_with_the_source(built_project: Path) -> None:
    catalog = built_project / "locales/fr/LC_MESSAGES/site.po"
    text = catalog.read_text(encoding="utf-8")
    heading = 'msgid "Job postings"\nmsgstr "'
    assert heading in text
    catalog.write_text(text.replace(heading, f"{heading}100 % ", 1), encoding="utf-8")
    done = polypost(built_project, "catalogs", "check")
    assert (done.returncode, "has a target for 'Job postings' whose % places" in done.stdout + done.stderr) == (1, True)
    assert polypost(built_project, "publish").returncode == 0
    page = (built_project / "public/fr/index.html").read_text(encoding="utf-8")
    assert "<title>Job postings" in page
