from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.curated import drugcentral
from ingest.sources.detect import detect

LIST = json.dumps(
    [
        {"accession": "P90001", "struct_id": 9, "target_name": "Blue kinase", "name": "bluemycin"},
        {"accession": "P90001|P90002", "struct_id": 9, "target_name": "Blue complex", "name": "bluemycin"},
        {"accession": "", "struct_id": 9, "target_name": "x", "name": "y"},
        7,
    ]
)


def test_targets(write: Callable[..., Path]) -> None:
    path = write("targets.json.gz", LIST)
    assert detect(path) == "drugcentral"
    _, *records = drugcentral.read(path)
    assert [r for r in records if isinstance(r, Entity)] == [
        Entity("DRUGCENTRAL:9", "Drug", "bluemycin"),
        Entity("UniProt:P90001", "Gene", "Blue kinase", xrefs=("UniProt:P90001",)),
        Entity("DRUGCENTRAL:target-Blue%20complex", "Gene", "Blue complex", xrefs=("UniProt:P90001", "UniProt:P90002")),
    ]
    assert [(a.predicate, a.record) for a in records if isinstance(a, Assertion)] == [
        ("binds", "9 P90001"), ("binds", "9 P90001|P90002"),
    ]  # fmt: skip
    assert [f.record for f in records if isinstance(f, Failure)] == ["entry 3", "entry 4"]


def test_a_list_cut_off(write: Callable[..., Path]) -> None:
    with pytest.raises(MalformedFile):
        list(drugcentral.read(write("targets.json", LIST[:-8])))
