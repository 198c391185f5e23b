from graph.view import GraphView
from qa.evidence.records import Records
from qa.model import AskedEntity
from qa.ways.asked import wanted
from qa.ways.combined import Combined, combine

ENTITIES = {
    "epilepsy": ("MONDO:0005027", "Disease"), "statins": ("MEDGRAPH:group-statin", "Concept"),
    "CYP3A4": ("NCBIGene:1576", "Gene"), "ectopia lentis": ("HP:0001083", "Phenotype"),
    "myopia": ("HP:0000545", "Phenotype"), "Marfan syndrome": ("OMIM:154700", "Disease"),
    "homocystinuria": ("OMIM:236200", "Disease"),
}  # fmt: skip


def found(view: GraphView, text: str) -> Combined:
    named = [AskedEntity(id, type, name, name, False, "") for name, (id, type) in ENTITIES.items() if name in text]
    asked = wanted(text, named)
    assert asked is not None
    return combine(view, Records(view), asked)


def names(combined: Combined) -> list[str]:
    return [one.entity.name for one in combined.members]


def test_what_is_of_all_clauses(epilepsy: GraphView) -> None:
    shared = found(epilepsy, "findings common to Marfan syndrome and homocystinuria")
    assert sorted(names(shared)) == ["Ectopia lentis", "Myopia"]
    assert shared.total == 2
    assert [side.reached.total for side in shared.sides] == [2, 2]


def test_what_is_not_of_one_clause(epilepsy: GraphView) -> None:
    assert names(found(epilepsy, "statins that are not substrates of CYP3A4")) == ["Pravastatin"]
    assert names(found(epilepsy, "statins that are substrates of CYP3A4")) == ["Simvastatin"]


def test_a_class_that_is_among_the_members_stands_for_its_drugs(epilepsy: GraphView) -> None:
    assert names(found(epilepsy, "statins that are contraindicated in myopia")) == ["Pravastatin", "Simvastatin"]


def test_what_is_of_any_clause(epilepsy: GraphView) -> None:
    either = found(epilepsy, "Which diseases have ectopia lentis or myopia?")
    assert sorted(names(either)) == ["Homocystinuria", "Marfan syndrome"]
    assert either.total == 2


def test_a_way_behind_the_members(epilepsy: GraphView) -> None:
    behind = found(epilepsy, "enzymes of drugs that are contraindicated in myopia")
    assert [one.entity.name for one in behind.inner] == ["statin"]
    assert behind.sides[0].branch.way.name == "contraindicated_drugs"
