"""A project of any size, always the same: postings of thirty segments, four in ten of which stand in no other.

`python -m tests.bench.large FOLDER POSTINGS` writes one to try by hand.
"""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from tests.fixtures.argos.recipe import make_sentence

SEGMENTS = 30
UNIQUE = 0.4
LOCALES = ("en", "pt_BR", "fr", "es", "de")
_SEED = 20261130
_HEADINGS = ("About us", "Responsibilities", "Requirements", "What we offer")
_TITLES = ("Nurse", "Software engineer", "Warehouse worker", "Cook", "Accountant", "Electrician", "Sales manager")
_PLACES = (("FR", "Lyon"), ("DE", "Bremen"), ("PT", "Porto"), ("ES", "Vigo"), ("BR", "Recife"), ("IE", "Cork"))
# So many sentences are shared by all postings, whatever their number: firms repeat themselves.
_SHARED = 3000


def postings(count: int, *, first: int = 0) -> Iterator[str]:
    """Yield postings as lines of JSON, those from number `first` on; one is the same whatever stands before it."""
    shared = _distinct(_SHARED, Random(_SEED))  # noqa: S311  sentences, not secrets
    for number in range(first, first + count):
        chance = Random(_SEED + 1 + number)  # noqa: S311  sentences, not secrets
        segments = SEGMENTS - 1 - len(_HEADINGS)
        own = round(SEGMENTS * UNIQUE)
        texts = [_numbered(make_sentence(chance), number, place) for place in range(own)]
        texts += chance.sample(shared, segments - own)
        chance.shuffle(texts)
        parts = [texts[start :: len(_HEADINGS)] for start in range(len(_HEADINGS))]
        country, city = chance.choice(_PLACES)
        yield json.dumps(
            {
                "id": f"posting-{number:06d}",
                "title": chance.choice(_TITLES),
                "organization": f"Firm {number % 97}",
                "url": f"https://jobs.example.org/{number}",
                "language": "en",
                "locations": [{"country": country, "city": city}],
                "date_posted": f"2026-{1 + number % 11:02d}-{1 + number % 28:02d}",
                "description": "".join(
                    f"<h2>{heading}</h2><ul>{''.join(f'<li>{text}</li>' for text in part)}</ul>"
                    for heading, part in zip(_HEADINGS, parts, strict=True)
                ),
            }
        )


def write_project(folder: Path, count: int, *, engines: tuple[str, ...] = (), policy: str = "machine") -> None:
    """Write a configured project of `count` postings in English, without catalogs, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "postings.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in postings(count))
    (folder / "polypost.toml").write_text(
        f'[project]\nbase_url = "https://jobs.example.org/"\npostings = ["postings.jsonl"]\n'
        f"locales = {json.dumps(LOCALES)}\n[translate]\nengines = {json.dumps(engines)}\n"
        f'[publish]\npolicy = "{policy}"\n',
        encoding="utf-8",
    )


def _distinct(count: int, chance: Random) -> list[str]:
    made = (make_sentence(chance) for _ in iter(int, 1))
    return list(islice(dict.fromkeys(islice(made, count * 3)), count))


def _numbered(text: str, number: int, place: int) -> str:
    """Make a sentence one of its own by a number, as firms have them: teams, sites, customers."""
    return f"{text.rstrip('.')} at site {number * SEGMENTS + place}."


if __name__ == "__main__":
    write_project(Path(sys.argv[1]), int(sys.argv[2]))
