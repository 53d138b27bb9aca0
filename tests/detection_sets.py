"""Texts whose language is known, and the postings that tests and benches build of them; the same in every run."""

import gzip
import json
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.model.posting import Posting, Section, SectionKind, blocks_of
from pipeline.model.text import count_letters
from tests.projects import shared_data

OWN = Path(__file__).parent / "fixtures" / "detection" / "postings.toml"
ENGLISH_TITLES = ("Senior Backend Engineer (m/f/d)", "Customer Success Manager", "Store Manager", "Data Analyst")
PRODUCTS = ("Python, Django, PostgreSQL", "AWS Lambda, S3", "Docker, Kubernetes", "SAP S/4HANA", "Google Ads, SEO, CRM")
BOILERPLATE = (
    """We are an equal opportunity employer and welcome applications from everyone, whatever their origin, age, faith,
    gender or disability. Tell us if you need an adjustment at any step of the selection.""",
    """About us: founded in 2009, our group grows plants for shops in more than forty countries. Our teams work in
    greenhouses, laboratories and offices, and many of us from home on some days of the week.""",
    """By sending your application you agree that we keep your data for six months for the purpose of recruitment. You
    can withdraw your consent at any time by writing to our data protection officer.""",
)
_LATIN = re.compile("[A-Za-z]")
_OWN_LETTERS = {
    "ru": re.compile("[а-яё]"),
    "el": re.compile("[α-ω]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
}

Texts = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A posting, the language it is in, and those of its sections."""

    language: str
    posting: Posting
    sections: tuple[str, ...]


@cache
def dev_texts(length: str) -> Texts:
    """Read the shared texts of one length by language: full1500, section300, bullet60 or title25."""
    tree = json.loads(gzip.decompress((shared_data() / "detection" / "dev.json.gz").read_bytes()))
    texts: Texts = tree[length]
    return texts


def own_postings() -> Iterator[Case]:
    """Yield our own postings, one a language."""
    for language, texts in tomllib.loads(OWN.read_text(encoding="utf-8")).items():
        sections = (described(texts["text"]), listed(texts["items"]))
        yield Case(language=language, posting=posting(texts["title"], *sections), sections=(language, language))


def posting(title: str, *sections: Section) -> Posting:
    return Posting(id="b", title=title, sections=sections)


def described(*paragraphs: str) -> Section:
    return Section(kind=SectionKind.DESCRIPTION, blocks=blocks_of(paragraphs))


def listed(items: Sequence[str]) -> Section:
    return Section(kind=SectionKind.OTHER, heading="•", blocks=blocks_of(items=tuple(items)))


def english(letters: int) -> str:
    """Return English boilerplate of about so many letters."""
    all_of_it = " ".join(" ".join(BOILERPLATE).split())
    text = all_of_it * (1 + letters // count_letters(all_of_it))
    return text[: round(letters * len(text) / count_letters(text))]


def built_cases(kind: str, *, each: int) -> Iterator[Case]:
    """Yield postings of one `kind` (a key of `BUILDERS`), `each` a language, drawn from the shared texts."""
    drawn = random.Random(kind)  # noqa: S311  no secret: the same texts in every run
    for language in dev_texts("full1500"):
        for _ in range(each):
            draw = Draw(language=language, drawn=drawn)
            built, sections = BUILDERS[kind](draw)
            yield Case(language=language, posting=built, sections=sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Draws texts of one language."""

    language: str
    drawn: random.Random

    def one(self, length: str) -> str:
        return self.drawn.choice(self._texts(length))

    def some(self, length: str, count: int) -> list[str]:
        return self.drawn.sample(self._texts(length), count)

    def _texts(self, length: str) -> Sequence[str]:
        """Leave out mostly English sections under a language of another script: half a posting of them is in both."""
        own = _OWN_LETTERS.get(self.language)
        texts = dev_texts(length)[self.language]
        if own is None or length != "section300":
            return texts
        return [text for text in texts if 3 * len(own.findall(text)) >= len(_LATIN.findall(text))]

    def english_title(self) -> str:
        return self.drawn.choice(ENGLISH_TITLES)


Built = tuple[Posting, tuple[str, ...]]


def _plain(draw: Draw) -> Built:
    sections = (
        described(*draw.some("section300", 2)),
        listed(draw.some("bullet60", 5)),
        listed(draw.some("bullet60", 6)),
    )
    return posting(draw.one("title25"), *sections, described(draw.one("section300"))), (draw.language,) * 4


def _bullets_in_context(draw: Draw) -> Built:
    sections = described(*draw.some("section300", 2)), *(listed([bullet]) for bullet in draw.some("bullet60", 4))
    return posting(draw.one("title25"), *sections), (draw.language,) * 5


def _lists_in_context(draw: Draw) -> Built:
    sections = (
        described(*draw.some("section300", 2)),
        listed(draw.some("bullet60", 4)),
        listed(draw.some("bullet60", 4)),
    )
    return posting(draw.one("title25"), *sections), (draw.language,) * 3


def _only_bullets(draw: Draw) -> Built:
    return posting(draw.one("title25"), listed(draw.some("bullet60", 6))), (draw.language,)


def _capitals(draw: Draw) -> Built:
    text = draw.one("full1500").upper()
    return posting(draw.one("title25").upper(), described(text)), (draw.language,)


def _products(draw: Draw) -> Built:
    sections = described(*draw.some("section300", 2)), listed([*PRODUCTS, *draw.some("bullet60", 3)])
    return posting(draw.english_title(), *sections), (draw.language,) * 2


def _english_title(draw: Draw) -> Built:
    return posting(draw.english_title(), described(*draw.some("section300", 2))), (draw.language,)


def _boilerplate_first(draw: Draw) -> Built:
    text = draw.one("full1500")
    foreign = english(count_letters(text) * 2 // 3)  # 40 % of all letters
    return posting(draw.english_title(), described(foreign), described(text)), ("en", draw.language)


def _boilerplate_last(draw: Draw) -> Built:
    text = draw.one("full1500")
    foreign = english(count_letters(text) * 9 // 11)  # 45 % of all letters
    return posting(draw.english_title(), described(text), described(foreign)), (draw.language, "en")


def _boilerplate_in_one_section(draw: Draw) -> Built:
    text = draw.one("full1500")
    foreign = english(count_letters(text) * 2 // 3)
    return posting(draw.english_title(), described(text, foreign)), (draw.language,)


def _line_above_boilerplate(draw: Draw) -> Built:
    return posting(draw.one("title25"), described(draw.one("bullet60"), BOILERPLATE[0])), (draw.language,)


def _list_above_about_us(draw: Draw) -> Built:
    about = Section(kind=SectionKind.OTHER, heading="About us", blocks=blocks_of((" ".join(BOILERPLATE[1].split()),)))
    return posting(draw.one("title25"), listed(draw.some("bullet60", 2)), about), (draw.language, "en")


def _foreign_section(draw: Draw) -> Built:
    other = Draw(language=draw.drawn.choice(sorted(set(dev_texts("full1500")) - {draw.language})), drawn=draw.drawn)
    sections = described(draw.one("full1500")), described(other.one("section300"))
    return posting(draw.one("title25"), *sections), (draw.language, other.language)


BUILDERS = {
    "plain": _plain,
    "bullets in context": _bullets_in_context,
    "lists in context": _lists_in_context,
    "only bullets": _only_bullets,
    "capitals": _capitals,
    "products": _products,
    "English title": _english_title,
    "boilerplate first": _boilerplate_first,
    "boilerplate last": _boilerplate_last,
    "boilerplate in one section": _boilerplate_in_one_section,
    "line above boilerplate": _line_above_boilerplate,
    "list above About us": _list_above_about_us,
    "foreign section": _foreign_section,
}
