"""Days as feeds write them; postings know no time of day."""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cache


@cache
def write_timestamp(day: date) -> str:
    """Write a day as RFC 3339 wants it.

    >>> write_timestamp(date(2026, 11, 1))
    '2026-11-01T00:00:00Z'
    """
    return f"{day.isoformat()}T00:00:00Z"


@cache
def write_mail_date(day: date) -> str:
    """Write a day as RFC 822 wants it, with four digits for the year.

    >>> write_mail_date(date(2026, 11, 1))
    'Sun, 01 Nov 2026 00:00:00 GMT'
    """
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)
