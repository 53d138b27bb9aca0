"""The configuration: its settings, and how they are read from `polypost.toml`."""

from pipeline.config.settings import (
    CONFIG_NAME,
    DEFAULT_ENGINES,
    DEFAULT_ROUND_TRIP,
    KNOWN_ENGINES,
    KNOWN_FORMATS,
    ONE_GENDER,
    IntakeSource,
    Settings,
)
from pipeline.config.toml_file import address_fault, read_settings, with_slash

__all__ = [
    "CONFIG_NAME",
    "DEFAULT_ENGINES",
    "DEFAULT_ROUND_TRIP",
    "KNOWN_ENGINES",
    "KNOWN_FORMATS",
    "ONE_GENDER",
    "IntakeSource",
    "Settings",
    "address_fault",
    "read_settings",
    "with_slash",
]
