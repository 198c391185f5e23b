import pytest

from graph.view import GraphView
from qa.differential.case.heard import filled, heard, lasting
from qa.differential.matrix import Matrix
from qa.differential.model import Told


def test_a_note_is_heard(view: GraphView, matrix: Matrix) -> None:
    text = heard(
        view,
        matrix,
        Told(text="34F with severe headache for 3 days, T 39.2, throwing up. Denies cough. PMH flu. On ibuprofen."),
    )
    assert {(finding.told, finding.name) for finding in text.observed} == {
        ("headache", "Headache"),
        ("T 39.2", "Fever"),
        ("throwing up", "Vomiting"),
    }
    assert {finding.severity for finding in text.observed} == {"", "severe"}
    assert {finding.since for finding in text.observed} == {"", "for 3 days"}
    assert [finding.name for finding in text.excluded] == ["Cough"]
    assert (text.age, text.sex, text.duration) == (34, "female", "3 days")
    assert text.conditions == {"flu": ("MONDO:1",)}
    assert text.drugs == {"ibuprofen": ("DRUGBANK:1",)}


def test_a_chinese_note_is_heard(view: GraphView, matrix: Matrix) -> None:
    text = heard(view, matrix, Told(text="患者3岁男孩，发热39.5℃伴头疼2天，吐了三次，无咳嗽、皮疹。"))
    assert [finding.name for finding in text.observed] == ["Headache", "Vomiting", "Fever"]
    assert [finding.name for finding in text.excluded] == ["Cough", "Skin rash"]
    assert (text.age, text.sex, text.duration) == (3, "male", "2天")


def test_what_is_of_others_or_only_possible_is_told_and_does_not_count(view: GraphView, matrix: Matrix) -> None:
    text = heard(view, matrix, Told(text="Cough. Possible seizure. Family history: mother had headaches."))
    assert [finding.name for finding in text.observed] == ["Cough"]
    assert len(text.notes) == 2
    assert all(note.zh for note in text.notes)


def test_who_tells_of_a_relative_tells_of_the_patient(view: GraphView, matrix: Matrix) -> None:
    text = heard(view, matrix, Told(text="My mum has fever and headache."))
    assert {finding.name for finding in text.observed} == {"Fever", "Headache"}
    assert text.sex == "female"


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("45 years old, cough for 2 weeks", "2 weeks"),
        ("hypertension 10 years, chest pain 2 hours", "2 hours"),
        ("发热3天，吃药2周", "3天"),
        ("来例假肚子疼五六年了", "五六年"),
        ("headache since last night", "since last night"),
        ("cough", ""),
    ],
)
def test_how_long_it_has_lasted(text: str, duration: str) -> None:
    assert lasting(text).startswith(duration) if duration else lasting(text) == ""


def test_what_is_told_goes_before_what_is_heard(view: GraphView, matrix: Matrix) -> None:
    told = Told(text="34F with cough for 2 weeks", age=35, duration="3 days")
    assert filled(told, heard(view, matrix, told)) == Told(text=told.text, age=35, sex="female", duration="3 days")


def test_how_long_an_attack_lasts_is_not_how_long_somebody_is_ill() -> None:
    assert lasting("fever for 3 days, one fit lasting 2 minutes") == "3 days"
    assert lasting("发热3天，今晨抽搐1次，持续约2分钟") == "3天"
    assert lasting("fits lasting 2 minutes") == "2 minutes"


def test_a_relative_of_whom_a_text_begins_is_not_always_the_patient(view: GraphView, matrix: Matrix) -> None:
    told = heard(view, matrix, Told(text="brother died of seizure at 40; I get headache and vomiting"))
    assert [one.name for one in told.observed] == ["Headache", "Vomiting"]
    assert told.sex == ""
    told = heard(view, matrix, Told(text="Mother has fever and brother has headache. He himself has vomiting"))
    assert [one.name for one in told.observed] == ["Vomiting"]
    assert told.sex == "male"
    told = heard(view, matrix, Told(text="my son has a rash. I have given ibuprofen"))
    assert [one.name for one in told.observed] == ["Skin rash"]
    assert told.sex == "male"


def test_what_was_weeks_ago_and_is_over_does_not_count(view: GraphView, matrix: Matrix) -> None:
    told = heard(view, matrix, Told(text="headache 3 days, had a cough 2 weeks ago"))
    assert [one.name for one in told.observed] == ["Headache"]
    assert any("cough" in note.en for note in told.notes)
    assert [one.name for one in heard(view, matrix, Told(text="头痛3天，2周前有咳嗽")).observed] == ["Headache"]


def test_how_it_was_seen_is_no_long_illness(view: GraphView, matrix: Matrix) -> None:
    told = heard(view, matrix, Told(text="seizure on EEG, flu on oseltamivir"))
    assert [one.name for one in told.observed] == ["Seizure"]
    assert list(told.conditions) == ["flu"]
