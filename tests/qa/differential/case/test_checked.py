from dataclasses import replace

from qa.differential.case.checked import noncontradictory, of_other_sex
from qa.differential.matrix import Matrix
from qa.differential.model import Finding

FEVER, COUGH = Finding("fever", ("HP:0001945",)), Finding("cough", ("HP:0012735",))
DRY = Finding("dry cough", ("HP:0031246",))
MENSES = Finding("heavy periods", ("HP:0000132",))


def test_what_is_told_and_denied_counts_neither_way(matrix: Matrix) -> None:
    there, absent, notes = noncontradictory(matrix, [FEVER, COUGH], [replace(FEVER, told="pyrexia")])
    assert (there, absent) == ((COUGH,), ())
    assert [note.en for note in notes] == ["'fever' is both told and denied: it counts neither way"]


def test_what_was_there_at_another_time_counts(matrix: Matrix) -> None:
    there, absent, notes = noncontradictory(matrix, [replace(FEVER, since="last week")], [FEVER])
    assert (len(there), absent, len(notes)) == (1, (), 1)


def test_a_denial_of_what_a_special_form_is_told_of_does_not_count(matrix: Matrix) -> None:
    there, absent, notes = noncontradictory(matrix, [DRY], [COUGH])
    assert (there, absent, len(notes)) == ((DRY,), (), 1)
    there, absent, notes = noncontradictory(matrix, [COUGH], [DRY])
    assert (there, absent, notes) == ((COUGH,), (DRY,), [])


def test_a_finding_of_the_other_sex_is_told(matrix: Matrix) -> None:
    assert [note.zh for note in of_other_sex(matrix, [MENSES, FEVER], "male")] == [
        "“heavy periods”不会见于男性，与所述性别不符：请核对"
    ]
    assert of_other_sex(matrix, [MENSES], "female") == []
    assert of_other_sex(matrix, [MENSES], "") == []


def test_findings_of_both_sexes_are_told_where_nobody_tells_the_sex(matrix: Matrix) -> None:
    testes = Finding("testicular pain", ("HP:0010461",), "Abnormality of male external genitalia")
    assert [note.en for note in of_other_sex(matrix, [MENSES, FEVER, testes], "")] == [
        "'heavy periods' can only be in women, and 'testicular pain' in men: check one of both"
    ]
    assert of_other_sex(matrix, [testes, FEVER], "") == []
