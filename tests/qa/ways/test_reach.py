from graph.view import GraphView
from qa.ways.known import WAYS
from qa.ways.reach import ends, reach
from qa.ways.way import Member

EPILEPSY = ("MONDO:0005027",)


def names(members: tuple[Member, ...]) -> list[str]:
    return [one.entity.name for one in members]


def test_labels_come_before_lists_then_kinds_and_documents_last(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["treated_by"], EPILEPSY)
    assert names(found.members) == ["Levetiracetam", "Valproic acid", "Cenobamate", "Melatonin"]
    assert [one.basis for one in found.members] == ["labelled", "listed", "labelled", "literature"]
    assert found.total == 4


def test_what_lists_deny_is_apart_though_a_paper_claims_it(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["treated_by"], EPILEPSY)
    assert names(found.denied) == ["Ginkgo", "Buspirone"]
    assert [one.best.polarity for one in found.denied] == ["negated", "negated"]


def test_two_ids_of_one_name_are_one_member_with_the_sources_of_both(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["treated_by"], EPILEPSY)
    (valproate,) = [one for one in found.members if one.entity.id == "DB:valproate"]
    assert valproate.ids == {"DB:valproate", "MESH:valproate"}
    assert valproate.sources == 2


def test_what_goes_by_its_id_alone_is_no_member(epilepsy: GraphView) -> None:
    assert "DB:unnamed" not in names(reach(epilepsy, WAYS["treated_by"], EPILEPSY).members)


def test_kinds_count_only_where_they_are_opened(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["treated_by"], EPILEPSY)
    (cenobamate,) = [one for one in found.members if one.entity.name == "Cenobamate"]
    assert not cenobamate.direct
    assert found.opened == {"MONDO:0005384"}
    closed = reach(epilepsy, WAYS["treated_by"], EPILEPSY, opened=False)
    assert names(closed.members) == ["Levetiracetam", "Valproic acid", "Melatonin"]


def test_what_is_most_frequent_comes_first_and_what_is_never_seen_is_denied(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["found_in"], ["HP:0001083"])
    assert names(found.members) == ["Homocystinuria", "Marfan syndrome"]
    assert names(found.denied) == ["Ehlers-Danlos syndrome"]


def test_only_those_asked_for_are_taken(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["treated_by"], EPILEPSY, among=["DB:levetiracetam"])
    assert names(found.members) == ["Levetiracetam"]
    assert reach(epilepsy, WAYS["treated_by"], EPILEPSY, among=[]).members == ()


def test_a_class_of_drugs_stands_for_its_drugs_and_a_drug_for_its_class(epilepsy: GraphView) -> None:
    assert names(reach(epilepsy, WAYS["enzymes"], ["MEDGRAPH:group-statin"]).members) == ["CYP3A4"]
    forbidden = reach(epilepsy, WAYS["contraindications"], ["DB:pravastatin"])
    assert names(forbidden.members) == ["Myopia"]
    assert not forbidden.members[0].direct


def test_bare_ids_are_all_there_are(epilepsy: GraphView) -> None:
    assert ends(epilepsy, WAYS["found_in"], ["HP:0000545"]) == {"OMIM:154700", "OMIM:236200"}
    assert ends(epilepsy, WAYS["found_in"], []) == frozenset()


def test_from_nothing_no_way_leads_anywhere(epilepsy: GraphView) -> None:
    assert reach(epilepsy, WAYS["treated_by"], []).total == 0
