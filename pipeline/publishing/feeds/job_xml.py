"""Job XML in the layout that Indeed made and other aggregators read: a full snapshot in one file, a `job` a place.

Aggregators want one place a job, so a posting with several places is several jobs with one `requisitionid`. What a
posting of ours does not know (state, postal code, education, category) is left empty where the layout requires it, and
out elsewhere. `language` and `translation` are our own: nobody may take a machine's text for the employer's.
"""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from urllib.parse import quote

from lxml import etree

from pipeline.model.locale import to_tag
from pipeline.model.posting import Location, Posting
from pipeline.publishing import facts
from pipeline.publishing.feeds.atom import feed_urn
from pipeline.publishing.feeds.content import content_html
from pipeline.publishing.feeds.days import write_mail_date
from pipeline.publishing.localized import LocalizedPosting
from pipeline.publishing.version import Version

FILE_NAME = "jobs.xml"
_CDATA_END = "]]>"
_REQUIRED = frozenset(
    {"title", "date", "referencenumber", "url", "company", "city", "state", "country", "postalcode", "description"}
)
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
_FLUSH_EVERY = 64  # postings, about 200 KB


def serialize_jobs(version: Version) -> Iterator[bytes]:
    """Yield the document of a version in pieces, so that any number of postings fits into memory."""
    buffer = BytesIO()
    with etree.xmlfile(buffer, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("source"):
            for element in _head(version):
                file.write(element)
            for number, localized in enumerate(version.postings):
                for place in job_places(localized.posting):
                    file.write(_job(version, localized, place))
                if number % _FLUSH_EVERY == 0:
                    file.flush()
                    yield _drain(buffer)
    yield _drain(buffer) + b"\n"


def job_places(posting: Posting) -> list[Location]:
    """Return the places of a posting, each once; of a remote one also the countries of its applicants.

    A posting that names none has one empty place.
    """
    named = {place.country for place in posting.locations}
    applicants = [code for code in posting.applicant_countries if code not in named] if posting.remote else []
    return list(dict.fromkeys([*posting.locations, *map(_whole_country, applicants)])) or [Location()]


def reference_number(posting_id: str, tag: str, place: Location) -> str:
    """Return the id of a job, which stays the same whatever other places the posting gains or loses.

    >>> reference_number("acme 4711", "fr", Location(country="IE", city="Dún Laoghaire"))
    'urn:polypost:acme%204711/fr/IE/D%C3%BAn%20Laoghaire'
    """
    parts = [quote(part, safe="") for part in (place.country, place.city)]
    return "/".join((feed_urn(posting_id, tag), *(parts if any(parts) else ())))


def _whole_country(code: str) -> Location:
    return Location(country=code)


def _head(version: Version) -> Iterable[etree._Element]:
    day = next((item.updated for item in version.postings[:1]), None)
    values = {
        "publisher": version.translations.gettext("Job postings"),
        "publisherurl": version.base_url,
        "lastBuildDate": write_mail_date(day) if day else "",
    }
    return _elements(values)


def _job(version: Version, localized: LocalizedPosting, place: Location) -> etree._Element:
    posting = localized.posting
    posted = posting.date_posted or localized.published
    types = (_JOB_TYPES[code] for code in posting.employment_type if code in _JOB_TYPES)
    values = {
        "title": localized.title,
        "date": write_mail_date(posted) if posted else "",
        "referencenumber": reference_number(posting.id, version.tag, place),
        "requisitionid": posting.id,
        "url": version.url(localized.path),
        "company": posting.organization,
        "city": place.city,
        "state": "",
        "country": place.country,
        "postalcode": "",
        "description": content_html(localized),
        "salary": facts.pay(version.locale, version.translations, posting.salary) if posting.salary else "",
        "jobtype": ", ".join(dict.fromkeys(types)),
        "expirationdate": posting.valid_through.isoformat() if posting.valid_through else "",
        "remotetype": _REMOTE if posting.remote else "",
        "language": to_tag(localized.language),
        "translation": localized.translation,
    }
    job = etree.Element("job")
    job.extend([*_elements({name: text for name, text in values.items() if text or name in _REQUIRED})])
    return job


def _elements(values: Mapping[str, str]) -> Iterator[etree._Element]:
    for name, text in values.items():
        element = etree.Element(name)
        # lxml writes one section for a text and cannot split it; what holds the end of one is escaped instead.
        element.text = (text if _CDATA_END in text else etree.CDATA(text)) if text else None
        yield element


def _drain(buffer: BytesIO) -> bytes:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written
