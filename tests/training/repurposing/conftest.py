"""A folder of Hetionet in small, of invented facts: drugs bind the genes of what they treat."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def hetionet(tmp_path: Path) -> Path:
    """24 drugs, 6 diseases and 6 genes."""
    folder = tmp_path / "hetionet"
    (folder / "nodes").mkdir(parents=True)
    (folder / "edges").mkdir()
    for kind, prefix, count in (("Compound", "DRUGBANK:DB000", 24), ("Disease", "DOID:", 6), ("Gene", "NCBIGene:", 6)):
        rows = [f"{prefix}{n:02}\t{kind} {n}" for n in range(1, count + 1)]
        (folder / "nodes" / f"{kind.lower()}.tsv").write_text(f":ID({kind})\tname\n" + "\n".join(rows) + "\n")
    drugs, diseases = (
        [f"{prefix}{n:02}" for n in range(1, count + 1)] for prefix, count in (("DRUGBANK:DB000", 24), ("DOID:", 6))
    )
    genes = [f"NCBIGene:{n:02}" for n in range(1, 7)]
    _edges(folder, "Compound_Treats_Disease", [(drug, diseases[n % 6]) for n, drug in enumerate(drugs)])
    _edges(folder, "Compound_Binds_Gene", [(drug, genes[n % 6]) for n, drug in enumerate(drugs)])
    _edges(folder, "Disease_Associates_Gene", list(zip(diseases, genes, strict=True)))
    return folder


def _edges(folder: Path, name: str, pairs: list[tuple[str, str]]) -> None:
    one, _, other = name.split("_")
    rows = [f"{a}\t{b}" for a, b in pairs]
    (folder / "edges" / f"{name}.tsv").write_text(f":START_ID({one})\t:END_ID({other})\n" + "\n".join(rows) + "\n")
