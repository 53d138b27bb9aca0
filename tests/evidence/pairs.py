"""A source and a target whose quality is known: what every part of the evidence hands to the checks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A translation and where it is from; `group` is the set it is counted in, `kind` the fault in it, "" if none.

    `sound` is the target before the fault was planted; `verdict` a translator's; `origin` a catalog within the group.
    """

    language: str
    locale: str
    source: str
    target: str
    group: str
    kind: str = ""
    sound: str = ""
    verdict: str = ""
    origin: str = ""
    context: str = "requirements"

    @property
    def direction(self) -> str:
        """Return the pair of languages, for example `en→pt_BR`."""
        return f"{self.language}→{self.locale}"
