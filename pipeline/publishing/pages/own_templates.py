"""Templates that an owner puts in place of ours, whole or block by block, and what is wrong with one.

A template of the owner's is found before ours of the same name, and ours as `polypost/<name>`:

    {% extends "polypost/layout.html" %}
    {% block head_extra %}<meta name="author" content="Acme">{% endblock %}

They are the owner's own files, as trusted as the configuration that names them, so they run without a sandbox. What
they print is escaped as in ours.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import chain
from traceback import walk_tb
from typing import cast

from jinja2 import BaseLoader, Environment, PackageLoader, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes

from pipeline.errors import SiteTemplateError
from pipeline.model.site_settings import SiteSettings, SiteTemplate

_OURS = "polypost/"
_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
# What an expression in a template can raise beside the errors of Jinja.
FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class TemplateLoader(BaseLoader):
    """Finds a template of the owner's before ours of the same name."""

    def __init__(self, settings: SiteSettings) -> None:
        self._own = {template.name: template for template in settings.templates}
        self._ours = PackageLoader("pipeline.publishing.pages")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the source of a template with the file that an error names."""
        own = self._own.get(template)
        if own is not None:
            return own.source, own.place, None
        return self._ours.get_source(environment, template.removeprefix(_OURS))

    def list_templates(self) -> list[str]:
        """Return the names that a template may refer to."""
        ours = self._ours.list_templates()
        return [*self._own, *ours, *(f"{_OURS}{name}" for name in ours)]


def check_templates(environment: Environment, settings: SiteSettings) -> None:
    """Look for what is wrong in the owner's templates before any page is made.

    Raises SiteTemplateError at the first fault.
    """
    trees = {template.name: _parsed(environment, template) for template in settings.templates}
    known = cast("TemplateLoader", environment.loader).list_templates()
    used = {reference.name for tree in trees.values() for reference in _references(tree)}
    for template in settings.templates:
        tree = trees[template.name]
        for reference in _references(tree):
            if reference.name == template.name:
                fault = f"refers to itself; write {_OURS}{template.name} for the one that comes with Polypost"
                raise SiteTemplateError(template.place, reference.line, fault)
            if reference.name not in known:
                fault = f"there is no template {reference.name}{_near(reference.name, known)}"
                raise SiteTemplateError(template.place, reference.line, fault)
        _check_blocks(environment, template, tree)
        if f"{_OURS}{template.name}" not in known and template.name not in used:
            ours = sorted(name.removeprefix(_OURS) for name in known if name.startswith(_OURS))
            fault = f"no page uses a template of this name; those that pages use are {', '.join(ours)}"
            raise SiteTemplateError(template.place, None, fault)


def fault_in_own(error: BaseException, settings: SiteSettings) -> SiteTemplateError | None:
    """Return where in the owner's templates an error was raised while a page was made; None if it was not there."""
    own = {template.place for template in settings.templates}
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    found = [(name, line) for name, line in places if name in own]
    return SiteTemplateError(*found[-1], f"{error}; docs/site.md says what templates are given") if found else None


class _Reference:
    """A name by which a template refers to another one, and the line where it does."""

    def __init__(self, name: str, line: int) -> None:
        self.name, self.line = name, line


def _references(tree: nodes.Template) -> Iterator[_Reference]:
    for node in tree.find_all(_REFERENCES):
        template = node.template  # type: ignore[attr-defined]  # each of these has one
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            yield _Reference(template.value, node.lineno)


def _parsed(environment: Environment, template: SiteTemplate) -> nodes.Template:
    try:
        environment.compile(template.source, template.name, template.place)  # finds filters that there are not
        return environment.parse(template.source, template.name, template.place)
    except TemplateSyntaxError as error:
        raise SiteTemplateError(template.place, error.lineno, error.message or "cannot be read") from error


def _check_blocks(environment: Environment, template: SiteTemplate, tree: nodes.Template) -> None:
    """Refuse what a template that extends another one holds and no page would show."""
    parents = _parents(tree)
    if not parents:
        return
    blocks = sorted(set(chain.from_iterable(_blocks(environment, parent) for parent in parents)))
    for node in tree.body:
        if isinstance(node, nodes.Block) and node.name not in blocks:
            fault = f"{parents[0]} has no block {node.name}{_near(node.name, blocks)}; it has {', '.join(blocks)}"
            raise SiteTemplateError(template.place, node.lineno, fault)
        for line in _shown_lines(node) if isinstance(node, nodes.Output) else ():
            fault = "this stands outside of every block, so no page shows it; put it into one"
            raise SiteTemplateError(template.place, line, fault)


def _shown_lines(output: nodes.Output) -> Iterator[int]:
    """Yield the lines where something begins that would be seen."""
    for part in output.nodes:
        if not isinstance(part, nodes.TemplateData):
            yield part.lineno
        elif text := part.data.lstrip():
            yield part.lineno + part.data.removesuffix(text).count("\n")


def _blocks(environment: Environment, name: str) -> set[str]:
    """Return the blocks of a template and of all that it extends."""
    found: set[str] = set()
    wanted, seen = [name], {name}
    for each in wanted:
        try:
            source, _, _ = cast("TemplateLoader", environment.loader).get_source(environment, each)
        except TemplateNotFound:
            continue
        tree = environment.parse(source, each)
        found.update(block.name for block in tree.find_all(nodes.Block))
        parents = [parent for parent in _parents(tree) if parent not in seen]
        wanted += parents
        seen.update(parents)
    return found


def _parents(tree: nodes.Template) -> list[str]:
    return [node.template.value for node in tree.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)]


def _near(name: str, known: list[str]) -> str:
    return "".join(f"; did you mean {each}?" for each in get_close_matches(name, known, n=1))
