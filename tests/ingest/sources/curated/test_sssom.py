from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Source
from graph.sqlite.store import SqliteStore
from ingest.errors import MalformedFile
from ingest.jobs.load import load
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


def test_an_id_matched_to_two_concepts_is_left_to_the_graph_whatever_the_order(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    head = HEAD.rstrip() + "\tconfidence\n"
    rows = ["MONDO:1\ta\tskos:exactMatch\tmesh:D1\t0.5\n", "MONDO:2\tb\tskos:exactMatch\tmesh:D1\t0.9\n"]
    ends = []
    for number, order in enumerate((rows, rows[::-1])):
        store = SqliteStore(tmp_path / f"{number}.db")
        path = write("m.tsv", head + "".join(order))
        assert not any(isinstance(record, Failure) for record in sssom.read(path))
        *_, last = load([path], graph=store)
        assert last.merged is not None
        ends.append((dict(store.mappings()), [match.refused for match in last.merged.refused]))
        store.close()
    assert ends == [({"MESH:D1": "MONDO:2"}, ["MESH:D1 is matched better to MONDO:2"])] * 2


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


def test_a_table_none_of_whose_rows_can_be_read_is_given_up(write: Callable[..., Path]) -> None:
    path = write("m.tsv", HEAD + "no id\ta\tskos:exactMatch\tEFO:1\n" * 2_000)

    with pytest.raises(MalformedFile, match="none of the first 1000 rows"):
        list(sssom.read(path))


@pytest.mark.data
def test_reads_the_matches_of_mondo_and_orphanet() -> None:
    path = DATA / "graph/mondo/mondo_exactmatch_orphanet.sssom.tsv.gz"
    if not path.exists():
        pytest.skip(f"no {path}")
    source, *mappings = sssom.read(path)
    assert isinstance(source, Source)
    assert len(mappings) > 9000
    assert all(isinstance(m, Mapping) and m.other.startswith("ORPHA:") for m in mappings)
