"""No text becomes code: nothing in the program evaluates, unpickles or hands a shell a string, whatever is read.

ruff's security rules (S) say the same of what they know; here a new way around them is named by file and line.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"
# What runs text, or builds objects of any class from bytes.
CALLS = frozenset({"eval", "exec", "compile", "__import__", "input"})
MODULES = frozenset(
    {"pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "code"}
)
ATTRIBUTES = frozenset(
    {
        *("os.system", "os.popen", "os.execl", "os.execv", "os.spawnl", "os.spawnv", "subprocess.getoutput"),
        *("subprocess.getstatusoutput", "asyncio.create_subprocess_shell", "runpy.run_path", "importlib.reload"),
    }
)
STARTS = frozenset({"run", "Popen", "call", "check_call", "check_output"})


def offences(code: str) -> Iterator[str]:
    """Yield the line and what stands there of each way from text to code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            yield from (f"{node.lineno}: {name}" for name in names if name.partition(".")[0] in MODULES)
        elif isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {found}" for found in _of_call(node))


def _of_call(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func)
    if name in CALLS or name in ATTRIBUTES:
        yield name
    if any(keyword.arg == "shell" for keyword in call.keywords):
        yield f"{name}(shell=…)"
    if name in {f"subprocess.{start}" for start in STARTS} and call.args and isinstance(call.args[0], ast.JoinedStr):
        yield f"{name} of a formatted string"


@pytest.mark.parametrize(
    "code",
    [
        "eval(text)",
        "exec(text)",
        "import pickle",
        "from marshal import loads",
        "subprocess.run(command, shell=True)",
        "subprocess.run(f'rm {name}')",
        "os.system(name)",
    ],
)
def test_way_from_text_to_code_is_seen(code: str) -> None:
    assert list(offences(code)) != []


def test_nothing_in_the_program_makes_code_of_text() -> None:
    found = [
        f"{module.relative_to(PACKAGE).as_posix()}:{offence}"
        for module in sorted(PACKAGE.rglob("*.py"))
        for offence in offences(module.read_text(encoding="utf-8"))
    ]
    assert found == []
