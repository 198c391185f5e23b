from graph.view import GraphView
from qa.ways.opening import below, opened, substances


def test_what_stands_for_a_thing(epilepsy: GraphView) -> None:
    assert opened(epilepsy, ["MONDO:0005027"], "kinds") == {"MONDO:0005384"}
    assert opened(epilepsy, ["MONDO:0005027"], "") == frozenset()
    assert opened(epilepsy, ["DB:simvastatin"], "classes") == {"MEDGRAPH:group-statin"}
    assert opened(epilepsy, ["DB:valproate"], "substances") == {"MESH:valproate"}


def test_kinds_are_followed_down_and_never_up(epilepsy: GraphView) -> None:
    assert below(epilepsy, ["MONDO:0005384"]) == frozenset()


def test_a_class_is_opened_to_its_drugs(epilepsy: GraphView) -> None:
    assert {"DB:simvastatin", "DB:pravastatin"} <= substances(epilepsy, ["MEDGRAPH:group-statin"])
