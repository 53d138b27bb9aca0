"""Makes pipeline/terminology/titles/data/esco: the names of occupations in ESCO, a file a language.

    POLYPOST_DATA=… python -m tests.make.esco_labels

Its source is `esco/labels.tsv.gz` with the columns concept, language, rank and label. A line of a language's file is a
concept, in the order of `concepts.txt.xz`, its labels parted by tabs, the preferred one first.
"""

import gzip
import lzma
import os
from collections import defaultdict
from pathlib import Path

SOURCE = Path(os.environ["POLYPOST_DATA"]) / "esco" / "labels.tsv.gz"
TARGET = Path(__file__).parents[2] / "pipeline" / "terminology" / "titles" / "data" / "esco"


def main() -> None:
    """Write the files."""
    labels: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(SOURCE, "rt", encoding="utf-8") as rows:
        for row in rows:
            if not row.startswith("#"):
                concept, language, rank, label = row.rstrip("\n").split("\t")
                labels[language][concept].append((int(rank), " ".join(label.split())))
    concepts = sorted({concept for found in labels.values() for concept in found})
    _write(TARGET / "concepts.txt.xz", concepts)
    for language, found in labels.items():
        lines = ["\t".join(dict.fromkeys(label for _, label in sorted(found[concept]))) for concept in concepts]
        _write(TARGET / f"{language}.tsv.xz", lines)


def _write(path: Path, lines: list[str]) -> None:
    path.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
