from __future__ import annotations

import json
from pathlib import Path

from ingest.reading.dictionary import ordinary
from ingest.reading.recognition.gazetteer import CLASSES
from training.recognition.gazetteer import build, names


def resources(folder: Path) -> Path:
    word = next(word for word in sorted(ordinary.words()) if word.islower() and len(word) > 3)
    rows = {
        "mesh_id_label_mappings.tsv": ["D1\tGout\tPodagra\tC05.1", "D2\tNaloxone\t\tD03.1", "D3\tLaw\t\tI01"],
        "mesh_supp_id_label_mappings.tsv": ["C1\tnalox two\t\tD2", "C2\tgout two\t\t*D1", "C3\tlone\t\t"],
        "hgnc_entries.tsv": ["id\tsymbol\tname", "HGNC:1\tABC1\tabc one\tApproved\tABX\t\t\t\t\tABY"],
    }
    for file, lines in rows.items():
        (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for file in ("doid.json", "mondo.json", "chebi.json"):
        (folder / file).write_text("[]")
    (folder / "hp.json").write_text(json.dumps([{"name": "Cough", "synonyms": [word]}]))
    return folder


def test_each_name_has_the_class_of_its_vocabulary(tmp_path: Path) -> None:
    pairs = {(name, kind) for name, kind in names(resources(tmp_path)) if name}
    assert pairs >= {
        ("Gout", "Disease"), ("Podagra", "Disease"), ("Naloxone", "Chemical"), ("nalox two", "Chemical"),
        ("gout two", "Disease"), ("lone", "Chemical"), ("Cough", "Phenotype"), ("ABC1", "GeneSymbol"),
        ("abc one", "GeneName"), ("ABX", "GeneSymbol"), ("ABY", "GeneSymbol"),
    }  # fmt: skip
    assert not any(name == "Law" for name, _ in pairs)


def test_an_ordinary_word_is_left_out(tmp_path: Path) -> None:
    table = build(resources(tmp_path))
    word = next(name for name, _ in names(tmp_path) if name in ordinary.words())
    _, features = table.features(f"gout {word}")
    assert features[0, 2 * CLASSES.index("Disease")] == 1
    assert not features[1].any()
