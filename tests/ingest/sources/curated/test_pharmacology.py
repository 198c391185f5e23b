"""Tables of what drugs do to each other, told by their columns."""

from __future__ import annotations

from pathlib import Path

import pytest

import ingest
from graph.model import Assertion, Entity, Source
from ingest.model import Failure
from ingest.sources.curated.formats import by_columns
from ingest.sources.curated.pharmacology import read, shipped
from ingest.sources.files.tables import Row, rows

TABLES = Path(ingest.__file__).with_name("pharmacology")
DRUG = "DRUGBANK:DB00682\tWarfarin"


@pytest.mark.parametrize(
    ("columns", "row", "stated"),
    [
        ("drug\tname\tgroup\tstrength\treference", f"{DRUG}\tMEDGRAPH:group-x\t\tlabel", "has_role"),
        ("drug\tname\taction\tgene\tgene_id\tstrength\tnarrow\tactivated\treference",
         f"{DRUG}\tinhibits\tCYP3A4\tNCBIGene:1576\tstrong\t\t\tlabel", "inhibits"),
        ("a\tb\tseverity\tkind\tmechanism\tmechanism_zh\tmanagement\tmanagement_zh\treference",
         "DRUGBANK:DB00682\tDRUGBANK:DB00945\tmajor\t\tm\t\t\t\tp. 1", "interacts_with"),
        ("drug\tname\tverdict\tcondition\twords\twords_zh\twhy\twhy_zh\treference",
         f"{DRUG}\tcontraindicated\tegfr<30\t\t\tw\t\tlabel", "contraindicated_in"),
        ("a\tb\trisk\twords\twords_zh\treference", "DRUGBANK:DB00682\tDRUGBANK:DB00945\tlow\tw\t\tlabel",
         "cross_reacts_with"),
        ("antidote\tname\tzh\trelation\tagainst\tagainst_name\tagainst_zh",
         "DRUGBANK:DB01022\tPhytonadione\t\treverses\tDRUGBANK:DB00682\tWarfarin\t", "reverses"),
        ("drug\tname\tmonitored_by\ttest_name", f"{DRUG}\tMEDGRAPH:test-inr\tINR", "monitored_by"),
    ],
)  # fmt: skip
def test_a_row_states_what_its_table_is_of(columns: str, row: str, stated: str, tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"# source: own\n# version: 2\n{columns}\n{row}\n", encoding="utf-8")
    records = list(read(path))
    assert isinstance(records[0], Source)
    assert (records[0].id, records[0].version) == ("own", "2")
    (assertion,) = (record for record in records if isinstance(record, Assertion))
    assert (assertion.predicate, assertion.source) == (stated, "own")
    assert all(isinstance(record, Entity) for record in records[1:] if record is not assertion)


def test_a_row_with_a_word_of_no_table_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("a\tb\tseverity\nDRUGBANK:DB00682\tDRUGBANK:DB00945\tterrible\n", encoding="utf-8")
    (failure,) = (record for record in read(path) if isinstance(record, Failure))
    assert (failure.record, "terrible" in failure.reason) == ("line 2", True)


def test_every_group_that_a_rule_names_has_members() -> None:
    """A rule for a group of nobody warns of nothing."""
    lines = {
        name: [line.split("\t") for line in (TABLES / name).read_text(encoding="utf-8").splitlines()]
        for name in ("rules.tsv", "members.tsv")
    }
    members = {row[2] for row in lines["members.tsv"] if len(row) > 2}
    ruled = {id for row in lines["rules.tsv"] if len(row) > 2 for id in row[:2] if id.startswith("MEDGRAPH:group-")}
    alone = {id for id in ruled if id.startswith(("MEDGRAPH:group-food-", "MEDGRAPH:group-herb-"))} | {
        "MEDGRAPH:group-tobacco-smoke"
    }
    assert ruled - alone <= members


def _rows(name: str) -> list[Row]:
    return [row for row in rows(TABLES / name) if isinstance(row, Row)]


def test_every_shipped_antidote_and_test_is_known_and_stated_once() -> None:
    drugs = {row["drug"] for name in ("members.tsv", "enzymes.tsv", "conditions.tsv", "atc.tsv") for row in _rows(name)}
    groups = {row["id"] for row in _rows("groups.tsv")}
    tests = {row["test"] for row in _rows("tests.tsv")}
    antidotes, watched = _rows("antidotes.tsv"), _rows("monitoring.tsv")
    stated = [(row["antidote"], row["relation"], row["against"]) for row in antidotes]
    assert len(stated) == len(set(stated)) >= 120
    assert {row["drug"] for row in watched if row["drug"].startswith("MEDGRAPH:")} <= groups
    assert {row["drug"] for row in watched if row["drug"].startswith("DRUGBANK:")} <= drugs
    assert {row["against"] for row in antidotes if row["against"].startswith("MEDGRAPH:group-")} <= groups
    pairs = [(row["drug"], row["monitored_by"]) for row in watched]
    assert len(pairs) == len(set(pairs)) >= 300
    assert {test for _, test in pairs} == tests
    assert len({drug for drug, _ in pairs}) >= 100


def test_every_shipped_table_is_told_by_its_columns_and_has_no_wrong_row() -> None:
    for path in shipped():
        assert by_columns(set(_rows(path.name)[0].cells)) == "pharmacology", path.name
        source, *records = read(path)
        assert isinstance(source, Source)
        assert source.version == "3"
        assert not [record for record in records if isinstance(record, Failure)], path.name


def test_a_wrong_relation_or_type_is_a_failure(tmp_path: Path) -> None:
    for text in (
        "antidote\trelation\tagainst\nDRUGBANK:DB01022\tcures\tDRUGBANK:DB00682\n",
        "test\ttype\tname\tzh\tsynonyms\nMEDGRAPH:test-inr\tDrug\tINR\t\t\n",
    ):
        path = tmp_path / "own.tsv"
        path.write_text(text, encoding="utf-8")
        assert [record.record for record in read(path) if isinstance(record, Failure)] == ["line 2"]
