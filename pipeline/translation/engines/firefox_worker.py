"""What a worker of the engine `firefox` runs: one model, which its native library lets no second thread use.

Started by its path, so that a process imports nothing of ours and is ready in a tenth of a second. A line of JSON in,
`["load", FOLDER, {NAME: SHA256}]`, `["count", SENTENCE...]` or `["translate", SENTENCE...]`, is a line of JSON out:
`{"answers": [...]}` or `{"error": REASON}`. It ends when its input does.
"""

import hashlib
import json
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from fxtranslate import Translator

# A table of words may be filled up to a round size. A vocabulary that is cut off can be whole in form, but lacks more.
PADDING = 64


class Model:
    """A loaded model; its files are those that were installed, to the last byte."""

    def __init__(self, folder: str, digests: Mapping[str, str]) -> None:
        files: dict[str, bytes] = {}
        for name, digest in digests.items():
            files[name] = Path(folder, name).read_bytes()
            if hashlib.sha256(files[name]).hexdigest() != digest:
                raise ValueError(f"{name} is not the file that was installed, its sha256 differs")
        names = ("vocab.spm", "vocab.spm") if "vocab.spm" in files else ("srcvocab.spm", "trgvocab.spm")
        source, target = (files[name] for name in names)
        self._translator = Translator(files["model.bin"], source, target, files.get("lex.bin"))
        tokenizers = [
            import_module("sentencepiece").SentencePieceProcessor(model_proto=each) for each in (source, target)
        ]
        self._tokenizer = tokenizers[0]
        for size, tokenizer in zip(_vocabulary_sizes(files["model.bin"]), tokenizers, strict=False):
            pieces = tokenizer.get_piece_size()
            if not size - PADDING <= pieces <= size:
                raise ValueError(f"a vocabulary has {pieces} words, the model was trained with {size}")

    def translate(self, sentence: str) -> str:
        """Translate one sentence."""
        return self._translator.translate(sentence)

    def count(self, sentence: str) -> int:
        """Count the tokens of a sentence."""
        return len(self._tokenizer.encode(sentence))


def _vocabulary_sizes(model: bytes) -> list[int]:
    """Read how many words the model says that its two vocabularies have; nothing if it does not say."""
    stated = re.search(rb"dim-vocabs:((?:\s+- \d{1,9})+)", model)
    return [int(size) for size in stated[1].split()[1::2]] if stated else []


def main() -> None:
    """Answer line by line."""
    model: Model | None = None
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        answer: dict[str, object] = {"answers": []}
        try:
            if verb == "load":
                model = Model(*arguments)
            else:
                answer = {"answers": list(map(getattr(model, verb), arguments))}
        except BaseException as error:  # noqa: BLE001  a panic of the native library is no Exception
            answer = {"error": f"{error}" or type(error).__name__}
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
