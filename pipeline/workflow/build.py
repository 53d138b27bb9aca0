"""The whole job: postings in, catalogs updated and translated, language versions out."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import WithdrawalsError
from pipeline.model.outcome import Pending
from pipeline.storage.last_run import FILE_NAME as LAST_RUN
from pipeline.storage.shared_file import read_shared_file
from pipeline.workflow.cataloging import translate
from pipeline.workflow.catalogs import Translated
from pipeline.workflow.kept_catalogs import FOLDER as KEPT_CATALOGS
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake, take_in
from pipeline.workflow.releasing import DryRun, Published, preview, publish, ready_to_publish
from pipeline.workflow.reviewing import finish, is_unfinished
from pipeline.workflow.translation_report import write_report

# What earlier runs found out, without which a run takes as long as the first one.
_LOOK_UP = (".sqlite3", ".msgpack")
_DECISIONS = "decisions/"  # what a killed command had begun would be finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What each step of a build did; files `saved_later` are kept, but what was published was read before."""

    intake: Intake
    translated: Translated
    outcomes: Counter[str]
    published: Published
    saved_later: tuple[Path, ...] = ()


def build(project: Project, *, allow_withdrawals: bool = False) -> Built:
    """Run every step; what is unchanged costs no engine call and rewrites no file.

    Raises ConfigError, before anything is read, if the configuration says no address to publish at, and
    SiteTemplateError if a template of the owner's cannot be used.
    """
    ready_to_publish(project)
    finish(project)
    intake = take_in(project)
    translated = translate(project, intake)
    outcomes = write_report(project, translated)
    project.keep_findings()  # of the targets that are reported
    published = publish(project, intake, translated.catalogs, allow_withdrawals=allow_withdrawals)
    return Built(
        intake=intake,
        translated=translated,
        outcomes=outcomes,
        published=published,
        saved_later=translated.changed_since(),
    )


def preview_build(project: Project, intake: Intake, *, allow_withdrawals: bool = False) -> DryRun:
    """Translate what is new and compare what would be published with what is; nothing of it is kept.

    The engines are asked as a build would ask them.
    """
    ready_to_publish(project)
    with copied(project) as copy:
        translated = translate(copy, intake)
        found = preview(copy, intake, translated.catalogs, allow_withdrawals=allow_withdrawals)
        return replace(found, uses=translated.uses)


def check_build(
    project: Project, intake: Intake, *, allow_withdrawals: bool = False
) -> tuple[Pending, WithdrawalsError | None]:
    """Return what a build would write into `locales/` and the output, and why it would be stopped; nothing is kept."""
    ready_to_publish(project)
    with copied(project) as copy:
        translated = translate(copy, intake)
        found = preview(copy, intake, translated.catalogs, allow_withdrawals=allow_withdrawals)
        changed = tuple(_differing(project.locales_dir, copy.locales_dir))
        pending = Pending(
            record=(*changed, *([_DECISIONS] if is_unfinished(project) else [])),
            publications=found.publications,
            files=found.files,
        )
        return pending, found.refusal


def _differing(folder: Path, copy: Path) -> Iterator[str]:
    """Yield the files of a copied folder that its original does not hold, or holds otherwise."""
    for path in sorted(path for path in copy.rglob("*") if path.is_file()):
        name = path.relative_to(copy)
        if read_shared_file(folder / name) != path.read_bytes():
            yield name.as_posix()


@contextmanager
def copied(project: Project) -> Iterator[Project]:
    """Yield the project with what a build writes, catalogs, record and memory, in a temporary folder."""
    with TemporaryDirectory(prefix="polypost-") as folder:
        locales_dir, build_dir = Path(folder, "locales"), Path(folder, "build")
        build_dir.mkdir()
        if project.locales_dir.is_dir():
            shutil.copytree(project.locales_dir, locales_dir, ignore=shutil.ignore_patterns("*.mo", ".*"))
        copy = replace(project, locales_dir=locales_dir, build_dir=build_dir)
        kept = (path for suffix in _LOOK_UP for path in project.build_dir.glob(f"*{suffix}"))
        for path in (project.build_dir / LAST_RUN, *kept):
            if path.is_file():
                shutil.copy(path, build_dir / path.name)
        if (project.build_dir / KEPT_CATALOGS).is_dir():
            shutil.copytree(project.build_dir / KEPT_CATALOGS, build_dir / KEPT_CATALOGS)
        yield copy
