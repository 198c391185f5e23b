"""Where a gene takes the place of what else was found in its letters."""

from __future__ import annotations

from ingest.model import Mention
from ingest.reading.chinese.placed import placed

TEXT = "血浆GFAP、G6PD缺乏、PPARγ、EPO、α-SMA、BRAF肺癌"


def mention(surface: str, type: str, entity: str | None = None) -> Mention:
    start = TEXT.index(surface)
    return Mention(
        start=start, end=start + len(surface), surface=surface, type=type, entity=entity, score=0.9,
        polarity="affirmed", certainty="certain", experiencer="patient", tagger="test", label="",
    )  # fmt: skip


def told(other: Mention, gene: str) -> list[str]:
    return [one.surface for one in placed([other], [mention(gene, "Gene", "NCBIGene:1")]) if one.type == "Gene"]


def test_a_gene_takes_the_place_of_what_nobody_knows_and_of_a_part_of_its_name() -> None:
    assert told(mention("血浆GFAP", "Measurement"), "GFAP") == ["GFAP"]
    assert told(mention("SMA", "Disease", "D:1"), "α-SMA") == ["α-SMA"]
    assert told(mention("PPARγ", "Drug", "MESH:D047495"), "PPARγ") == ["PPARγ"]


def test_a_gene_gives_way_to_what_is_known() -> None:
    assert told(mention("G6PD缺乏", "Disease", "D:2"), "G6PD") == []
    assert told(mention("EPO", "Drug", "DRUGBANK:DB00016"), "EPO") == []
    assert told(mention("BRAF肺癌", "Disease"), "BRAF") == []


def test_all_stand_in_their_order() -> None:
    known = [mention("G6PD缺乏", "Disease", "D:2"), mention("EPO", "Drug", "DRUGBANK:DB00016")]
    found = placed(known, [mention("GFAP", "Gene", "NCBIGene:1"), mention("PPARγ", "Gene", "NCBIGene:2")])
    assert [one.surface for one in found] == ["GFAP", "G6PD缺乏", "PPARγ", "EPO"]
