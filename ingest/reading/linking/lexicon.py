"""The names and concepts of a linker as arrays: loaded in a fraction of a second, never written to.

A name is kept as a hash of 48 bits of one of its keys (`names`), so that two names in a thousand million
are taken for each other. Only the preferred names of the concepts can be read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.reading.linking import names

PREFERRED, DESCRIPTOR, SUPPLEMENT, ONTOLOGY, CAPITALS = 1, 2, 4, 8, 16
"""What is known of a name: bits of its `flags`. `PREFERRED`: by the vocabulary of the concept itself; `ONTOLOGY`: a
name that DO, Mondo or HPO gives the concept."""

GROUPS = {"Chemical": "c", "Disease": "d", "Gene": "g", "Species": "t", "CellLine": "l"}
"""What a label may be linked to: homonyms of another group are never candidates."""

_GENE = "NCBIGene:"
_DIGITS = 9
_BITS = np.uint64((1 << 48) - 1)


class Entry(NamedTuple):
    concept: int
    flags: int


@dataclass(frozen=True)
class Table:
    """Keys, ascending and repeated, each with a concept and a byte of flags or counts."""

    keys: npt.NDArray[np.uint64]
    concepts: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int]]) -> Table:
        """From (key, concept, flags) in any order."""
        array = np.array(sorted({(key & int(_BITS), concept, flags) for key, concept, flags in rows}), np.uint64)
        array = array.reshape(-1, 3)
        return cls(array[:, 0].copy(), array[:, 1].astype(np.uint32), array[:, 2].astype(np.uint8))

    def find(self, key: int) -> list[Entry]:
        """What stands at `key`, in the order of concepts."""
        wanted = np.uint64(key) & _BITS
        at = int(self.keys.searchsorted(wanted))
        entries = []
        while at < len(self.keys) and self.keys[at] == wanted:
            entries.append(Entry(int(self.concepts[at]), int(self.flags[at])))
            at += 1
        return entries

    def packed(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        steps = np.diff(self.keys, prepend=np.uint64(0))
        kind = np.uint32 if int(steps.max(initial=0)) < 1 << 32 else np.uint64
        return {f"{name}_steps": steps.astype(kind), f"{name}_concepts": self.concepts, f"{name}_flags": self.flags}

    @classmethod
    def unpacked(cls, stored: np.lib.npyio.NpzFile, name: str) -> Table:
        keys = np.cumsum(stored[f"{name}_steps"].astype(np.uint64), dtype=np.uint64)
        return cls(keys, stored[f"{name}_concepts"], stored[f"{name}_flags"])


@dataclass(frozen=True)
class Strings:
    """Many short texts in one piece of memory."""

    bytes: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Strings:
        encoded = [text.encode() for text in texts]
        ends = np.cumsum([len(text) for text in encoded], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        start = int(self.ends[at - 1]) if at else 0
        return self.bytes[start : int(self.ends[at])].tobytes().decode()

    def all(self) -> list[str]:
        whole = self.bytes.tobytes()
        ends = self.ends.tolist()
        return [whole[start:end].decode() for start, end in pairwise([0, *ends])]

    def packed(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        lengths = np.diff(self.ends, prepend=np.uint32(0))
        return {f"{name}_bytes": self.bytes, f"{name}_lengths": lengths.astype(np.uint16)}

    @classmethod
    def unpacked(cls, stored: np.lib.npyio.NpzFile, name: str) -> Strings:
        return cls(stored[f"{name}_bytes"], np.cumsum(stored[f"{name}_lengths"], dtype=np.uint32))


@dataclass(frozen=True)
class Orthologs:
    """Genes of other species, in the order of (`humans`, `taxa`, `genes`): the concept of the human gene that each is,
    its species and number by NCBI, its symbol."""

    humans: npt.NDArray[np.uint32]
    taxa: npt.NDArray[np.uint32]
    genes: npt.NDArray[np.uint32]
    symbols: Strings

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, str]]) -> Orthologs:
        """From (concept, taxon, number, symbol) in any order."""
        ordered = sorted(rows)
        humans, taxa, genes = (np.array([row[column] for row in ordered], np.uint32) for column in range(3))
        return cls(humans, taxa, genes, Strings.of([row[3] for row in ordered]))

    def of_species(self, human: int, taxon: int) -> str | None:
        """The id in the species `taxon` of the gene whose concept is `human`; the first where there are several."""
        at = int(self.humans.searchsorted(human))
        while at < len(self.humans) and self.humans[at] == human:
            if self.taxa[at] == taxon:
                return f"{_GENE}{self.genes[at]}"
            at += 1
        return None

    def symbol(self, id: str) -> str | None:
        """The symbol of the gene of another species that has an id; None where it is no such gene."""
        number = id.removeprefix(_GENE)
        if number == id or not number.isdecimal() or len(number) > _DIGITS:
            return None
        genes, order = self._by_number
        at = int(genes.searchsorted(int(number)))
        return self.symbols[int(order[at])] if at < len(genes) and genes[at] == int(number) else None

    @cached_property
    def _by_number(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
        order = np.argsort(self.genes, kind="stable")
        return self.genes[order], order

    def packed(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        rows = {f"{name}_humans": self.humans, f"{name}_taxa": self.taxa, f"{name}_genes": self.genes}
        return {**rows, **self.symbols.packed(f"{name}_symbols")}

    @classmethod
    def unpacked(cls, stored: np.lib.npyio.NpzFile, name: str) -> Orthologs:
        symbols = Strings.unpacked(stored, f"{name}_symbols")
        return cls(stored[f"{name}_humans"], stored[f"{name}_taxa"], stored[f"{name}_genes"], symbols)


@dataclass(frozen=True)
class Lexicon:
    """`ids` and `names` by concept; `trees` the letters of MeSH's trees (`training.linking.names.Concept`) as one byte
    string a concept; `uses` how often MEDLINE has the concept as a heading, as a logarithm.

    `strict` has the strict keys, `loose` the signatures and roots, `taught` what annotated corpora say a surface is
    (flags: how often), `short` what short form abstracts define for which concept (flags: how often).
    `terms`, `words` and `concept_of` are the names word by word: `words` holds, name after name, indices into `terms`
    up to `ends`. `alike` are pairs of terms that take each other's place, with `weights` from 0 to 255.
    """

    ids: Strings
    names: Strings
    trees: Strings
    depths: npt.NDArray[np.uint8]
    uses: npt.NDArray[np.uint8]
    taught_uses: npt.NDArray[np.uint8]
    strict: Table
    loose: Table
    taught: Table
    short: Table
    terms: Strings
    words: npt.NDArray[np.uint32]
    ends: npt.NDArray[np.uint32]
    concept_of: npt.NDArray[np.uint32]
    flags_of: npt.NDArray[np.uint8]
    group_of: npt.NDArray[np.uint8]
    alike: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.uint8]
    same: npt.NDArray[np.uint32]
    """Pairs of concepts, MESH and OMIM, that mean the same."""
    present: npt.NDArray[np.uint32]
    """Pairs of concepts: one whose id MeSH has withdrawn, and the one that it has for it now."""
    orthologs: Orthologs

    _TABLES = ("strict", "loose", "taught", "short")
    _STRINGS = ("ids", "names", "trees", "terms")
    _ARRAYS = (
        "depths", "uses", "taught_uses", "words", "ends", "concept_of", "flags_of", "group_of", "alike", "weights",
        "same", "present",
    )  # fmt: skip

    def save(self, path: Path) -> None:
        arrays: dict[str, npt.NDArray[np.generic]] = {}
        for name in (*self._TABLES, *self._STRINGS):
            arrays |= getattr(self, name).packed(name)
        arrays |= self.orthologs.packed("orthologs")
        arrays |= {name: getattr(self, name) for name in self._ARRAYS}
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # its stub takes the arrays for allow_pickle

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read what `save` wrote. Raises OSError, ValueError, KeyError."""
        with np.load(path, allow_pickle=False) as stored:
            parts: dict[str, Any] = {name: Table.unpacked(stored, name) for name in cls._TABLES}
            parts |= {name: Strings.unpacked(stored, name) for name in cls._STRINGS}
            parts |= {name: stored[name] for name in cls._ARRAYS}
            parts["orthologs"] = Orthologs.unpacked(stored, "orthologs")
            return cls(**parts)

    @cached_property
    def concept(self) -> dict[str, int]:
        """The concept of an id."""
        return {id: at for at, id in enumerate(self.ids.all())}


def strict_key(group: str, words: tuple[str, ...]) -> int:
    return names.key(f"strict {group}", names.squashed(words))


def signature_key(group: str, words: tuple[str, ...]) -> int:
    return names.key(f"signature {group}", names.signature(words))


def rooted_key(group: str, words: tuple[str, ...]) -> int:
    return names.key(f"rooted {group}", names.rooted(words))


def short_key(group: str, short: str) -> int:
    """Short forms are told apart by case."""
    return names.key(f"short {group}", short)
