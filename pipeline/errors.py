"""Everything that Polypost raises on purpose; a new class when a new kind of environment can be broken."""

from collections.abc import Sequence
from pathlib import Path

__all__ = [
    "CatalogError",
    "ConfigError",
    "DownloadError",
    "EngineError",
    "FileError",
    "GlossaryError",
    "ImportedMemoryError",
    "LedgerError",
    "LocaleError",
    "LostWorkError",
    "MemoryFileError",
    "MissingEngineError",
    "MissingModelError",
    "MissingSearchError",
    "MissingWordsError",
    "ModelIndexError",
    "ModelPackageError",
    "ModelsLockError",
    "PipelineError",
    "PlainWordsError",
    "PostingsError",
    "ReleaseError",
    "ReviewError",
    "SearchIndexError",
    "SiteTemplateError",
    "UnknownLocaleError",
    "UnknownPostingError",
    "UnknownUnitError",
    "UnlockedError",
    "UnreadableFileError",
    "UsageError",
    "WithdrawalsError",
]


class PipelineError(Exception):
    """A broken environment or a wrong request, told in one line.

    `exit_code` is what a command ends with (`polypost --help` lists them).
    """

    exit_code = 1


class UsageError(PipelineError):
    """The command or its arguments cannot be carried out as given."""

    exit_code = 2


class LocaleError(UsageError):
    """A text does not name a locale."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"{text!r} is not a locale; write for example pt_BR or pt-BR")


class ConfigError(PipelineError):
    """The configuration cannot be used; `mistakes` lists everything that is wrong with it."""

    exit_code = 2

    def __init__(self, path: Path, mistakes: tuple[str, ...]) -> None:
        self.path = path
        self.mistakes = mistakes
        super().__init__("\n".join(f"{path}: {mistake}" for mistake in mistakes))


class SiteTemplateError(PipelineError):
    """A template of the owner's cannot be used; `line` is None where it is none that a page uses."""

    exit_code = 2

    def __init__(self, place: str, line: int | None, reason: str) -> None:
        self.place = place
        self.line = line
        super().__init__(f"{place}{f':{line}' if line else ''}: {reason}")


class UnknownPostingError(UsageError):
    """No posting that was read has this id."""

    def __init__(self, posting_id: str, known: tuple[str, ...]) -> None:
        self.posting_id = posting_id
        near = f"; near it: {', '.join(known)}" if known else ""
        super().__init__(f"no posting has the id {posting_id!r}{near} (`polypost inspect` lists what is read)")


class UnknownUnitError(UsageError):
    """No catalog has a live unit with one of the ids."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = tuple(ids)
        more = f" or {len(self.ids) - 1} others" if self.ids[1:] else ""
        super().__init__(f"no unit has the id {self.ids[0]}{more}; nothing was done: `polypost review list` prints ids")


class UnknownLocaleError(UsageError):
    """The configuration does not list this locale."""

    def __init__(self, locale: str, configured: tuple[str, ...]) -> None:
        self.locale = locale
        super().__init__(f"{locale!r} is not a configured locale; configured are {', '.join(configured)}")


class FileError(PipelineError):
    """A file cannot be written; `reason` says why, and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class UnreadableFileError(FileError):
    """A file cannot be read, or somebody does not end writing it."""


class CatalogError(PipelineError):
    """A catalog file cannot be read or written."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.line = line
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {reason}")


class ImportedMemoryError(PipelineError):
    """A file of imported translations cannot be read."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


class LostWorkError(PipelineError):
    """A file that people write holds much less than it did after the last run."""

    def __init__(self, path: Path, what: str, lost: int, known: int) -> None:
        self.path = path
        self.lost = lost
        self.known = known
        super().__init__(
            f"{path}: {lost} of {known} {what} are gone since the last run; was the file cut off? Restore it from "
            "version control; if it is meant (another branch, say), run again with --allow-losses"
        )


class ReviewError(PipelineError):
    """A unit does not allow what a reviewer asks for."""

    def __init__(self, context: str, source: str, reason: str) -> None:
        self.context = context
        self.source = source
        self.reason = reason
        super().__init__(f"[{context}] {source!r} {reason}")


class GlossaryError(PipelineError):
    """A glossary cannot be used; `mistakes` lists everything that is wrong with it, each after its line."""

    exit_code = 2

    def __init__(self, path: Path, mistakes: tuple[str, ...]) -> None:
        self.path = path
        self.mistakes = mistakes
        super().__init__("\n".join(f"{path}:{mistake}" for mistake in mistakes))


class PlainWordsError(PipelineError):
    """A project's list of plain words cannot be used; `mistakes` lists all that is wrong, each after its line."""

    exit_code = 2

    def __init__(self, path: Path, mistakes: tuple[str, ...]) -> None:
        self.path = path
        self.mistakes = mistakes
        super().__init__("\n".join(f"{path}:{mistake}" for mistake in mistakes))


class LedgerError(PipelineError):
    """The record of publications cannot be read."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        place, what = (f"{path}:{line}", "line") if line else (str(path), "file")
        super().__init__(f"{place}: {reason}; restore the {what} from version control")


class PostingsError(PipelineError):
    """A configured posting file or pattern leads to nothing that can be read."""

    exit_code = 2

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}")


class MemoryFileError(PipelineError):
    """The memory of machine output cannot be used."""

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}; {remedy}")


class MissingEngineError(PipelineError):
    """An engine that was asked for by name is not installed."""

    exit_code = 3

    def __init__(self, engine: str, remedy: str) -> None:
        self.engine = engine
        self.remedy = remedy
        super().__init__(f"the engine {engine} is not installed; {remedy}")


class ModelPackageError(UsageError):
    """A package of a model cannot be used; `reason` says what is wrong with it."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class ModelsLockError(PipelineError):
    """The record of pinned models cannot be read."""

    exit_code = 2

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}; restore it from version control, or install the models again")


class MissingModelError(PipelineError):
    """A model that was asked for by name is not to be had; the remedy is the command that supplies one."""

    exit_code = 3

    def __init__(self, pair: str, reason: str, remedy: str) -> None:
        self.pair = pair
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{pair}: {reason}; {remedy}")


class UnlockedError(PipelineError):
    """A run that is to use exactly the pinned models cannot; each of `mistakes` ends with the command that mends it."""

    exit_code = 3

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(f"--locked: {mistake}" for mistake in mistakes))


class ModelIndexError(PipelineError):
    """The index of packages cannot be reached or read."""

    exit_code = 3

    def __init__(self, host: str, reason: str) -> None:
        self.host = host
        self.reason = reason
        super().__init__(
            f"the Argos index at {host} {reason}; with a file at hand: polypost models install --from FILE.argosmodel"
        )


class DownloadError(PipelineError):
    """A server did not give what was asked of it; `status` and `body` are its refusal, if there was one.

    `transient` tells that another attempt may go well, after `retry_after` seconds if the server named them.
    """

    exit_code = 3

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        status: int = 0,
        transient: bool = False,
        retry_after: float = 0,
        body: bytes = b"",
    ) -> None:
        self.url = url
        self.reason = reason
        self.status = status
        self.transient = transient
        self.retry_after = retry_after
        self.body = body
        super().__init__(f"{url}: {reason}")


class EngineError(PipelineError):
    """An engine failed, or broke the promise that one segment in gives one target out."""

    def __init__(self, engine: str, reason: str) -> None:
        self.engine = engine
        super().__init__(f"engine {engine}: {reason}")


class MissingWordsError(PipelineError):
    """A new language version would speak English around its postings: Polypost has no words for its pages."""

    exit_code = 2

    def __init__(self, locale: str, path: Path) -> None:
        self.locale, self.path = locale, path
        super().__init__(
            f"{locale}: Polypost has no words for pages in this language, and nothing was published in it before; "
            f"translate {path} (`polypost catalogs update` writes it), "
            "or run again with --allow-incomplete: its pages then speak English around the postings, "
            "and no machine translation is published"
        )


class WithdrawalsError(PipelineError):
    """More postings of one language would vanish than the configuration allows."""

    def __init__(self, locale: str, vanishing: int, published: int, allowed: int) -> None:
        self.locale = locale
        self.vanishing = vanishing
        super().__init__(
            f"{locale}: {vanishing} of {published} published postings would vanish, {allowed} may; "
            "nothing was published. Look at `polypost status`, the rejected records and the day that --as-of names; "
            "if it is meant, run again with --allow-withdrawals"
        )


class ReleaseError(PipelineError):
    """The output folder cannot be switched to a new release."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}")


class MissingSearchError(PipelineError):
    """The configuration asks for a search whose program is not installed."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            "publish.search needs Pagefind, which is not installed; pip install 'polypost[search]', "
            "or take the setting out"
        )


class SearchIndexError(PipelineError):
    """The index that a search needs could not be made."""

    def __init__(self, language: str, reason: str) -> None:
        self.language = language
        super().__init__(f"{language}: Pagefind made no index: {reason}")
