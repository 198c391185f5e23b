from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.model import Failure
from ingest.sources.curated import kgx
from ingest.sources.detect import detect

NODES = (
    "id\tcategory\tname\tsynonym\n"
    "DRUGBANK:DB9\tbiolink:SmallMolecule|biolink:NamedThing\tBluemycin\tAzurol|Bluol\n"
    "secret\tbiolink:Disease\tx\t\n"
)
EDGES = (
    "id\tsubject\tpredicate\tobject\tprimary_knowledge_source\tnegated\tobject_direction_qualifier\n"
    "e1\tDRUGBANK:DB9\tbiolink:treats\tMONDO:9\tinfores:blue\tTrue\t\n"
    "e2\tDRUGBANK:DB9\tbiolink:affects\tNCBIGene:7\tinfores:blue\t\tdecreased\n"
    "e3\tDRUGBANK:DB9\tbiolink:unheard_of\tMONDO:9\tinfores:blue\t\t\n"
)


def test_nodes_of_others(write: Callable[..., Path]) -> None:
    path = write("blue_nodes.tsv", NODES)
    assert detect(path) == "kgx-nodes"
    source, drug, failure = kgx.read_nodes(path)
    assert isinstance(source, Source)
    assert source.id == "kgx-blue"
    assert drug == Entity("DRUGBANK:DB9", "Drug", "Bluemycin", (Name("Azurol", "und"), Name("Bluol", "und")))
    assert isinstance(failure, Failure)


def test_edges_of_others(write: Callable[..., Path]) -> None:
    path = write("blue_edges.tsv.gz", EDGES)
    assert detect(path) == "kgx-edges"
    source, *records = kgx.read_edges(path)
    assert isinstance(source, Source)
    assert source.id == "kgx-blue"
    facts = [a for a in records if isinstance(a, Assertion)]
    assert [(a.predicate, a.polarity, a.record) for a in facts] == [
        ("treats", "negated", "e1"), ("inhibits", "affirmed", "e2"),
    ]  # fmt: skip
    assert dict(facts[0].qualifiers) == {"primary_knowledge_source": "infores:blue"}
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 4"]


def test_json_lines_of_others(write: Callable[..., Path]) -> None:
    nodes = (
        '{"id": "DRUGBANK:DB9", "category": ["biolink:SmallMolecule"], "name": "Blue\\\\mycin", '
        '"synonym": ["A|B", "c"]}\n'
        '{"id": "MONDO:9"}\n{"id"\n'
    )
    path = write("blue_nodes.jsonl", nodes)
    assert detect(path) == "kgx-nodes"
    _, drug, *failures = kgx.read_nodes(path)
    assert drug == Entity("DRUGBANK:DB9", "Drug", "Blue\\mycin", (Name("A|B", "und"), Name("c", "und")))
    assert [f.record for f in failures if isinstance(f, Failure)] == ["line 2", "line 3"]
    edges = (
        '{"id": "e1", "subject": "DRUGBANK:DB9", "predicate": "biolink:treats", "object": "MONDO:9", "negated": true, '
        '"publications": ["PMID:1", "PMID:2"]}\n'
    )
    path = write("blue_edges.jsonl.gz", edges)
    assert detect(path) == "kgx-edges"
    _, fact = kgx.read_edges(path)
    assert isinstance(fact, Assertion)
    assert (fact.predicate, fact.polarity, dict(fact.qualifiers)) == (
        "treats", "negated", {"publications": "PMID:1|PMID:2"},
    )  # fmt: skip


def test_documents_in_json_lines_stay_documents(write: Callable[..., Path]) -> None:
    text = '{"id": "1", "title": "x", "category": ["news"], "text": "y"}\n'
    assert detect(write("d.jsonl", text)) == "jsonl"
