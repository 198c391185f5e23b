import math

from qa.differential.matrix import DISEASES, Holders, Matrix

ONE, TWO = ("HP:1",), ("HP:2",)


def test_a_matrix_grows_into_another_and_stays_as_it_was() -> None:
    empty = Matrix()
    first = empty.with_columns({ONE: Holders({"D:2", "D:1"}, {"D:3"})}, {ONE: frozenset(ONE)})
    second = first.with_columns({TWO: Holders({"D:0", "D:1"}, set())}, {TWO: frozenset(TWO)})
    assert (len(empty.diseases), empty.columns) == (0, {})
    assert set(first.columns) == {ONE}
    assert set(second.columns) == {ONE, TWO}
    assert second.diseases[: len(first.diseases)] == first.diseases == ("D:1", "D:2", "D:3")
    assert empty.lineage is first.lineage is second.lineage
    assert Matrix().lineage is not empty.lineage


def test_a_column_holds_those_who_have_it() -> None:
    matrix = Matrix().with_columns({ONE: Holders({"D:2", "D:1"}, {"D:3"}), TWO: None}, {})
    column = matrix.columns[ONE]
    assert column is not None
    assert [column.holds(number) for number in range(4)] == [True, True, False, False]
    assert [matrix.diseases[number] for number in column.diseases] == ["D:1", "D:2", "D:3"]
    assert column.content == -math.log(2 / DISEASES)
    assert matrix.columns[TWO] is None


def test_columns_of_parents_counts_and_frequencies_are_by_number() -> None:
    matrix = Matrix().with_columns({ONE: Holders({"D:1"}, set())}, {})
    grown = (
        matrix.with_parents({ONE: ("HP:0",)}, {"HP:0": Holders({"D:0"}, set())})
        .with_annotated({"D:1": 7})
        .with_frequencies({"D:0": {"HP:0": 0.5}})
    )
    assert grown.diseases == ("D:1", "D:0")
    assert (grown.annotated, grown.frequencies) == ({0: 7}, {1: {"HP:0": 0.5}})
    assert grown.parents == {ONE: ("HP:0",)}
    assert grown.wider["HP:0"] is not None
