from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from ingest.model import Failure
from ingest.sources.curated import mesh

ROWS = (
    "mesh_id\tmesh_name\tmesh_tree_number\n"
    "D900001\tEar Diseases\tC09.218\n"
    "D900002\tEar, Blue\tC09.218.100\n"
    "D900002\tEar, Blue\tC23.888.1\n"
    "D900003\tBluemycin, Azure\tD02.1\n"
    "D900004\tEar Washing\tE04.7\n"
    "D900005\tColors\tG01.1\n"
    "secret\tx\tC01\n"
    "D900006\tx\t\n"
)


def test_types_names_and_trees(write: Callable[..., Path]) -> None:
    records = list(mesh.read(write("tree-numbers.tsv.gz", ROWS)))

    assert isinstance(records[0], Source)
    assert [(e.id, e.type, e.name, e.synonyms) for e in records if isinstance(e, Entity)] == [
        ("MESH:D900001", "Disease", "Ear Diseases", ()),
        ("MESH:D900002", "Disease", "Ear, Blue", (Name("Blue Ear"),)),
        ("MESH:D900003", "Drug", "Bluemycin, Azure", ()),
        ("MESH:D900004", "Procedure", "Ear Washing", ()),
        ("MESH:D900005", "Concept", "Colors", ()),
    ]
    (kind_of,) = [a for a in records if isinstance(a, Assertion)]
    assert (kind_of.subject, kind_of.predicate, kind_of.object) == ("MESH:D900002", "subclass_of", "MESH:D900001")
    assert (kind_of.record, kind_of.sentence) == ("C09.218.100", "D900002\tEar, Blue\tC09.218.100")
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 8", "line 9"]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Leukemia, Myeloid, Acute", "Acute Myeloid Leukemia"),
        ("Asthma", ""),
        ("Hand, Foot and Mouth Disease", ""),
        ("Ear, Very Long Words of Nothing", ""),
    ],
)
def test_headings_as_they_are_said(heading: str, said: str) -> None:
    assert mesh.turned(heading) == said
