"""What other programs may import: the nouns of `pipeline.model`, and what is raised on purpose."""

import inspect

import pipeline.model
from pipeline import errors


def test_every_error_is_public_and_tells_what_a_command_ends_with() -> None:
    found = {
        name for name, value in vars(errors).items() if inspect.isclass(value) and value.__module__ == errors.__name__
    }
    assert set(errors.__all__) == found
    assert {getattr(errors, name).exit_code for name in errors.__all__} <= {1, 2, 3}


def test_every_public_noun_says_what_it_is() -> None:
    nouns = {name: getattr(pipeline.model, name) for name in pipeline.model.__all__}
    assert [name for name, noun in nouns.items() if not inspect.getdoc(noun)] == []
    assert all(noun.__module__.startswith("pipeline.model.") for noun in nouns.values())
