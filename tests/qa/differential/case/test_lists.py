"""Several findings told as one."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.differential.case.lists import parted
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Told


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("fever, cough, flurb", ("fever", "cough", "flurb")),
        ("发热、咳嗽，头痛", ("发热", "咳嗽", "头痛")),
        ("fever; cough", ("fever", "cough")),
        ("HP:0001945, HP:0012735", ("HP:0001945", "HP:0012735")),
        ("Fever (HP:0001945) Cough (HP_0012735)", ("HP:0001945", "HP:0012735")),
        ("Fever, HP:0001945", ("Fever, HP:0001945",)),
        ("pain, abdominal", ("pain, abdominal",)),
        ("", ("",)),
    ],
)
def test_a_list_is_parted_and_a_name_is_not(view: GraphView, told: str, names: tuple[str, ...]) -> None:
    assert parted(view, Told((told,), (told,))) == Told(names, names)


def test_nothing_of_a_list_is_dropped(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(("fever, flurb, cough",)))
    assert [finding.name for finding in case.observed] == ["Fever", "Cough"]
    assert [one.told for one in case.unknown] == ["flurb"]


def test_ids_in_prose_are_read(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(text="Patient with HP:0001945 and HP_0012735, no HP:0001250."))
    assert [finding.name for finding in case.observed] == ["Fever", "Cough"]
    assert [finding.name for finding in case.excluded] == ["Seizure"]


def test_a_duration_and_a_region_that_are_not_understood_are_told(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(("fever",), duration="seven moons", region="Narnia"))
    assert [note.en for note in case.notes] == [
        "duration 'seven moons' is not understood: it does not count",
        "region 'Narnia' is not understood: it does not count",
    ]
