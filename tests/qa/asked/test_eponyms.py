import pytest

from graph.model import Entity, Name
from qa.asked.eponyms import full_names, one_meant
from text.names import normalise


@pytest.mark.parametrize(
    ("surface", "first"),
    [
        ("von Hippel-Lindau", "von hippel lindau disease"),
        ("gaucher", "gaucher disease"),
        ("Wilson", "wilson disease"),
        ("Wilson病", "wilson disease"),
        ("Wildervanck综合征", "wildervanck syndrome"),
        ("Bell麻痹", "bell palsy"),
        ("Behçet disease", "behcet syndrome"),
    ],
)
def test_what_people_leave_out_of_a_name(surface: str, first: str) -> None:
    assert full_names(normalise(surface), surface)[0] == first


@pytest.mark.parametrize(
    "surface", ["heart", "heart disease", "wilson", "Paris", "FBN1", "the", "LDL", "红斑病", "with gaucher"]
)
def test_ordinary_words_and_symbols_are_no_such_name(surface: str) -> None:
    assert full_names(normalise(surface), surface) == ()


def test_two_different_diseases_are_not_told_apart() -> None:
    disease, syndrome = Entity("X:1", "Disease", "Cushing disease"), Entity("X:2", "Disease", "Cushing syndrome")
    names = ("cushing disease", "cushing syndrome")
    assert one_meant(names, {names[0]: [disease], names[1]: [syndrome]}) == ""
    assert one_meant(names, {names[1]: [syndrome]}) == names[1]
    both = Entity("X:1", "Disease", "Cushing disease", (Name("Cushing syndrome", "en"),))
    assert one_meant(names, {names[0]: [both], names[1]: [syndrome]}) == names[0]
    assert one_meant(names, {names[0]: [Entity("X:3", "Gene", "CUSH")]}) == ""
