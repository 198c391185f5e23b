from __future__ import annotations

from ingest.sources.curated.drug_names import by_name


def test_the_lexicon_gives_a_drug_its_id() -> None:
    ids = by_name()
    assert ids["etanercept"] == ids["enbrel"] == "DRUGBANK:DB00005"
    assert "nosuchdrug" not in ids
