"""What tests of publishing share."""

from pathlib import Path

import pytest

from tests.publishing.sample_site import build_sample_site


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the release of the samples, built once."""
    return build_sample_site(tmp_path_factory.mktemp("site"))
