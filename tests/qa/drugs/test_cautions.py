"""What speaks against a drug for somebody."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.cautions import VERDICTS
from qa.drugs.check import DrugEngine
from qa.drugs.person import Person


def _against(view: GraphView, engine: DrugEngine, drugs: list[str], **person: Any) -> list[tuple[str, str, str]]:
    checked = engine.check(view, drugs, Person(**person))
    return [(checked.drugs[row.drug].asked, row.verdict, row.what.en) for row in checked.cautions]


def test_nothing_speaks_against_a_drug_for_nobody(view: GraphView, engine: DrugEngine) -> None:
    assert _against(view, engine, ["warfarin", "aspirin"]) == []
    assert set(VERDICTS) == {"contraindicated_in", "cautioned_in"}


def test_a_class_is_cautioned_for_its_drugs(view: GraphView, engine: DrugEngine) -> None:
    assert _against(view, engine, ["布洛芬", "metformin"], conditions=("哮喘",)) == [("布洛芬", "caution", "asthma")]


def test_a_condition_counts_for_what_it_is_a_kind_of(view: GraphView, engine: DrugEngine) -> None:
    rows = _against(view, engine, ["aspirin"], conditions=("DOID:9360",))
    assert rows == [
        ("aspirin", "contraindicated", "Aspirin-induced asthma"),
        ("aspirin", "caution", "asthma (Aspirin-induced asthma)"),
    ]


@pytest.mark.parametrize(
    ("person", "drug", "verdict"),
    [
        ({"pregnant": True}, "Jantoven", "contraindicated"),
        ({"age": 11.9}, "aspirin", "contraindicated"),
        ({"age": 12}, "aspirin", None),
        ({"egfr": 29}, "naproxen", "caution"),
        ({"egfr": 30}, "naproxen", None),
        ({"liver": "severe"}, "simvastatin", "contraindicated"),
        ({"liver": "impaired"}, "simvastatin", None),
    ],
)
def test_circumstances_hold_within_their_bounds(
    person: dict[str, Any], drug: str, verdict: str | None, view: GraphView, engine: DrugEngine
) -> None:
    verdicts = {verdict for _, verdict, _ in _against(view, engine, [drug], **person)}
    assert verdicts == ({verdict} if verdict else set())


def test_pregnancy_counts_by_whatever_id_a_source_knows_it(view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["warfarin"], Person(pregnant=True))
    assert {row.path[-1].source for row in checked.cautions} == {"book", "medgraph-pharmacology"}


def test_an_allergy_counts_for_the_drug_its_class_and_what_cross_reacts(view: GraphView, engine: DrugEngine) -> None:
    asked = ["Augmentin", "cephalexin", "metformin"]
    assert _against(view, engine, asked, allergies=("penicillin",)) == [
        ("Augmentin", "allergy", "penicillin"),
        ("cephalexin", "cross-reactivity", "penicillin"),
    ]
    assert _against(view, engine, ["阿莫西林"], allergies=("amoxicillin 500 mg",)) == [
        ("阿莫西林", "allergy", "Amoxicillin")
    ]


@pytest.mark.parametrize("value", ["Poor Metabolizer", "poor metaboliser", "PM"])
def test_a_guideline_speaks_for_the_genotype_given(value: str, view: GraphView, engine: DrugEngine) -> None:
    assert _against(view, engine, ["clopidogrel", "DuoCover"], genotypes={"CYP2C19": value}) == [
        ("clopidogrel", "genotype", "CYP2C19 Poor Metabolizer"),
        ("DuoCover", "genotype", "CYP2C19 Poor Metabolizer"),
    ]
    assert _against(view, engine, ["clopidogrel"], genotypes={"CYP2C19": "Normal Metabolizer"}) == []


@pytest.mark.parametrize(
    ("gene", "given", "stated", "told"),
    [
        ("DPYD", "PM", "DPYD 0.0 (Poor Metabolizer)", True),
        ("DPYD", "0.0", "DPYD 0.0 (Poor Metabolizer)", True),
        ("DPYD", "0.5", "DPYD 0.0 (Poor Metabolizer)", False),
        ("HLA-B*57:01", "positive", "HLA-B *57:01 positive", True),
        ("HLA-B*57:01", "阴性", "HLA-B *57:01 positive", False),
        ("HLA-B", "*57:01 positive", "HLA-A No Result; HLA-B *57:01 positive", True),
        ("CYP2D6", "超快代谢", "CYP2D6 Ultrarapid Metabolizer", True),
        ("CYP2D6", "快代谢", "CYP2D6 Ultrarapid Metabolizer", False),
    ],
)
def test_a_genotype_is_a_phenotype_a_score_or_an_allele(
    gene: str, given: str, stated: str, told: bool, shop: GraphStore
) -> None:
    symbol = gene.partition("*")[0]
    drug, id = Entity("A:1", "Drug", "Drug 1"), "G:1"
    row = Assertion.new(
        id, "affects_response_to", drug.id, source="s", sentence="",
        qualifiers={"genotype": stated, "recommendation": "Avoid."},
    )  # fmt: skip
    shop.load(Source("s", "curated"), [drug, Entity(id, "Gene", symbol)], [row])
    view = GraphView(shop, PUBLIC)
    cautions = DrugEngine(shop).check(view, ["Drug 1"], Person(genotypes={gene: given})).cautions
    assert [caution.verdict for caution in cautions] == ["genotype"] * told


def test_what_is_known_of_the_drug_itself_goes_before_what_is_of_its_class(shop: GraphStore) -> None:
    drugs = {"A:1": "Penicillin G", "A:2": "Amoxicillin", "A:3": "Cephalexin", "A:4": "Cefazolin"}
    groups = {"MEDGRAPH:group-p": "penicillin", "MEDGRAPH:group-c": "cephalosporin", "ATC:J01C": "Penicillins"}
    of = [("A:1", "p"), ("A:2", "p"), ("A:3", "c"), ("A:4", "c")]
    ours = "medgraph-pharmacology"
    rows = [
        Assertion.new(
            drug, "has_role", f"MEDGRAPH:group-{group}", source=ours, sentence="", qualifiers={"kind": "class"}
        )
        for drug, group in of
    ]
    rows += [
        Assertion.new(one, "cross_reacts_with", other, source=ours, sentence="", qualifiers={"risk": risk})
        for one, other, risk in (
            ("MEDGRAPH:group-p", "MEDGRAPH:group-p", "high"),
            ("MEDGRAPH:group-c", "MEDGRAPH:group-p", "low"),
            ("A:4", "MEDGRAPH:group-p", "none"),
        )
    ]
    entities = [Entity(id, "Drug", name) for id, name in drugs.items()]
    entities += [Entity(id, "Concept", name) for id, name in groups.items()]
    shop.load(Source(ours, "curated"), entities, rows)
    view, engine = GraphView(shop, PUBLIC), DrugEngine(shop)
    asked = list(drugs.values())
    assert _against(view, engine, asked, allergies=("penicillin g",)) == [
        ("Penicillin G", "allergy", "Penicillin G"),
        ("Amoxicillin", "cross-reactivity", "Penicillin G"),
        ("Cephalexin", "cross-reactivity", "Penicillin G"),
    ]
    # Of two classes of one name both are meant.
    told = _against(view, engine, asked, allergies=("penicillins",))
    assert [(drug, verdict) for drug, verdict, _ in told] == [
        ("Penicillin G", "allergy"), ("Amoxicillin", "allergy"), ("Cephalexin", "cross-reactivity"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "told", "what"),
    [
        ("Angle-closure glaucoma", "glaucoma", ["Angle-closure glaucoma, if it is that"]),
        ("Pulmonary hypertension", "hypertension", []),
        ("Glaucoma", "angle-closure glaucoma", []),
    ],
)
def test_what_is_stated_of_a_kind_is_a_caution_where_the_kind_is_not_told(
    stated: str, told: str, what: list[str], shop: GraphStore
) -> None:
    entities = [Entity("A:1", "Drug", "Drug 1"), Entity("D:1", "Disease", stated), Entity("D:2", "Disease", told)]
    row = Assertion.new("A:1", "contraindicated_in", "D:1", source="s", sentence="")
    shop.load(Source("s", "curated"), entities, [row])
    checked = DrugEngine(shop).check(GraphView(shop, PUBLIC), ["Drug 1"], Person(conditions=(told,)))
    assert [(row.verdict, row.what.en) for row in checked.cautions] == [("caution", words) for words in what]
    assert bool(checked.silent) == (not what)


def test_each_condition_that_the_words_of_a_statement_list_is_meant(shop: GraphStore) -> None:
    entities = [Entity("A:1", "Drug", "Drug 1"), Entity("D:1", "Disease", "Stroke")]
    entities += [Entity("D:2", "Disease", "Transient ischemic attack"), Entity("D:3", "Disease", "Gout")]
    row = Assertion.new(
        "A:1", "contraindicated_in", "D:1", source="s", sentence="",
        qualifiers={"words": "stroke or transient ischaemic attack", "words_zh": "脑卒中"},
    )  # fmt: skip
    shop.load(Source("s", "curated"), entities, [row])
    view, engine = GraphView(shop, PUBLIC), DrugEngine(shop)
    told = [("Drug 1", "contraindicated", "stroke or transient ischaemic attack")]
    assert _against(view, engine, ["Drug 1"], conditions=("transient ischemic attack",)) == told
    assert _against(view, engine, ["Drug 1"], conditions=("gout",)) == []
