from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import PUBLIC, Assertion, Entity, Match, Name, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.matrix import Matrix, build
from qa.differential.profiles import read

FINDINGS = {
    "HP:0000118": ("Phenotypic abnormality", "表型异常"),
    "HP:0001945": ("Fever", "发热"),
    "HP:0012735": ("Cough", "咳嗽"),
    "HP:0031246": ("Nonproductive cough", "干咳"),
    "HP:0002315": ("Headache", "头痛"),
    "HP:0002013": ("Vomiting", "呕吐"),
    "HP:0002027": ("Abdominal pain", "腹痛"),
    "HP:0000988": ("Skin rash", "皮疹"),
    "HP:0001250": ("Seizure", "癫痫发作"),
    "HP:0000140": ("Abnormality of the menstrual cycle", "月经周期异常"),
    "HP:0010461": ("Abnormality of the male genitalia", "男性生殖器异常"),
    "HP:0000132": ("Menorrhagia", "月经过多"),
    "HP:0001649": ("Tachycardia", "心动过速"),
    "HP:0001513": ("Obesity", "肥胖"),
    "HP:0002094": ("Dyspnea", "呼吸困难"),
    "HP:0100749": ("Chest pain", "胸痛"),
    "HP:0001903": ("Anemia", "贫血"),
    "HP:0012418": ("Hypoxemia", "低氧血症"),
    "HP:0002615": ("Hypotension", "低血压"),
    "HP:0000005": ("Mode of inheritance", "遗传方式"),
    "HP:0000006": ("Autosomal dominant inheritance", "常染色体显性遗传"),
    "HP:0003674": ("Onset", "发病期"),
    "HP:0003577": ("Congenital onset", "先天发病"),
    "HP:0003593": ("Infantile onset", "婴儿期发病"),
    "HP:0099999": ("Nowhere", "无处"),
    "HP:0001824": ("Weight loss", "体重下降"),
    "HP:0002381": ("Aphasia", "失语"),
    "HP:0030834": ("Shoulder pain", "肩痛"),
    "HP:0030838": ("Hip pain", "髋痛"),
    "HP:0002014": ("Diarrhea", "腹泻"),
}
ABOVE = {
    "HP:0031246": "HP:0012735",
    "HP:0000132": "HP:0000140",
    "HP:0000006": "HP:0000005",
    "HP:0003577": "HP:0003674",
    "HP:0003593": "HP:0003674",
}


@pytest.fixture
def view(tmp_path: Path) -> Iterator[GraphView]:
    store = SqliteStore(tmp_path / "graph.sqlite")
    rows = [Entity(id, "Phenotype", name, (Name(zh, "zh"),)) for id, (name, zh) in FINDINGS.items()]
    rows += [
        Entity("MONDO:1", "Disease", "influenza", (Name("流行性感冒", "zh"), Name("flu", "en"))),
        Entity("MONDO:2", "Disease", "seizure", (Name("癫痫发作", "zh"),)),
        Entity("MESH:D003920", "Disease", "diabetes mellitus", (Name("糖尿病", "zh"),)),
        Entity("MONDO:5", "Disease", "type 2 diabetes mellitus", (Name("2型糖尿病", "zh"),)),
        Entity("DRUGBANK:1", "Drug", "ibuprofen", (Name("布洛芬", "zh"),)),
        Entity("MEDGRAPH:group-nsaid", "Concept", "NSAID"),
        Entity("MEDGRAPH:factor-smoking", "Concept", "Smoking", (Name("吸烟", "zh"),)),
    ]

    def stated(subject: str, predicate: str, object: str, **qualifiers: str) -> Assertion:
        return Assertion.new(
            subject, predicate, object, source="S", sentence="x", record="PMID:1", qualifiers=qualifiers
        )

    facts = [
        stated(id, "subclass_of", ABOVE.get(id, "HP:0000118")) for id in FINDINGS if not id.endswith(("118", "99999"))
    ]
    facts += [
        stated("MONDO:1", "has_phenotype", id)
        for id in FINDINGS
        if id not in ("HP:0000118", "HP:0002315", "HP:0099999")
    ]
    facts += [
        stated("MONDO:5", "subclass_of", "MESH:D003920"),
        stated("DRUGBANK:1", "has_role", "MEDGRAPH:group-nsaid"),
        stated("MESH:D003920", "contributes_to", "MONDO:1", ratio="2"),
        stated("MEDGRAPH:group-nsaid", "contributes_to", "MONDO:1", ratio="3"),
        stated("MEDGRAPH:factor-smoking", "contributes_to", "MONDO:1", ratio="3"),
    ]
    source = Source("S", "curated")
    store.load(source, rows, facts)
    store.add_mappings([Match("HP:0000001", "HP:0001945")], source)
    yield GraphView(store, PUBLIC)
    store.close()


@pytest.fixture
def matrix(view: GraphView) -> Matrix:
    return build(read(view))
