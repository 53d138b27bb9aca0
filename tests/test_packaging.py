"""What a wheel holds, and which versions are tested together."""

import re
import tomllib

from tests.projects import CHECKOUT

PYPROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_site_catalog_goes_into_the_wheel() -> None:
    included = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    found = sorted((CHECKOUT / "locales").glob("*/LC_MESSAGES/site.po"))
    assert included == {
        path.relative_to(CHECKOUT).as_posix(): f"pipeline/site/{path.parts[-3]}/LC_MESSAGES/site.po" for path in found
    }


def test_every_dependency_is_pinned_in_the_constraints() -> None:
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *sum_lists(project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=~! ]", requirement)[0].lower().replace("_", "-") for requirement in wanted}
    lines = (CHECKOUT / ".ci/constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines if "==" in line}
    assert names <= pinned


def sum_lists(lists: object) -> list[str]:
    assert hasattr(lists, "__iter__")
    return [text for listed in lists for text in listed]
