"""The whole job: postings in, catalogs updated and translated, language versions out."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.workflow.cataloging import Translated, translate, write_report
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake, take_in
from pipeline.workflow.releasing import Published, publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What each step of a build did; files `saved_later` are kept, but what was published was read before."""

    intake: Intake
    translated: Translated
    outcomes: Counter[str]
    published: Published
    saved_later: tuple[Path, ...] = ()


def build(project: Project, *, allow_withdrawals: bool = False) -> Built:
    """Run every step; what is unchanged costs no engine call and rewrites no file."""
    intake = take_in(project)
    translated = translate(project, intake)
    outcomes = write_report(project, translated.catalogs)
    published = publish(project, intake, translated.catalogs, allow_withdrawals=allow_withdrawals)
    return Built(
        intake=intake,
        translated=translated,
        outcomes=outcomes,
        published=published,
        saved_later=translated.changed_since(),
    )
