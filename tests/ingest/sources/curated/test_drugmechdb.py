from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Assertion, Entity
from ingest.model import Failure, Mapping
from ingest.sources.curated import drugmechdb
from ingest.sources.detect import detect

PATH = """directed: true
graph:
  _id: DB90001_MESH_D900001_1
  disease: Blue ear
  disease_mesh: MESH:D900001
  drug: bluemycin
  drug_mesh: MESH:C900001
  drugbank: DB:DB90001
links:
  - {key: decreases activity of, source: MESH:C900001, target: UniProt:P90001}
  - {key: positively correlated with, source: UniProt:P90001, target: HP:9000001}
  - {key: manifestation of, source: HP:9000001, target: MESH:D900001}
nodes:
  - {id: MESH:C900001, label: Drug, name: bluemycin}
  - {id: UniProt:P90001, label: Protein, name: Blue kinase}
  - {id: HP:9000001, label: PhenotypicFeature, name: Blueness}
  - {id: MESH:D900001, label: Disease, name: Blue ear}
references:
  - https://example.org/1
"""


def test_a_path(write: Callable[..., Path]) -> None:
    path = write("one.yaml", PATH)
    assert detect(path) == "drugmechdb"
    _, *records = drugmechdb.read(path)
    assert [(e.id, e.type, e.xrefs) for e in records if isinstance(e, Entity)] == [
        ("MESH:C900001", "Drug", ("DRUGBANK:DB90001",)), ("UniProt:P90001", "Gene", ()),
        ("HP:9000001", "Phenotype", ()), ("MESH:D900001", "Disease", ()),
    ]  # fmt: skip
    facts = [a for a in records if isinstance(a, Assertion)]
    assert [(a.subject, a.predicate, a.object) for a in facts] == [
        ("MESH:C900001", "inhibits", "UniProt:P90001"),
        ("HP:9000001", "associated_with", "UniProt:P90001"),
        ("MESH:D900001", "has_phenotype", "HP:9000001"),
        ("MESH:C900001", "treats", "MESH:D900001"),
    ]
    assert dict(facts[1].qualifiers) == {"relation": "positively correlated with"}
    assert all(a.record == "DB90001_MESH_D900001_1" for a in facts)
    assert facts[0].sentence.endswith("https://example.org/1")


def test_a_malformed_path_is_a_failure(write: Callable[..., Path]) -> None:
    for text in (PATH.replace("target: HP:9000001}", "target: HP:8}"), "directed: [", "directed: true\n", "- 1\n"):
        _, failure = drugmechdb.read(write("one.yaml", text))
        assert isinstance(failure, Failure)
        assert failure.record == "one.yaml"


def test_ids_of_a_drug_are_one_where_all_paths_agree(write: Callable[..., Path], tmp_path: Path) -> None:
    import tarfile

    other = PATH.replace("DB90001", "DB90002").replace("C900001", "C900002")
    salt = other.replace("C900002", "C900003")
    with tarfile.open(tmp_path / "paths.tar.gz", "w:gz") as packed:
        for number, text in enumerate((PATH, PATH, other, salt)):
            packed.add(write(f"{number}.yaml", text), f"{number}.yaml")
    records = list(drugmechdb.read(tmp_path / "paths.tar.gz"))
    assert [r for r in records if isinstance(r, Mapping)] == [Mapping("DRUGBANK:DB90001", "MESH:C900001", 0.9)]
