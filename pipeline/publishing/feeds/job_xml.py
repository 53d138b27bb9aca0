"""Job XML in the layout that Indeed made and other aggregators read: a full snapshot in one file, a `job` a place.

Aggregators want one place a job, so a posting with several places is several jobs with one `requisitionid`. What a
posting does not say (state, postal code, education, category) is left empty where the layout requires it, and
out elsewhere. `language`, `translation` and `original` are our own: nobody may take a machine's text for the
employer's, and `original` counts the sentences that are as the employer wrote them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from pipeline.model.locale import to_tag
from pipeline.model.posting import Location, Posting
from pipeline.publishing.feeds.atom import feed_urn
from pipeline.publishing.feeds.content import Content
from pipeline.publishing.feeds.xml_text import DECLARATION, cdata, write_mail_date
from pipeline.publishing.versions import facts
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Version

FILE_NAME = "jobs.xml"
_JOB_TYPES = {
    "FULL_TIME": "fulltime",
    "PART_TIME": "parttime",
    "CONTRACTOR": "contract",
    "TEMPORARY": "temporary",
    "INTERN": "internship",
    "VOLUNTEER": "volunteer",
    "PER_DIEM": "perdiem",
}
_REMOTE = "Fully remote"  # a value of the layout, not a word of ours


def serialize_jobs(version: Version, jobs: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the document of a version in pieces, so that any number of postings fits into memory."""
    yield f"{DECLARATION}<source>\n{_head(version)}".encode()
    yield from jobs
    yield b"</source>\n"


def serialize_posting(version: Version, localized: LocalizedPosting, content: Content) -> bytes:
    """Write the jobs of a posting, one a place, an element a line; all but the place is the same in each."""
    posting = localized.posting
    posted = posting.date_posted or localized.published
    what = _elements(title=content.title, date=write_mail_date(posted) if posted else "")
    who = _elements(requisitionid=posting.id, url=version.url(localized.path), company=posting.organization)
    known = _facts(version, localized).encode()
    rest = b"".join([b"<description>", content.xml, b"</description>\n", known, b"</job>\n"])

    used: set[str] = set()

    def job(place: Location) -> bytes:
        number = reference_number(posting.id, version.tag, place)
        if number in used:  # another Springfield
            number += f"/{quote(place.region, safe='')}"
        used.add(number)
        reference = _elements(referencenumber=number)
        where = _elements(city=place.city, state=place.region, country=place.country, postalcode=place.postal_code)
        return f"<job>\n{what}{reference}{who}{where}".encode() + rest

    return b"".join(map(job, job_places(posting)))


def job_places(posting: Posting) -> list[Location]:
    """Return the places of a posting, each once; of a remote one also the countries of its applicants.

    A posting that names none has one empty place. Of a city's offices under several postal codes the first is named.
    """
    named = {place.country for place in posting.locations}
    applicants = [code for code in posting.applicant_countries if code not in named] if posting.remote else []
    found: dict[Location, Location] = {}
    for place in [*posting.locations, *map(_whole_country, applicants)]:
        found.setdefault(replace(place, postal_code="") if place.postal_code else place, place)
    return [*found.values()] or [Location()]


def reference_number(posting_id: str, tag: str, place: Location) -> str:
    """Return the id of a job, which stays the same whatever other places the posting gains or loses.

    >>> reference_number("acme 4711", "fr", Location(country="IE", city="Dún Laoghaire"))
    'urn:polypost:acme%204711/fr/IE/D%C3%BAn%20Laoghaire'
    """
    parts = [quote(part, safe="") for part in (place.country, place.city)]
    return "/".join((feed_urn(posting_id, tag), *(parts if any(parts) else ())))


def _whole_country(code: str) -> Location:
    return Location(country=code)


def _head(version: Version) -> str:
    day = version.postings.updated
    return _elements(
        publisher=version.title,
        publisherurl=version.base_url,
        lastBuildDate=write_mail_date(day) if day else "",
    )


def _facts(version: Version, localized: LocalizedPosting) -> str:
    """Write what a posting may say and need not."""
    posting = localized.posting
    types = (_JOB_TYPES[code] for code in posting.employment_type if code in _JOB_TYPES)
    values = {
        "salary": facts.pay(version.locale, version.translations, posting.salary) if posting.salary else "",
        "jobtype": ", ".join(dict.fromkeys(types)),
        "expirationdate": posting.valid_through.isoformat() if posting.valid_through else "",
        "remotetype": _REMOTE if posting.remote else "",
        "language": to_tag(localized.language),
        "translation": localized.translation,
        "original": str(localized.original or ""),
    }
    return _elements(**{name: text for name, text in values.items() if text})


def _elements(**contents: str) -> str:
    """Write elements as the layout shows them, each text in a CDATA section."""
    return "".join(
        [f"<{name}>{cdata(content)}</{name}>\n" if content else f"<{name}/>\n" for name, content in contents.items()]
    )
