from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs.load import load
from ingest.jobs.progress import surviving
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.table import HOPELESS, read
from ingest.sources.curated.table_map import table_map

YAML = """
provenance: {source: blue-trial, version: "2031-02-03", licence: CC-BY-4.0}
drug:
  represented_as: node
  is_a: Drug
  preferred_id: DRUGBANK
  input_id: drug_id
  properties: {name: drug, synonyms: brands, same_as: mesh}
disease: {represented_as: node, is_a: Disease, preferred_id: LOCAL, properties: {name: disease}}
given_for:
  represented_as: edge
  source: drug
  target: disease
  input_label: relation
  labels: {cures: treats}
  properties: {dose: mg, date: day}
  record: row
  negated: {outcome: failed}
"""
HEADER = "drug_id,drug,brands,mesh,disease,relation,mg,day,row,outcome\n"
ROWS = (
    'DB90001,"Bluemycin, azure",Azurol|Bluol,MESH:C9,Blue ear,cures,5 mg,2031-01-02,r1,ok\n'
    "DRUGBANK:DB90001,\"Bluemycin, azure\",Azurol|Bluol,,Red ear,cures,,,r2,FAILED\n"
    ",nobody,,,Red ear,cures,,,r3,ok\n"
    "DB90002,x,,,Red ear,heals,,,r4,ok\n"
    "DB90002,x,,,,cures,,,r5,ok\n"
    "DB90002,x\n"
)  # fmt: skip


def _failures(records: Iterable[CuratedRecord]) -> list[tuple[str, str]]:
    return [(f.record, f.reason) for f in records if isinstance(f, Failure)]


def test_rows_become_entities_and_facts(write: Callable[..., Path]) -> None:
    source, *records = read(write("t.csv.gz", HEADER + ROWS), table_map(write("m.yaml", YAML)))

    assert isinstance(source, Source)
    assert [r for r in records if isinstance(r, Entity)] == [
        Entity("DRUGBANK:DB90001", "Drug", "Bluemycin, azure", (Name("Azurol", "und"), Name("Bluol", "und"))),
        Entity("LOCAL:blue%20ear", "Disease", "Blue ear"),
        Entity("LOCAL:red%20ear", "Disease", "Red ear"),
    ]
    assert [r for r in records if isinstance(r, Mapping)] == [Mapping("MESH:C9", "DRUGBANK:DB90001")]
    facts = [r for r in records if isinstance(r, Assertion)]
    assert [(a.predicate, a.object, a.polarity, a.record) for a in facts] == [
        ("treats", "LOCAL:blue%20ear", "affirmed", "r1"), ("treats", "LOCAL:red%20ear", "negated", "r2"),
    ]  # fmt: skip
    assert dict(facts[0].qualifiers) == {"dose": "5 mg", "date": "2031-01-02"}
    assert facts[0].sentence.startswith("DB90001,Bluemycin, azure,")
    assert _failures(records) == [
        ("line 4", "column drug_id: empty"),
        ("line 5", "column relation: a word that is no predicate and that `labels` does not map"),
        ("line 6", "column disease: empty, and ids are made of it"),
        ("line 7", "2 cells under a header of 10"),
    ]


def test_a_parquet_is_the_same_table(write: Callable[..., Path], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = HEADER.strip().split(",")
    cells = ["DB90001", "Bluemycin", "", None, "Blue ear", "cures", "5", None, "r1", "ok"]
    pq.write_table(pa.table({c: [v] for c, v in zip(columns, cells, strict=True)}), tmp_path / "t.parquet")
    mapping = table_map(write("m.yaml", YAML))
    (fact,) = [r for r in read(tmp_path / "t.parquet", mapping) if isinstance(r, Assertion)]
    assert (fact.subject, fact.record) == ("DRUGBANK:DB90001", "r1")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "t.parquet").read_bytes()[:100])
    with pytest.raises(MalformedFile):
        list(read(tmp_path / "cut.parquet", mapping))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        (HEADER.replace("drug_id", "id") + ROWS, "no column drug_id"),
        (HEADER.replace("brands", "drug") + ROWS, "two columns named 'drug'"),
    ],
)
def test_a_table_of_other_columns_is_refused_before_anything_goes(
    write: Callable[..., Path], content: str, words: str
) -> None:
    with pytest.raises(UnreadableSource, match=words):
        next(read(write("t.csv", content), table_map(write("m.yaml", YAML))))


def test_another_encoding_is_said(write: Callable[..., Path]) -> None:
    rows = (HEADER + ROWS).replace("Blue ear", "Blaues Öhr").encode("latin-1")
    with pytest.raises(MalformedFile, match="not UTF-8"):
        list(read(write("t.csv", rows), table_map(write("m.yaml", YAML))))


def test_a_table_that_fails_from_the_start_is_given_up(write: Callable[..., Path]) -> None:
    path = write("t.csv", HEADER + ",x,,,y,cures,,,,\n" * (HOPELESS + 50))
    mapping = table_map(write("m.yaml", YAML))
    with pytest.raises(MalformedFile, match="none of the first"):
        list(read(path, mapping))
    assert len(list(surviving(read(path, mapping), path))) == HOPELESS + 2


def test_a_table_with_moved_columns_leaves_the_former_release(write: Callable[..., Path], tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "g.sqlite")
    rows = ROWS.splitlines(keepends=True)[0]
    *_, first = load([write("t.csv", HEADER + rows)], graph=store, mapping=table_map(write("m.yaml", YAML)))
    assert (first.done.failed, store.stats().assertions) == ((), 1)
    newer = table_map(write("m.yaml", YAML.replace("2031-02-03", "2032-01-01")))
    *_, second = load([write("t.csv", HEADER.replace("mg", "dose") + rows)], graph=store, mapping=newer)
    assert "no column mg" in second.done.failed[0].reason
    assert store.stats().assertions == 1
    store.close()


def test_what_rows_tell_of_one_thing_is_put_together(write: Callable[..., Path]) -> None:
    rows = (
        "DB90001,Bluemycin,Azurol,,Blue ear,cures,5 mg,,r1,ok\n"
        "DB90001,,,,Red ear,cures,,,r2,ok\n"
        "DB90001,Blue mycin,Bluol,,Red ear,cures,,,r3,ok\n"
    )
    records = list(read(write("t.csv", HEADER + rows), table_map(write("m.yaml", YAML))))
    last = [r for r in records if isinstance(r, Entity) and r.type == "Drug"][-1]
    assert (last.name, {n.text for n in last.synonyms}) == ("Bluemycin", {"Azurol", "Bluol", "Blue mycin"})


def test_a_row_that_stands_there_twice_counts_once(write: Callable[..., Path]) -> None:
    row = "DB90001,Bluemycin,,,Blue ear,cures,5 mg,,,ok\n"
    records = list(read(write("t.csv", HEADER + row + row), table_map(write("m.yaml", YAML))))
    assert len([r for r in records if isinstance(r, Assertion)]) == 1


def test_a_table_without_rows_is_refused_before_anything_goes(write: Callable[..., Path]) -> None:
    with pytest.raises(UnreadableSource, match="no row below the header"):
        next(read(write("t.csv", HEADER), table_map(write("m.yaml", YAML))))


def test_a_comma_as_decimal_sign_and_words_for_nothing(write: Callable[..., Path]) -> None:
    row = 'DB90001,Bluemycin,NA,,Blue ear,TREATS,"1.250,5 mg; 0,5",NULL,,ok\n'
    records = read(write("t.csv", HEADER + row), table_map(write("m.yaml", 'decimal: ","\n' + YAML)))
    (fact,) = [r for r in records if isinstance(r, Assertion)]
    assert (fact.predicate, dict(fact.qualifiers)) == ("treats", {"dose": "1250.5 mg; 0.5"})
