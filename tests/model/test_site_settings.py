"""The settings of a site answer per locale, and are told apart by all that they hold."""

from dataclasses import replace

import pytest
from babel import Locale

from pipeline.model.site_settings import NO_SETTINGS, SiteFile, SiteSettings, SiteTemplate

LOGO = SiteFile(name="logo.svg", media_type="image/svg+xml", content=b"<svg/>")
OWN = SiteSettings(
    logo=LOGO,
    image=replace(LOGO, name="image.png"),
    imprint={"": "https://a.example/imprint", "de": "https://a.example/impressum"},
    templates=(SiteTemplate(name="layout.html", place="site/layout.html", source="a"),),
)


@pytest.mark.parametrize(
    ("locale", "address"), [("de", "https://a.example/impressum"), ("fr", "https://a.example/imprint")]
)
def test_address_is_that_of_the_locale_else_that_of_all(locale: str, address: str) -> None:
    assert (OWN.imprint_of(Locale(locale)), OWN.privacy_of(Locale(locale))) == (address, "")


def test_digest_is_another_when_a_file_a_template_or_an_address_is() -> None:
    others = (
        OWN,
        replace(OWN, logo=replace(LOGO, content=b"<svg></svg>")),
        replace(OWN, templates=(replace(OWN.templates[0], source="b"),)),
        replace(OWN, imprint={}),
        NO_SETTINGS,
    )
    assert len({settings.digest for settings in others}) == len(others)
    assert replace(OWN).digest == OWN.digest


def test_files_are_those_that_there_are() -> None:
    assert [each.name for each in OWN.files] == ["logo.svg", "image.png"]
