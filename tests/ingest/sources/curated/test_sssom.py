from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Source
from ingest.model import Failure, Mapping
from ingest.sources.curated import sssom

DATA = Path(os.environ.get("MEDGRAPH_DATA", "../shared/data"))

HEAD = """\
# curie_map:
#   MONDO: http://purl.obolibrary.org/obo/MONDO_
# license: https://creativecommons.org/publicdomain/zero/1.0/
# mapping_set_version: http://purl.obolibrary.org/obo/mondo/releases/2031-02-03/x.sssom.tsv
subject_id\tsubject_label\tpredicate_id\tobject_id
"""


def test_exact_matches_become_mappings_to_mondo(write: Callable[..., Path]) -> None:
    path = write(
        "m.sssom.tsv",
        HEAD + "MONDO:1\tblue ear\tskos:exactMatch\tOrphanet:11\n"
        "ORDO:12\tgreen nose\tskos:exactMatch\tMONDO:2\n"
        "MONDO:3\tred eye\tskos:broadMatch\tOrphanet:13\n"
        "MONDO:4\tred lip\towl:equivalentClass\tOrphanet:14\n"
        "MONDO:5\tdry lip\towl:differentFrom\tOrphanet:15\n",
    )

    source, *mappings = sssom.read(path)

    assert isinstance(source, Source)
    assert (source.id, source.version, source.licence) == ("mondo-sssom-ORPHA", "2031-02-03", "CC0-1.0")
    assert mappings == [Mapping("ORPHA:11", "MONDO:1"), Mapping("ORPHA:12", "MONDO:2"), Mapping("ORPHA:14", "MONDO:4")]


def test_nothing_merges_two_mondo_concepts(write: Callable[..., Path]) -> None:
    path = write("m.tsv", HEAD + "MONDO:1\ta\tskos:exactMatch\tmesh:D1\nMONDO:2\tb\tskos:exactMatch\tmesh:D1\n")

    records = list(sssom.read(path))

    assert [r for r in records if isinstance(r, Mapping)] == [Mapping("MESH:D1", "MONDO:1")]
    assert [(f.record, f.reason) for f in records if isinstance(f, Failure)] == [
        ("line 7", "MESH:D1 is matched to MONDO:1 and to MONDO:2")
    ]


def test_malformed_rows_are_failures_after_the_source(write: Callable[..., Path]) -> None:
    path = write("m.tsv", HEAD + "secret\ta\tskos:exactMatch\tmesh:D1\nMONDO:1\nDOID:4\ta\tskos:exactMatch\tEFO:1\n")

    source, *rest = sssom.read(path)

    assert isinstance(source, Source)
    assert source.id == "doid-sssom-EFO"
    assert [r.record for r in rest if isinstance(r, Failure)] == ["line 6", "line 7"]
    assert [r for r in rest if isinstance(r, Mapping)] == [Mapping("EFO:1", "DOID:4")]
    assert "secret" not in repr(rest)


def test_another_table_is_a_failure(write: Callable[..., Path]) -> None:
    (failure,) = sssom.read(write("m.tsv", "a\tb\n1\t2\n"))

    assert isinstance(failure, Failure)
    assert "subject_id" in failure.reason


@pytest.mark.data
def test_reads_the_matches_of_mondo_and_orphanet() -> None:
    path = DATA / "graph/mondo/mondo_exactmatch_orphanet.sssom.tsv.gz"
    if not path.exists():
        pytest.skip(f"no {path}")
    source, *mappings = sssom.read(path)
    assert isinstance(source, Source)
    assert len(mappings) > 9000
    assert all(isinstance(m, Mapping) and m.other.startswith("ORPHA:") for m in mappings)
