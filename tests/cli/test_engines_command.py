"""`polypost engines`: the commands that it names open what it says, in an index that is shaped as Argos's is."""

import json
from pathlib import Path

import pytest

from tests.models.argos_archives import speaking
from tests.models.breaking_server import BreakingServer, Reply, serving
from tests.projects import CONFIG, polypost, write_tree

OTHERS = ("ar", "es", "fr", "ja", "pt")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with postings in four languages, and its catalogs."""
    texts = {language: f"Title: Cook\nLanguage: {language}\n\nBake.\n" for language in ("en", "pt", "ar", "ja")}
    postings = {f"postings/{language}.txt": text for language, text in texts.items()}
    made = write_tree(tmp_path / "project", {"polypost.toml": config("en", "pt_BR", "fr", "es"), **postings})
    assert polypost(made, "catalogs", "update").returncode == 0
    return made


def config(*locales: str, engines: str = '["argos", "bergamot"]') -> str:
    wanted = CONFIG.replace('["en", "pt_BR", "fr"]', json.dumps(locales)).replace('["bergamot"]', engines)
    return wanted.partition("[publish.locales.en]")[0]


def unreached(project: Path) -> list[str]:
    told = polypost(project, "engines", POLYPOST_MODELS_DIR=str(project / "models")).stdout.splitlines()
    return [line for line in told if line.startswith("no route") or "polypost.toml" in line]


def package(project: Path, source: str, target: str) -> Reply:
    content = speaking(project / "x.argosmodel", source, target, "1.0").read_bytes()
    return lambda request: request.file(content)


def offer_all(project: Path, server: BreakingServer) -> None:
    """Let the index offer each language to and from English, and nothing else."""
    pairs = [pair for other in OTHERS for pair in ((other, "en"), ("en", other))]
    entries = [
        {"from_code": source, "to_code": target, "package_version": "1.0", "links": [server.url(f"/{source}_{target}")]}
        for source, target in pairs
    ]
    server.replies["/index.json"] = lambda request: request.answer(200, json.dumps(entries).encode())
    server.replies.update({f"/{source}_{target}": package(project, source, target) for source, target in pairs})


def install(project: Path, server: BreakingServer, command: str) -> None:
    done = polypost(
        project,
        *command.split()[1:],
        "--index",
        server.url("/index.json"),
        POLYPOST_MODELS_DIR=str(project / "models"),
        no_proxy="*",
    )
    assert done.returncode == 0, done.stderr


def test_each_command_is_named_once_with_all_that_it_opens_and_all_of_them_open_everything(project: Path) -> None:
    told = unreached(project)
    assert told == [
        "no route: ar→en, ar→pt_BR; polypost models install ar en",
        "no route: en→fr, pt→fr; polypost models install en fr",
        "no route: en→es, pt→es; polypost models install en es",
        "no route: ja→en, ja→pt_BR; polypost models install ja en",
        "no route: ar→fr, ar→es, ja→fr, ja→es; the commands for both halves, named above, open these",
    ]
    with serving({}) as server:
        offer_all(project, server)
        for number, line in enumerate(told[:-1], start=1):
            install(project, server, line.partition("; ")[2])
            named = [pair for later in unreached(project) for pair in later[10:].partition(";")[0].split(", ")]
            assert not set(line[10:].partition(";")[0].split(", ")) & set(named), number
    assert unreached(project) == []


def test_pair_without_english_and_without_a_half_is_supplied_through_english(project: Path) -> None:
    write_tree(project, {"polypost.toml": config("pt_BR", "fr", engines='["argos"]')})
    for language in ("en", "pt", "ja"):
        (project / f"locales/postings.{language}.pot").unlink()
        (project / f"postings/{language}.txt").unlink()
    (line, more) = unreached(project)
    assert (line, more) == (
        "no route: ar→pt_BR; polypost models install ar pt --through en",
        "no route: ar→fr; polypost models install ar fr --through en",
    )
    with serving({}) as server:
        offer_all(project, server)
        install(project, server, more.partition("; ")[2])
    assert unreached(project) == ["no route: ar→pt_BR; polypost models install en pt"]


def test_commands_of_an_engine_that_is_not_configured_say_so(project: Path) -> None:
    write_tree(project, {"polypost.toml": config("en", "pt_BR", "fr", engines='["bergamot"]')})
    assert unreached(project)[-1] == (
        "argos is not among translate.engines in polypost.toml: name it there, and these commands help"
    )
