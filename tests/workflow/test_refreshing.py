"""Catalogs that a run brings up to date over what is kept are those of a run from nothing, whatever was changed."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import polib
import pytest

from pipeline.catalog.entries import Entries
from pipeline.config import read_settings
from pipeline.workflow.cataloging import translate
from pipeline.workflow.catalogs import Translated
from pipeline.workflow.posting_files import find_posting_files
from pipeline.workflow.project import Project
from pipeline.workflow.reading import take_in
from pipeline.workflow.run import Run
from pipeline.workflow.translation_report import write_report
from tests.projects import read_tree
from tests.tools import LONG

POSTINGS = 8
CONFIG = """
[project]
base_url = "https://a.example/"
postings = ["jobs/*.jsonl"]
locales = ["en", "fr", "de", "pt_BR"]
[translate]
engines = {engines}
do_not_translate = {names}
"""
SENTENCES = {
    "en": ("You mend nets.", "You bake 12 loaves.", "You drive a van.", "Count stock!", "Greet guests", "We pay $20."),
    "de": ("Du backst Brot.", "Sie fahren einen Wagen.", "Wir zahlen 12 Euro.", "Du hilfst Gästen.", "Netze flicken"),
}
HEADINGS = {"en": ("Requirements", "Responsibilities", "Odds and ends"), "de": ("Anforderungen", "Aufgaben", "Dies")}
# What somebody writes: some speak to the reader formally, some informally, some to nobody.
TARGETS = ("Vous travaillez.", "Tu travailles.", "Travail varié", "Du backst.", "Sie backen.", "Bom trabalho.")


def posting(number: int, chance: Random) -> dict[str, object]:
    language = chance.choice(("en", "en", "de"))
    texts = chance.sample(SENTENCES[language], 3)
    own = f"Your team is number {number}." if language == "en" else f"Ihr Team hat die Nummer {number}."
    return {
        "id": f"job-{number:03d}",
        "title": f"{'Cook' if language == 'en' else 'Koch'} {number % 5}",
        "language": language,
        "organization": f"Firm {number % 3}",
        "locations": [{"country": chance.choice(("FR", "US", "DE")), "city": "Harbour"}],
        "sections": [{"heading": chance.choice(HEADINGS[language]), "items": [*texts[:2], own, texts[2]]}],
    }


def read(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "jobs/all.jsonl").read_text().splitlines()]


def written(folder: Path, postings: list[dict[str, object]]) -> None:
    (folder / "jobs/all.jsonl").write_text("".join(json.dumps(one) + "\n" for one in postings))


def section_of(one: dict[str, object]) -> dict[str, object]:
    sections = one["sections"]
    assert isinstance(sections, list)
    section: dict[str, object] = sections[0]
    return section


def edit(folder: Path, chance: Random) -> None:
    postings = read(folder)
    section = section_of(chance.choice(postings))
    items = list(map(str, section["items"]))  # type: ignore[call-overload]
    place = chance.randrange(len(items))
    items[place] = chance.choice((f"{items[place]} In {chance.randrange(9)} days.", items[place].rstrip(".!") + "…"))
    section["items"] = items
    written(folder, postings)


def take_back(folder: Path, chance: Random) -> None:
    """Write the sentences of a posting as they were at first."""
    postings = read(folder)
    one = chance.choice(postings)
    section = section_of(one)
    section["items"] = [re.sub(r" In \d days\.|…", "", str(item)) for item in section["items"]]  # type: ignore[attr-defined]
    written(folder, postings)


def add(folder: Path, chance: Random) -> None:
    postings = read(folder)
    postings.insert(chance.randrange(len(postings) + 1), posting(100 + chance.randrange(900), chance))
    written(folder, list({one["id"]: one for one in postings}.values()))


def remove(folder: Path, chance: Random) -> None:
    postings = read(folder)
    if len(postings) > POSTINGS // 2:
        del postings[chance.randrange(len(postings))]
    written(folder, postings)


def reorder(folder: Path, chance: Random) -> None:
    postings = read(folder)
    chance.shuffle(postings)
    written(folder, postings)


def set_field(folder: Path, chance: Random) -> None:
    postings = read(folder)
    name, value = chance.choice(
        (
            ("locales", ["fr"]),
            ("locales", None),
            ("translate", False),
            ("title", "Chef"),
            ("organization", f"Firm {chance.randrange(99)}"),
            ("locations", [{"country": "GB", "city": "Cook"}]),
        )
    )
    chance.choice(postings)[name] = value
    written(folder, postings)


def move_heading(folder: Path, chance: Random) -> None:
    """Give a section another heading, so that its sentences are of another kind."""
    postings = read(folder)
    one = chance.choice(postings)
    section_of(one)["heading"] = chance.choice(HEADINGS[str(one["language"])])
    written(folder, postings)


def write_version(folder: Path, chance: Random) -> None:
    """Have a posting written in German too, in a version of its own."""
    postings = read(folder)
    one = chance.choice(postings)
    items = [chance.choice(SENTENCES["de"]) for _ in range(4)]
    one["versions"] = [{"language": "de", "title": "Koch", "sections": [{"heading": "Anforderungen", "items": items}]}]
    written(folder, postings)


def a_catalog(folder: Path, chance: Random) -> Path:
    return chance.choice(sorted((folder / "locales").glob("*/LC_MESSAGES/postings.*.po")))


def saved_by_tool(change: Callable[[polib.POFile, Random], None]) -> Callable[[Path, Random], None]:
    """Have another program change a catalog, which wraps its lines and writes flags its way."""

    def saved(folder: Path, chance: Random) -> None:
        path = a_catalog(folder, chance)
        catalog = polib.pofile(str(path), wrapwidth=40)
        change(catalog, chance)
        catalog.save(str(path))

    return saved


def edited_in_place(change: Callable[[polib.POEntry, Random], None], most: int = 4) -> Callable[[Path, Random], None]:
    """Have somebody change some entries of a catalog in an editor, and leave the others as they are."""

    def edited(folder: Path, chance: Random) -> None:
        path = a_catalog(folder, chance)
        header, *entries = path.read_text().rstrip("\n").split("\n\n")
        for place in chance.sample(range(len(entries)), min(most, len(entries))):
            (entry,) = polib.pofile(f"{header}\n\n{entries[place]}\n", wrapwidth=100_000)
            change(entry, chance)
            entries[place] = entry.__unicode__(wrapwidth=100_000).rstrip("\n")
        path.write_text("\n\n".join([header, *filter(None, entries)]) + "\n")

    return edited


def accept(entry: polib.POEntry, chance: Random) -> None:
    entry.msgstr = entry.msgstr or chance.choice(TARGETS)
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


def reject(entry: polib.POEntry, _: Random) -> None:
    entry.msgstr = ""
    entry.flags = []


def draft(entry: polib.POEntry, chance: Random) -> None:
    entry.msgstr = chance.choice(TARGETS)
    entry.flags = ["fuzzy"]


def note(entry: polib.POEntry, chance: Random) -> None:
    entry.tcomment = f"seen {chance.randrange(9)} times"


def flag(entry: polib.POEntry, _: Random) -> None:
    entry.flags = ["no-wrap", "fuzzy", "no-wrap"]
    entry.msgstr = "Travail"


def accept_all(catalog: polib.POFile, chance: Random) -> None:
    for entry in catalog:
        if not entry.obsolete and chance.random() < 0.5:
            accept(entry, chance)


def narrow(folder: Path, chance: Random) -> None:
    """Give a posting a unit of its own."""
    path = a_catalog(folder, chance)
    header, *entries = path.read_text().rstrip("\n").split("\n\n")
    found = [entry for entry in entries if 'msgctxt "requirements"' in entry and not entry.startswith("#~")]
    if found:
        place = entries.index(chance.choice(found))
        posting_id = chance.choice(re.findall(r"postings/(job-\d+)", entries[place]))
        own = entries[place].replace('msgctxt "requirements"', f'msgctxt "requirements|{posting_id}"')
        own = re.sub(r'msgstr ".*"', f'msgstr "{chance.choice(TARGETS)}"', own).replace("#, fuzzy\n", "")
        if own not in entries and f'"requirements|{posting_id}"' not in path.read_text():
            entries.append(own)
    path.write_text("\n\n".join([header, *entries]) + "\n")


def purge(folder: Path, chance: Random) -> None:
    """Delete entries, live ones and obsolete ones, and leave the others in another order."""
    path = a_catalog(folder, chance)
    header, *entries = path.read_text().rstrip("\n").split("\n\n")
    for _ in range(min(3, len(entries) - 1)):
        del entries[chance.randrange(len(entries))]
    if chance.random() < 0.5:
        chance.shuffle(entries)
    path.write_text("\n\n".join([header, *entries]) + "\n")


def write_header(folder: Path, chance: Random) -> None:
    """Change the header as editors do, and write a comment above it; or take away a field of ours."""
    path = a_catalog(folder, chance)
    text = path.read_text().removeprefix("\ufeff")
    changed = chance.choice(
        (
            text.replace('"Language:', f'"X-Generator: Editor {chance.randrange(9)}\\n"\n"Language:', 1),
            f"# seen {chance.randrange(9)} times\n{text}",
            re.sub(r'"X-Source-Language: .*\n', "", text, count=1),
            text.replace("nplurals=2", "nplurals=3", 1),
            text.replace("\n\n", "\n\n\n", 3),
            f"\ufeff{text}",
        )
    )
    path.write_text(changed)


def configure(folder: Path, chance: Random) -> None:
    engines, names = chance.choice(("[]", '["pseudo"]')), chance.choice(("[]", '["Cook"]'))
    (folder / "polypost.toml").write_text(CONFIG.format(engines=engines, names=names))


def lose(folder: Path, chance: Random) -> None:
    """Delete, cut, damage or exchange something of what is kept."""
    path = chance.choice([path for path in sorted((folder / "build/catalogs").iterdir()) if path.is_file()])
    other = chance.choice(sorted((folder / "build/catalogs").iterdir()))
    content, middle = path.read_bytes(), path.stat().st_size // 2
    damages: tuple[Callable[[], object], ...] = (
        path.unlink,
        lambda: path.write_bytes(content[:middle]),
        lambda: path.write_bytes(content[:middle] + b"damaged" + content[middle + 7 :]),
        lambda: path.write_bytes(other.read_bytes()),
    )
    chance.choice(damages)()


BY_PEOPLE = tuple(map(edited_in_place, (accept, reject, draft, note, flag)))
CHANGES = (edit, take_back, add, remove, reorder, set_field, move_heading, write_version, saved_by_tool(accept_all))
OTHERS = (*BY_PEOPLE, edited_in_place(accept, 30), narrow, purge, write_header, configure, lose, edit, edit, take_back)


def run(folder: Path) -> Translated:
    settings = read_settings(folder / "polypost.toml")
    project = Project.of(
        Run(
            settings=settings,
            files=find_posting_files(settings),
            locales_dir=folder / "locales",
            build_dir=folder / "build",
            out=folder / "public",
            allow_losses=True,
        )
    )
    intake = take_in(project)
    done = translate(project, intake)
    write_report(project, done)
    return done


def left(folder: Path) -> dict[str, bytes]:
    files = read_tree(folder / "locales")
    return {**files, "report": (folder / "build/translation-report.jsonl").read_bytes()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "jobs").mkdir(parents=True)
    chance = Random(5)  # noqa: S311  postings, not secrets
    written(folder, [posting(number, chance) for number in range(POSTINGS)])
    (folder / "polypost.toml").write_text(CONFIG.format(engines="[]", names="[]"))
    run(folder)
    return folder


@pytest.mark.parametrize("seed", range(1, 8) if LONG else [1])  # every change is made at each, in another order
def test_catalogs_are_those_of_a_run_from_nothing(project: Path, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  edits, not secrets
    every = [*CHANGES, *OTHERS]
    chance.shuffle(every)
    made: list[str] = []
    for number in range(len(every) * 3 // 4):
        for _ in range(chance.choice((1, 1, 2))):
            change = every.pop() if every else chance.choice((*CHANGES, *OTHERS))
            change(project, chance)
            made.append(getattr(change, "__qualname__", str(change)))
        anew = tmp_path / f"anew-{number}"
        shutil.copytree(project, anew, ignore=shutil.ignore_patterns("build"))
        done = run(project)
        run(anew)
        assert left(project) == left(anew), (number, made)
        for path, entries in done.catalogs.items():
            whole = Entries.of(entries.catalog)
            assert (whole.content, whole.keys, whole.digests) == (entries.content, entries.keys, entries.digests), path
            assert (whole.states, whole.risks) == (entries.states, entries.risks), path
            assert whole.narrowed <= entries.narrowed, path
        shutil.rmtree(anew)
