"""The network of curated files."""

from __future__ import annotations

from pathlib import Path

from graph.model import Assertion, Entity, Source, Star
from ingest.model import CuratedRecord
from training.repurposing.graph import denied, of_hetionet, stars


def test_records_become_stars() -> None:
    records: list[CuratedRecord] = [
        Source("s", "curated"),
        Entity("C:1", "Drug", "A"),
        Entity("G:1", "Gene", "G"),
        Entity("D:1", "Disease", "D"),
        Assertion.new("C:1", "binds", "G:1", source="s", sentence="s"),
        Assertion.new("C:1", "treats", "D:1", source="s", sentence="s"),
        Assertion.new("C:1", "treats", "D:2", source="s", sentence="s", polarity="negated"),
    ]
    assert stars(records) == [
        Star("C:1", "Drug", "binds", "Gene", ("G:1",)),
        Star("C:1", "Drug", "treats", "Disease", ("D:1",)),
    ]


def test_a_folder_of_hetionet(hetionet: Path) -> None:
    net = of_hetionet(hetionet)
    assert {letter: len(ids) for letter, ids in net.ids.items()} == {"A": 0, "C": 24, "D": 6, "G": 6}
    assert len(net.edges["CtD"].cells) == 24


def test_what_physicians_found_to_be_no_indication(tmp_path: Path) -> None:
    file = tmp_path / "indications.tsv"
    file.write_text(
        "doid_id\tdrugbank_id\tdisease\tdrug\tcategory\n"
        "DOID:1\tDB00001\tgout\tone\tDM\nDOID:1\tDB00002\tgout\tother\tNOT\n"
    )
    assert denied(file) == [("DRUGBANK:DB00002", "DOID:1")]
