"""The published postings of a locale: what the record, lists and feeds say of each, and its text when it is asked for.

localized = Localized(rulings.of[locale], intake.outlines)
lines = continue_ledger(record, localized.told(), edition=day, as_of=None)
texts = Recorded(localized, {**record, **latest(lines)})
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from babel import Locale

from pipeline.model.outcome import Reason
from pipeline.model.outline import Outline
from pipeline.publishing.versions.gone import Gone
from pipeline.publishing.versions.ledger import Ledger, PublicationKey, key_of, with_line
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Digested, Entry
from pipeline.workflow.rulings import LocaleRulings, Ruling


@dataclass(frozen=True, slots=True)
class Told:
    """A published posting, as far as the record tells of it."""

    _rulings: LocaleRulings
    _number: int
    _outline: Outline

    @property
    def posting_id(self) -> str:
        """The id of the posting."""
        return self._outline.id

    @property
    def locale(self) -> Locale:
        """The locale of the version."""
        return self._rulings.locale

    @property
    def title(self) -> str:
        """The title in the language of the version."""
        return self._rulings.ruling(self._number).title

    @property
    def date_posted(self) -> date | None:
        """The day that the posting itself names."""
        return self._outline.date_posted

    @property
    def digest(self) -> str:
        """The digest of the text."""
        return self._rulings.ruling(self._number).digest

    @property
    def facts(self) -> str:
        """The digest of the facts, and of the text that this one is or was translated from."""
        return self._outline.facts_of(self.locale)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the posting counts for."""
        return self._outline.countries

    def has_text_of(self, digest: str) -> bool:
        """Tell whether a digest is of this text, also one that version 0.1.0 recorded."""
        return digest == self.digest or self._rulings.text(self._number).has_text_of(digest)


class Localized(Sequence[LocalizedPosting]):
    """The published postings of a locale; the text of one is put together when it is asked for."""

    def __init__(self, rulings: LocaleRulings, outlines: Sequence[Outline]) -> None:
        self._rulings = rulings
        self._outlines = outlines
        self.numbers = [number for number, ruling in enumerate(rulings) if ruling.published]

    @property
    def locale(self) -> Locale:
        """The locale of the version."""
        return self._rulings.locale

    def told(self) -> Iterator[Told]:
        """Yield what the record tells of them."""
        return (Told(self._rulings, number, self._outlines[number]) for number in self.numbers)

    def outlines(self) -> Iterator[Outline]:
        """Yield them in short."""
        return (self._outlines[number] for number in self.numbers)

    def rulings(self) -> Iterator[Ruling]:
        """Yield how they stand."""
        return map(self._rulings.ruling, self.numbers)

    def gone(self, record: Ledger) -> Iterator[Gone]:
        """Yield the postings that this version once held and that have expired since; none that a person took out."""
        for number, ruling in enumerate(self._rulings):
            outline = self._outlines[number]
            if ruling.reason is not Reason.EXPIRED or self._rulings.withheld(outline.id):
                continue
            line = record.get(PublicationKey(outline.id, str(self._rulings.locale)))
            if line is None:
                continue
            title = self._rulings.gone_title(number)
            yield Gone(
                posting=outline.id,
                slug=line.slug,
                title=title.text,
                title_language=title.language,
                organization=outline.organization,
                countries=outline.countries,
                posted=outline.date_posted or line.published,
                valid_through=outline.valid_through,
            )

    def digest(self, position: int) -> bytes:
        """Return a digest of all that one says."""
        return self._rulings.ruling(self.numbers[position]).text

    def __len__(self) -> int:
        """How many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> LocalizedPosting: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LocalizedPosting]: ...
    def __getitem__(self, index: int | slice) -> LocalizedPosting | Sequence[LocalizedPosting]:
        """Return one, or some of them."""
        if isinstance(index, slice):
            return [self._rulings.text(number) for number in self.numbers[index]]
        return self._rulings.text(self.numbers[index])


class Recorded(Sequence[LocalizedPosting], Digested):
    """The same with the slug and the dates that the record gives each."""

    def __init__(self, localized: Localized, record: Ledger) -> None:
        self._localized = localized
        self._lines = [record[key_of(told)] for told in localized.told()]

    def entries(self) -> Iterator[Entry]:
        """Yield what lists and feeds say of them."""
        locale = self._localized.locale
        rows = zip(self._lines, self._localized.outlines(), self._localized.rulings(), strict=True)
        for position, (line, outline, ruling) in enumerate(rows):
            language = locale if ruling.by_units else outline.written_for(locale) or locale
            yield Entry(
                posting=outline.id,
                title=ruling.title,
                organization=outline.organization,
                slug=line.slug,
                line=line.number,
                position=position,
                posted=outline.date_posted or line.published,
                published=line.published,
                updated=line.updated or line.published,
                valid_through=outline.valid_through,
                locations=outline.locations,
                countries=outline.countries,
                applicant_countries=outline.applicant_countries,
                areas=outline.areas,
                remote=outline.remote,
                worldwide=outline.worldwide,
                employment_type=outline.employment_type,
                salary=outline.salary,
                translation=ruling.reason.value,
                source_language=language if ruling.reason is Reason.SOURCE else outline.language,
                title_language=outline.language or language if ruling.title_as_written else language,
            )

    def digest(self, position: int) -> bytes:
        """Return a digest of all that one says, its dates and its place in the record among it."""
        line = self._lines[position]
        dates = f"{line.slug} {line.number} {line.published} {line.updated} {line.words_changed}"
        return self._localized.digest(position) + dates.encode()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._localized)

    @overload
    def __getitem__(self, index: int) -> LocalizedPosting: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LocalizedPosting]: ...
    def __getitem__(self, index: int | slice) -> LocalizedPosting | Sequence[LocalizedPosting]:
        """Return one, or some of them."""
        if isinstance(index, slice):
            return [self[number] for number in range(len(self))[index]]
        return with_line(self._localized[index], self._lines[index])
