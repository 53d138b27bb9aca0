import pytest

from pipeline.model.decision import Action, Decision

DIGEST = "0123456789abcdef"


def test_a_decision_is_about_a_target_or_about_a_posting() -> None:
    about_target = Decision(action=Action.ACCEPT, digest=DIGEST)
    about_version = Decision(action=Action.WITHHOLD, posting="acme-1", locale="fr")
    assert (about_target.subject, about_version.subject) == (DIGEST, "acme-1\u241ffr")
    assert Decision(action=Action.WITHDRAW, undoes=Action.WITHHOLD, posting="acme-1", locale="fr").subject == (
        about_version.subject
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"action": Action.ACCEPT, "digest": "0123"}, "not a digest"),
        ({"action": Action.WITHHOLD}, "names no posting"),
        ({"action": Action.WITHDRAW, "undoes": Action.WITHHOLD}, "names no posting"),
        ({"action": Action.DISMISS, "digest": DIGEST}, "names no check"),
        ({"action": Action.CARRY, "digest": DIGEST}, "not a digest"),
        ({"action": Action.ACCEPT, "digest": DIGEST, "turn": 0}, "the first is 1"),
    ],
)
def test_a_decision_that_cannot_be_meant_cannot_be_made(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Decision(**fields)  # type: ignore[arg-type]
