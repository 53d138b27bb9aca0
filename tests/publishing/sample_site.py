"""The samples and one posting that is hard to set, built as a user does, for tests that look at real pages."""

import json
import shutil
from pathlib import Path

from tests.projects import CHECKOUT, built, write_tree

# Japanese too, which has a posting but no words of ours, and what pages break on.
LOCALES = ("en", "pt_BR", "fr", "es", "de", "ar", "ja")
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


def build_sample_site(root: Path, *, search: bool = False, gzip: bool = False) -> Path:
    """Build in an empty folder; return the folder of the release."""
    for name in ("samples", "locales"):
        shutil.copytree(CHECKOUT / name, root / name)
    config = (CHECKOUT / "polypost.toml").read_text(encoding="utf-8")
    configured = '["en", "pt_BR", "fr", "es", "de", "ar"]'
    assert configured in config
    write_tree(
        root,
        {
            "polypost.toml": config.replace(configured, json.dumps(LOCALES)).replace(
                "[publish]\n", f"[publish]\nsearch = {json.dumps(search)}\ngzip = {json.dumps(gzip)}\n"
            ),
            "samples/hard.jsonl": json.dumps(HARD_POSTING) + "\n",
        },
    )
    built(root)
    release = (root / "public").resolve()
    assert any(UNBROKEN in page.read_text(encoding="utf-8") for page in release.glob("de/postings/*.html"))
    return release
