"""The linker that the repository ships, on the development sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading.linking.linker import Linker
from ingest.reading.recognition.recognizer import Span
from training.linking.choice import gold

FOLDER = Path(__file__).resolve().parents[4] / "models" / "linker-mesh"


@pytest.fixture(scope="module")
def shipped() -> Linker:
    return Linker(FOLDER, withdrawn=True)


@pytest.mark.parametrize(
    ("surface", "label", "id"),
    [
        ("hypertensive", "Disease", "MESH:D006973"),
        ("chronic renal failure", "Disease", "MESH:D007676"),
        ("tumours of the breast", "Disease", "MESH:D001943"),
        ("adriamycin", "Chemical", "MESH:D004317"),
        ("aspirin", "Chemical", "MESH:D001241"),
        ("mice", "Species", "NCBITaxon:10090"),
        ("BRCA1", "Gene", "NCBIGene:672"),
        ("miR-21", "Gene", "NCBIGene:406991"),
        ("Voltarol", "Chemical", "MESH:D004008"),
        ("quetiapine", "Chemical", "MESH:D000069348"),
    ],
)
def test_common_names_are_linked(shipped: Linker, surface: str, label: str, id: str) -> None:
    assert shipped.link(surface, [Span(0, len(surface), label, 1.0)])[0].ids == (id,)
    assert shipped.entity(id).name


@pytest.mark.parametrize(
    ("surface", "label"),
    [
        ("badofen", "Chemical"),  # a slip that is nearer to a brand of fluoxetine than to baclofen
        ("easyhaler", "Chemical"),
        ("startle", "Disease"),
        ("AP-1", "Gene"),
        ("MHC", "Gene"),
        ("serine proteases", "Gene"),
    ],
)
def test_what_resembles_a_brand_or_names_a_family_is_not_linked(shipped: Linker, surface: str, label: str) -> None:
    assert shipped.link(surface, [Span(0, len(surface), label, 1.0)])[0].ids == ()


@pytest.mark.parametrize(
    ("surface", "id"),
    [("hydroclorothiazide", "MESH:D006852"), ("diltazem", "MESH:D004110"), ("ibuprofin", "MESH:D007052")],
)
def test_a_slip_of_the_name_itself_is_linked(shipped: Linker, surface: str, id: str) -> None:
    assert shipped.link(surface, [Span(0, len(surface), "Chemical", 1.0)])[0].ids == (id,)


def test_genes_of_animals_and_lists_of_genes_are_linked(shipped: Linker) -> None:
    text = "In mice Trp53 fell, TRAF2 rose, and caspase-3/7 was measured."
    surfaces = ("Trp53", "TRAF2", "caspase-3/7")
    spans = [Span(text.index(one), text.index(one) + len(one), "Gene", 1.0) for one in surfaces]
    found = [link.ids for link in shipped.link(text, spans)]
    assert found == [("NCBIGene:22059",), ("NCBIGene:22030",), ("NCBIGene:12367", "NCBIGene:12369")]
    assert shipped.entity("NCBIGene:22059").name == "Trp53"


def test_ids_of_other_years_are_known(shipped: Linker) -> None:
    assert shipped.mesh == "2024"
    assert shipped.same("MESH:C067311") == ("MESH:D000077143",)  # docetaxel, a descriptor since


@pytest.mark.data
@pytest.mark.parametrize(
    ("corpus", "least", "precise"), [("bc5cdr", 0.88, 0.925), ("ncbi_disease", 0.84, 0.88), ("biored", 0.79, 0.87)]
)
def test_gold_mentions_are_linked(shipped: Linker, data: Path, corpus: str, least: float, precise: float) -> None:
    documents = gold(data / "ner" / corpus / "dev.pubtator")[:100]
    links = [link for document in documents for link in shipped.link(document.text, document.spans)]
    ids = [ids for document in documents for ids in document.ids]
    hits = sum(bool(gold) and sorted(link.ids) == sorted(gold) for gold, link in zip(ids, links, strict=True))
    assert hits / sum(bool(gold) for gold in ids) >= least
    assert hits / sum(bool(link.ids) for link in links) >= precise


def test_the_files_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 20_000_000
