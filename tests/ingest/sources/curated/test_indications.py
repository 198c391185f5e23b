from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import Failure
from ingest.sources.curated import indications, interactions


def test_categories_become_statements(write: Callable[..., Path]) -> None:
    path = write(
        "indications.tsv",
        "doid_id\tdrugbank_id\tdisease\tdrug\tcategory\tn_curators\tn_resources\n"
        "DOID:1\tDB00001\tblue ear\tBluemycin\tDM\t3\t1\n"
        "DOID:1\tDB00002\tblue ear\tAzurol\tSYM\t2\t1\n"
        "DOID:2\tDB00001\tgreen nose\tBluemycin\tNOT\t2\t4\n"
        "DOID:2\tDB00001\tgreen nose\tBluemycin\tsecret\t2\t4\n",
    )

    source, *records = indications.read(path)

    assert isinstance(source, Source)
    assert source.licence == "CC0-1.0"
    assert [(a.subject, a.predicate, a.object, a.polarity) for a in records if isinstance(a, Assertion)] == [
        ("DRUGBANK:DB00001", "treats", "DOID:1", "affirmed"),
        ("DRUGBANK:DB00002", "palliates", "DOID:1", "affirmed"),
        ("DRUGBANK:DB00001", "treats", "DOID:2", "negated"),
    ]
    assert [e.id for e in records if isinstance(e, Entity)] == [
        "DOID:1", "DRUGBANK:DB00001", "DRUGBANK:DB00002", "DOID:2",
    ]  # fmt: skip
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 5"]


def test_high_priority_interactions(write: Callable[..., Path]) -> None:
    path = write("high.csv", "\ufeffZol$DB00009$Azurol$DB00002$\nsecret\nAzurol$DB00002$Azurol$DB00002$\n")

    source, *records = interactions.read(path)

    assert isinstance(source, Source)
    assert source.id == "onc-high-priority"
    (said,) = [a for a in records if isinstance(a, Assertion)]
    assert (said.subject, said.predicate, said.object) == ("DRUGBANK:DB00002", "interacts_with", "DRUGBANK:DB00009")
    assert (said.sentence, dict(said.qualifiers)) == ("Zol$DB00009$Azurol$DB00002$", {"priority": "high"})
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 2", "line 3"]


def test_non_interruptive_interactions(write: Callable[..., Path]) -> None:
    path = write("low.csv.gz", '1,"Blues",Zol,DB00009,u,v,Azures ,"Azurol, pure",DB00002,u,v\n1,Blues\n')

    source, *records = interactions.read(path)

    assert isinstance(source, Source)
    assert source.id == "onc-non-interruptive"
    assert [(e.id, e.name) for e in records if isinstance(e, Entity)] == [
        ("DRUGBANK:DB00009", "Zol"),
        ("DRUGBANK:DB00002", "Azurol, pure"),
    ]
    (said,) = [a for a in records if isinstance(a, Assertion)]
    assert dict(said.qualifiers) == {"priority": "non-interruptive", "classes": "Blues; Azures"}
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 2"]
