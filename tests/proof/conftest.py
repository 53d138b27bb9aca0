"""Releases that tests of their proof share."""

from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale

from pipeline.publishing.release.manifest import with_manifest
from pipeline.publishing.release.switch import switch_release
from tests.publishing.examples import as_written, nurse, site_of, versions_of
from tests.publishing.sample_site import sample_project
from tests.publishing.test_large_lists import posting

EN, FR = Locale("en"), Locale("fr")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the samples, built with all that a release may have: compressed copies and a search."""
    return sample_project(tmp_path_factory)


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release whose feeds and lists have several pages, one posting in two languages, one open to an area."""
    in_benelux = replace(posting(39), remote=True, areas=("BENELUX",))
    written = [as_written(each) for each in [*map(posting, range(39)), in_benelux]]
    french = as_written(nurse("f1", language="fr"), "fr")
    out = tmp_path_factory.mktemp("paged") / "public"
    files = site_of(versions_of([EN, FR], [*written, french]), page_size=8, list_size=4)
    switch_release(out, with_manifest(files.items()))
    return out
