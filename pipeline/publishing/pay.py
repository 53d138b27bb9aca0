"""A pay range in words, in the form of a version's locale."""

from babel.numbers import format_currency

from pipeline.model.posting import Salary
from pipeline.publishing import wording
from pipeline.publishing.version import Version


def write_pay(version: Version, salary: Salary) -> str:
    """Write a pay range, without cents where there are none; "" if it names no amount."""
    locale = version.locale
    pattern = str(locale.currency_formats["standard"].pattern)
    amounts = [amount for amount in (salary.minimum, salary.maximum) if amount is not None]
    whole = all(amount == int(amount) for amount in amounts)
    written = " – ".join(
        format_currency(
            amount,
            salary.currency,
            pattern.replace(".00", "") if whole else pattern,
            locale=locale,
            currency_digits=not whole,
        )
        for amount in dict.fromkeys(amounts)
    )
    return wording.pay(version.translations, written, salary.unit) if written else ""
