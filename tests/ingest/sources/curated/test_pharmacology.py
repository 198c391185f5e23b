"""Tables of what drugs do to each other, told by their columns."""

from __future__ import annotations

from pathlib import Path

import pytest

import ingest
from graph.model import Assertion, Entity, Source
from ingest.model import Failure
from ingest.sources.curated.pharmacology import read

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
    rows = {
        name: [line.split("\t") for line in (TABLES / name).read_text(encoding="utf-8").splitlines()]
        for name in ("rules.tsv", "members.tsv")
    }
    members = {row[2] for row in rows["members.tsv"] if len(row) > 2}
    ruled = {id for row in rows["rules.tsv"] if len(row) > 2 for id in row[:2] if id.startswith("MEDGRAPH:group-")}
    alone = {id for id in ruled if id.startswith(("MEDGRAPH:group-food-", "MEDGRAPH:group-herb-"))} | {
        "MEDGRAPH:group-tobacco-smoke"
    }
    assert ruled - alone <= members
