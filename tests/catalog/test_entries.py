"""What is known of the entries of a catalog without parsing them agrees with their units."""

from hypothesis import given

from pipeline.catalog.entries import PAIR_BYTES, Entries
from pipeline.catalog.po_file import Catalog
from pipeline.model.segment import KEY_BYTES, key_digest
from tests.catalog.random_units import random_catalogs


@given(random_catalogs())
def test_pairs_are_the_digests_of_live_keys_and_of_their_texts_in_the_order_of_the_file(catalog: Catalog) -> None:
    entries = Entries.of(catalog)
    pairs = [entries.pairs[start : start + PAIR_BYTES] for start in range(0, len(entries.pairs), PAIR_BYTES)]
    live = [unit.key for unit in entries.units if not unit.retired]
    assert [pair[:KEY_BYTES] for pair in pairs] == list(map(key_digest, live))
    assert [pair[KEY_BYTES:] for pair in pairs] == list(map(entries.digest_of, live))
