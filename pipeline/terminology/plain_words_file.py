"""A project's own plain words where they lie: text with tabs between the columns, a language in the first."""

from pathlib import Path

from pipeline.errors import PlainWordsError
from pipeline.language.plain_words import Entry, parse_entries
from pipeline.storage.files import read_regular


def read_plain_words(path: Path) -> tuple[Entry, ...]:
    """Read a list of plain words.

    Raises PlainWordsError with every mistake at once, each with its line.
    """
    try:
        listed = parse_entries(read_regular(path).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise PlainWordsError(path, (" no such file; translate.plain_words names it",)) from error
    except OSError as error:
        raise PlainWordsError(path, (f" {error.strerror or 'cannot be read'}",)) from error
    except UnicodeDecodeError as error:
        raise PlainWordsError(path, (f" not UTF-8 at byte {error.start}; save it as UTF-8",)) from error
    if listed.mistakes:
        raise PlainWordsError(path, listed.mistakes)
    return listed.entries
