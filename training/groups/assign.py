"""Which group a disease belongs to: its own line in a small table, or the first root above it in Mondo or MeSH."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOTS = (
    ("neoplasm", "MONDO:0045024 MONDO:0005070"),
    ("poisoning", "MONDO:0029000"),
    ("injury", "MONDO:0021178 MONDO:0043543"),
    ("tropical", "MONDO:0005135 MONDO:0004678 MONDO:0020601 MONDO:0005619"),
    ("obstetric", "MONDO:0024575"),
    ("neonatal", "MONDO:0100086"),
    ("respiratory-infection", "MONDO:0024355"),
    ("psychiatric", "MONDO:0002025"),
    ("dental", "MONDO:0006858 MONDO:0006999"),
    ("eye", "MONDO:0005328"),
    ("ear-nose-throat", "MONDO:0024623 MONDO:0021205"),
    ("rheumatological", "MONDO:0005554 MONDO:0003900 MONDO:0018882"),
    ("skin", "MONDO:0005093"),
    ("hepatobiliary", "MONDO:0002515 MONDO:0002356"),
    ("gastrointestinal", "MONDO:0004335"),
    ("gynaecological", "MONDO:0002263 MONDO:0002657"),
    ("renal-urinary", "MONDO:0002118 MONDO:0003150"),
    ("neurological", "MONDO:0005071"),
    ("endocrine-metabolic", "MONDO:0005151"),
    ("haematological", "MONDO:0005570"),
    ("cardiovascular", "MONDO:0004995"),
    ("respiratory", "MONDO:0005087"),
    ("allergic", "MONDO:0000605 MONDO:0005046"),
    ("musculoskeletal", "MONDO:0002081"),
    ("infectious-systemic", "MONDO:0005550"),
    ("endocrine-metabolic", "MONDO:0005066 MONDO:0005137"),
    ("congenital-genetic", "MONDO:0003847"),
)
"""Groups with their roots in Mondo; the first that a disease is under is its group."""
INHERITED = "MONDO:0003847"
TREES = (
    ("neoplasm", "C04"),
    ("poisoning", "C25"),
    ("injury", "C26"),
    ("obstetric", "C12.050.703 C13.703"),
    ("neonatal", "C16.614"),
    ("congenital-genetic", "C16"),
    ("tropical", "C01.610"),
    ("respiratory-infection", "C01.748"),
    ("psychiatric", "F03"),
    ("dental", "C07"),
    ("eye", "C11"),
    ("ear-nose-throat", "C09"),
    ("rheumatological", "C05.799 C17.300"),
    ("skin", "C17.800"),
    ("hepatobiliary", "C06.552 C06.130 C06.689"),
    ("gastrointestinal", "C06"),
    ("gynaecological", "C12.050.351.500"),
    ("renal-urinary", "C12"),
    ("neurological", "C10"),
    ("haematological", "C15"),
    ("cardiovascular", "C14"),
    ("respiratory", "C08"),
    ("endocrine-metabolic", "C18 C19"),
    ("musculoskeletal", "C05"),
    ("infectious-systemic", "C01"),
    ("allergic", "C20"),
)
"""The same by tree numbers of MeSH."""


class Assigned:
    """The group of each disease that a folder of vocabularies tells of."""

    def __init__(self, folder: Path) -> None:
        """Reads the folders `mondo` and `mesh`, and the table beside this file. Raises OSError."""
        self.above: dict[str, set[str]] = defaultdict(set)
        for row in _rows(folder / "mondo" / "edges.tsv.gz"):
            if row[1] == "rdfs:subClassOf" and row[0].startswith("MONDO") and row[2].startswith("MONDO"):
                self.above[row[0]].add(row[2])
        self.mondo: dict[str, set[str]] = defaultdict(set)
        for path in sorted((folder / "mondo").glob("mondo_exactmatch_*.sssom.tsv.gz")):
            for row in _rows(path):
                self.mondo[_id(row[3])].add(row[0])
        self.trees: dict[str, set[str]] = defaultdict(set)
        for row in _rows(folder / "mesh" / "tree-numbers.tsv.gz"):
            self.trees[f"MESH:{row[0]}"].add(row[2])
        self.table = {
            row[0]: row[1] for row in (line.split("\t") for line in _lines(Path(__file__).parent / "groups.tsv"))
        }
        self._roots = [(group, root) for group, roots in ROOTS for root in roots.split()]

    def same(self, id: str) -> str:
        """The id in Mondo of a disease, or its own where Mondo has none."""
        return id if id.startswith("MONDO:") else min(self.mondo.get(id, {id}))

    def group(self, id: str, *, inherited: bool = False) -> str:
        """The group of a disease by its id, or empty; with `inherited`, what Mondo calls hereditary is of the
        congenital group unless it is a neoplasm."""
        known = {id, *self.mondo.get(id, ())}
        for each in sorted(known):
            if each in self.table:
                return self.table[each]
        over = self._over(known)
        if inherited and INHERITED in over and not over & {"MONDO:0045024", "MONDO:0005070"}:
            return "congenital-genetic"
        for group, root in self._roots:
            if root in over:
                return group
        numbers = {number for each in known for number in self.trees.get(each, ())}
        for group, prefixes in TREES:
            if any(number.startswith(prefix) for number in numbers for prefix in prefixes.split()):
                return group
        return ""

    def _over(self, ids: Iterable[str]) -> set[str]:
        over, left = set(ids), list(ids)
        while left:
            more = self.above.get(left.pop(), set()) - over
            over |= more
            left += more
        return over


def _id(text: str) -> str:
    """An id as the graph writes it, of one of a mapping."""
    prefix, _, rest = text.strip('"').partition(":")
    return f"{ {'Orphanet': 'ORPHA', 'mesh': 'MESH'}.get(prefix, prefix) }:{rest}"


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
