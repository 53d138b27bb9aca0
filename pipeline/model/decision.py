"""What a person said of a target, or of a posting in a locale: accepted, rejected, approved, and what else there is.

A decision is about exactly this target of exactly this source: its `digest` is of all that a reviewer saw.

    Decision(digest="9f2c1a66d0b7e3f4", action=Action.ACCEPT, person="ana-1f0c22de")
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_DIGEST = re.compile("[0-9a-f]{16}")


class Action(StrEnum):
    """What a person does.

    `withdraw` takes back what was said of a target, and says of a target of which nothing was said that a person wrote
    it and has not accepted it. `carry` says that all that was said of another digest holds for this one.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    APPROVE = "approve"
    DISMISS = "dismiss"
    COMMENT = "comment"
    ASSIGN = "assign"
    WITHDRAW = "withdraw"
    CARRY = "carry"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, a line of a person's file; `person` is the stem of the file and does not stand in the line.

    `check` is what a `dismiss` silences, `text` a comment or who is assigned ("" for nobody), `when` a time of the form
    2026-11-30T04:18:03Z, "" for what was found in a catalog. `previous` is the digest that a `carry` takes over from;
    of an `accept` by which a target was replaced, that of what stood there, and `text` is that target.
    `posting` and `locale` name what is withheld; without a locale all of its versions are. `origin` are the comment
    lines of the entry that tell how the target was made, `conflicts` those with the targets of people who differed,
    which a verdict takes away. `undoes` is what a `withdraw` takes back: the last decision of that kind; without it
    every accept, approve and reject goes. `turn` orders the decisions about one digest where no clock can: each is one
    higher than the highest that its author knew.
    """

    action: Action
    digest: str = ""
    person: str = ""
    check: str = ""
    text: str = ""
    when: str = ""
    previous: str = ""
    posting: str = ""
    locale: str = ""
    origin: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    undoes: Action | None = None
    turn: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be meant: the files are open to every editor."""
        if Action.WITHHOLD in {self.action, self.undoes}:
            if not self.posting:
                raise ValueError("names no posting")
        elif not _DIGEST.fullmatch(self.digest):
            raise ValueError(f"{self.digest!r} is not a digest of 16 hexadecimal digits")
        if self.action is Action.DISMISS and not self.check:
            raise ValueError("names no check")
        if self.action is Action.CARRY and not _DIGEST.fullmatch(self.previous):
            raise ValueError(f"{self.previous!r} is not a digest of 16 hexadecimal digits")
        if self.turn < 1:
            raise ValueError(f"its turn is {self.turn}; the first is 1")

    @property
    def subject(self) -> str:
        """What the decision is about: a digest, or a posting and a locale."""
        return self.digest or subject_of_version(self.posting, self.locale)


def subject_of_version(posting: str, locale: str) -> str:
    """Return the subject of decisions about a posting in a locale, or in all for ""."""
    return f"{posting}\u241f{locale}"
