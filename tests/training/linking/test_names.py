from __future__ import annotations

import json
from pathlib import Path

from training.linking.names import Concept, concepts


def resources(folder: Path) -> Path:
    """The files that names are read from, with a handful of concepts."""
    rows = {
        "mesh_id_label_mappings.tsv": [
            "D000001\tBreast Neoplasms\tBreast Cancer|Breast Tumor\tC04.588.180|C17.800\t",
            "D000002\tNaloxone\tNarcan\tD03.132.577\t",
            "D000003\tMice\tMouse\tB01.050\t10090",
            "D000004\tGoals\t\tF01.658\t",
            "D000005\tLaw\tLaws\tI01.880\t",
        ],
        "mesh_supp_id_label_mappings.tsv": [
            "C000001\tnalox analogue\tNX1\t*D000002",
            "C531816\tFabry-like syndrome\t\tD000001",
            "C000003\tABC1 protein, human\t\tD000002",
            "C000004\tstuff\t\t",
        ],
        "hgnc_entries.tsv": [
            "HGNC:1\tABC1\tabc one\tApproved\tABX, ABY\t77\t\t\t\tABZ\t\t\t",
            "HGNC:2\tXYZ\tx\tWithdrawn\t\t78\t\t\t\t\t\t\t",
        ],
    }
    for file, lines in rows.items():
        (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    same = [{"namespace": "MESH", "id": "C531816"}, {"namespace": "OMIM", "id": "301500"}]
    mondo = [{"name": "Fabry-like disease type 1", "synonyms": ["kerato syndrome, type I"], "xrefs": same}]
    for file, entries in {"doid.json": [], "mondo.json": mondo, "hp.json": []}.items():
        (folder / file).write_text(json.dumps(entries), encoding="utf-8")
    return folder


def test_concepts_stand_in_the_trees_that_tell_what_they_are(tmp_path: Path) -> None:
    declared, _, _ = concepts(resources(tmp_path))
    assert {id: (concept.trees, concept.depth) for id, concept in declared.items()} == {
        "MESH:D000001": ("C", 2),
        "MESH:D000002": ("D", 3),
        "MESH:D000003": ("B", 2),
        "NCBITaxon:10090": ("T", 2),
        "MESH:D000004": ("P", 2),
        "MESH:C000001": ("d", 4),
        "MESH:C531816": ("c", 3),
        "NCBIGene:77": ("g", 9),
        "OMIM:301500": ("C", 9),
    }
    assert declared["OMIM:301500"] == Concept("OMIM:301500", "Fabry-like disease type 1", "C", 9)


def test_names_say_where_they_come_from(tmp_path: Path) -> None:
    _, names, _ = concepts(resources(tmp_path))
    of = {(name.id, name.text): (name.source, name.preferred) for name in names}
    assert of["MESH:D000001", "Breast Cancer"] == ("mesh", False)
    assert of["MESH:C000001", "nalox analogue"] == ("supplement", True)
    assert of["NCBITaxon:10090", "Mouse"] == ("taxon", False)
    assert {text for id, text in of if id == "NCBIGene:77"} == {"ABC1", "abc one", "ABX", "ABY", "ABZ"}


def test_an_ontology_lends_its_names_also_without_the_number_of_the_first_type(tmp_path: Path) -> None:
    _, names, omim = concepts(resources(tmp_path))
    for id in ("MESH:C531816", "OMIM:301500"):
        lent = [(name.text, name.preferred) for name in names if name.id == id and name.source == "mondo"]
        assert lent == [
            ("Fabry-like disease type 1", True),
            ("kerato syndrome, type I", False),
            ("Fabry-like disease", False),
            ("kerato syndrome", False),
        ]
    assert omim == {"MESH:C531816": "OMIM:301500"}
