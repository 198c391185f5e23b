from graph.view import GraphView
from qa.differential.case.factors import named
from qa.differential.matrix import Matrix


def test_a_condition_a_drug_and_a_habit_stand_for_what_changes_odds(view: GraphView, matrix: Matrix) -> None:
    weighed = named(view, matrix, ["type 2 diabetes mellitus"], ["布洛芬"], ["smoking", "xyzzy"])
    assert weighed.factors == {
        "type 2 diabetes mellitus": ("MONDO:5", "MESH:D003920"),
        "布洛芬": ("DRUGBANK:1", "MEDGRAPH:group-nsaid"),
        "smoking": ("MEDGRAPH:factor-smoking",),
    }
    assert weighed.drugs == {"布洛芬": ("DRUGBANK:1",)}
    assert [(unknown.told, unknown.kind) for unknown in weighed.unknown] == [("xyzzy", "factor")]


def test_an_id_is_a_name(view: GraphView, matrix: Matrix) -> None:
    assert named(view, matrix, ["MESH:D003920"], ["drugbank:1"], []).unknown[0].told == "drugbank:1"
    assert named(view, matrix, [], ["DRUGBANK:1"], []).drugs == {"DRUGBANK:1": ("DRUGBANK:1",)}
