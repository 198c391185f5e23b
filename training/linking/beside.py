"""What stands beside the vocabularies of `names`: NCBI's names of genes, which genes of animals are which of man,
and what else drugs are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.reading.linking.names import squashed, words
from training.linking.names import Concept, Named

HUMAN = 9606
_SYSTEMATIC = re.compile(r"(?:Gm|LOC|BC|AI|AW|AA)[0-9]+$|[0-9A-Z]+Rik$|^OTT|^RP[0-9]+-")
"""Symbols and aliases that no text has."""
_LEAST, _LONGEST = 2, 64
_SALT = re.compile(
    r"([A-Z][a-z]{4,}) (?:Hydrochloride|Fumarate|Tartrate|Maleate|Mesylate|Citrate|Succinate|Besylate|Hydrobromide|"
    r"Acetate|Phosphate|Sulfate|Sodium|Potassium|Calcium|Bromide|Propionate|Xinafoate|Etexilate|Medoxomil|Disoproxil)"
)
"""A drug as its salt or ester."""


@dataclass(frozen=True, slots=True)
class Ortholog:
    """A gene of another species that is one of man's."""

    human: str
    taxon: int
    id: str
    symbol: str


def orthologs(path: Path) -> list[Ortholog]:
    """The rows of NCBI HomoloGene (`homologene.data`) beside a human gene; where man has several, the first."""
    groups: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for cells in _rows(path, 4):
        groups[cells[0]].append((int(cells[1]), f"NCBIGene:{cells[2]}", cells[3]))
    found: dict[str, Ortholog] = {}
    for group in groups.values():
        human = min((id for taxon, id, _ in group if taxon == HUMAN), key=_number, default=None)
        for taxon, id, symbol in group if human else ():
            if taxon != HUMAN:
                found.setdefault(id, Ortholog(human or "", taxon, id, symbol))
    return sorted(found.values(), key=lambda one: (one.human, one.taxon, _number(one.id)))


def genes(path: Path, of: Mapping[str, str], declared: Mapping[str, Concept]) -> Iterator[tuple[Concept, list[Named]]]:
    """Genes of NCBI (`gene_info`) with their names. One of an animal lends its names to the human gene in `of`, or to
    that with its symbol; others are left out."""
    symbols = {concept.name.upper(): id for id, concept in declared.items() if "g" in concept.trees}
    for cells in _rows(path, 14):
        own = f"NCBIGene:{cells[1]}"
        human = own if cells[0] == str(HUMAN) else of.get(own) or symbols.get(cells[2].upper())
        if human is None or _SYSTEMATIC.match(cells[2]):
            continue
        texts = [cells[2], *cells[4].split("|"), cells[8], *cells[13].split("|")]
        kept = dict.fromkeys(
            text
            for text in texts
            if _LEAST <= len(text) <= _LONGEST
            and not _SYSTEMATIC.match(text)
            and not text.startswith("uncharacterized")
        )
        yield Concept(human, cells[2], "g", 9), [Named(human, text, "ncbi", False) for text in kept]


def drugs(path: Path, known: Mapping[str, str]) -> Iterator[Named]:
    """Other names of chemicals: a table of a usual name and another one. `known` has the concept of a usual name."""
    for cells in _rows(path, 2):
        id = known.get(squashed(words(cells[0])))
        if id and _LEAST <= len(cells[1]) <= _LONGEST:
            yield Named(id, cells[1], "drug", False)


def bases(bearers: list[Named], declared: Mapping[str, Concept]) -> Iterator[Named]:
    """The drug of a salt that MeSH names alone: "Quetiapine" of "Quetiapine Fumarate"."""
    known = usual(bearers, declared, alone=False)
    for name in bearers:
        salt = _SALT.fullmatch(name.text) if name.source == "mesh" and name.preferred else None
        if salt and "D" in declared[name.id].trees and squashed(words(salt[1])) not in known:
            yield Named(name.id, salt[1], "drug", False)


def usual(bearers: list[Named], declared: Mapping[str, Concept], *, alone: bool = True) -> dict[str, str]:
    """The chemical of each name of MeSH; of those that name one `alone`, if so asked."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in bearers:
        trees = set(declared[name.id].trees)
        if name.source in ("mesh", "supplement") and trees & set("dD") and not trees & set("CPc"):
            found[squashed(words(name.text))].add(name.id)
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1 or not alone}


def _number(id: str) -> int:
    return int(id.partition(":")[2])


def _rows(path: Path, width: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= width and not line.startswith("#"):
                yield cells
