import pytest

from graph.view import GraphView
from qa.differential.case.understand import MOST, understood
from qa.differential.matrix import Matrix
from qa.differential.model import Told


def test_names_and_ids_become_findings_and_nothing_is_dropped(view: GraphView, matrix: Matrix) -> None:
    told = Told(
        observed=("fever", "HP:0012735", "发热", "xyzzy", "influenza"), excluded=("rash", "flu"), duration="for 3 days"
    )
    case = understood(view, matrix, told)
    assert [(finding.told, finding.ids) for finding in case.observed] == [
        ("fever", ("HP:0001945",)),
        ("HP:0012735", ("HP:0012735",)),
    ]
    assert [finding.ids for finding in case.excluded] == [("HP:0000988",)]
    assert [unknown.told for unknown in case.unknown] == ["xyzzy"]
    assert case.factors == {"influenza": ("MONDO:1",)}
    assert case.tempo == "days"
    assert [note.en for note in case.notes] == [
        "'influenza' is a disease and no finding of any disease here: taken for a known condition",
        "'flu' is a disease and no finding here: that it is denied does not count",
    ]
    assert all(note.zh for note in case.notes)


def test_what_no_disease_has_is_told(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(observed=("headache", "Nowhere")))
    assert [note.en for note in case.notes] == [
        "no disease here is stated to have 'Headache': it counts by what is more general",
        "no disease here is stated to have 'Nowhere': it tells nothing",
    ]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (Told(age=-1), "age: -1 years is no age"),
        (Told(onset=200), "onset: 200 years is no age"),
        (Told(age=3, onset=4), "onset: 4 years is after the age of 3"),
        (Told(observed=tuple(f"sign {n}" for n in range(MOST + 1))), "findings: 501 are more than the 500"),
    ],
)
def test_an_impossible_case_is_refused(view: GraphView, matrix: Matrix, told: Told, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        understood(view, matrix, told)


def test_nothing_told_is_an_empty_case(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(observed=("", " ")))
    assert (case.observed, case.excluded, case.unknown, case.notes) == ((), (), (), ())


def test_two_hundred_findings_are_read(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(observed=tuple(f"fever {n}" for n in range(200))))
    assert len(case.observed) + len(case.unknown) >= 1
