"""What tests of publishing share."""

from pathlib import Path

import pytest

from tests.publishing import sample_site as samples


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the release of the samples, built once."""
    return samples.sample_site(tmp_path_factory)
