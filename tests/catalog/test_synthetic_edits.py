"""Hundreds of edits of the samples' own reviewed units: nearly all get the right proposal, none goes out unreviewed."""

import pytest

from pipeline.catalog.layout import catalog_path
from pipeline.catalog.po_file import read_catalog
from pipeline.model.locale import parse_locale
from tests.catalog.synthetic_edits import KINDS, documents, judge, make_cases
from tests.projects import CHECKOUT

EDITS = 100
WANTED = 90  # percent; in the long form (`python -m tests.bench edits`) it is 80


@pytest.mark.parametrize(("source", "target"), [("en", "pt_BR"), ("pt", "en"), ("en", "fr")])
def test_edits_whose_target_is_known_are_proposed_rightly_and_none_is_published_unreviewed(
    source: str, target: str
) -> None:
    catalog = read_catalog(catalog_path(CHECKOUT / "locales", parse_locale(target), f"postings.{source}"))
    assert catalog is not None
    cases = list(make_cases(documents(catalog.units), parse_locale(source), parse_locale(target), EDITS, seed=17))
    tally = judge(cases)
    assert tally.unreviewed == []
    assert tally.made == dict.fromkeys(KINDS, EDITS // len(KINDS))
    assert tally.share >= WANTED
