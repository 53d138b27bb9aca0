"""Inline gender forms of a source, such as "Educador(a)", mean nothing in a language whose nouns have one form."""

from collections.abc import Callable

from pipeline.model.gender_forms import GENDERED, GENDERLESS, INLINE_FORM, without_inline_forms


def left_forms_check(source_language: str, target_language: str) -> Callable[[str, str], str]:
    """Return the check for the ending of the other gender that an engine left in its target.

    >>> left_forms_check("pt", "en")("Educador(a) de infância", "Educator(a) of childhood")
    '(a) left as it was'
    """
    if source_language not in GENDERED or target_language not in GENDERLESS:
        return lambda _source, _target: ""

    def left_forms(_source: str, target: str) -> str:
        found = dict.fromkeys(match[0] for match in INLINE_FORM.finditer(target) if match[0].startswith("("))
        return f"{', '.join(found)} left as it was" if found else ""

    return left_forms


def one_form_aside(
    run: Callable[[str, str], str], source_language: str, target_language: str
) -> Callable[[str, str], str]:
    """Return a check that does not miss in its target what only gave the other gender's ending in the source.

    >>> run = one_form_aside(lambda source, _: "brackets" if "(" in source else "", "pt", "en")
    >>> run("Educador(a) de infância", "Childhood educator")
    ''
    """
    if source_language not in GENDERED or target_language not in GENDERLESS:
        return run
    return lambda source, target: run(without_inline_forms(source), target)
