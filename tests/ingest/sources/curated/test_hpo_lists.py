from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from ingest.jobs.load import load
from ingest.model import CuratedRecord, Failure, Mapping, Obsolete
from ingest.sources.curated import hpo_lists

TERMS = (
    "hpo_id\tname\tobsolete\treplaced_by\n"
    "HP:0000118\tPhenotypic abnormality\t0\t\n"
    "HP:9000001\tBlue ears\t0\t\n"
    "HP:0000005\tMode of inheritance\t0\t\n"
    "HP:9000002\tInherited on Sundays\t0\t\n"
    "HP:9000003\tAzure ears\t1\tHP:9000001\n"
    "HP:9000004\tNothing\t1\t\n"
    "secret\tx\t0\t\n"
)
PARENTS = "hpo_id\tparent_id\nHP:9000001\tHP:0000118\nHP:9000002\tHP:0000005\nx\tHP:1\n"
DISEASES = (
    "disease_id\tdisease_name\thpo_id\n"
    "ORPHA:900001\tBlue ear disease\tHP:9000001\n"
    "ORPHA:900001\tBlue ear disease\tHP:9000002\n"
    "ORPHA:900001\tBlue ear disease\tMP:1\n"
)
GENES = "ncbi_gene_id\tsymbol\thpo_id\n77\tBLU1\tHP:9000001\n77\tBLU1\tHP:9000002\n"


def _facts(records: list[CuratedRecord]) -> list[tuple[str, str, str]]:
    return [(a.subject, a.predicate, a.object) for a in records if isinstance(a, Assertion)]


def test_terms(write: Callable[..., Path]) -> None:
    write("hpo_is_a.tsv", PARENTS)
    source, *records = hpo_lists.read_terms(write("hpo_terms.tsv.gz", TERMS))

    assert isinstance(source, Source)
    assert (source.id, source.licence) == ("HPO-lists-terms", "HPO licence; Orphanet's part CC-BY-4.0")
    assert [(e.id, e.type) for e in records if isinstance(e, Entity)] == [
        ("HP:0000118", "Phenotype"), ("HP:9000001", "Phenotype"), ("HP:0000005", "Concept"), ("HP:9000002", "Concept"),
    ]  # fmt: skip
    assert [r for r in records if isinstance(r, Mapping)] == [Mapping("HP:9000003", "HP:9000001")]
    assert [r for r in records if isinstance(r, Obsolete)] == [Obsolete("HP:9000004", "line 7")]
    assert [r.record for r in records if isinstance(r, Failure)] == ["line 8"]


def test_parents(write: Callable[..., Path]) -> None:
    records = list(hpo_lists.read(write("hpo_is_a.tsv", PARENTS)))
    assert _facts(records) == [
        ("HP:9000001", "subclass_of", "HP:0000118"), ("HP:9000002", "subclass_of", "HP:0000005"),
    ]  # fmt: skip
    assert [r.record for r in records if isinstance(r, Failure)] == ["line 4"]


@pytest.mark.parametrize(
    ("content", "entity", "predicates"),
    [
        (DISEASES, Entity("ORPHA:900001", "Disease", "Blue ear disease"), ["has_phenotype", "has_inheritance"]),
        (GENES, Entity("NCBIGene:77", "Gene", "BLU1"), ["gene_associated_with", "has_inheritance"]),
    ],
)
def test_what_is_tied_to_terms(write: Callable[..., Path], content: str, entity: Entity, predicates: list[str]) -> None:
    write("hpo_is_a.tsv.gz", PARENTS)
    records = list(hpo_lists.read(write("list.tsv", content)))
    assert [r for r in records if isinstance(r, Entity)] == [entity]
    assert _facts(records) == [
        (entity.id, predicates[0], "HP:9000001"), (entity.id, predicates[1], "HP:9000002"),
    ]  # fmt: skip
    assert all(a.record for a in records if isinstance(a, Assertion))


def test_without_parents_a_known_mode_of_inheritance_is_told(write: Callable[..., Path]) -> None:
    records = list(hpo_lists.read(write("list.tsv", DISEASES.replace("HP:9000002", "HP:0000006"))))
    assert [predicate for _, predicate, _ in _facts(records)] == ["has_phenotype", "has_inheritance"]


def test_a_folder_of_lists_is_loaded_whole(write: Callable[..., Path], tmp_path: Path) -> None:
    write("hpo/gene_to_phenotype.tsv", GENES)
    write("hpo/hpo_is_a.tsv", PARENTS.replace("x\tHP:1\n", ""))
    write("hpo/orpha_disease_to_phenotype.tsv", DISEASES.replace("ORPHA:900001\tBlue ear disease\tMP:1\n", ""))
    folder = write("hpo/hpo_terms.tsv", TERMS.replace("secret\tx\t0\t\n", "")).parent
    store = SqliteStore(tmp_path / "g.sqlite")

    *_, progress = load([folder], graph=store)

    assert progress.done.failed == ()
    assert store.stats().by_predicate["has_inheritance"] == 2
    store.close()


def test_a_listed_finding_may_have_been_looked_for_and_not_seen(write: Callable[..., Path]) -> None:
    write("hpo_is_a.tsv", PARENTS)
    records = hpo_lists.read(write("orpha_disease_to_phenotype.tsv", DISEASES))
    finding, inherited = [a for a in records if isinstance(a, Assertion)]
    assert (dict(finding.qualifiers), finding.confidence) == ({"frequency": hpo_lists.UNTOLD}, 0.9)
    assert (dict(inherited.qualifiers), inherited.confidence) == ({}, 1.0)
