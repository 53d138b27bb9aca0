"""`polypost inspect` shows how a posting was understood, also where there is no project."""

import json
from pathlib import Path

from tests.projects import polypost, write_tree

COOK = {
    "id": "cook-1",
    "title": "Cook",
    "organization": "Harbour Kitchen",
    "locations": [{"country": "IE", "city": "Cork"}, {"country": "FR", "city": "Lyon"}],
    "date_posted": "2026-11-02",
    "salary": {"currency": "EUR", "min": 31500, "max": 36000, "unit": "YEAR"},
    "language": "en",
    "locales": ["en", "pt_BR"],
    "sections": [
        {"kind": "description", "blocks": [{"paragraph": "We cook by the sea. Guests come for the <b>fish</b>."}]},
        {
            "heading": "Requirements",
            "blocks": [
                {"item": "Two years in a kitchen"},
                {"item": "of any size", "depth": 1},
                {"item": "A licence", "ordered": True},
                {"heading": "Good to know", "level": 3},
            ],
        },
        {"kind": "offer", "heading": "For you", "blocks": [{"item": "Two free days"}]},
        {"heading": "The view", "blocks": [{"paragraph": "Ships, gulls and an island."}]},
    ],
}
SHOWN = """\
cook-1  (jobs.jsonl:1)
  title                Cook
  organization         Harbour Kitchen
  locations            Cork, IE; Lyon, FR
  countries            FR, IE
  date posted          2026-11-02
  salary               EUR 31,500 to 36,000 per year
  language             en (declared, 100 of 100)
  goes to              en, pt-BR
  text                 4 sections, 7 blocks, 11 segments
  description (no heading, 2 segments)
    ¶ (2 sentences) We cook by the sea. Guests come for the fish.
  requirements (known by its heading, 4 segments): Requirements
    • Two years in a kitchen
      • of any size
    1. A licence
    # Good to know
  offer (given, 2 segments): For you
    • Two free days
  other (guessed, 2 segments): The view
    ¶ Ships, gulls and an island.

"""


def test_posting_is_shown_field_by_field_and_block_by_block(tmp_path: Path) -> None:
    write_tree(tmp_path, {"jobs.jsonl": json.dumps(COOK)})
    assert polypost(tmp_path, "inspect", "jobs.jsonl").stdout == SHOWN


def test_json_holds_every_block_in_order(tmp_path: Path) -> None:
    write_tree(tmp_path, {"jobs.jsonl": json.dumps(COOK)})
    read = json.loads(polypost(tmp_path, "inspect", "--json", "jobs.jsonl").stdout)
    wanted = [section["blocks"] for section in json.loads(json.dumps(COOK["sections"]))]
    assert [section["blocks"] for section in read["sections"]] == wanted


def test_texts_are_cut_to_the_columns_of_the_terminal(tmp_path: Path) -> None:
    text = "東京の静かな通りにある小さな食堂で、昼と夜の料理を作る仲間を探しています。"
    cook = {"id": "c", "title": "料理人", "sections": [{"kind": "offer", "blocks": [{"paragraph": text}]}]}
    write_tree(tmp_path, {"jobs.jsonl": json.dumps(cook)})
    lines = polypost(tmp_path, "inspect", "jobs.jsonl", COLUMNS="30").stdout.splitlines()
    assert lines[-2] == "    ¶ 東京の静かな通りにある…"  # 29 columns: the next letter would take two


def test_what_was_not_understood_stands_at_its_field_and_below_the_posting(tmp_path: Path) -> None:
    text = (
        "Job Title: Cook\nCompany: Harbour Kitchen\nClosing date: soonish\n\nWe cook fish for our guests by the sea.\n"
    )
    write_tree(tmp_path, {"cook.txt": text})
    lines = polypost(tmp_path, "inspect", "cook.txt").stdout.splitlines()
    assert "  valid through        not understood  (stood there: soonish)" in lines
    assert "  held by              `valid_through`" in lines
    assert lines[-3:-1] == ["  1 doubt", "    `valid_through` is no date: soonish; write for example 2026-11-01"]
