"""Whoever polls a feed once a day hears of every addition, change and removal, and of each exactly once."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tests.projects import built, read_json, read_tree, write_tree

CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.jsonl"]
locales = ["fr", "en"]

[translate]
engines = []

[publish]
policy = "source"
max_withdrawn = 40
"""
_ATOM = "{http://www.w3.org/2005/Atom}"
_DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def posting(name: str, text: str = "Le phare est haut.", until: str = "2027-12-31") -> str:
    fields = {"id": name, "title": f"Poste {name}", "language": "fr", "description": text, "valid_through": until}
    return json.dumps(fields) + "\n"


BAKER, CLERK, DIVER = posting("baker"), posting("clerk", until="2026-12-03"), posting("diver")
FISHER = posting("fisher", until="2026-12-07")
EDITED = posting("diver", "La mer est froide.")
AGAIN = posting("baker", "Le pain est bon.")
# Each day: the postings that are read, and what a reader has to hear.
WEEK = {
    "2026-12-01": (BAKER + CLERK + DIVER, ["added baker", "added clerk", "added diver"]),
    "2026-12-02": (BAKER + CLERK + DIVER + FISHER, ["added fisher"]),
    "2026-12-03": (BAKER + CLERK + EDITED + FISHER, ["changed diver"]),
    "2026-12-04": (BAKER + CLERK + EDITED + FISHER, ["removed clerk"]),
    "2026-12-05": (EDITED + FISHER, ["removed baker"]),
    "2026-12-06": (BAKER + EDITED + FISHER, ["added baker"]),
    "2026-12-07": (AGAIN + EDITED + FISHER, ["changed baker"]),
    "2026-12-08": (AGAIN + EDITED + FISHER, ["removed fisher"]),
    "2026-12-09": (AGAIN + EDITED + FISHER, []),
    "2026-12-10": (AGAIN + EDITED, []),  # it had left already
}


@dataclass
class AtomReader:
    """Keeps entries until a tombstone newer than them comes, as RFC 6721 says."""

    kept: dict[str, str] = field(default_factory=dict)

    def poll(self, project: Path) -> list[str]:
        root = etree.parse(project / "public/fr/atom.xml").getroot()
        heard = []
        for grave in root.iter(_DELETED):
            name, when = str(grave.get("ref")), str(grave.get("when"))
            if name in self.kept and when >= self.kept[name]:
                heard.append(f"removed {_name(name)}")
                del self.kept[name]
        for entry in root.iter(f"{_ATOM}entry"):
            name, moved = entry.findtext(f"{_ATOM}id", ""), entry.findtext(f"{_ATOM}updated", "")
            if self.kept.get(name) != moved:
                heard.append(f"{'changed' if name in self.kept else 'added'} {_name(name)}")
                self.kept[name] = moved
        return sorted(heard)


@dataclass
class JsonReader:
    """Takes the feed as the whole: what is not in it any more is gone."""

    kept: dict[str, str] = field(default_factory=dict)

    def poll(self, project: Path) -> list[str]:
        items = {item["id"]: item["date_modified"] for item in read_json(project / "public/fr/feed.json")["items"]}
        heard = [f"removed {_name(name)}" for name in self.kept.keys() - items.keys()]
        heard += [f"added {_name(name)}" for name in items.keys() - self.kept.keys()]
        heard += [
            f"changed {_name(name)}" for name in items.keys() & self.kept.keys() if items[name] != self.kept[name]
        ]
        self.kept = items
        return sorted(heard)


def _name(feed_id: str) -> str:
    return feed_id.removeprefix("urn:polypost:").removesuffix("/fr")


def build_day(project: Path, day: str) -> None:
    write_tree(project, {"postings/all.jsonl": WEEK[day][0]})
    built(project, "--as-of", day)


def test_readers_hear_of_everything_exactly_once_and_catch_up_after_days_away(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG})
    daily, away = (AtomReader(), JsonReader()), AtomReader()
    for number, (day, (_, expected)) in enumerate(WEEK.items()):
        build_day(tmp_path, day)
        assert [reader.poll(tmp_path) for reader in daily] == [expected, expected], day
        if number % 3 == 0:
            away.poll(tmp_path)
            built(tmp_path, "--as-of", day)  # nothing is new
            assert [reader.poll(tmp_path) for reader in daily] == [[], []], day
    items = read_json(tmp_path / "public/fr/feed.json")["items"]
    assert set(map(_name, away.kept)) == {_name(item["id"]) for item in items} == {"baker", "diver"}
    ledger = [json.loads(line) for line in (tmp_path / "locales/publications.jsonl").read_text("utf-8").splitlines()]
    withdrawn = {line["posting"]: line["withdrawn"] for line in ledger}
    assert withdrawn == {"baker": None, "clerk": "2026-12-04", "diver": None, "fisher": "2026-12-08"}


def test_page_of_an_expired_posting_stays_at_its_address_and_says_that_it_is_no_longer_open(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG})
    days = ("2026-12-03", "2026-12-04")
    pages = []
    for day in days:
        build_day(tmp_path, day)
        public = read_tree(tmp_path / "public")
        pages.append({path for path in public if "/postings/" in path})
    assert pages[0] <= pages[1]
    (gone,) = (path for path in pages[0] if b'content="noindex"' in public[path])
    assert gone.startswith("fr/postings/poste-clerk-")
    assert [path for path, text in public.items() if gone.encode() in text and path.endswith((".xml", ".json"))] == [
        "manifest.json"
    ]
    listed = {entry["path"] for entry in read_json(tmp_path / "public/manifest.json")["files"]}
    assert {path for path in listed if "/postings/" in path} == pages[1]
