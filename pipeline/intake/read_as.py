"""How a posting file is to be read where its content is not to decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """How a file is to be read: its format if it is not to be recognized, what its ids begin with, its columns."""

    format: str = ""
    id_prefix: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
