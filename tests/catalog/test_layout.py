"""Where catalogs lie and which units they hold."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.incoming import Incoming, posting_of, posting_reference
from pipeline.catalog.layout import (
    catalog_path,
    for_locales,
    house_headers,
    incoming_units,
    postings_domain,
    source_languages,
    template_path,
    with_house_headers,
)
from pipeline.catalog.po_file import Catalog
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Posting
from tests.catalog.units import key, references
from tests.laws import examples
from tests.publishing.examples import nurse, segmented


def test_catalogs_lie_where_gettext_looks_for_them() -> None:
    domain = postings_domain(parse_locale("pt-PT"))
    assert catalog_path(Path("l"), parse_locale("pt-BR"), domain) == Path("l/pt_BR/LC_MESSAGES/postings.pt.po")
    assert template_path(Path("l"), domain) == Path("l/postings.pt.pot")


def test_header_fields_that_are_ours_are_filled_in_where_they_are_missing_or_empty() -> None:
    brazilian = parse_locale("pt-BR")
    ours = dict(house_headers("en", brazilian))
    said = (("X-Generator", ""), ("Language", ""), ("Project-Id-Version", "Acme 7"), ("Last-Translator", "Ana"))
    found = with_house_headers(Catalog(headers=said), "en", brazilian).headers
    assert dict(found) == {**ours, **dict(said), "Language": "pt_BR"}
    assert [name for name, _ in found[:4]] == [name for name, _ in said]


def test_languages_without_a_posting_are_known_by_their_templates(tmp_path: Path) -> None:
    for name in ("postings.en.pot", "postings.zh_Hant.pot", "site.pot", "publications.jsonl"):
        (tmp_path / name).touch()
    assert source_languages(tmp_path) == {"en", "zh_Hant"}


def test_segment_of_two_postings_comes_in_once_with_both() -> None:
    assert incoming_units(map(segmented, (nurse("b"), nurse("a c")))) == tuple(
        Incoming(key=key(source, context), references=references("b", "a c"))
        for source, context in (("Nurse", "title"), ("Patience", "requirements"))
    )


@pytest.mark.parametrize(
    ("posting", "wanted"),
    [
        (nurse(), True),
        (replace(nurse(), locales=(parse_locale("fr"),)), True),
        (replace(nurse(), locales=(parse_locale("de"),)), False),
        (replace(nurse(), translate=False), False),
        (nurse(language="fr-CA"), False),
        (nurse(language=None), False),
    ],
)
def test_only_what_can_be_translated_into_a_locale_comes_in(posting: Posting, *, wanted: bool) -> None:
    item = segmented(posting)
    assert list(for_locales([item], (parse_locale("fr"),))) == ([item] if wanted else [])


@examples(200)
@given(st.text(min_size=1))
def test_reference_names_its_posting_without_a_sign_that_tools_read(posting_id: str) -> None:
    reference = posting_reference(posting_id)
    assert posting_of(reference) == posting_id
    assert not set(reference.removeprefix("postings/")) & set(" :/\u2068\n")


def test_reference_to_code_names_no_posting() -> None:
    assert posting_of("pipeline/publishing/versions/wording.py") is None
