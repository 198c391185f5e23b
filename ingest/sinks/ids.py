"""The vocabulary of the ids that are written, and how each is spelt there.

The graph and the tagger call things by CURIEs. BC5CDR, NCBI Disease and BioRED write a MeSH id bare, a number for a
gene of NCBI or a taxon, `rs…` for a variant, `CVCL_…` for a cell line, and keep the prefix of `OMIM:…`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Literal
from urllib.parse import unquote

Vocabulary = Literal["mesh", "omim", "canonical"]

_WANTED = {"mesh": "MESH:", "omim": "OMIM:"}
_BARE = frozenset(("MESH", "NCBIGene", "NCBITaxon", "Cellosaurus", "DBSNP"))
_QUOTED = frozenset(("tmVar", "local"))
# What neither MeSH nor OMIM is a vocabulary of.
_OTHERS = _BARE - {"MESH"} | _QUOTED


class Ids:
    """Writes ids in one vocabulary.

    `canonical` writes the CURIE of the graph's identity mapping. `mesh` and `omim` write the id of their vocabulary
    where the entity has one, by itself or by the mapping; any other id is written in the words of its own vocabulary,
    for no id would lose more. `mappings` gives every mapped id with its canonical id, as `GraphStore.mappings` does; it
    is called when the first id needs it, and not again.
    """

    def __init__(self, vocabulary: Vocabulary, mappings: Callable[[], Mapping[str, str]] = dict) -> None:
        self.vocabulary = vocabulary
        self._mappings = mappings

    def written(self, entity: str) -> str:
        """The id of an entity as it is written."""
        if self.vocabulary == "canonical":
            return self._canonical.get(entity, entity)
        wanted = _WANTED[self.vocabulary]
        if not entity.startswith(wanted) and entity.partition(":")[0] not in _OTHERS:
            entity = self._wanted.get(self._canonical.get(entity, entity), entity)
        return native(entity)

    @cached_property
    def _canonical(self) -> Mapping[str, str]:
        return self._mappings()

    @cached_property
    def _wanted(self) -> dict[str, str]:
        """The id of the wanted vocabulary for each canonical id; the smallest where it has several."""
        wanted = _WANTED[self.vocabulary]
        ids: dict[str, str] = {}
        for other, canonical in self._canonical.items():
            if other.startswith(wanted) and other < ids.get(canonical, "\U0010ffff"):
                ids[canonical] = other
            if canonical.startswith(wanted):
                ids[canonical] = min(canonical, ids.get(canonical, canonical))
        return ids


def native(entity: str) -> str:
    """An id as its own vocabulary, and the corpora, write it: `MESH:D003000` is `D003000`, `OMIM:255800` stays."""
    prefix, _, local = entity.partition(":")
    if prefix in _BARE:
        return local
    return unquote(local) if prefix in _QUOTED else entity
