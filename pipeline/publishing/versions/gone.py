"""Postings that are no longer open: an expired one keeps a page at its old address, and belongs to no version."""

from dataclasses import dataclass
from datetime import date

from babel import Locale

from pipeline.publishing.versions.localized import posting_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A posting whose last day has passed and that a version once held.

    `title_language` is that of the title where it is not the version's.
    """

    posting: str
    slug: str
    title: str
    title_language: Locale | None = None
    organization: str = ""
    countries: tuple[str, ...] = ()
    posted: date | None = None
    valid_through: date | None = None

    @property
    def path(self) -> str:
        """Where its page lies below the folder of its language."""
        return posting_path(self.slug)
