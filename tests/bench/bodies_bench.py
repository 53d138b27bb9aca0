"""Reading of descriptions of 3 KB in every form, beside the bare parser of the form."""

import random
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from pipeline.intake.reading.bodies.forms import Form, recognize
from pipeline.intake.reading.bodies.reader import read_body
from pipeline.intake.reading.headings import load_headings
from tests.bench.detection_bench import a_second
from tests.bench.sentences import distinct_sentences
from tests.bench.table import Row

ROUNDS = 5
BODIES = 400
CHARS = 3_000
PEERS: dict[Form, tuple[str, str, Callable[[str], object]]] = {
    Form.HTML: ("HTML", "bare lexbor parse and its text", lambda text: LexborHTMLParser(text).text()),
    Form.MARKDOWN: ("Markdown", "markdown-it-py to tokens", MarkdownIt("commonmark").parse),
    Form.TEXT: ("text", "splitlines", str.splitlines),
}
AT_LEAST = {Form.HTML: 2000, Form.MARKDOWN: 2000}  # a second


def rows(rounds: int = ROUNDS, bodies: int = BODIES) -> Iterator[Row]:
    """Measure on one core; the peer of text does next to nothing, and shows what our steps cost."""
    lexicon = load_headings()
    lexicon.knows("Requirements")
    for form, (name, peer, parse) in PEERS.items():
        texts = [body(form, seed) for seed in range(bodies)]
        assert {recognize(text)[0] for text in texts} == {form}
        measured = [
            (a_second(lambda text: read_body(text, lexicon), texts), a_second(parse, texts)) for _ in range(rounds)
        ]
        ours, theirs = zip(*measured, strict=True)
        what, size = f"bodies in {name}", f"{CHARS:,} characters"
        yield Row(what=what, size=size, unit="/s", ours=ours, peer=theirs, against=peer)
        if form in AT_LEAST:
            yield Row(what=what, size=size, unit="/s", ours=ours, at_least=AT_LEAST[form])


def body(form: Form, seed: int) -> str:
    """Return a description of about 3,000 characters: two paragraphs and two headed lists."""
    sentences = distinct_sentences(60, seed=seed)
    random.Random(seed).shuffle(sentences)  # noqa: S311  sentences, not secrets
    items = [sentence.rstrip(".") for sentence in sentences[10:]]
    parts = [" ".join(sentences[:5]), " ".join(sentences[5:10])]
    if form is Form.HTML:
        text = "".join(f"<p>{part} <strong>We</strong> &amp; you.</p>" for part in parts)
        return _filled(text, [f"<li>{item}</li>" for item in items], "<h3>{}</h3>")
    if form is Form.MARKDOWN:
        return _filled("\n\n".join(parts) + " **We** & you.\n\n", [f"- {item}\n" for item in items], "\n## {}\n\n")
    return _filled("\n\n".join(parts) + "\n\n", [f"- {item}\n" for item in items], "\n{}:\n")


def _filled(text: str, items: list[str], heading: str) -> str:
    """Add two headed lists until the text is as long as wanted."""
    for number, item in enumerate(items):
        if len(text) > CHARS:
            break
        text += (heading.format(("Responsibilities", "Requirements")[number // 12]) if number in {0, 12} else "") + item
    return text
