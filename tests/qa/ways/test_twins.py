from graph.model import Entity
from qa.ways.twins import same_name


def same(type: str, one: str, other: str) -> bool:
    return same_name(Entity("A:1", type, one)) == same_name(Entity("A:2", type, other))


def test_words_in_another_order_are_one_name() -> None:
    assert same("Disease", "Diabetes mellitus, type 2", "Type 2 diabetes mellitus")
    assert not same("Disease", "Type 1 diabetes mellitus", "Type 2 diabetes mellitus")


def test_a_salt_is_its_drug_but_for_what_is_known_by_its_salt() -> None:
    assert same("Drug", "Metoprolol tartrate", "metoprolol")
    assert not same("Drug", "Potassium chloride", "Potassium citrate")
