"""What a run notes beside its result: doubts about postings, engines that are missing, what excludes readers.

Such a note stands as long as its cause does. A run tells those that are new and counts the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.cli import messages
from pipeline.cli.messages import Value
from pipeline.cli.options import OF_CATALOGS, OF_READING, options_used
from pipeline.config import DEFAULT_ENGINES, ONE_GENDER
from pipeline.model.posting import Doubt, Posting
from pipeline.workflow.catalogs import LeftOut
from pipeline.workflow.project import Project
from pipeline.workflow.releasing import Published

# Of these `polypost inspect` tells more.
_OF_POSTINGS = frozenset({"file", "contradiction", "doubt"})
# What search engines want to know of a posting, by the field that says it.
_UNMET = {
    "country": "name the country of the work, or, of remote work, of its applicants",
    "date_posted": "name the day of posting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note; `subject` is what it is about in fewer words, the same when a line moves."""

    text: str
    subject: str
    about: dict[str, Value] = field(default_factory=dict)


Notes = dict[str, Iterable[Note]]


def tell(notes: Notes) -> None:
    """Tell notes by their kind, whatever was told before."""
    for kind, found in notes.items():
        for each in found:
            messages.note(kind, each.text, **each.about)


def tell_news(project: Project, notes: Notes) -> None:
    """Tell the notes that the last run did not tell, all if that is asked for, and count the others."""
    before = 0
    kinds: set[str] = set()
    for kind, found in notes.items():
        noted = tuple(found)
        news = project.last_run.find_news(kind, (each.subject for each in noted))
        shown = [each for each, new in zip(noted, news, strict=True) if new or project.all_notes]
        tell({kind: shown})
        if len(shown) < len(noted):
            before += len(noted) - len(shown)
            kinds.add(kind)
    project.last_run.write()
    if before:
        listed = f"polypost inspect{options_used(*OF_READING)} lists those about postings, "
        count, them = (f"{before} notes", "them") if before > 1 else ("1 note", "it")
        text = f"{count} as before; {listed if kinds & _OF_POSTINGS else ''}--all-notes repeats {them}"
        messages.note("as_before", text, count=before)


def of_files(remarks: Iterable[str]) -> Iterator[Note]:
    """Yield what may have been understood wrongly in a file as a whole: its encoding, its columns, ids it lacks."""
    return (Note(text=remark, subject=remark) for remark in remarks)


def contradictions(postings: Iterable[Posting]) -> Iterator[Note]:
    """Yield where a declared language is not the one that the text reads as."""
    for posting in postings:
        found = posting.detection
        if found.read_as and found.declared and found.read_as.language != found.declared.language:
            yield Note(
                text=f"{posting.file}:{posting.position}: posting {posting.id} declares {found.declared}, "
                f"its text reads as {found.read_as} ({found.score})",
                subject=f"{posting.id} {found.declared} {found.read_as}",
                about={"posting": posting.id, "file": posting.file, "position": posting.position},
            )


def doubts(postings: Iterable[Posting]) -> Iterator[Note]:
    """Yield what was not understood, guessed or left out of the postings, a note a kind."""
    found: dict[tuple[str, str], list[tuple[Posting, Doubt]]] = {}
    for posting in postings:
        for doubt in posting.doubts:
            found.setdefault((doubt.field, doubt.hint), []).append((posting, doubt))
    return map(_doubt, found.values())


def _doubt(noted: Sequence[tuple[Posting, Doubt]]) -> Note:
    """Say how many postings a doubt is about, with the first as the example."""
    posting, doubt = noted[0]
    number = len({each.id for each, _ in noted})
    times = f", {len(noted)} times" if len(noted) > number else ""
    example = f", for example {doubt.value!r} in {posting.file}:{posting.position}" if doubt.value else ""
    held = " (held until it is corrected)" if any(doubt.field in each.unclear for each, _ in noted) else ""
    hint = f"; {doubt.hint}" if doubt.hint else ""
    count = f"{number} posting{'s' if number > 1 else ''}{times}: `{doubt.field}` {doubt.reason}"
    return Note(
        text=f"{count}{example}{hint}{held}",
        subject=f"{count}{hint}{held}",
        about={"field": doubt.field, "postings": number, "posting": posting.id},
    )


def passed_over(project: Project) -> Iterator[Note]:
    """Yield which configured engines are not installed."""
    if project.passed_over:
        names = ", ".join(project.passed_over)
        see = f"polypost engines{options_used(*OF_CATALOGS)}"
        yield Note(text=f"not installed and passed over: {names} (see {see})", subject=names, about={"engines": names})


def left_out(found: LeftOut | None) -> Iterator[Note]:
    """Yield that Apertium is used only where it is named, and what to write to have it."""
    if found is not None:
        engines = ", ".join(f'"{name}"' for name in (*DEFAULT_ENGINES, "apertium"))
        kept = f"; its {found.targets} targets stay" if found.targets else ""
        ways = f"; it alone leads {', '.join(found.unreached)}" if found.unreached else ""
        yield Note(
            text=f"apertium is installed, and used only where polypost.toml names it{kept}{ways}; to use it, write "
            f"there: [translate] engines = [{engines}]",
            subject="apertium",
            about={"engine": "apertium"},
        )


def unmet_requirements(published: Published) -> Iterator[Note]:
    """Yield that search engines take published postings for none, as these say too little."""
    if published.unmet:
        fields = sorted(published.unmet)
        counts = " and ".join(f"{published.unmet[name]} without `{name}`" for name in fields)
        wanted = "; ".join(_UNMET[name] for name in fields)
        yield Note(
            text=f"published {counts}: their pages have no JSON-LD, as search engines refuse it; {wanted}",
            subject=" ".join(fields),
            about={name: published.unmet[name] for name in fields},
        )


def local_address(project: Project) -> Iterator[Note]:
    """Yield that what was published is for this machine alone."""
    address = project.settings.base_url
    if urlsplit(address).hostname in {"localhost", "127.0.0.1", "::1"}:
        yield Note(
            text=f"pages and feeds name {address}, which is this machine; set project.base_url before others read them",
            subject=address or "",
        )


def one_gender(project: Project) -> Iterator[Note]:
    """Yield in which locales titles name one gender alone: readers take it for a wish."""
    settings = project.settings
    for locale in settings.locales:
        if (gender := settings.gender_of(locale)) in ONE_GENDER:
            yield Note(
                text=f"titles in {locale} name {gender} forms alone, which excludes others; many countries' laws "
                "forbid it",
                subject=f"{locale} {gender}",
                about={"locale": str(locale)},
            )
