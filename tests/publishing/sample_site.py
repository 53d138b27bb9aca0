"""The samples and one posting that is hard to set, built as a user does, for tests that look at real pages."""

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, built, write_tree
from tests.shared import built_samples, made_once

# Japanese too, which has a posting but no words of ours, and what pages break on.
LOCALES = ("en", "pt_BR", "fr", "es", "de", "ar", "ja")
# By this day one of the samples is no longer open, and keeps a page that says so.
ONE_HAS_EXPIRED = date(2027, 1, 9)
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
HARD_POSTING = {
    "id": "hard to set / 1",
    "title": f'Betreuer {UNBROKEN} <b>"m/w/d"</b> & </title> {{{{ x }}}}',
    "organization": f"{UNBROKEN} & Söhne <i>GmbH</i>",
    "url": f"https://{'sehr-lange-adresse-' * 3}.example/?a=1&b={'x' * 90}",
    "locations": [{"country": "DE", "city": UNBROKEN}, {"country": "CH"}],
    "remote": True,
    "applicant_countries": ["DE", "AT", "CH", "LI", "LU"],
    "employment_type": ["FULL_TIME", "PART_TIME", "OTHER"],
    "salary": {"currency": "EUR", "min": 1234567.5, "max": 98765432.25, "unit": "YEAR"},
    "date_posted": "2026-11-01",
    "valid_through": "2027-01-31",
    "language": "de",
    "sections": [
        {"heading": f"Aufgaben {UNBROKEN}", "items": ["A < B && C > D", f"<a href='https://x.example'>{UNBROKEN}</a>"]},
        {"heading": "", "paragraphs": [f"Siehe https://{'a' * 120}.example/ und <em>mehr</em>."]},
    ],
}


def sample_site(factory: pytest.TempPathFactory) -> Path:
    """Return the release of that project."""
    return (sample_project(factory) / "public").resolve()


def sample_project(factory: pytest.TempPathFactory) -> Path:
    """Return the project of the samples, built once with all that a release may have: a search, compressed copies."""
    return made_once(factory, "site", partial(_build, samples=built_samples(factory)))


def _build(root: Path, samples: Path) -> None:
    for name in ("samples", "locales", "build"):
        shutil.copytree(samples / name, root / name)
    config = (CHECKOUT / "polypost.toml").read_text(encoding="utf-8")
    configured = '["en", "pt_BR", "fr", "es", "de", "ar"]'
    assert configured in config
    write_tree(
        root,
        {
            "polypost.toml": config.replace(configured, json.dumps(LOCALES)).replace(
                "[publish]\n", "[publish]\nsearch = true\ngzip = true\n"
            ),
            "samples/hard.jsonl": json.dumps(HARD_POSTING) + "\n",
        },
    )
    built(root, "--as-of", str(ONE_HAS_EXPIRED))
    release = (root / "public").resolve()
    assert any(UNBROKEN in page.read_text(encoding="utf-8") for page in release.glob("de/postings/*.html"))
