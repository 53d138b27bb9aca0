"""Whether a catalog has as many targets of a plural as the rule in its own header asks for.

Where they differ msgfmt refuses the catalog, and a page that looks the missing form up shows the source instead.
"""

from collections.abc import Iterator

from babel import Locale

from pipeline.catalog.po_file import PLURAL_FORMS, Catalog
from pipeline.language.plurals import parse_plural_rule, plural_rule


def plural_faults(catalog: Catalog, locale: Locale) -> Iterator[str]:
    """Yield what is wrong with the plural rule of a catalog, and with every plural that does not follow it."""
    fault = plural_rule_fault(catalog, locale)
    if fault:
        yield fault
        return
    forms = parse_plural_rule(dict(catalog.headers)[PLURAL_FORMS]).forms
    for unit in catalog.units:
        found = len(unit.extras.plural_targets)
        if any(unit.extras.plural_targets) and not unit.retired and found != forms:
            wanted = f"msgstr[0] to msgstr[{forms - 1}]" if forms > 1 else "msgstr[0] alone"
            yield (
                f"has {found} plural forms for {unit.key.source!r} and {forms} by its header {PLURAL_FORMS}; "
                f"write {wanted}"
            )


def plural_rule_fault(catalog: Catalog, locale: Locale) -> str:
    """Return what is wrong with the plural rule in the header, and what to write there; "" if nothing is."""
    header = dict(catalog.headers).get(PLURAL_FORMS)
    ours = f'"{PLURAL_FORMS}: {plural_rule(locale).header}\\n"'
    if header is None:
        return f"has no header {PLURAL_FORMS}; polypost catalogs update writes {ours}"
    try:
        parse_plural_rule(header)
    except ValueError as error:
        return f"its header {PLURAL_FORMS}, {header!r}, {error}; write {ours}"
    return ""
