"""A build over what earlier ones kept gives the same bytes as one from nothing, whatever was changed in between."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import polib
import pytest

from pipeline.config import read_settings
from pipeline.model.decision import Action, Decision
from pipeline.publishing.release.unchanged import Unchanged
from pipeline.storage.derived import open_derived
from pipeline.workflow.build import build
from pipeline.workflow.decisions import DecisionRecord
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.posting_files import find_posting_files
from pipeline.workflow.project import Project
from pipeline.workflow.run import Run
from tests.projects import read_tree
from tests.tools import LONG

POSTINGS = 80  # more than one page of a list holds
CONFIG = """
[project]
base_url = "https://{host}/"
postings = ["jobs/*.jsonl", "jobs/*.txt"]
locales = ["en", "fr", "de"]
[translate]
engines = []
[publish]
policy = "machine"
gzip = {gzip}
max_withdrawn = 100
"""
WORK = ("You mend nets.", "You bake bread.", "You drive a van.", "You count stock.", "You greet guests.")
PLACES = ("FR", "DE", "PT")


def posting(number: int, chance: Random) -> dict[str, object]:
    texts = [*chance.sample(WORK, 2), f"Your team is number {number}."]
    return {
        "id": f"job-{number:03d}",
        "title": f"Cook {number % 7}",
        "language": "en",
        "date_posted": f"2026-10-{1 + number % 28:02d}",
        "locations": [{"country": PLACES[number % 3], "city": "Harbour"}],
        "description": "<h2>Requirements</h2><ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>",
    }


def written(folder: Path, postings: list[dict[str, object]]) -> None:
    (folder / "jobs/all.jsonl").write_text("".join(json.dumps(one) + "\n" for one in postings))


def read(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "jobs/all.jsonl").read_text().splitlines()]


def edit(folder: Path, chance: Random) -> None:
    postings = read(folder)
    one = chance.choice(postings)
    one["description"] = str(one["description"]).replace("<li>", f"<li>In {chance.randrange(9)} days: ", 1)
    written(folder, postings)


def add(folder: Path, chance: Random) -> None:
    postings = read(folder)
    postings.insert(chance.randrange(len(postings)), posting(100 + chance.randrange(900), chance))
    written(folder, list({one["id"]: one for one in postings}.values()))


def remove(folder: Path, chance: Random) -> None:
    postings = read(folder)
    del postings[chance.randrange(len(postings))]
    written(folder, postings)


def reorder(folder: Path, chance: Random) -> None:
    postings = read(folder)
    chance.shuffle(postings)
    written(folder, postings)


def set_field(folder: Path, chance: Random) -> None:
    postings = read(folder)
    name, value = chance.choice((("locales", ["en"]), ("valid_through", "2026-12-31"), ("title", "Chef")))
    chance.choice(postings)[name] = value
    written(folder, postings)


def repeat_elsewhere(folder: Path, chance: Random) -> None:
    """Write one of the postings into another file too, with another place: it is merged."""
    one = {**chance.choice(read(folder)), "locations": [{"country": "ES"}]}
    (folder / "jobs/more.jsonl").write_text(json.dumps(one) + "\n" + '{"id": "no text"}\n')


def accept(folder: Path, chance: Random) -> None:
    """Have somebody translate a posting, all shared sentences with it."""
    path = folder / "locales/fr/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path))
    reference = chance.choice([entry.occurrences[0] for entry in catalog if entry.occurrences and not entry.obsolete])
    for entry in catalog:
        if reference in entry.occurrences or entry.msgid in WORK or entry.msgid.startswith("Cook"):
            entry.msgstr = f"En français : {entry.msgid}"
            entry.flags = []
    catalog.save(str(path))


def reject(folder: Path, chance: Random) -> None:
    path = folder / "locales/fr/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path))
    done = [entry for entry in catalog if entry.msgstr and not entry.obsolete]
    for entry in done[chance.randrange(2) :][:1]:
        entry.msgstr = ""
    catalog.save(str(path))


def narrow(folder: Path, chance: Random) -> None:
    """Have somebody translate a sentence for one posting alone, or take that back."""
    path = folder / "locales/fr/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path))
    narrowed = [entry for entry in catalog if "|" in (entry.msgctxt or "")]
    if narrowed:
        catalog.remove(chance.choice(narrowed))
    else:
        shared = [entry for entry in catalog if entry.msgid in WORK and entry.occurrences and not entry.obsolete]
        entry = chance.choice(shared)
        reference = entry.occurrences[0][0]
        context = f"{entry.msgctxt}|{reference.removeprefix('postings/')}"
        catalog.append(
            polib.POEntry(msgctxt=context, msgid=entry.msgid, msgstr="Ici autrement.", occurrences=[(reference, "")])
        )
    catalog.save(str(path))


def withhold(folder: Path, chance: Random) -> None:
    """Have somebody keep a posting out of a language."""
    posting, locale = str(chance.choice(read(folder))["id"]), chance.choice(("fr", ""))
    decision = Decision(action=Action.WITHHOLD, person="ana", posting=posting, locale=locale)
    DecisionRecord(folder / "locales").append([decision])


def reword(folder: Path, chance: Random) -> None:
    """Change words of our own pages."""
    path = folder / "locales/fr/LC_MESSAGES/site.po"
    catalog = polib.pofile(str(path))
    found = catalog.find("All postings")
    assert found is not None
    found.msgstr = f"Toutes les {chance.randrange(99)} offres"
    catalog.save(str(path))


def configure(folder: Path, chance: Random) -> None:
    config = CONFIG.format(host=chance.choice(("a.example", "b.example")), gzip=chance.choice(("true", "false")))
    (folder / "polypost.toml").write_text(config)


def lose(folder: Path, chance: Random) -> None:
    """Delete, cut or damage something of what is kept, or a file of the release."""
    path = chance.choice([path for path in sorted((folder / "build").iterdir()) if path.is_file()])
    content = path.read_bytes()
    middle = len(content) // 2
    damages: tuple[Callable[[], object], ...] = (
        path.unlink,
        lambda: path.write_bytes(content[:middle]),
        lambda: path.write_bytes(content[:middle] + b"damaged" + content[middle + 7 :]),
        lambda: shutil.rmtree((folder / "public").resolve()),
        lambda: chance.choice(sorted((folder / "public").glob("*/postings/*"))).unlink(),
    )
    if path.name != "last-run.json":
        chance.choice(damages)()


CHANGES = (
    edit,
    add,
    remove,
    reorder,
    set_field,
    repeat_elsewhere,
    accept,
    reject,
    narrow,
    withhold,
    reword,
    configure,
    lose,
)


def publish(folder: Path) -> dict[str, dict[str, bytes]]:
    settings = read_settings(folder / "polypost.toml")
    run = Run(
        settings=settings,
        files=find_posting_files(settings),
        locales_dir=folder / "locales",
        build_dir=folder / "build",
        out=folder / "public",
        allow_losses=True,
    )
    build(Project.of(run), allow_withdrawals=True)
    return {name: read_tree(folder / name) for name in ("locales", "public")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "jobs").mkdir(parents=True)
    chance = Random(7)  # noqa: S311  postings, not secrets
    written(folder, [posting(number, chance) for number in range(POSTINGS)])
    (folder / "jobs/one.txt").write_text("Cook on board\n\nYou bake bread. You mend nets.\n")
    configure(folder, chance)
    publish(folder)
    return folder


@pytest.mark.parametrize("seed", range(1, 6) if LONG else [1])  # every change is made at each, in another order
def test_every_change_gives_the_bytes_of_a_build_from_nothing(project: Path, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  edits, not secrets
    changes = list(CHANGES)
    chance.shuffle(changes)
    for number, change in enumerate(changes):
        change(project, chance)
        anew = tmp_path / f"anew-{number}"
        shutil.copytree(project, anew, ignore=shutil.ignore_patterns("build", "public", ".public-releases"))
        assert publish(project) == publish(anew), change.__name__
        shutil.rmtree(anew)


def test_an_edited_sentence_changes_one_page_of_a_posting(project: Path) -> None:
    before = read_tree(project / "public")
    edit(project, Random(3))  # noqa: S311  edits, not secrets
    after = publish(project)["public"]
    changed = [path for path in after if before.get(path) != after[path]]
    assert len([path for path in changed if "/postings/" in path and path.endswith(".html")]) == 1


def test_a_file_is_taken_over_only_as_its_manifest_has_it(project: Path) -> None:
    public = project / "public"
    feed = "en/feed.json"
    length = (public / feed).stat().st_size
    with open_derived(project / "build/published.sqlite3", program=digest_of_program()) as derived:
        found = Unchanged(derived, public).standing(feed)
        assert found is not None
        assert (found.length, found.place) == (length, public / feed)
        (public / feed).write_bytes(b"cut")
        assert Unchanged(derived, public).standing(feed) is None
        (public / feed).unlink()
        assert Unchanged(derived, public).standing(feed) is None
        assert Unchanged(derived, public).standing("en/other.json") is None
        assert Unchanged(derived).standing(feed) is None
