"""Laws run on the same examples in CI, so that a red run is red again; on a developer's machine they keep searching."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
# What is measured is which lines and branches run at all (`make coverage`): a few examples do.
settings.register_profile("coverage", derandomize=True, deadline=None, max_examples=10)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")
