from graph.view import GraphView
from qa.evidence.records import Records
from qa.evidence.wording import Words
from qa.model import AskedEntity
from qa.ways.asked import wanted
from qa.ways.combined import combine
from qa.ways.words import clause, filled, head, number, thing


def test_the_head_of_a_list_in_both_languages(epilepsy: GraphView) -> None:
    named = [
        AskedEntity("MEDGRAPH:group-statin", "Concept", "statin", "statins", False, ""),
        AskedEntity("NCBIGene:1576", "Gene", "CYP3A4", "CYP3A4", False, ""),
    ]
    asked = wanted("statins that are not CYP3A4 substrates", named)
    assert asked is not None
    records = Records(epilepsy)
    combined = combine(epilepsy, records, asked)
    entities = records.entities(["MEDGRAPH:group-statin", "NCBIGene:1576"])
    _, many = head(asked, combined, entities)
    assert many.en == "drugs of the class statin, not among substrates of CYP3A4"
    assert many.zh == "属于他汀类的药物，且不属于“CYP3A4的底物”"
    assert clause(combined.sides[0], entities)[1].en == "drugs of the class statin"
    assert thing(asked.branches[0], {}).en == "statins"


def test_one_is_not_several() -> None:
    words = Words("drug for {x}", "用于{x}的药物"), Words("drugs for {x}", "用于{x}的药物")
    one, many = (filled(each, Words("gout", "痛风")) for each in words)
    assert number(1, (one, many)) == Words("1 drug for gout", "用于痛风的药物1项")
    assert number(1200, (one, many)).en == "1,200 drugs for gout"
