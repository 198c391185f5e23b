from __future__ import annotations

from pathlib import Path

from training.linking import beside
from training.linking.names import Concept, Named

_DECLARED = {
    "NCBIGene:77": Concept("NCBIGene:77", "ABC1", "g", 9),
    "MESH:D1": Concept("MESH:D1", "Naloxone", "D", 3),
    "MESH:D2": Concept("MESH:D2", "Quetiapine Fumarate", "D", 3),
    "MESH:D3": Concept("MESH:D3", "Lead Acetate", "D", 3),
    "MESH:D4": Concept("MESH:D4", "Lead", "D", 3),
}
_BEARERS = [Named(id, concept.name, "mesh", True) for id, concept in _DECLARED.items() if id.startswith("MESH")]


def table(path: Path, *rows: str) -> Path:
    path.write_text("".join(row.replace("|", "\t") + "\n" for row in rows), encoding="utf-8")
    return path


def test_genes_of_animals_are_known_by_the_human_one(tmp_path: Path) -> None:
    rows = (
        "3|9606|77|ABC1|1|N",
        "3|9606|70|ABC0|1|N",
        "3|10090|10|Abc1|1|N",
        "3|10116|5|Abc1|1|N",
        "4|10090|11|Solo|1|N",
    )
    found = beside.orthologs(table(tmp_path / "homologene.data", *rows))
    assert [(one.human, one.taxon, one.id, one.symbol) for one in found] == [
        ("NCBIGene:70", 10090, "NCBIGene:10", "Abc1"),
        ("NCBIGene:70", 10116, "NCBIGene:5", "Abc1"),
    ]


def test_an_animal_lends_its_names_to_the_human_gene(tmp_path: Path) -> None:
    def row(taxon: int, number: int, symbol: str, others: str) -> str:
        return "\t".join([str(taxon), str(number), symbol, "-", others, "-", "1", "-", "thing", "", "-", "-", "-", "-"])

    path = tmp_path / "gene_info"
    lines = (
        "#tax_id\tGeneID", row(9606, 77, "ABC1", "P9|LOC123"), row(10090, 10, "Abcx", "Mur1|Gm12"),
        row(10090, 12, "Abc1", "Twin"), row(10090, 11, "Solo", "Alone"), row(10090, 13, "Gm77", "Nobody"),
    )  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    lent = {
        (concept.id, name.text)
        for concept, names in beside.genes(path, {"NCBIGene:10": "NCBIGene:77"}, _DECLARED)
        for name in names
    }
    texts = ("ABC1", "P9", "Abcx", "Mur1", "Abc1", "Twin", "thing")
    assert lent == {("NCBIGene:77", text) for text in texts}


def test_a_drug_has_its_other_names(tmp_path: Path) -> None:
    path = table(tmp_path / "drugs.tsv", "naloxone|narcanti", "Nothing|nil", "Naloxone|x")
    found = list(beside.drugs(path, beside.usual(_BEARERS, _DECLARED)))
    assert found == [Named("MESH:D1", "narcanti", "drug", False)]


def test_a_salt_that_is_named_alone_lends_its_drug_a_name() -> None:
    assert list(beside.bases(_BEARERS, _DECLARED)) == [Named("MESH:D2", "Quetiapine", "drug", False)]
