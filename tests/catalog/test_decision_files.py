from pathlib import Path

from pipeline.catalog.decision_files import (
    append_decisions,
    find_person,
    named_email_digest,
    new_anonymous_name,
    person_name,
    read_decisions,
)
from pipeline.model.decision import Action, Decision

ONE, OTHER = "1" * 16, "2" * 16
ANA = person_name("Ana Souza", "ana@example.org")


def test_the_name_of_a_file_holds_no_address() -> None:
    assert person_name("", "ana.souza@example.org") == "ana-souza-8d008d00"
    assert person_name("Олена", "o@example.org").startswith("olena-")
    assert person_name("!", "o@example.org").startswith("person-")
    assert person_name("Ana", " ANA@example.org") == person_name("Ana", "ana@example.org")


def test_each_person_has_a_file_and_all_are_read_as_one(tmp_path: Path) -> None:
    append_decisions(
        tmp_path / "decisions",
        [
            Decision(action=Action.ACCEPT, digest=ONE, person=ANA),
            Decision(action=Action.ACCEPT, digest=OTHER, person="tools"),
            Decision(action=Action.APPROVE, digest=OTHER, person=ANA, turn=2),
        ],
    )
    assert {path.name: path.read_text() for path in (tmp_path / "decisions").iterdir()} == {
        f"{ANA}.jsonl": '{"digest": "1111111111111111", "action": "accept"}\n'
        '{"digest": "2222222222222222", "action": "approve", "turn": 2}\n',
        "tools.jsonl": '{"digest": "2222222222222222", "action": "accept"}\n',
    }
    read = read_decisions(tmp_path / "decisions")
    assert read.broken == ()
    assert read.decisions.of(OTHER).accepted_by == ("tools",)
    assert read.decisions.of(OTHER).approved_by == (ANA,)


def test_where_nobody_decided_anything_there_is_no_folder(tmp_path: Path) -> None:
    append_decisions(tmp_path / "decisions", [])
    assert not (tmp_path / "decisions").exists()
    assert not read_decisions(tmp_path / "decisions").decisions


def test_a_broken_line_is_told_by_file_and_line_and_the_others_hold(tmp_path: Path) -> None:
    path = tmp_path / f"{ANA}.jsonl"
    torn = '{"digest": "1111111111111111", "action": "accept"}\n<<<<<<< HEAD\n\n{"digest": "2222'
    path.write_text(torn)
    append_decisions(tmp_path, [Decision(action=Action.ACCEPT, digest=OTHER, person=ANA)])
    read = read_decisions(tmp_path)
    assert [(line.path, line.number) for line in read.broken] == [(path, 2), (path, 4)]
    assert str(read.broken[0]).startswith(f"{path}:2: ")
    assert read.decisions.of(ONE).accepted
    assert read.decisions.of(OTHER).accepted
    assert path.read_text().startswith(torn)


def test_a_file_that_an_editor_has_saved_in_its_own_way_says_the_same(tmp_path: Path) -> None:
    append_decisions(tmp_path, [Decision(action=Action.ACCEPT, digest=each, person=ANA) for each in (ONE, OTHER)])
    before = read_decisions(tmp_path)
    path = tmp_path / f"{ANA}.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    read = read_decisions(tmp_path)
    assert (read.broken, read.about) == ((), before.about)
    assert read.decisions.of(ONE).accepted
    assert read.decisions.of(OTHER).accepted


def test_what_begins_with_a_dot_is_nobodys_file(tmp_path: Path) -> None:
    (tmp_path / ".unfinished.jsonl").write_text('{"digest": "1111111111111111", "action": "accept"}\n')
    assert not read_decisions(tmp_path).decisions


def test_a_person_is_found_by_file_by_address_and_by_name(tmp_path: Path) -> None:
    other = person_name("Ana Souza", "as@example.com")
    append_decisions(
        tmp_path, [Decision(action=Action.ACCEPT, digest=ONE, person=person) for person in (ANA, other, "tools")]
    )
    assert find_person(tmp_path, ANA) == [tmp_path / f"{ANA}.jsonl"]
    assert find_person(tmp_path, "Ana@example.org") == [tmp_path / f"{ANA}.jsonl"]
    assert find_person(tmp_path, "Ana Souza") == sorted(tmp_path.glob("ana-*"))
    assert find_person(tmp_path, "tools") == []
    assert find_person(tmp_path, "ben@example.org") == []


def test_a_forgotten_persons_file_names_nobody(tmp_path: Path) -> None:
    assert named_email_digest(ANA) == ANA[-8:]
    assert named_email_digest("tools") == ""
    assert named_email_digest(new_anonymous_name(tmp_path).stem) == ""
    assert new_anonymous_name(tmp_path) != new_anonymous_name(tmp_path)
