"""Titles: how near the occupations of national names are found, and how many real titles are said by their words."""

import gzip
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from babel import Locale

from pipeline.config import Settings
from pipeline.terminology.titles.search import find_concepts
from pipeline.workflow.title_look_up import look_up_titles
from pipeline.workflow.titles import Titles
from tests.bench.table import Row
from tests.projects import shared_data

# How near a title has to come, by language: what a plain index of character pieces reaches, and more.
AT_LEAST = {"de": 60, "es": 55, "fr": 75, "pt": 68}
DEEPEST = 200
PAIRS = (("en", Locale("pt", "BR")), ("pt", Locale("en")))


def rows(most: int = 2000) -> Iterator[Row]:
    """Measure the mean reciprocal rank and the speed on MELO, then the share of real titles that are said by rule."""
    for language, least in AT_LEAST.items():
        names = national_names(language)[:most]
        find_concepts(names[0]["query"], language, 1)  # makes the index
        size = f"{len(names):,} names"
        rank = mean_rank(names, language)
        yield Row(what=f"titles, mean reciprocal rank, {language}", size=size, unit="%", ours=(rank,), at_least=least)
        found = speed(names, language)
        yield Row(what=f"titles looked up, {language}", size=size, unit="/s", ours=(found,), at_least=1000)
        used = used_names(names, language)
        share = 100 * len(used) / len(names)
        way = f"{language}→en"
        yield Row(what=f"titles used without doubt, {way}", size=size, unit="%", ours=(share,), at_least=40)
        right = 100 * sum(used) / max(len(used), 1)
        yield Row(
            what=f"titles right of those used, {way}", size=f"{len(used):,} names", unit="%", ours=(right,), at_least=95
        )
    for language, locale in PAIRS:
        titles = real_titles(language)[:most]
        share = share_said(titles, language, locale)
        what = f"real titles said by their words, {language}→{locale}"
        yield Row(what=what, size=f"{len(titles):,} titles", unit="%", ours=(share,))


def national_names(language: str) -> list[dict[str, Any]]:
    """Return the names of occupations in national lists, with the concepts that experts gave them."""
    with gzip.open(shared_data() / "melo" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [each for each in found if each["dataset"].split("_")[2] == language]


def mean_rank(names: Sequence[dict[str, Any]], language: str) -> float:
    """Return the mean of one by the place of the first right concept; a place behind the deepest counts nothing."""
    total = 0.0
    for name in names:
        found = find_concepts(name["query"], language, DEEPEST)
        right = (place for place, match in enumerate(found, 1) if match.concept in name["concepts"])
        total += 1 / next(right, float("inf"))
    return 100 * total / len(names)


def speed(names: Sequence[dict[str, Any]], language: str) -> float:
    """Return how many names are looked up in a second of the processor's time."""
    started = time.process_time()
    for name in names:
        find_concepts(name["query"], language, 1)
    return len(names) / (time.process_time() - started)


def used_names(names: Sequence[dict[str, Any]], language: str) -> list[bool]:
    """Tell of each name whose English target is used without doubt whether the experts gave it the same concept."""
    queries = [name["query"] for name in names]
    found = look_up_titles(Settings(root=shared_data()), queries, Locale(language), Locale("en"))
    return [each.matches[0].concept in name["concepts"] for name, each in zip(names, found, strict=True) if each.used]


def real_titles(language: str) -> list[str]:
    """Return the titles of the real postings in a language."""
    with gzip.open(shared_data() / "postings" / "real.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [each["title"] for each in found if each["language"] == language]


def share_said(titles: Sequence[str], language: str, locale: Locale) -> float:
    """Return the percentage of titles of which every word is known."""
    speaker = Titles(Settings(root=shared_data()))
    said = [speaker.say(title, Locale(language), locale) for title in titles]
    return 100 * sum(each is not None and each.used for each in said) / len(titles)
