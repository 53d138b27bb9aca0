"""`polypost languages` names every language once, with what can be done in it."""

import json

from click.testing import CliRunner

from pipeline.cli.commands import polypost


def test_every_language_is_named_once_with_what_it_can_do() -> None:
    done = CliRunner().invoke(polypost, ["languages", "--json"], catch_exceptions=False)
    listed = json.loads(done.stdout)["languages"]
    codes = [each["language"] for each in listed]
    assert codes == sorted(set(codes))
    known = {each["language"]: set(each["abilities"]) for each in listed}
    assert {"detected", "number_words", "quantities", "calendar", "negation", "gender_forms"} <= known["pt"]
    assert known["af"] == {"detected"}


def test_words_of_pages_are_counted_in_every_locale_with_the_drafts_among_them() -> None:
    done = CliRunner().invoke(polypost, ["languages", "--json"], catch_exceptions=False)
    site = json.loads(done.stdout)["site"]
    assert {found["words"] for found in site.values()} == {site["en"]["words"]}
    assert (site["en"]["drafts"], site["hr"]["drafts"]) == (0, site["hr"]["words"])
    printed = CliRunner().invoke(polypost, ["languages"], catch_exceptions=False).stdout
    assert f"hr {site['hr']['words']:14} {site['hr']['drafts']:7}        0" in printed
