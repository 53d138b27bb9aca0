"""Whether a package speaks the language that its metadata claim.

A package says of itself that it translates en→es, but nothing in it proves that its model does. So before it is
installed it translates a few sentences of its source language (`probes.toml`), and the language of what comes is
detected. An en→pt package renamed to en→es is refused: "claims to translate to es, but what it writes is pt".
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.errors import ModelPackageError
from pipeline.model.locale import parse_locale
from pipeline.model.packages import InstalledPackage

# Refused is a target language that has next to nothing of the text while another one has most of it: close languages
# (nb and da, ms and id) share a text between them, and a weak model of the right language is no fault of this kind.
MAX_SHARE_OF_CLAIMED = 0.1
MIN_SHARE_OF_OTHER = 0.5
# Detectors err on shorter texts. A model that writes nothing for whole sentences is found out when it translates.
MIN_CHARS = 40
# Asked where there are no sentences: every tokenizer cuts it into something, if only into characters it does not know.
_ANY_LANGUAGE = ("Python 3",)

Translate = Callable[[InstalledPackage, Sequence[str]], Sequence[str]]
# The languages that a text may be in, each with its share of 1.
Detect = Callable[[str], Mapping[str, float]]


@cache
def load_probes() -> Mapping[str, Sequence[str]]:
    """Return the sentences by language, spelled as CLDR does."""
    return tomllib.loads(files(__package__).joinpath("probes.toml").read_text(encoding="utf-8"))


def require_claimed_language(package: InstalledPackage, translate: Translate, detect: Detect) -> None:
    """Let a package translate and refuse one whose targets are in another language than it claims.

    A target language without sentences of its own here is one that no detector knows, so it is not judged.
    Raises ModelPackageError, from `translate` too if the model does not run.
    """
    probes = load_probes()
    text = "\n".join(translate(package, _sentences(package.source)))
    claimed = parse_locale(package.target).language
    if claimed not in probes or sum(map(str.isalpha, text)) < MIN_CHARS:
        return
    shares = detect(text)
    found = max(shares, key=lambda language: shares[language], default=claimed)
    if shares.get(claimed, 0) < MAX_SHARE_OF_CLAIMED and shares.get(found, 0) >= MIN_SHARE_OF_OTHER:
        reason = f"claims to translate to {package.target}, but what it writes is {found}: its metadata.json is wrong"
        raise ModelPackageError(package.folder, f"{reason}, or it is another package; take one from its maker")


def _sentences(source: str) -> Sequence[str]:
    probes = load_probes()
    return probes.get(source) or probes.get(parse_locale(source).language) or _ANY_LANGUAGE
