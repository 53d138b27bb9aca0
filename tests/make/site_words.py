"""Brings the template and every `site` catalog that comes with Polypost up to the words that our pages say now.

    python -m tests.make.site_words

A build does so for the locales of one project; those that come along are more. New words come in without a target.
"""

from dataclasses import replace

from pipeline.catalog import layout
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import read_catalog, write_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, shipped_locales, site_words
from tests.projects import CHECKOUT


def main() -> None:
    """Rewrite what differs; a target whose word has gone goes too."""
    words, folder = site_words(), CHECKOUT / "locales"
    write_catalog(layout.template_path(folder, layout.SITE_DOMAIN), layout.template(SITE_LANGUAGE, words))
    for locale in shipped_locales():
        path = layout.catalog_path(folder, locale, layout.SITE_DOMAIN)
        catalog = layout.with_house_headers(read_catalog(path), SITE_LANGUAGE, locale)
        merged = merge_units(catalog.units, words)
        write_catalog(path, replace(catalog, units=tuple(unit for unit in merged if not unit.retired)))


if __name__ == "__main__":
    main()
